"""How overrides of gates stand on a case: one line each, due at once until somebody agreed or turned it down."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, time
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.domain.safety.override_states import MAY_END, WAITING
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.gate_override import GateOverride
from fener.casework.selectors.safety.gate_overrides import overrides
from fener.casework.services.safety.gate_overrides import BASIS
from fener.casework.services.safety.gate_overrides import RECORD as CODE
from fener.norms import gates
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor

TAGS = {
    GateOverride.State.AGREED: "soon",
    GateOverride.State.USED: "overdue",
    GateOverride.State.TURNED_DOWN: "plain",
}


def gate_title(gate: str) -> str:
    """What a gate stands before, in the reader's language."""
    return _(gates.check(gate, {}).title) if gate in gates.gate_codes() else gate


def condition_texts(gate: str, codes: list[str]) -> list[str]:
    """The conditions that were missing, in the reader's language."""
    if gate not in gates.gate_codes():
        return codes
    return [_(one.text) for one in gates.check(gate, {}).conditions if one.code in codes]


def lines(case: Case) -> Iterator[NewLine]:
    """One that waits is due at once, for the co-ordinator as well; one that was used stays on the page."""
    for one in GateOverride.objects.filter(case=case).order_by("asked_on", "pk"):
        waits = one.state in WAITING
        yield NewLine(
            what=one.state,
            params={"gate": one.gate},
            about=one.pk,
            shown=one.state != GateOverride.State.TURNED_DOWN,
            starts=one.asked_on,
            ends=one.ended_on or one.until,
            due=timezone.make_aware(datetime.combine(one.asked_on, time.min)) if waits else None,
            urgent=waits,
            for_node=waits,
        )


def words(line: CaseLine) -> str:
    """ "A condition was passed by an override: Removing a person (used)"."""
    return _("Override of a gate: %(gate)s (%(state)s)") % {
        "gate": gate_title(line.params["gate"]),
        "state": GateOverride.State(line.what).label,
    }


def section(reader: Reader) -> Mapping[str, Any]:
    """Each override with what may be done about it."""
    return {"overrides": [_shown(reader, one) for one in overrides(reader)]}


def _shown(reader: Reader, one: GateOverride) -> dict[str, Any]:
    return {
        "gate": gate_title(one.gate),
        "missing": condition_texts(one.gate, one.conditions),
        "basis": basis_label(one.basis),
        "asked_on": one.asked_on,
        "until": one.until,
        "agreed_on": one.agreed_on,
        "ended_on": one.ended_on,
        "used": one.state == GateOverride.State.USED,
        "tag": one.get_state_display(),
        "kind": TAGS.get(GateOverride.State(one.state), "soon"),
        "in_words": _words_href(reader, one),
        "answer": _answer_href(reader, one),
    }


def basis_label(code: str) -> str:
    """A legal basis in the reader's language."""
    known = vocabulary(BASIS)
    return _(known.label(code)) if code in known else code


def _words_href(reader: Reader, one: GateOverride) -> str:
    if one.words_id is None or access.allowed(reader.actor, access.READ_FILE, reader.found) is None:
        return ""
    return reverse("casework:words_open", args=[reader.case.code, one.words_id])


def answers_by(actor: Actor, one: GateOverride) -> str:
    """The act in which this person answers: whoever asked for it can only take it back."""
    return "gate_override.ask" if actor.user_id == one.asked_by_id else "gate_override.agree"


def _answer_href(reader: Reader, one: GateOverride) -> str:
    act = answers_by(reader.actor, one)
    if one.state not in MAY_END or access.allowed(reader.actor, act, reader.found) is None:
        return ""
    return reverse("casework:gate_override_answer", args=[reader.case.code, one.pk])


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Overrides of gates"),
    list_act="gate_override.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/safety/_overrides.html",
    copy_words={
        "GateOverride.gate": lambda value: gate_title(value),
        "GateOverride.basis": lambda value: basis_label(value),
    },
)
