"""How outcomes stand on the case: the next interval while the person agrees to be asked, and why a case failed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from fener.casework.chapters.children.drawing import CARDS, card, day, end_of, label, labels, opened
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.outcome import AREAS, FailedCase, Outcome
from fener.casework.models.returns.recontact import Recontact
from fener.casework.selectors.reintegration.outcomes import failures, recorded
from fener.casework.services.reintegration.outcomes import RECORD as CODE
from fener.casework.services.reintegration.outcomes import due_days, is_bad, starts
from fener.norms.path import outcomes as norms


def lines(case: Case) -> Iterator[NewLine]:
    """What is recorded; the next interval, due while the person agrees to be contacted; and causes of a failure."""
    rows = list(Outcome.objects.filter(case=case).order_by("on", "pk"))
    for row in rows:
        again = row.re_trafficked == "yes"
        params = {"months": row.months, "again": again}
        yield NewLine(what="outcome", params=params, about=row.pk, shown=row is rows[-1], starts=row.on, ends=row.on)
    for one in FailedCase.objects.filter(case=case).order_by("on", "pk"):
        yield NewLine(what="failed", params={"cause": one.cause}, about=one.pk, starts=one.on, ends=one.on)
    alive, since = Recontact.objects.filter(case=case, ended_on__isnull=True).first(), starts(case)
    if alive is None or since is None:
        return
    done = max((row.months for row in rows if row.since == since), default=0)
    waiting = [(months, due) for months, due in due_days(since) if months > done and due <= alive.until]
    for months, due in waiting[:1]:
        yield NewLine(what="ask", params={"months": months}, due=end_of(due))


def words(line: CaseLine) -> str:
    """ "Ask how the person lives, 6 months after"."""
    if line.what == "failed":
        return _("The case failed: %(cause)s") % {"cause": label("failure_cause", line.params["cause"])}
    months = after(line.params["months"])
    if line.what == "ask":
        return _("Ask how the person lives: %(months)s") % {"months": months}
    text = _("What became of the person: %(months)s") % {"months": months}
    return f"{text} ({_('trafficked again')})" if line.params["again"] else text


def after(months: int) -> str:
    """An interval in words."""
    return ngettext("%(n)s month after", "%(n)s months after", months) % {"n": months}


def section(reader: Reader) -> Mapping[str, Any]:
    """Each outcome in its categories, and each cause."""
    rows, failed = recorded(reader), failures(reader)
    missing = []
    if not failed and any(row.re_trafficked == "yes" for row in rows):
        missing.append(_("The person was trafficked again. Record why the case failed."))
    return {"missing": missing, "cards": [*(_card(reader, row) for row in rows), *(_cause(reader, r) for r in failed)]}


def _card(reader: Reader, row: Outcome) -> dict[str, Any]:
    lists, titles = norms.areas(), area_titles()
    bad = is_bad(row.areas)
    return card(
        after(row.months),
        _("On %(day)s.") % {"day": day(row.on)},
        str(row.get_how_display()).capitalize() + ".",
        _("Still in a programme.") if row.in_programme else "",
        _("The person's own judgement: %(view)s.") % {"view": row.get_own_view_display()},
        _("Why: %(reasons)s.") % {"reasons": labels("setback_reason", row.reasons)} if row.reasons else "",
        tag=_("something did not go well") if bad else "",
        kind="soon",
        points=[f"{titles[area]}: {label(lists[area], row.areas[area])}" for area in AREAS],
        words=opened(reader, row.words_id, _("Open the words")),
    )


def area_titles() -> dict[str, str]:
    """The areas in the reader's language."""
    return {
        "home": _("Home"),
        "work": _("Work"),
        "income": _("Income"),
        "school": _("School"),
        "safety": _("Safety"),
        "re_trafficked": _("Trafficked again"),
    }


def _cause(reader: Reader, row: FailedCase) -> dict[str, Any]:
    return card(
        _("The case failed: %(cause)s") % {"cause": label("failure_cause", row.cause)},
        _("On %(day)s.") % {"day": day(row.on)},
        words=opened(reader, row.words_id, _("Open the words")),
    )


def _coded(vocabulary_id: str) -> Any:
    return lambda code: label(vocabulary_id, code) if code else ""


RECORD = Record(
    code=CODE,
    title=gettext_lazy("What became of the person"),
    list_act="outcome.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="outcome.record", text=gettext_lazy("Record how the person lives"), url_name="casework:outcome_new"),
        Door(act="failure.tag", text=gettext_lazy("The case failed: say why"), url_name="casework:failure_tag"),
    ),
    copy_words={
        **{f"Outcome.{area}": _coded(f"outcome_{area}") for area in AREAS},
        "Outcome.reasons": lambda codes: labels("setback_reason", codes),
        "FailedCase.cause": _coded("failure_cause"),
    },
)
