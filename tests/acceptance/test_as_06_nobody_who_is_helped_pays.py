"""AS-06: no fee or payment by the assisted person for housing, care or legal help."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.gates import check
from fener.norms.path.money import PAYERS_REFUSED, fee_flag


@given(st.sampled_from(sorted(PAYERS_REFUSED)), st.decimals(min_value="0.01", max_value=10_000, places=2))
def test_as_06_any_amount_of_the_person_or_their_family_is_flagged(payer: str, amount: Decimal) -> None:
    assert fee_flag(payer=payer, amount=amount) is not None


def test_as_06_charging_the_person_is_refused_always() -> None:
    result = check("charge_the_person", {})
    assert result.never
    assert result.override is None
    assert result.incident
