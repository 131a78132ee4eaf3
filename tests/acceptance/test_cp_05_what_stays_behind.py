"""CP-05: time before any move; what stays behind becomes claims that survive return and no immigration role reads."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.services import cases
from fener.casework.services.justice import belongings
from fener.casework.services.returns import removals
from fener.network.models import Organisation
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.roles import Role
from tests.factories import justice
from tests.factories import returns as made
from tests.factories.casework import CaseFactory
from tests.factories.interests import left
from tests.factories.network import Mechanism
from tests.web.pages import words

DAY = made.days_ago


def missing(actor: Actor, journey: object) -> set[str]:
    with pytest.raises(GateClosed) as closed:
        removals.depart(actor=actor, journey=journey, on=DAY(5))  # type: ignore[arg-type]
    return {one.code for one in closed.value.result.missing}


def test_cp_05_nobody_departs_before_it_is_settled_what_stays_behind(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    journey = made.prepared(case_manager, made.ready(case_manager, case), belongings="left_behind_recorded")
    assert missing(case_manager, journey) == {"belongings_settled"}  # that it is recorded is not typed
    left(case_manager, case, 3)
    assert missing(case_manager, journey) == {"belongings_settled"}  # of a day after the departure
    thing = left(case_manager, case, 10)
    said = made.prepared(case_manager, journey, belongings="nothing_left_behind")
    assert missing(case_manager, said) == {"belongings_settled"}  # something does
    belongings.advance(actor=case_manager, left=thing, step="recover", on=DAY(8))
    assert removals.depart(actor=case_manager, journey=said, on=DAY(5)).state == "under_way"


def test_cp_05_a_removal_without_time_for_them_is_an_incident(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    removal = made.announced(case_manager, case)
    removals.carry_out_removal(actor=case_manager, journey=removal, on=DAY(1), happened=True)
    assert case.incidents.filter(right="belongings_lost", by="migration_authority").exists()


def test_cp_05_the_gap_in_wages_is_calculated_and_what_is_not_known_is_not_nought(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    wages = {"kind": "wages", "currency": "EUR", "agreed": Decimal(500), "minimum": Decimal(620), "periods": Decimal(3)}
    known = belongings.gap_of(left(case_manager, case, **wages, paid=Decimal(200)))
    assert (known.owed, known.paid, known.gap) == (Decimal(1860), Decimal(200), Decimal(1660))
    assert belongings.gap_of(left(case_manager, case, **wages)).gap is None
    assert belongings.gap_of(left(case_manager, case, **wages, paid=Decimal(0))).gap == Decimal(1860)
    for wrong in ({"kind": "clothes"}, {"currency": ""}, {"currency": "XXX"}, {"periods": Decimal(0)}):
        with pytest.raises(InvalidInput):
            left(case_manager, case, **{**wages, **wrong})


def test_cp_05_claims_survive_the_return_and_the_end_of_the_case(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    justice.told(case_manager, case)
    claim = justice.claimed(case_manager, case)
    thing = left(case_manager, case, 10, kind="wages", currency=claim.currency, agreed=Decimal(500))
    removals.carry_out_removal(actor=case_manager, journey=made.announced(case_manager, case), on=DAY(5), happened=True)
    case = Case.objects.unscoped(reason="test").get(pk=case.pk)
    case = cases.close_case(actor=case_manager, case=case, version=case.version, reason="lost_contact")
    line = CaseLine.objects.get(case=case, record="justice.belongings")
    assert line.params == {"count": 1}
    thing.case = case
    with pytest.raises(InvalidInput):
        belongings.advance(actor=case_manager, left=thing, step="claim", on=DAY(1))
    claimed = belongings.advance(actor=case_manager, left=thing, step="claim", on=DAY(1), claim=claim)
    assert (claimed.state, claimed.claim) == ("claim", claim)
    belongings.advance(actor=case_manager, left=claimed, step="recover", on=DAY(0))
    with pytest.raises(NotPossibleNow):
        belongings.advance(actor=case_manager, left=claimed, step="ask", on=DAY(0))
    assert not CaseLine.objects.filter(case=case, record="justice.belongings").exists()


def test_cp_05_a_claim_of_another_case_or_currency_is_none(case_manager: Actor) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    justice.told(case_manager, other)
    justice.told(case_manager, case)
    wages = left(case_manager, case, kind="wages", currency="RSD")
    for claim in (justice.claimed(case_manager, other), justice.claimed(case_manager, case, currency="EUR")):
        with pytest.raises(InvalidInput):
            belongings.advance(actor=case_manager, left=wages, step="claim", on=DAY(1), claim=claim)


def test_cp_05_no_immigration_role_reads_it(case_manager: Actor, signed_in: Callable[[Actor], Client]) -> None:
    case = CaseFactory(actor=case_manager)
    thing = left(case_manager, case)
    Organisation.objects.filter(pk=case_manager.keeper_id).update(sector=Organisation.Sector.IMMIGRATION)
    for act in (
        lambda: left(case_manager, case),
        lambda: belongings.advance(actor=case_manager, left=thing, step="ask", on=DAY(1)),
    ):
        with pytest.raises(Refused):
            act()
    client = signed_in(case_manager)
    page = client.get(reverse("casework:chapter", args=[case.code, "justice"])).content.decode()
    assert "Clothes" not in words(page)
    on_file = client.get(reverse("casework:case", args=[case.code])).content.decode()
    today = client.get(reverse("web:today")).content.decode()
    for shown in (page, on_file, today):
        assert "stayed behind" not in words(shown)
    assert client.get(reverse("casework:belonging_step", args=[case.code, thing.pk])).status_code == 404


def test_cp_05_the_table_lets_nobody_else_read_it(mechanism: Mechanism) -> None:
    for role in (Role.MECHANISM_COORDINATOR, Role.FRONTLINE_OFFICER, Role.LAW_ENFORCEMENT_LIAISON):
        actor = mechanism.police.actor(role)
        for how in Relationship:
            assert not policy.decide(actor, "belonging.list", how).allowed


def test_cp_05_its_pages(case_manager: Actor, signed_in: Callable[[Actor], Client]) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    new = reverse("casework:belonging_new", args=[case.code])
    assert client.get(new).status_code == 200
    typed = {
        "once": "4c9a4a8e-1111-4222-8333-944445555670", "kind": "wages", "held_by": "employer", "time_given": "no",
        "left_on": DAY(3).isoformat(), "currency": "EUR", "agreed": "500.00", "periods": "2", "paid": "0", "words": "",
    }  # fmt: skip
    assert client.post(new, typed).status_code == 302
    page = words(client.get(reverse("casework:chapter", args=[case.code, "justice"])).content.decode())
    assert "is missing" in page
    assert "1 thing of the person stayed behind" in words(
        client.get(reverse("casework:case", args=[case.code])).content.decode()
    )
