"""AS-11: each case carries a checklist of papers and entitlements, each with its state, a denial and who denied."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.papers import PaperState
from fener.casework.services.reintegration import papers
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import days_ago
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def recorded(actor: Actor, case: Case, ago: int = 0, **terms: object) -> list[PaperState]:
    return papers.record_papers(actor=actor, case=case, terms=papers.PapersTerms(on=days_ago(ago), **terms))  # type: ignore[arg-type]


def lines(case: Case) -> dict[str, CaseLine]:
    return {row.what: row for row in CaseLine.objects.filter(case=case, record=papers.RECORD)}


def test_as_11_the_list_has_every_paper_and_every_entitlement(case_manager: Actor) -> None:
    assert {"birth", "citizenship", "marriage", "identity"} <= set(papers.items())
    assert {"job_register", "health", "school", "benefits"} <= set(papers.items())
    case = CaseFactory(actor=case_manager)
    recorded(case_manager, case, states={"birth": "has", "marriage": "not_wanted"})
    assert lines(case)["open"].params == {"open": len(papers.items()) - 2}


def test_as_11_a_denial_names_who_denied_and_stands_until_it_is_had(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for wrong in ({"states": {"benefits": "denied"}}, {"states": {"benefits": "denied"}, "denied_by": "they"}):
        with pytest.raises(InvalidInput):
            recorded(case_manager, case, **wrong)
    recorded(case_manager, case, 3, states={"benefits": "denied"}, denied_by="social_work")
    line = lines(case)["denied"]
    assert (line.params, line.urgent) == ({"item": "benefits", "by": "social_work"}, True)
    recorded(case_manager, case, states={"benefits": "has"})
    assert "denied" not in lines(case)
    assert PaperState.objects.filter(case=case).count() == 2
    with pytest.raises(IntegrityError):
        PaperState.objects.filter(case=case).update(state="denied")


def test_as_11_only_what_changed_is_written_and_the_latest_day_counts(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    recorded(case_manager, case, 5, states={"birth": "missing", "identity": "missing"})
    made = recorded(case_manager, case, 2, states={"birth": "missing", "identity": "applied"}, answer_by=days_ago(-20))
    assert [row.item for row in made] == ["identity"]
    due = lines(case)["applied"].due
    assert due is not None
    assert timezone.localdate(due) == days_ago(-20)
    with pytest.raises(InvalidInput, match="Nothing changed"):
        recorded(case_manager, case, states={"birth": "missing"})
    recorded(case_manager, case, 4, states={"identity": "unknown"})  # typed later, though of an earlier day
    assert "applied" in lines(case)
    for wrong in ({"palace": "has"}, {"birth": "lost"}):
        with pytest.raises(InvalidInput):
            recorded(case_manager, case, states=wrong)
    with pytest.raises(InvalidInput):
        recorded(case_manager, case, -1, states={"birth": "has"})


def test_as_11_the_page_goes_through_the_list_and_tells_strangers_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    page, chapter = (
        reverse("casework:papers_record", args=[case.code]),
        reverse("casework:chapter", args=[case.code, "reintegration"]),
    )
    assert "Birth certificate: not asked yet" in words(client.get(chapter).content.decode())
    assert "Birth certificate" in words(client.get(page).content.decode())
    typed = {"on": days_ago(0), "state_birth": "has", "state_identity": "denied", "words": "File of Goran"}
    answer = client.post(page, {"once": str(uuid4()), **typed})
    assert answer.status_code == 422
    assert client.post(page, {"once": str(uuid4()), **typed, "denied_by": "police"}).status_code == 302
    shown = words(client.get(chapter).content.decode())
    assert "by: Police or ministry of the interior" in shown
    assert "Goran" not in shown + repr(list(AuditEntry.objects.values()))
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert signed_in(stranger).get(page).status_code == 404
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert node.get(page).status_code in (403, 404)
    with pytest.raises(Refused):
        recorded(stranger, case, states={"birth": "has"})
