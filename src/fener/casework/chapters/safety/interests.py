"""How conflicts with the person's interest stand on a case: open ones, and decisions the person was not told of."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.chapters.children.drawing import CARDS, card, day, doors, end_of, label, opened, reads_file
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.safety.interest_states import AGAINST, OPEN
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.interest import InterestConflict
from fener.casework.selectors.safety.interests import conflicts, is_for
from fener.casework.services.safety.common import last_day
from fener.casework.services.safety.incidents import CLOCK
from fener.casework.services.safety.interests import RECORD as CODE
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

TAGS = {OPEN: "soon", AGAINST: "overdue"}


def lines(case: Case) -> Iterator[NewLine]:
    """An open one is due by the clock of incidents; one decided against the person, until they were told."""
    for one in InterestConflict.objects.filter(case=case).order_by("arisen_on", "pk"):
        to_tell = one.result == AGAINST and one.told_on is None
        due = last_day(CLOCK, one.arisen_on) if one.result == OPEN else one.settled_on
        waits = one.result == OPEN or to_tell
        yield NewLine(
            what=one.result, params={"aim": one.aim, "by": one.by}, about=one.pk, shown=waits,
            starts=one.arisen_on, ends=one.settled_on, due=end_of(due) if waits else None,
            urgent=to_tell, for_node=waits,
        )  # fmt: skip


def words(line: CaseLine) -> str:
    """Whose aim, and how it stands."""
    named = {"aim": label("interest_aim", line.params["aim"]), "result": label("interest_result", line.what)}
    return _("Against the person's interest: %(aim)s (%(result)s)") % named


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """Who works in a house reads of no aim that tells that somebody gives a statement."""
    return is_for(actor, line.params["aim"])


def section(reader: Reader) -> Mapping[str, Any]:
    """Each conflict with what may be done about it."""
    return {"cards": [_card(reader, one) for one in conflicts(reader)]}


def _card(reader: Reader, one: InterestConflict) -> dict[str, Any]:
    may = []
    if one.result != "person_prevails":
        may.append(("interest.settle", "interest_prevails", _("The person's interest prevails")))
    if one.result == OPEN:
        may.append(("interest.settle", "interest_against", _("Somebody decided against it")))
    if one.result == AGAINST and one.told_on is None:
        may.append(("interest.settle", "interest_told", _("The person was told")))
    return card(
        label("interest_aim", one.aim),
        _("Wanted by: %(by)s.") % {"by": label("incident_author", one.by)},
        _("Since %(day)s.") % {"day": day(one.arisen_on)},
        *_decision(reader, one),
        tag=label("interest_result", one.result),
        kind=TAGS.get(one.result, "done"),
        words=[
            *opened(reader, one.words_id, _("Open both interests"), Compartment.LEGAL),
            *opened(reader, one.decision_words_id, _("Open who decided, and why"), Compartment.LEGAL),
        ],
        doors=list(doors(reader, *may, row=one.pk)),
    )


def _decision(reader: Reader, one: InterestConflict) -> Iterator[str]:
    if one.settled_on is not None:
        yield _("Settled on %(day)s.") % {"day": day(one.settled_on)}
    if one.result == OPEN:
        yield _("The person's interest prevails until somebody decides otherwise by name and on a legal basis.")
    if one.decided_by and reads_file(reader):
        named = {"office": label("incident_author", one.decided_by), "basis": label("override_basis", one.basis)}
        yield _("Decided by: %(office)s, on this basis: %(basis)s.") % named
    if one.told_on is not None:
        yield _("The person was told on %(day)s.") % {"day": day(one.told_on)}


RECORD = Record(
    code=CODE,
    title=gettext_lazy("The person's interest and other aims"),
    list_act="interest.list",
    lines=lines,
    words=words,
    line_is_for=line_is_for,
    section=section,
    template=CARDS,
    doors=(
        Door(
            act="interest.record",
            text=gettext_lazy("Something stands against the interest"),
            url_name="casework:interest_new",
        ),
    ),
    copy_words={
        "InterestConflict.aim": lambda code: label("interest_aim", code),
        "InterestConflict.by": lambda code: label("incident_author", code),
        "InterestConflict.result": lambda code: label("interest_result", code),
        "InterestConflict.decided_by": lambda code: label("incident_author", code) if code else "",
        "InterestConflict.basis": lambda code: label("override_basis", code) if code else "",
    },
)
