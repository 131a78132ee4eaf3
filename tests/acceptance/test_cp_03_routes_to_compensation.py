"""CP-03: a criminal-court claim needs damage from the offence; a Belgian fund claim needs award and insolvency and,
for economic exploitation, violence in the judgement and medical proof. And the projected payoff of instalments."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.compensation import (
    Route,
    check_compensation,
    compensation_fact_names,
    compensation_routes,
    payoff,
    routes_for,
)
from fener.norms.facts_input import InputError
from fener.norms.jurisdictions import jurisdiction_codes
from fener.norms.packs import PackError, load_packs
from tests.norms.rules_made_up import with_pack

FIVE = ["criminal_court", "civil_court", "fund", "confiscated_assets", "programme"]
BETTER = ["closed", "unknown", "open"]
CIRCUMSTANCE = "economic_exploitation"


def of(place: str, **facts: Any) -> dict[str, Route]:
    return {route.route: route for route in routes_for(place, facts)}


# --- routes -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("damage", "answer"), [("yes", "open"), ("no", "closed"), ("unknown", "unknown")])
def test_cp_03_a_criminal_court_needs_damage_that_results_from_the_offence(damage: str, answer: str) -> None:
    for place in ("BE", "COE"):
        assert of(place, damage_from_offence=damage)["criminal_court"].answer == answer


@pytest.mark.parametrize(
    ("award", "insolvent", "economic", "violence", "proof"), list(product(("yes", "no", "unknown"), repeat=5))
)
def test_cp_03_the_belgian_fund(award: str, insolvent: str, economic: str, violence: str, proof: str) -> None:
    fund = of(
        "BE",
        award=award,
        offender_insolvent=insolvent,
        economic_exploitation=economic,
        violence_in_judgement=violence,
        medical_proof=proof,
    )["fund"]
    needed = [award, insolvent] + ([violence, proof] if economic == "yes" else [])
    if "no" in needed:
        expected = "closed"
    elif "unknown" in needed or (economic == "unknown" and (violence, proof) != ("yes", "yes")):
        expected = "unknown"
    else:
        expected = "open"
    assert fund.answer == expected
    assert fund.source.at == "S07i L4796-4801"


def test_cp_03_a_closed_route_says_which_condition_closes_it() -> None:
    fund = of("BE", award="yes", offender_insolvent="no", economic_exploitation="no")["fund"].to_json()
    assert "Not met: The offender is insolvent." in fund["why"]
    assert "Does not apply to this case: After economic exploitation" in fund["why"]
    assert "As described in 2005" in fund["why"]


def test_cp_03_where_the_sources_name_no_conditions_a_route_is_unknown() -> None:
    everything = dict.fromkeys(compensation_fact_names(), "yes")
    assert of("BE", **everything)["civil_court"].answer == "unknown"
    assert "name no conditions" in of("BE")["civil_court"].to_json()["why"]


@pytest.mark.parametrize("place", ["RS", "AL", "XK", "QQ"])
@pytest.mark.parametrize("answer", ["yes", "no"])
def test_cp_03_where_the_sources_are_silent_on_a_country_every_route_is_unknown(place: str, answer: str) -> None:
    for route in routes_for(place, dict.fromkeys(compensation_fact_names(), answer)):
        assert (route.answer, route.generic) == ("unknown", True)
        assert "don't speak of this route" in route.to_json()["why"]


@settings(deadline=None)  # the first call loads the packs
@given(
    st.sampled_from(jurisdiction_codes()),
    st.dictionaries(st.sampled_from(compensation_fact_names()), st.sampled_from(["yes", "no", "unknown", True, None])),
    st.sampled_from([name for name in compensation_fact_names() if name != CIRCUMSTANCE]),
)
def test_cp_03_one_more_met_condition_never_closes_a_route(place: str, facts: dict[str, Any], met: str) -> None:
    before, after = routes_for(place, facts), routes_for(place, {**facts, met: "yes"})
    assert [r.route for r in before] == FIVE == list(compensation_routes())
    for less, more in zip(before, after, strict=True):
        assert BETTER.index(more.answer) >= BETTER.index(less.answer)
        assert less.why
        assert less.source.id


@pytest.mark.parametrize(("facts", "path"), [({"colour": "red"}, "colour"), ({"award": "perhaps"}, "award")])
def test_cp_03_facts_that_cannot_be_are_refused_with_their_place(facts: dict[str, Any], path: str) -> None:
    with pytest.raises(InputError) as refused:
        routes_for("BE", facts)
    assert refused.value.path == path


@pytest.mark.parametrize(
    ("changed", "reason"), [({"route": "luck"}, "no route"), ({"jurisdiction": "QQ"}, "no jurisdiction"), ({}, "twice")]
)
def test_cp_03_a_bad_entry_is_refused(changed: dict[str, str], reason: str) -> None:
    places = load_packs().get("compensation", "routes").data["places"]
    with pytest.raises(PackError, match=reason):
        check_compensation(
            with_pack(load_packs(), "compensation", "routes", places=[*places, {**places[0], **changed}])
        )


def test_cp_03_a_pack_that_leaves_a_route_out_is_refused() -> None:
    routes = load_packs().get("compensation", "routes").data["routes"][1:]
    with pytest.raises(PackError, match="once each"):
        check_compensation(with_pack(load_packs(), "compensation", "routes", routes=routes, places=[]))


# --- payoff -------------------------------------------------------------------------------------------------------


def test_cp_03_seventeen_thousand_at_twenty_five_a_month_takes_a_life() -> None:
    found = payoff(award=17000, paid=0, instalment=25, first_on=date(2005, 1, 31), months=1)
    # 17,000 / 25 = 680 payments; the last one 679 months (56 years and 7 months) after 31 January 2005: 31 August 2061.
    assert (found.payments, found.last_payment, found.last_on) == (680, Decimal("25.00"), date(2061, 8, 31))
    assert not found.never


def test_cp_03_the_last_payment_is_the_rest_and_cents_are_exact() -> None:
    found = payoff(award="1250.10", paid="250.05", instalment="300.10", first_on=date(2026, 1, 31), months=1)
    # 1,250.10 - 250.05 = 1,000.05; three times 300.10 is 900.30; the fourth is 99.75, on 30 April.
    assert found.outstanding == Decimal("1000.05")
    assert (found.payments, found.last_payment, found.last_on) == (4, Decimal("99.75"), date(2026, 4, 30))


def test_cp_03_instalments_can_come_every_so_many_days() -> None:
    found = payoff(award=100, instalment=50, first_on=date(2026, 1, 1), days=14)
    assert found.last_on == date(2026, 1, 15)


@pytest.mark.parametrize(("paid", "overpaid"), [(500, "0.00"), ("500.01", "0.01")])
def test_cp_03_what_is_paid_up_has_no_last_date(paid: Any, overpaid: str) -> None:
    found = payoff(award=500, paid=paid, instalment=25, first_on=date(2026, 1, 1), months=1)
    assert (found.outstanding, found.overpaid) == (Decimal(0), Decimal(overpaid))
    assert (found.last_on, found.never) == (None, False)


@pytest.mark.parametrize("instalment", [0, "0.01"])
def test_cp_03_what_cannot_be_paid_says_never(instalment: Any) -> None:
    found = payoff(award="999999999999", instalment=instalment, first_on=date(2026, 1, 1), months=1)
    assert found.never
    assert found.to_json()["last_on"] == "never"
    assert "never paid" in found.to_json()["why"]


@pytest.mark.parametrize(
    ("changed", "path"),
    [
        ({"award": 0.1}, "award"),
        ({"award": "-1"}, "award"),
        ({"award": "1.001"}, "award"),
        ({"award": "NaN"}, "award"),
        ({"award": "Infinity"}, "award"),
        ({"award": True}, "award"),
        ({"award": "1e30"}, "award"),
        ({"award": "1e999999999"}, "award"),
        ({"paid": "much"}, "paid"),
        ({"instalment": None}, "instalment"),
        ({"months": 0}, "period"),
        ({"months": -1}, "period"),
        ({"days": 7}, "period"),
    ],
)
def test_cp_03_money_and_periods_that_cannot_be_are_refused(changed: dict[str, Any], path: str) -> None:
    given_: dict[str, Any] = {"award": 100, "instalment": 10, "first_on": date(2026, 1, 1), "months": 1}
    with pytest.raises(InputError) as refused:
        payoff(**{**given_, **changed})
    assert refused.value.path == path


cents = st.integers(0, 10**9).map(lambda n: Decimal(n) / 100)


@settings(deadline=None)
@given(cents, cents, cents, st.integers(1, 12))
def test_cp_03_the_payments_add_up_to_the_award_to_the_cent(
    award: Decimal, paid: Decimal, instalment: Decimal, months: int
) -> None:
    found = payoff(award=award, paid=paid, instalment=instalment, first_on=date(2026, 1, 31), months=months)
    assert found.outstanding - found.overpaid == award - paid
    if found.payments:
        assert instalment * (found.payments - 1) + found.last_payment == found.outstanding
        assert 0 < found.last_payment <= instalment
    if found.last_on:
        more = payoff(award=award, paid=paid, instalment=instalment * 2, first_on=date(2026, 1, 31), months=months)
        assert more.last_on is not None
        assert more.last_on <= found.last_on
