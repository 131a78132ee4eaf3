"""How journeys stand on a case: one line for the state, one for what was missing, one while an alarm is open."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.domain.returns import journey_states as s
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.selectors.returns.journeys import journeys
from fener.casework.services.returns.common import RECORD as CODE
from fener.casework.services.returns.departing import condition_text
from fener.casework.services.returns.removals import rings
from fener.norms.vocab import vocabulary

# Days after which a departure without a confirmed arrival is asked after.
ARRIVAL_WITHIN = timedelta(days=2)
TAGS = {"received": "done", "declined": "plain", "stopped": "plain", "not_arrived": "overdue"}
OWN_STATES = {"announced": gettext_lazy("Announced by an authority")}
DOORS: dict[str, tuple[str, Any]] = {
    s.TELL: ("journey.prepare", gettext_lazy("The person was told")),
    s.ASSESS: ("journey.prepare", gettext_lazy("Assess the risks")),
    s.DECIDE: ("journey.decide", gettext_lazy("The person decided to go")),
    s.PREPARE: ("journey.prepare", gettext_lazy("Prepare the journey")),
    "protect": ("journey.prepare", gettext_lazy("What the child needs")),
    s.DEPART: ("journey.depart", gettext_lazy("The person departed")),
    s.CARRY_OUT: ("removal.record", gettext_lazy("The removal took place")),
    s.TRANSIT: ("journey.arrive", gettext_lazy("In transit")),
    s.ARRIVE: ("journey.arrive", gettext_lazy("Said to have arrived")),
    s.CONFIRM: ("journey.arrive", gettext_lazy("The arrival is confirmed")),
    s.LOSE: ("journey.arrive", gettext_lazy("Did not arrive")),
    s.CLOSE: ("journey.arrive", gettext_lazy("Somebody received the person")),
    "answer": ("journey.arrive", gettext_lazy("Answer the alarm")),
    s.DECLINE: ("journey.decide", gettext_lazy("The person does not want to go")),
    s.LEAVE: ("journey.arrive", gettext_lazy("The person left on their own")),
    s.STOP: ("journey.prepare", gettext_lazy("It was called off")),
}


def lines(case: Case) -> Iterator[NewLine]:
    """A journey that began is due until the person was received; an announced removal on its day."""
    for one in Journey.objects.filter(case=case).order_by("since", "pk"):
        yield NewLine(
            what="journey",
            params={"kind": one.kind, "state": one.state, "on": one.departed_on},
            about=one.pk,
            starts=one.since,
            ends=one.ended_on,
            due=_due(one),
            urgent=one.removal or one.state == "not_arrived",
            for_node=one.removal or one.state in s.ON_THE_WAY,
        )
        if one.despite:
            yield NewLine(
                what="despite",
                params={"kind": one.kind, "count": len(one.despite), "office": one.office},
                about=one.pk,
                due=_end_of(one.departed_on) if one.ended_on is None else None,
                urgent=True,
                for_node=True,
            )
        if rings(one):
            yield NewLine(
                what="handed_over",
                params={"by": one.hand_over},
                about=one.pk,
                due=_end_of(one.confirmed_on),
                urgent=True,
                for_node=True,
            )


def words(line: CaseLine) -> str:
    """What stands, in the reader's language."""
    params = line.params
    if line.what == "handed_over":
        by = _(vocabulary("hand_over").label(params["by"]))
        return _("The child was handed over without the child-protection body: %(by)s") % {"by": by}
    kind = kind_label(params["kind"])
    if line.what == "despite":
        return _("%(kind)s: done although %(count)s conditions were missing") % {"kind": kind, "count": params["count"]}
    return f"{kind}: {state_label(params['state'])}"


def kind_label(code: str) -> str:
    """A kind of return in the reader's language."""
    return _(vocabulary("return_type").label(code))


def state_label(code: str) -> str:
    """How far a journey is, in the reader's language."""
    return str(OWN_STATES[code]) if code in OWN_STATES else _(vocabulary("journey_state").label(code))


def section(reader: Reader) -> Mapping[str, Any]:
    """Each journey with what is recorded of it and what may be done next."""
    return {"journeys": [_shown(reader, one) for one in journeys(reader)]}


def _shown(reader: Reader, one: Journey) -> dict[str, Any]:
    return {
        "what": kind_label(one.kind),
        "tag": state_label(one.state),
        "kind": TAGS.get(one.state, "soon"),
        "sentences": [*_sentences(reader, one)],
        "missing": [_(condition_text(code)) for code in one.despite],
        "alarm": rings(one),
        "words": [*_words(reader, one)],
        "doors": [*_doors(reader, one)],
    }


def _sentences(reader: Reader, one: Journey) -> Iterator[str]:
    in_full = _reads_file(reader)  # the co-ordinator reads kind, state and days
    days = (
        (one.since, _("Decided on %(day)s.") if one.removal else _("Asked for on %(day)s.")),
        (one.told_on, _("Told on %(day)s of rights, consequences and each alternative.")),
        (one.risk_on, _("Risks assessed on %(day)s.")),
        (None if one.decision != "go" else one.decided_on, _("The person decided to go on %(day)s.")),
        (one.heard_on, _("The child was heard on %(day)s.")),
        (one.best_interests_on, _("Best interests decided on %(day)s.")),
        (one.authority_confirmed_on, _("The receiving authority confirmed on %(day)s.")),
        (one.follow_up_on, _("The first visit after the arrival is arranged for %(day)s.")),
        (one.departed_on, _("Departed on %(day)s.")),
        (one.confirmed_on, _("Arrival confirmed on %(day)s.")),
    )
    if one.removal and in_full:
        office, basis = one.get_office_display(), _basis(one.basis)
        yield _("Decided by %(office)s, on this basis: %(basis)s.") % {"office": office, "basis": basis}
    yield from (text % {"day": date_format(day)} for day, text in days if day is not None)
    if one.provider is not None and in_full:
        yield _("%(body)s receives the person.") % {"body": one.provider.name}
    if one.refusal and in_full:
        yield _("Why the person does not want to go: %(reason)s.") % {
            "reason": _(vocabulary("return_refusal").label(one.refusal))
        }
    if one.reception:
        yield f"{one.get_reception_display()}."


def _reads_file(reader: Reader) -> bool:
    return access.allowed(reader.actor, access.READ_FILE, reader.found) is not None


def _words(reader: Reader, one: Journey) -> Iterator[dict[str, str]]:
    if not _reads_file(reader):
        return
    for item, text in (
        (one.words_id, _("Open where to, and what the person said")),
        (one.risk_words_id, _("Open what threatens the person there")),
        (one.decision_words_id, _("Open the decision in the person's own words")),
        (one.plan_id, _("Open the plan for afterwards")),
        (one.alarm_words_id, _("Open what was done about the hand-over")),
    ):
        if item is not None:
            yield {"text": text, "href": reverse("casework:words_open", args=[reader.case.code, item])}


def _doors(reader: Reader, one: Journey) -> Iterator[dict[str, str]]:
    table = s.machine(removal=one.removal)
    for step, (act, text) in DOORS.items():
        if step == "protect":
            possible = reader.case.treated_as_child and not one.removal and one.state in s.BEFORE
        elif step == "answer":
            possible = rings(one)
        else:
            possible = (one.state, step) in table.steps
        if possible and access.allowed(reader.actor, act, reader.found) is not None:
            href = reverse("casework:journey_step", args=[reader.case.code, one.pk, step])
            yield {"text": str(text), "href": href}


def _due(one: Journey) -> datetime | None:
    if one.state == "announced" or (one.state in s.BEFORE and one.departs_on):
        return _end_of(one.departs_on or one.since)
    if one.state in s.ON_THE_WAY and one.departed_on:
        return _end_of(one.departed_on + ARRIVAL_WITHIN)
    return None


def _end_of(day: date | None) -> datetime | None:
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59))) if day else None


def _label(vocabulary_id: str) -> Any:
    return lambda code: _(vocabulary(vocabulary_id).label(code)) if code else ""


def _basis(kept: str) -> str:
    """A code; what was written in words before there was a list of them stands as it was written."""
    return _(vocabulary("removal_basis").label(kept)) if kept in vocabulary("removal_basis") else kept


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Journeys"),
    list_act="journey.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/returns/_journeys.html",
    doors=(
        Door(act="journey.request", text=gettext_lazy("The person asks to go"), url_name="casework:journey_new"),
        Door(act="removal.record", text=gettext_lazy("Record a removal"), url_name="casework:removal_new"),
    ),
    copy_words={
        "Journey.kind": kind_label,
        "Journey.state": state_label,
        "Journey.country": _label("countries"),
        "Journey.risk_level": _label("risk_level"),
        "Journey.refusal": _label("return_refusal"),
        "Journey.escort": _label("escort_kind"),
        "Journey.basis": _basis,
        "Journey.hand_over": _label("hand_over"),
        "Journey.told_language": _label("languages"),
    },
)
