"""How health stands on a case, for its health worker: a line while a result is owed, and each test on the page."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.health.departure import end_of
from fener.casework.domain.health import test_states as s
from fener.casework.models import Case
from fener.casework.models.health.care import HealthTest
from fener.casework.models.line import CaseLine
from fener.casework.selectors.health.care import care_offers
from fener.casework.selectors.health.care import tests as tests_of
from fener.casework.services.health.before_departure import TESTS, finish_by, waiting
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.models import ItemGrant

ACT = "health_test.record"
DOORS = {
    s.COUNSEL: gettext_lazy("Counselled before it"),
    s.TAKE: gettext_lazy("It was taken"),
    s.DECLINE: gettext_lazy("The person does not want it"),
    s.AGAIN: gettext_lazy("The person asks for it after all"),
    s.RESULT: gettext_lazy("The result is in"),
    s.DELIVER: gettext_lazy("The result was given, with counselling"),
    s.ALONE: gettext_lazy("The result was given without counselling"),
    s.TREAT: gettext_lazy("The person is treated"),
    s.NO_NEED: gettext_lazy("No treatment is needed"),
    s.CONTINUE: gettext_lazy("Treatment goes on elsewhere"),
}


def lines(case: Case) -> Iterator[NewLine]:
    """A result that is owed to the person; due a week before a departure, where one is planned."""
    found = waiting(case)
    bodies: dict[Any, set[str]] = {}
    grants = ItemGrant.objects.filter(item_id__in=[test.what_id for test in found], in_force=True)
    for item, keeper in grants.values_list("item_id", "keeper_id") if found else ():
        bodies.setdefault(item, set()).add(str(keeper))
    for test in found:
        by, own = finish_by(case, test.taken_on or test.offered_on), sorted(bodies.get(test.what_id, ()))
        yield NewLine(what="owed", params={"bodies": own}, about=test.pk, due=end_of(by), urgent=by is not None)


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """A line is for the bodies to which the test was sealed, as the test itself."""
    return str(actor.keeper_id) in line.params.get("bodies", ())


def words(_line: CaseLine) -> str:
    """It names no test."""
    return _("A result is to be given to the person, with counselling")


def section(reader: Reader) -> Mapping[str, Any]:
    """Each test with what may be done next, and what care was offered. Two queries."""
    may = access.allowed(reader.actor, ACT, reader.found) is not None
    return {
        "tests": [_shown(reader, test, may=may) for test in tests_of(reader)],
        "offers": [
            {
                "what": _(vocabulary("health_offer").label(one.offer)),
                "stage": _(vocabulary("health_stage").label(one.stage)),
                "on": one.on,
                "words": _opens(reader, one.words_id),
            }
            for one in care_offers(reader)
        ],
    }


def _shown(reader: Reader, test: HealthTest, *, may: bool) -> dict[str, Any]:
    return {
        "title": _("Test offered on %(day)s") % {"day": date_format(test.offered_on)},
        "tag": _(vocabulary("health_test_state").label(test.state)),
        "kind": "soon" if test.state in vocabulary("health_test_state").in_group("waiting") else "plain",
        "sentences": [text % {"day": date_format(day)} for day, text in _days(test) if day is not None],
        "words": [
            {"text": text, "href": _opens(reader, item)}
            for item, text in (
                (test.what_id, _("Open which test it is")),
                (test.result_id, _("Open the result")),
                (test.onward_id, _("Open who goes on with the treatment")),
            )
            if item is not None
        ],
        "doors": [
            {"text": text, "href": reverse("casework:health_test_step", args=[reader.case.code, test.pk, step])}
            for step, text in DOORS.items()
            if may and (test.state, step) in s.TEST.steps
        ],
    }


def _days(test: HealthTest) -> tuple[tuple[Any, str], ...]:
    return (
        (test.counselled_on, _("Counselled before it on %(day)s.")),
        (test.taken_on, _("Taken on %(day)s.")),
        (test.result_on, _("The result came on %(day)s.")),
        (test.alone_on, _("The result was given without counselling on %(day)s.")),
        (test.delivered_on, _("The result was given with counselling on %(day)s.")),
    )


def _opens(reader: Reader, item: object) -> str:
    return reverse("casework:words_open", args=[reader.case.code, item])


RECORD = Record(
    code=TESTS,
    title=gettext_lazy("Care and tests"),
    list_act="health_test.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/health/_tests.html",
    doors=(
        Door(act=ACT, text=gettext_lazy("Care was offered"), url_name="casework:care_offer_new"),
        Door(act=ACT, text=gettext_lazy("A test was offered"), url_name="casework:health_test_new"),
    ),
    in_copy=False,
    line_is_for=line_is_for,
)
