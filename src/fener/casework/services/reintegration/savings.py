"""Savings of residents: personal books, held until exit, never pooled and never overdrawn (rule RI-08)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.reintegration.savings import CORRECTIONS, OUT, SavingsEntry
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.colleagues import colleagues
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.facts import lock_case
from fener.casework.services.justice.compensation import check_sum
from fener.casework.services.notes import seal_words
from fener.norms.path.money import balance
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.models import SealedItem, User

RECORD = "reintegration.savings"
IN = ("wage", "deposit")
AT_EXIT = frozenset({"paid_out", "handed_over"})
NO_WITNESS = _("Name the second colleague who was there.")
TOO_MUCH = _("More would be taken out than the person owns on one of these days.")


@dataclass(frozen=True, kw_only=True)
class OutTerms:
    """Money that leaves the book. ``receipt``: how the person confirmed it; ``witness``: the second colleague."""

    kind: str
    currency: str
    amount: Decimal
    on: date
    receipt: str
    witness: User | None = None
    words: str = ""


@transaction.atomic
def put_in(
    *, actor: Actor, case: Case, kind: str, currency: str, amount: Decimal, on: date, words: str = ""
) -> SavingsEntry:
    """A wage, or money that the person gives to be kept. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "savings.put_in", case)
    errors: Errors = {}
    if kind not in IN:
        errors["kind"] = CHOOSE
    check_code(errors, "currency", currency, "currency")
    check_sum(errors, "amount", amount)
    check_day(errors, "on", on)
    raise_any(errors)
    lock_case(case)
    return _write(actor, case, "savings.put_in", words, kind=kind, currency=currency, amount=amount, on=on)


@transaction.atomic
def take_out(*, actor: Actor, case: Case, terms: OutTerms) -> SavingsEntry:
    """The person takes money out, or is paid out when the stay is over. Only as the person confirms, and never more
    than they own on any day. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "savings.take_out", case)
    lock_case(case)
    errors: Errors = {}
    if terms.kind not in OUT:
        errors["kind"] = CHOOSE
    elif terms.kind in AT_EXIT and _stays_on(case, terms.on):
        errors["kind"] = _("The stay goes on: it is held until then. What the person takes before is money taken out.")
    check_sum(errors, "amount", terms.amount)
    check_day(errors, "on", terms.on)
    _check_receipt(errors, actor, terms)
    if terms.kind == "handed_over" and not terms.words.strip():
        errors["words"] = _("Write to whom it was handed over, as the person wished.")
    raise_any(errors)
    made = {name: value for name, value in vars(terms).items() if name != "words"}
    return _write(actor, case, "savings.take_out", terms.words, **made)


@transaction.atomic
def correct(
    *, actor: Actor, entry: SavingsEntry, amount: Decimal, on: date, words: str = "", witness: User | None = None
) -> SavingsEntry:
    """A counter-entry of the difference, so that ``entry`` counts ``amount`` (nought: it never was). The entry stays.
    Where less is left, a ``witness`` was there when the person saw it: no book is emptied by one colleague alone.

    Raises Refused, InvalidInput.
    """
    case = entry.case
    access.require_on_case(actor, "savings.correct", case)
    lock_case(case)
    current = SavingsEntry.objects.get(pk=entry.pk)
    errors: Errors = {}
    if current.kind in CORRECTIONS:
        raise InvalidInput({"": _("Correct the entry itself: its corrections are counted with it.")})
    check_day(errors, "on", on, not_before=current.on)
    if amount != 0:
        check_sum(errors, "amount", amount)
    difference = amount - counted(current) if "amount" not in errors else Decimal(0)
    if not difference and "amount" not in errors:
        errors["amount"] = _("This is what the entry counts already.")
    kind = "correction_in" if (difference > 0) is (current.kind in IN) else "correction_out"
    if difference and kind == "correction_out" and witness is None:
        errors["witness"] = NO_WITNESS
    _check_witness(errors, actor, witness, on)
    raise_any(errors)
    return _write(
        actor, case, "savings.correct", words,
        kind=kind, currency=current.currency, amount=abs(difference), on=on, corrects=current, witness=witness,
    )  # fmt: skip


def counted(entry: SavingsEntry) -> Decimal:
    """What an entry counts, with its corrections."""
    total = entry.amount
    for one in entry.corrections.all():
        total += one.amount if (one.kind == "correction_in") is (entry.kind in IN) else -one.amount
    return total


def balances(entries: Iterable[SavingsEntry]) -> dict[str, Decimal]:
    """What is held in each currency, in the order of the currencies; those with nothing too."""
    kinds = vocabulary("ledger_entry")
    found: dict[str, Decimal] = {}
    for one in entries:
        value = one.amount if kinds.group(one.kind) == "in" else -one.amount
        found[one.currency] = found.get(one.currency, Decimal("0.00")) + value
    return dict(sorted(found.items()))


def to_pay_out(case: Case) -> date | None:
    """Since when money has to be paid out or handed over: the end of the last stay, if none goes on."""
    stays = ShelterStay.objects.filter(case=case)
    if stays.filter(ended_on__isnull=True).exists():
        return None
    last = stays.aggregate(last=Max("ended_on"))["last"]
    return last if isinstance(last, date) else None


def _stays_on(case: Case, day: date) -> bool:
    return (
        ShelterStay.objects.filter(case=case, since__lte=day)
        .exclude(ended_on__lte=day)
        .exists()
    )  # fmt: skip


def _check_receipt(errors: Errors, actor: Actor, terms: OutTerms) -> None:
    if terms.receipt not in SavingsEntry.Receipt.values:
        errors["receipt"] = _("The person confirms that the money was handed over: how?")
    elif terms.receipt != SavingsEntry.Receipt.SIGNED and terms.witness is None:
        errors["witness"] = NO_WITNESS
    _check_witness(errors, actor, terms.witness, terms.on)


def _check_witness(errors: Errors, actor: Actor, witness: User | None, on: date) -> None:
    if witness is not None and (witness.pk == actor.user_id or witness not in colleagues(actor, on)):
        errors["witness"] = _("Name a second colleague of your own body.")


def _write(actor: Actor, case: Case, act: str, words: str, **fields: object) -> SavingsEntry:
    """An entry, once the case's row is ours. The whole book is counted again, day by day: InvalidInput below nought."""
    rows = SavingsEntry.objects.filter(case=case)
    number = (rows.aggregate(last=Max("number"))["last"] or 0) + 1
    made = SavingsEntry(case=case, number=number, recorded_by_id=access.user_id(actor), **fields)
    book = sorted([*rows.filter(currency=made.currency), made], key=lambda one: (one.on, one.number))
    try:
        balance((one.kind, one.amount) for one in book)
    except ValueError as error:
        raise InvalidInput({"amount": TOO_MUCH}) from error
    made.words = _seal(actor, case, f"savings:{made.pk}", words)
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, act, case, made.pk, "savings", kind=made.kind, currency=made.currency, on=made.on)
    return made


def _seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    return seal_words(actor=actor, case=case, slot=slot, words=words, also_for=[actor.keeper_id])
