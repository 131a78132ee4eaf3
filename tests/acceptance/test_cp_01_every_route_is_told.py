"""CP-01: each case shows every route with its conditions, and the person is told of them with an interpreter."""

from __future__ import annotations

import pytest

from fener.casework.models.justice.claim import RoutesTold
from fener.casework.services.justice import compensation
from fener.norms.compensation import REQUIRED
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory
from tests.factories.justice import awarded, claimed, told
from tests.factories.returns import days_ago


def test_cp_01_each_route_is_told_of_and_by_an_interpreter_where_one_is_needed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for wrong, field in (
        ({"routes": REQUIRED[:-1]}, "routes"),
        ({"interpreter": " "}, "interpreter"),
        ({"language": "klingon"}, "language"),
        ({"ago": -1}, "told_on"),
        ({"facts": {"award": "yes"}}, "fact_award"),
    ):
        with pytest.raises(InvalidInput) as refused:
            told(case_manager, case, **wrong)
        assert field in refused.value.errors
    assert set(told(case_manager, case).routes) == set(REQUIRED)
    case.organisation.languages = ["ro"]
    assert told(case_manager, case, interpreter="").interpreter == ""
    with pytest.raises(InvalidInput):
        told(case_manager, case, language="sr", interpreter="")


def test_cp_01_nobody_claims_for_the_person_before_they_were_told(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        claimed(case_manager, case)
    told(case_manager, case, ago=199)
    with pytest.raises(InvalidInput):
        claimed(case_manager, case)  # claimed on a day before the telling
    told(case_manager, case, ago=200)
    assert claimed(case_manager, case).route == "criminal_court"


def test_cp_01_what_claims_prove_is_asked_of_nobody(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = told(case_manager, case)
    claim = compensation.find_insolvent(
        actor=case_manager, claim=awarded(case_manager, claimed(case_manager, case)), on=days_ago(5)
    )
    assert not {"award", "offender_insolvent"} & set(compensation.fact_names())
    assert {one.route for one in compensation.routes(row, [claim], days_ago(0))} == set(REQUIRED)
    assert RoutesTold.objects.get().facts == {}


def test_cp_03_a_claim_in_the_criminal_court_needs_damage_from_the_offence(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    # Where the sources are silent on a country the answer stays open; the generic route closes where they are not.
    told(case_manager, case, facts={"damage_from_offence": "no"})
    (route,) = [
        one for one in compensation.routes(RoutesTold.objects.get(), [], days_ago(0)) if one.route == "criminal_court"
    ]
    assert route.conditions[0].met == "no"
    if route.answer == "closed":
        with pytest.raises(InvalidInput):
            claimed(case_manager, case)


def test_cp_03_the_fund_opens_when_the_claims_prove_award_and_insolvency(case_manager: Actor, settings: object) -> None:
    settings.FENER_JURISDICTION = "BE"  # type: ignore[attr-defined]
    case = CaseFactory(actor=case_manager)
    row = told(case_manager, case, facts={"economic_exploitation": "no"})
    claim = claimed(case_manager, case)

    def fund(on: int = 0) -> str:
        claim.refresh_from_db()
        return next(one.answer for one in compensation.routes(row, [claim], days_ago(on)) if one.route == "fund")

    assert fund() == "unknown"
    awarded(case_manager, claim)
    compensation.find_insolvent(actor=case_manager, claim=claim, on=days_ago(5))
    assert (fund(), fund(on=6)) == ("open", "unknown")
    told(case_manager, case, facts={"damage_from_offence": "no"}, ago=100)
    with pytest.raises(InvalidInput):
        claimed(case_manager, case, claimed_on=days_ago(50))
