"""RI-07: outcomes at intervals in plain categories, with the person's own judgement; AC-09: why a case failed."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.outcome import FailedCase, Outcome
from fener.casework.selectors.reintegration.outcomes import at_intervals, causes
from fener.casework.services.reintegration import outcomes
from fener.casework.services.returns import recontact
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import days_ago, left, living
from tests.factories.shelter import house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


@pytest.fixture
def home(case_manager: Actor, mechanism: Mechanism) -> Any:
    return house(case_manager, mechanism.ngo)


def agreed(actor: Actor, case: Case, *, until: int = 900) -> recontact.Recontact:
    terms: dict[str, Any] = {"channel": "telephone", "how": "Mornings", "on": days_ago(1), "until": days_ago(-until)}
    return recontact.agree(actor=actor, case=case, **terms)


def asked(case: Case) -> CaseLine | None:
    return CaseLine.objects.filter(case=case, record=outcomes.RECORD, what="ask").first()


def recorded(actor: Actor, case: Case, **changes: Any) -> Outcome:
    return outcomes.record_outcome(actor=actor, case=case, terms=living(**changes))


def test_ri_07_an_outcome_is_due_at_each_interval_only_while_the_person_agrees(case_manager: Actor, home: Any) -> None:
    case = CaseFactory(actor=case_manager)
    left(case_manager, case, home, ago=100)
    assert asked(case) is None
    agreement = agreed(case_manager, case)
    line = asked(case)
    assert line is not None
    assert line.params == {"months": 6}
    assert line.due is not None
    assert 60 < (timezone.localdate(line.due) - timezone.localdate()).days < 90
    recontact.withdraw(actor=case_manager, recontact=agreement)
    assert asked(case) is None
    agreed(case_manager, case, until=30)  # it ends before the day comes
    assert asked(case) is None


def test_ri_07_the_interval_is_the_last_whose_day_has_come(case_manager: Actor, home: Any) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput, match="nothing to count from"):
        recorded(case_manager, case)
    left(case_manager, case, home, ago=400)
    agreed(case_manager, case)
    with pytest.raises(InvalidInput, match="after 6 months"):
        recorded(case_manager, case, on=days_ago(300))
    assert recorded(case_manager, case, on=days_ago(200)).months == 6
    line = asked(case)
    assert line is not None
    assert line.params == {"months": 12}
    assert recorded(case_manager, case).months == 12
    with pytest.raises(AlreadyDone):
        recorded(case_manager, case)


def test_ri_07_whoever_left_is_asked_only_on_the_channel_and_at_the_time_they_named(
    case_manager: Actor, home: Any
) -> None:
    case = CaseFactory(actor=case_manager)
    left(case_manager, case, home)
    contact = {"how": "contacted", "channel": "telephone", "safe_time": True}
    with pytest.raises(GateClosed):
        recorded(case_manager, case, **contact)
    agreed(case_manager, case)
    for wrong in ({"channel": "visit"}, {"safe_time": False}):
        with pytest.raises(GateClosed):
            recorded(case_manager, case, **{**contact, **wrong})
    assert recorded(case_manager, case, **contact).how == "contacted"


def test_ri_07_what_did_not_go_well_has_a_reason_and_only_codes_of_the_lists_count(
    case_manager: Actor, home: Any
) -> None:
    case = CaseFactory(actor=case_manager)
    left(case_manager, case, home)
    for terms in (
        {"areas": {"work": "no_work"}},
        {"areas": {"home": "palace"}},
        {"reasons": ["her_fault"]},
        {"own_view": "glad"},
    ):
        with pytest.raises(InvalidInput):
            recorded(case_manager, case, **terms)
    assert recorded(case_manager, case, areas={"work": "no_work"}, reasons=["stigma"]).reasons == ["stigma"]


def test_ri_07_a_rate_over_all_cases_names_its_definition_and_the_programme_is_neither(
    case_manager: Actor, mechanism: Mechanism, home: Any
) -> None:
    for changes in (
        {},
        {"in_programme": True},
        {"areas": {"re_trafficked": "yes", "safety": "threatened"}, "reasons": ["recruiter_near"]},
        {"areas": {"safety": "unknown"}},
    ):
        case = CaseFactory(actor=case_manager)
        left(case_manager, case, home)
        recorded(case_manager, case, **changes)
    found = at_intervals(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert [one.months for one in found] == [12]
    rate = next(one for one in found[0].rates if one.definition == "safe")
    assert (rate.success, rate.failure, rate.neither, rate.unknown) == (1, 1, 1, 1)
    assert found[0].again == (1, 0, 3, 0)
    assert found[0].reasons == {"recruiter_near": 1}
    with pytest.raises(Refused):
        at_intervals(case_manager)


def test_ac_09_a_failed_case_is_tagged_with_its_cause_once_and_causes_are_counted(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    outcomes.tag_failure(actor=case_manager, case=case, cause="no_monitoring", on=days_ago(1), words="Nobody called.")
    outcomes.tag_failure(actor=case_manager, case=case, cause="response_gap", on=days_ago(1))
    outcomes.tag_failure(actor=case_manager, case=other, cause="no_monitoring", on=days_ago(1))
    with pytest.raises(AlreadyDone):
        outcomes.tag_failure(actor=case_manager, case=other, cause="no_monitoring", on=days_ago(0))
    for cause, on in (("bad_luck", days_ago(0)), ("response_gap", days_ago(-1))):
        with pytest.raises(InvalidInput):
            outcomes.tag_failure(actor=case_manager, case=other, cause=cause, on=on)
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert causes(node) == {"no_monitoring": 2, "response_gap": 1}
    assert FailedCase.objects.filter(case=case).count() == 2
    with pytest.raises(Refused):
        causes(case_manager)


def test_ri_07_the_pages_lead_from_the_case_and_tell_strangers_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, home: Any
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    left(case_manager, case, home)
    areas = living().areas
    typed = {"on": days_ago(0), "how": "came", "own_view": "worse", **areas, "re_trafficked": "yes"}
    new = reverse("casework:outcome_new", args=[case.code])
    assert client.get(new).status_code == 200
    answer = client.post(new, {"once": str(uuid4()), **typed})
    assert answer.status_code == 422
    assert "say why" in words(answer.content.decode())
    typed |= {"reasons": ["debts"], "words": "Goran came back"}
    assert client.post(new, {"once": str(uuid4()), **typed}).status_code == 302
    chapter = reverse("casework:chapter", args=[case.code, "reintegration"])
    page = words(client.get(chapter).content.decode())
    assert "12 months after" in page
    assert "The person was trafficked again. Record why the case failed." in page
    failure = reverse("casework:failure_tag", args=[case.code])
    typed = {"cause": "no_cooperation", "on": days_ago(0), "words": "Goran"}
    assert client.post(failure, {"once": str(uuid4()), **typed}).status_code == 302
    page = words(client.get(chapter).content.decode())
    assert "The case failed: Bodies did not work together" in page
    assert "Goran" not in page + repr(list(AuditEntry.objects.values()))
    stranger = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    for path in (new, failure):
        assert stranger.get(path).status_code == 404
        assert node.get(path).status_code in (403, 404)
