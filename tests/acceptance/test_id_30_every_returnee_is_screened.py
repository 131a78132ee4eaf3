"""ID-30: every returnee is screened by one common protocol, however they came, and the outcome is recorded."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.screening import ReturnScreening
from fener.casework.selectors.returns.screening import screened_against_returned
from fener.casework.services.returns import removals, screening
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories import returns as made
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory
from tests.factories.children import child
from tests.factories.network import Mechanism
from tests.web.pages import words

DAY = made.days_ago


def returned(actor: Actor, case: Case, kind: str) -> Journey:
    """Somebody arrived, however they were sent or went."""
    if kind == "assisted_voluntary":
        gone = removals.depart(actor=actor, journey=made.ready(actor, case), on=DAY(5))
    elif kind == "own_journey":
        gone = removals.leave(actor=actor, journey=made.asked(actor, case), on=DAY(5))
    else:
        removal = made.announced(actor, case, kind=kind)
        gone = removals.carry_out_removal(actor=actor, journey=removal, on=DAY(5), happened=True)
    return removals.confirm(
        actor=actor, journey=gone, by="service", on=DAY(3), hand_over="ngo" if gone.as_child else ""
    )


KINDS = ("assisted_voluntary", "own_journey", "readmission", "deportation", "forced_removal", "border_refusal")


@pytest.mark.parametrize("kind", KINDS)
def test_id_30_an_arrival_without_a_screening_is_due_whatever_the_kind(case_manager: Actor, kind: str) -> None:
    case = CaseFactory(actor=case_manager)
    journey = returned(case_manager, case, kind)
    line = CaseLine.objects.get(case=case, record="returns.screening")
    assert line.what == "unscreened"
    assert line.due is not None
    assert line.for_node
    assess(case_manager, case, assessed_on=DAY(1))
    done = screening.record_screening(actor=case_manager, journey=journey, outcome="screened", on=DAY(0))
    assert (done.set_id, done.assessment) == ("adult-returnee", case.assessments.get())
    assert CaseLine.objects.get(case=case, record="returns.screening").due is None
    with pytest.raises(AlreadyDone):
        screening.record_screening(actor=case_manager, journey=journey, outcome="refused", on=DAY(0))


@pytest.mark.parametrize("gender", ["Masculine", "Feminine"])
def test_id_30_the_protocol_is_chosen_by_age_alone(case_manager: Actor, gender: str) -> None:
    facts = {"age_at_contact": 34, "age_at_contact_certainty": "stated", "gender": gender}
    grown = returned(case_manager, CaseFactory(actor=case_manager, facts=facts), "deportation")
    young = returned(case_manager, child(case_manager), "deportation")
    used = [
        screening.record_screening(actor=case_manager, journey=one, outcome="refused", on=DAY(0)).set_id
        for one in (grown, young)
    ]
    assert used == ["adult-returnee", "child-returnee"]


def test_id_30_that_somebody_was_screened_is_shown_by_an_assessment(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey = returned(case_manager, case, "readmission")
    with pytest.raises(InvalidInput):
        screening.record_screening(actor=case_manager, journey=journey, outcome="screened", on=DAY(0))
    assess(case_manager, case, assessed_on=DAY(4))  # before the person was back
    with pytest.raises(InvalidInput, match="No assessment"):
        screening.record_screening(actor=case_manager, journey=journey, outcome="screened", on=DAY(0))
    with pytest.raises(InvalidInput):
        screening.record_screening(actor=case_manager, journey=journey, outcome="refused", on=DAY(4))
    assess(case_manager, case)
    with pytest.raises(InvalidInput):
        screening.record_screening(actor=case_manager, journey=journey, outcome="screened", on=DAY(2))  # before it
    with pytest.raises(InvalidInput):
        screening.record_screening(
            actor=case_manager, journey=made.asked(case_manager, case), outcome="gone", on=DAY(0)
        )
    done = screening.record_screening(actor=case_manager, journey=journey, outcome="screened", on=DAY(0))
    with pytest.raises(IntegrityError), transaction.atomic():
        ReturnScreening.objects.filter(pk=done.pk).update(assessment=None)


def test_id_30_kinds_are_counted_apart_and_read_by_the_co_ordinator_alone(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    first = CaseFactory(actor=case_manager)
    assess(case_manager, first, assessed_on=DAY(1))
    for kind, outcome in (("deportation", "screened"), ("deportation", "refused"), ("readmission", "")):
        journey = returned(case_manager, first, kind)
        if outcome:
            screening.record_screening(actor=case_manager, journey=journey, outcome=outcome, on=DAY(0))
    found = screened_against_returned(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).by_kind
    counted = {one.key: (one.returned, one.screened, one.refused, one.without) for one in found}
    assert counted == {"deportation": (2, 1, 1, 0), "readmission": (1, 0, 0, 1)}
    with pytest.raises(Refused):
        screened_against_returned(case_manager)


def test_id_30_its_page(case_manager: Actor, signed_in: Callable[[Actor], Client]) -> None:
    case = CaseFactory(actor=case_manager)
    journey, client = returned(case_manager, case, "deportation"), signed_in(case_manager)
    page = reverse("casework:chapter", args=[case.code, "returns"])
    assert "not screened yet" in words(client.get(page).content.decode())
    new = reverse("casework:return_screening_new", args=[case.code, journey.pk])
    assert "the same questions" in words(client.get(new).content.decode())
    typed = {"once": "4c9a4a8e-1111-4222-8333-944445555667", "outcome": "refused", "on": DAY(0).isoformat()}
    assert client.post(new, typed).status_code == 302
    assert "The person did not want it" in words(client.get(page).content.decode())
