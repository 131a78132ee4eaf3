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
from fener.casework.chapters.children.drawing import day, label
from fener.casework.chapters.contract import NewLine, Reader, Record
from fener.casework.domain.safety.override_states import MAY_END, WAITING
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.selectors.safety.gate_overrides import overrides, reads
from fener.casework.services.safety.gate_overrides import BASIS, is_quiet
from fener.casework.services.safety.gate_overrides import RECORD as CODE
from fener.norms import gates
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.roles import Role

TAGS = {
    GateOverride.State.AGREED: "soon",
    GateOverride.State.USED: "overdue",
    GateOverride.State.TURNED_DOWN: "plain",
}


def gate_title(gate: str, *, to: Actor | None = None) -> str:
    """What a gate stands before, in the reader's language; the one that tells of health by another name, but to whoever
    works in health."""
    named = gate if to is not None and Role.HEALTH_WORKER in to.roles else gates.shown_gate(gate)
    return _(gates.check(named, {}).title) if named in gates.gate_codes() else named


def condition_texts(gate: str, codes: list[str], *, to: Actor | None = None) -> list[str]:
    """The conditions that were missing, in the reader's language; nothing of health but to whoever works in it."""
    if gate not in gates.gate_codes():
        return codes
    if is_quiet(gate) and (to is None or Role.HEALTH_WORKER not in to.roles):
        return [_("Something is due before the departure; the health worker knows what.")]
    return [_(one.text) for one in gates.check(gate, {}).conditions if one.code in codes]


def _kind_words(kind: str) -> str:
    vocabulary_id, _colon, code = kind.partition(":")
    return label(vocabulary_id, code) if code else ""


def act_words(one: GateOverride | ClosedGate) -> str:
    """For which act: its kind and its day, and nothing else of it."""
    return ", ".join(filter(None, (_kind_words(one.kind), day(one.day) if one.day else "")))


def lines(case: Case) -> Iterator[NewLine]:
    """One that waits is due at once, for the co-ordinator as well; one that was used stays on the page."""
    for one in GateOverride.objects.filter(case=case).order_by("asked_on", "pk"):
        waits = one.state in WAITING
        yield NewLine(
            what=one.state,
            params={"gate": gates.shown_gate(one.gate), **({"quiet": True} if is_quiet(one.gate) else {})},
            about=one.pk,
            shown=one.state != GateOverride.State.TURNED_DOWN and not is_quiet(one.gate),
            starts=one.asked_on,
            ends=one.ended_on or one.until,
            due=timezone.make_aware(datetime.combine(one.asked_on, time.min)) if waits else None,
            urgent=waits,
            for_node=waits and not is_quiet(one.gate),
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
        "gate": gate_title(one.gate, to=reader.actor),
        "act": act_words(one),
        "missing": condition_texts(one.gate, one.conditions, to=reader.actor),
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
    if is_quiet(one.gate) and Role.HEALTH_WORKER not in reader.actor.roles:
        return ""
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


def line_is_for(actor: Actor, line: CaseLine) -> bool:
    """What tells of health is on no page of the co-ordinator's."""
    return not line.params.get("quiet") or all(reads(actor, gate) for gate in gates.quiet_gates())


RECORD = Record(
    code=CODE,
    title=gettext_lazy("Overrides of gates"),
    list_act="gate_override.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/safety/_overrides.html",
    line_is_for=line_is_for,
    copy_words={
        "GateOverride.gate": lambda value: gate_title(value),
        "GateOverride.kind": _kind_words,
        "GateOverride.basis": lambda value: basis_label(value),
    },
)
