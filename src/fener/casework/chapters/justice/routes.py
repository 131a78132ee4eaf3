"""How the routes to compensation stand on a case: all of them with their conditions, and whether they were told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, label
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.justice.compensation import FACT_WORDS
from fener.casework.models import Case
from fener.casework.models.justice.claim import RoutesTold
from fener.casework.models.line import CaseLine
from fener.casework.selectors.justice.compensation import claims_for_routes, tellings
from fener.casework.services.justice.compensation import ROUTES as CODE
from fener.casework.services.justice.compensation import routes
from fener.norms.compensation import Route, compensation_routes

ANSWERS = {
    "open": gettext_lazy("open"),
    "closed": gettext_lazy("closed"),
    "unknown": gettext_lazy("not known"),
    "yes": gettext_lazy("yes"),
    "no": gettext_lazy("no"),
}
KINDS = {"open": "done", "closed": "refused", "unknown": "soon"}


def lines(case: Case) -> Iterator[NewLine]:
    """The latest telling."""
    row = RoutesTold.objects.filter(case=case).order_by("-told_on", "-pk").first()
    if row is not None:
        yield NewLine(what="told", params={"on": row.told_on}, about=row.pk, starts=row.told_on, ends=row.told_on)


def words(line: CaseLine) -> str:
    """ "Told of every route to compensation on 3 May"."""
    return _("Told of every route to compensation on %(day)s") % {"day": day(line.params["on"])}


def section(reader: Reader) -> Mapping[str, Any]:
    """Every route with its conditions, for what is known now."""
    told = tellings(reader)
    latest = told[0] if told else None
    found = routes(latest, claims_for_routes(reader), timezone.localdate(reader.at))
    missing = [] if told else [_("The person was not told of the routes to compensation yet.")]
    return {"cards": [*map(_route, found), *map(_telling, told)], "missing": missing}


def _route(route: Route) -> dict[str, Any]:
    conditions = [f"{_(one.text)} ({ANSWERS[one.met]})" for one in route.conditions if one.applies]
    steps = [
        _(step.text) % step.params if step.params else _(step.text) for step in route.why if not _asks(step.params)
    ]
    return card(
        _(route.label),
        _(route.text),
        tag=str(ANSWERS[route.answer]),
        kind=KINDS[route.answer],
        points=[*conditions, *steps],
    )


def _asks(params: Mapping[str, Any]) -> bool:
    """A step that only repeats a condition, which stands beside it already."""
    return "condition" in params


def _telling(row: RoutesTold) -> dict[str, Any]:
    return card(
        _("Told on %(day)s") % {"day": day(row.told_on)},
        _("Language: %(language)s.") % {"language": label("languages", row.language)},
        _("With an interpreter.") if row.interpreter else "",
        kind="done",
        tag=_("told"),
    )


def _named(codes: list[str]) -> str:
    texts = compensation_routes()
    return ", ".join(_(texts[code]) if code in texts else code for code in codes)


def _fact(code: str) -> str:
    return str(FACT_WORDS.get(code, code))


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Routes to compensation"),
    list_act="compensation.list",
    lines=lines,
    words=words,
    section=section,
    template=CARDS,
    doors=(
        Door(act="compensation.tell", text=gettext_lazy("The person was told"), url_name="casework:compensation_tell"),
    ),
    copy_words={
        "RoutesTold.routes": _named,
        "RoutesTold.language": lambda code: label("languages", code),
        "RoutesTold.facts": lambda facts: "; ".join(f"{_fact(code)} {ANSWERS[said]}" for code, said in facts.items()),
    },
)
