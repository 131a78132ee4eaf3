"""CP-04: confiscated assets are a ledger that shows what reached a fund for victims."""

from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models.justice.asset import AssetStep, SeizedAsset
from fener.casework.selectors.justice.assets import Total, totals
from fener.casework.services.justice import assets
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.justice import became, seized
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago
from tests.web.pages import words


@pytest.fixture
def keeper(mechanism: Mechanism) -> Actor:
    return mechanism.police.actor(Role.LAW_ENFORCEMENT_LIAISON)


def test_cp_04_each_currency_shows_what_reached_a_fund(keeper: Actor) -> None:
    car, cash = seized(keeper), seized(keeper, kind="cash", currency="RSD")
    for asset, sold, paid in ((car, "7500.50", "7000.25"), (cash, "90000", "1")):
        became(keeper, asset, "confiscated")
        became(keeper, asset, "realised", sold)
        became(keeper, asset, "fund", paid)
    seized(keeper, currency="USD")
    assert totals(keeper) == [
        Total("EUR", Decimal("7500.50"), Decimal("7000.25")),
        Total("RSD", Decimal("90000.00"), Decimal("1.00")),
    ]


def test_cp_04_nothing_is_sold_that_was_not_confiscated_and_what_was_given_back_is_out(keeper: Actor) -> None:
    car = seized(keeper)
    for step in ("realised", "fund"):
        with pytest.raises(InvalidInput):
            became(keeper, car, step, "10")
    became(keeper, car, "returned")
    assert assets.possible(car.steps.all()) == []
    with pytest.raises(InvalidInput):
        became(keeper, car, "confiscated")


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    wanted=st.lists(
        st.tuples(st.sampled_from(AssetStep.Step.values), st.decimals(min_value="0.01", max_value="900", places=2)),
        max_size=8,
    )
)
def test_cp_04_whatever_is_tried_no_more_reaches_a_fund_than_was_realised(
    keeper: Actor, wanted: list[tuple[str, Decimal]]
) -> None:
    car = seized(keeper)
    for step, amount in wanted:
        try:
            became(keeper, car, step, str(amount) if step in assets.WITH_SUM else "")
        except InvalidInput:
            continue
    steps = list(car.steps.all())
    have = {one.step for one in steps}
    assert assets.left(steps) >= 0
    assert not {"confiscated", "returned"} <= have
    assert "confiscated" in have or not have & assets.WITH_SUM


def test_cp_04_days_do_not_run_backwards_and_a_sum_stands_where_money_moved(keeper: Actor) -> None:
    car = seized(keeper)
    for step, amount, ago in (("confiscated", "", 301), ("confiscated", "", -1), ("confiscated", "5", 100)):
        with pytest.raises(InvalidInput):
            became(keeper, car, step, amount, ago=ago)
    became(keeper, car, "confiscated")
    for amount, ago in (("", 90), ("0", 90), ("10", 101)):
        with pytest.raises(InvalidInput):
            became(keeper, car, "realised", amount, ago=ago)


def test_cp_04_a_body_writes_in_its_own_ledger_alone(mechanism: Mechanism, keeper: Actor, case_manager: Actor) -> None:
    car = seized(keeper)
    became(keeper, car, "confiscated")
    became(keeper, car, "realised", "10")
    other = mechanism.ngo.actor(Role.LAW_ENFORCEMENT_LIAISON)
    assert totals(other) == []
    node = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert totals(node) == totals(keeper) == [Total("EUR", Decimal("10.00"), Decimal("0"))]
    for act in (
        lambda: became(other, car, "fund", "1"),
        lambda: became(node, car, "fund", "1"),  # the co-ordinator reads all, and writes in none
        lambda: seized(node),
        lambda: seized(case_manager),
        lambda: totals(case_manager),
    ):
        with pytest.raises(Refused):
            act()
    assert SeizedAsset.objects.count() == 1


def test_cp_04_the_ledger_on_its_pages(
    keeper: Actor, case_manager: Actor, signed_in: Callable[[Actor], Client], mechanism: Mechanism
) -> None:
    client, path = signed_in(keeper), reverse("casework:assets")
    assert "Nothing is entered yet" in words(client.get(path).content.decode())
    typed = {"once": str(uuid4()), "kind": "cash", "currency": "EUR", "seized_on": days_ago(50), "value": "500"}
    assert client.post(reverse("casework:asset_new"), typed).status_code == 302
    assert client.post(reverse("casework:asset_new"), typed).status_code in (200, 302, 303, 409)
    asset = SeizedAsset.objects.get()
    step = reverse("casework:asset_step", args=[asset.pk])
    for name, amount in (("confiscated", ""), ("realised", "480"), ("fund", "80")):
        answer = client.post(step, {"once": str(uuid4()), "step": name, "on": days_ago(40), "amount": amount})
        assert answer.status_code == 302, words(answer.content.decode())[:500]
    page = words(client.get(path, {"kind": "cash"}).content.decode())
    assert "Realised: 480 EUR. Of this, 80 EUR reached a fund for victims." in page
    assert signed_in(case_manager).get(path).status_code in (403, 404)
    other = signed_in(mechanism.ngo.actor(Role.LAW_ENFORCEMENT_LIAISON))
    assert other.get(step).status_code == 404
    assert "480" not in words(other.get(path).content.decode())
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert "Of this, 80 EUR" in words(node.get(path).content.decode())
    assert node.get(step).status_code == 404
