"""Money: no fee from whoever is helped, and a savings book that never lends."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.money import balance, fee_flag
from fener.norms.vocab import vocabulary

amounts = st.decimals(min_value="0.01", max_value=100_000, places=2)
entries = st.lists(st.tuples(st.sampled_from(vocabulary("ledger_entry").codes()), amounts))


@pytest.mark.parametrize("payer", ["person", "dependant", "family"])
def test_no_payment_by_the_person_or_the_family_is_taken(payer: str) -> None:
    flag = fee_flag(payer=payer, amount=Decimal("0.01"))
    assert flag is not None
    assert flag.rule == "AS-06"
    assert fee_flag(payer=payer, amount=Decimal(0)) is None
    assert fee_flag(payer=payer, amount=None) is None


def test_a_funder_may_pay() -> None:
    assert fee_flag(payer="municipality", amount=Decimal(100)) is None


def test_a_book_is_wages_and_deposits_less_what_was_taken_out() -> None:
    book = [("wage", Decimal("120.50")), ("deposit", Decimal(10)), ("withdrawal", Decimal("30.50"))]
    assert balance(book) == Decimal(100)
    assert balance([*book, ("paid_out", Decimal(100))]) == 0


@given(entries)
def test_a_book_is_never_overdrawn(book: list[tuple[str, Decimal]]) -> None:
    running, kinds = Decimal(0), vocabulary("ledger_entry")
    lowest = Decimal(0)
    for kind, amount in book:
        running += amount if kinds.group(kind) == "in" else -amount
        lowest = min(lowest, running)
    if lowest >= 0:
        assert balance(book) == running
    else:
        with pytest.raises(ValueError, match="than the person owns"):
            balance(book)


@pytest.mark.parametrize("amount", [Decimal(0), Decimal(-1), Decimal("NaN"), Decimal("Infinity")])
def test_only_an_amount_above_nought_is_an_entry(amount: Decimal) -> None:
    with pytest.raises(ValueError, match="above nought"):
        balance([("wage", amount)])
