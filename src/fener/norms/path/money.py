"""Money that must not flow: no fee for help (rule AS-06), and savings that stay a person's own (rule RI-08)."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

FEE = gettext_noop(
    "Nobody who is helped pays for it. Take the payment out; what somebody learns or earns is no payment."
)
OVERDRAWN = gettext_noop("More would be taken out than the person owns.")

PAYERS_REFUSED = frozenset({"person", "dependant", "family"})
"""Family members pay for nobody either: a debt of the family is a debt of the person."""


def fee_flag(*, payer: str, amount: Decimal | None) -> Flag | None:
    """A payment for help by the person or their family, whatever the amount; nought and none are no payment."""
    if payer not in PAYERS_REFUSED or not amount:
        return None
    return Flag("fee", Step(FEE), "AS-06")


def balance(entries: Iterable[tuple[str, Decimal]]) -> Decimal:
    """What a personal savings book holds: (kind of the list ``ledger_entry``, amount above nought) in order.

    Raises ValueError for an amount that is not above nought, and where more is taken out than there is: a book is
    never overdrawn, so that nobody lives on somebody else's savings.
    """
    kinds = vocabulary("ledger_entry")
    total = Decimal(0)
    for kind, amount in entries:
        if not amount.is_finite() or amount <= 0:
            raise ValueError("an amount has to be above nought")
        total += amount if kinds.group(kind) == "in" else -amount
        if total < 0:
            raise ValueError(OVERDRAWN)
    return total
