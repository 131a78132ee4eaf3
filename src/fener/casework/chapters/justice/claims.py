"""How claims stand on a case: what is outstanding, the next instalment, and the fund where an offender cannot pay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.justice.claim import Claim
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.compensation import claims
from fener.casework.services.justice.compensation import RECORD as CODE
from fener.casework.services.justice.compensation import asks_for_fund, next_on, paid, projected
from fener.norms.compensation import compensation_routes
from fener.norms.labour import money
from fener.trust.compartments import Compartment


def lines(case: Case) -> Iterator[NewLine]:
    """Each claim, due on the day of its next instalment; and the fund to be asked, from the day it became clear."""
    rows = list(Claim.objects.filter(case=case).prefetch_related("payments").order_by("claimed_on", "pk"))
    for row in rows:
        yield NewLine(
            what="claim",
            params={"route": row.route, "own": row.own, "state": _state(row)},
            about=row.pk,
            starts=row.claimed_on,
            ends=row.refused_on,
            due=end_of(next_on(row)),
        )
        if asks_for_fund(row, rows):
            yield NewLine(what="fund", about=row.pk, due=end_of(row.insolvent_on), urgent=True)


def words(line: CaseLine) -> str:
    """ "Claim: State fund (part of it is paid)"."""
    if line.what == "fund":
        return _("The offender cannot pay: claim from the fund")
    text = _("Our organisation's own claim: %(route)s") if line.params["own"] else _("Claim: %(route)s")
    return f"{text % {'route': _route(line.params['route'])}} ({STATES[line.params['state']]})"


STATES = {
    "claimed": gettext_lazy("claimed"),
    "refused": gettext_lazy("refused"),
    "awarded": gettext_lazy("awarded, nothing is paid"),
    "part": gettext_lazy("part of it is paid"),
    "paid": gettext_lazy("everything is paid"),
}
KINDS = {"claimed": "soon", "refused": "refused", "awarded": "soon", "part": "soon", "paid": "done"}


def section(reader: Reader) -> Mapping[str, Any]:
    """The person's claims, and the organisation's own apart after them."""
    rows = claims(reader)
    missing = [words(CaseLine(what="fund")) + "."] if any(asks_for_fund(row, rows) for row in rows) else []
    today = timezone.localdate(reader.at)
    return {
        "cards": [_card(reader, row, today) for row in sorted(rows, key=lambda one: one.own)],
        "missing": missing,
    }


def _card(reader: Reader, row: Claim, today: date) -> dict[str, Any]:
    state = _state(row)
    title = _("Our organisation's own claim: %(route)s") if row.own else "%(route)s"
    return card(
        title % {"route": _route(row.route)},
        *_sentences(row, today),
        tag=str(STATES[state]),
        kind=KINDS[state],
        points=[f"{day(one.paid_on)}: {money(one.amount, row.currency)}" for one in row.payments.all()],
        words=opened(reader, row.words_id, _("Open from whom, and for what"), Compartment.LEGAL),
        doors=list(doors(reader, *_steps(row, state), row=row.pk)),
    )


def _steps(row: Claim, state: str) -> Iterator[tuple[str, str, str]]:
    if state in ("awarded", "part"):
        yield "claim.advance", "claim_payment", _("Record a payment")
    yield "claim.advance", "claim_award", _("Record the award") if row.awarded is None else _("Change the award")
    if row.awarded is None and row.refused_on is None:
        yield "claim.advance", "claim_refuse", _("It was refused")
    if row.insolvent_on is None and row.route != "fund" and state != "paid":
        yield "claim.advance", "claim_insolvent", _("The offender cannot pay")


def _sentences(row: Claim, today: date) -> Iterator[str]:
    yield _("Claimed on %(day)s.") % {"day": day(row.claimed_on)}
    if row.asked is not None:
        yield _("Asked: %(sum)s.") % {"sum": money(row.asked, row.currency)}
    if row.refused_on:
        yield _("Refused on %(day)s.") % {"day": day(row.refused_on)}
    if row.insolvent_on:
        yield _("That the offender cannot pay is known since %(day)s.") % {"day": day(row.insolvent_on)}
    if row.awarded is None or row.awarded_on is None:
        return
    yield _("Awarded on %(day)s: %(sum)s.") % {"day": day(row.awarded_on), "sum": money(row.awarded, row.currency)}
    yield _("Paid: %(sum)s.") % {"sum": money(paid(row), row.currency)}
    yield from _projection(row, today)


def _projection(row: Claim, today: date) -> Iterator[str]:
    rest, coming = projected(row, today), next_on(row)
    if rest is None:
        return
    if rest.overpaid:
        yield _("Paid beyond the award: %(sum)s.") % {"sum": money(rest.overpaid, row.currency)}
    if not rest.outstanding:
        return
    yield _("Outstanding: %(sum)s.") % {"sum": money(rest.outstanding, row.currency)}
    if coming is not None:
        yield _("The next instalment is due on %(day)s.") % {"day": day(coming)}
    if rest.last_on is None:
        yield _("No instalments are agreed, so that no last day can be given.")
    else:
        yield _("If it is paid as agreed, everything is paid on %(day)s.") % {"day": day(rest.last_on)}


def _state(row: Claim) -> str:
    if row.refused_on is not None:
        return "refused"
    if row.awarded is None:
        return "claimed"
    given = paid(row)
    return "paid" if given >= row.awarded else "part" if given else "awarded"


def _route(code: str) -> str:
    texts = compensation_routes()
    return _(texts[code]) if code in texts else code


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Claims"),
    list_act="claim.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(Door(act="claim.record", text=gettext_lazy("Record a claim"), url_name="casework:claim_new"),),
    copy_words={"Claim.route": _route, "Claim.currency": lambda code: label("currency", code)},
)
