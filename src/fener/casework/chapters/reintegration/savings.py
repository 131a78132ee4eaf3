"""How savings stand on the case: that they are held, and after the stay that they have to be paid out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.savings import SavingsEntry
from fener.casework.selectors.reintegration.savings import book
from fener.casework.services.reintegration.savings import RECORD as CODE
from fener.casework.services.reintegration.savings import balances, to_pay_out
from fener.norms.labour import money
from fener.norms.vocab import vocabulary


def lines(case: Case) -> Iterator[NewLine]:
    """One line a currency while something is held; due once the stay is over. A sum stands on the book alone."""
    held = balances(SavingsEntry.objects.filter(case=case))
    over = to_pay_out(case) if any(held.values()) else None
    for currency, amount in held.items():
        if amount:
            what = "held" if over is None else "pay_out"
            yield NewLine(what=what, params={"currency": currency}, due=end_of(over), urgent=over is not None)


def words(line: CaseLine) -> str:
    """ "Savings are held for the person (EUR)"."""
    if line.what == "pay_out":
        return _("Pay the savings out, or hand them over as the person wishes (%(currency)s)") % dict(line.params)
    return _("Savings are held for the person (%(currency)s)") % dict(line.params)


def section(reader: Reader) -> Mapping[str, Any]:
    """One book for each currency, the last entry first."""
    rows = book(reader)
    take = ("savings.take_out", "savings_out", _("The person takes money out"))
    right = ("savings.correct", "savings_correct", _("Correct an entry"))
    cards = []
    for currency, held in balances(rows).items():
        mine = [one for one in rows if one.currency == currency]
        cards.append(
            card(
                _("Savings in %(currency)s") % {"currency": label("currency", currency)},
                _("Held for the person: %(sum)s.") % {"sum": money(held, currency)},
                tag=_("held") if held else _("nothing is held"),
                kind="running" if held else "plain",
                points=[_entry(one, mine) for one in reversed(mine)],
                words=[found for one in mine for found in opened(reader, one.words_id, _said(one))],
                doors=list(doors(reader, *([take] if held else []), right)),
            )
        )
    return {"cards": cards}


def _said(row: SavingsEntry) -> str:
    return _("Open from whom or to whom, %(day)s") % {"day": day(row.on)}


def _entry(row: SavingsEntry, rows: list[SavingsEntry]) -> str:
    sign = "+" if vocabulary("ledger_entry").group(row.kind) == "in" else "−"
    more = []
    if row.receipt:
        more.append(row.get_receipt_display())
    if row.corrects_id:
        at = next(one for one in rows if one.pk == row.corrects_id)
        more.append(_("of the entry of %(day)s") % {"day": day(at.on)})
    beside = f" ({', '.join(more)})" if more else ""
    return f"{day(row.on)}: {label('ledger_entry', row.kind)}, {sign}{money(row.amount, row.currency)}{beside}"


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Savings"),
    list_act="savings.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="savings.put_in", text=gettext_lazy("Put money in"), url_name="casework:savings_in"),),
    copy_words={
        "SavingsEntry.kind": lambda code: label("ledger_entry", code),
        "SavingsEntry.currency": lambda code: label("currency", code),
    },
)
