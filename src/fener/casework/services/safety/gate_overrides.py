"""Overrides of a gate: asked for with a legal basis and a reason, agreed by whom the gate names, used once (AC-01).

An override changes no fact: the condition stays unmet, and it is said so wherever it was. Disclosure has an override of
its own (``services.overrides``), which is counted with these. Gates that the packs give none are passed by nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.safety.override_states import AGREE, FIRST, OVERRIDE, TURN_DOWN, USE, WAITING
from fener.casework.models import Case
from fener.casework.models.safety.gate_override import ClosedGate, GateOverride
from fener.casework.services import lines
from fener.casework.services.notes import seal_words
from fener.norms import gates
from fener.norms.gates import GateResult, OverrideRule
from fener.norms.vocab import vocabulary
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.overrides import DEFAULT_OVERRIDE_DAYS

if TYPE_CHECKING:
    from fener.trust.errors import Text

RECORD, BASIS = "safety.overrides", "override_basis"
ELSEWHERE = "disclosure"  # has an override of its own


def rule_of(gate: str) -> OverrideRule | None:
    """Who may pass this gate; None for a gate that nobody passes, or that is no gate, or has a way of its own."""
    if gate == ELSEWHERE or gate not in gates.gate_codes():
        return None
    return gates.check(gate, {}).override


def is_quiet(gate: str) -> bool:
    """Whether this gate is named as another one, because its own name tells of health."""
    return gates.shown_gate(gate) != gate


def latest_day() -> date:
    """The last day until which an override can hold that is asked for today."""
    days = getattr(settings, "FENER_OVERRIDE_MAX_DAYS", DEFAULT_OVERRIDE_DAYS)
    return timezone.localdate() + timedelta(days=days)


def may_agree(actor: Actor, case: Case, gate: str) -> bool:
    """Whether the table lets a role that the gate names agree; no other role that the actor holds counts here."""
    rule = rule_of(gate)
    if rule is None:
        return False
    named = replace(actor, roles=frozenset(role for role in actor.roles if str(role) in rule.roles))
    return access.allowed(named, "gate_override.agree", access.relationships(actor, case)) is not None


def offered(actor: Actor, case: Case, closed: GateClosed) -> UUID | None:
    """Under which id this actor may ask to pass a gate that was just closed to them; None where nobody passes it, or
    something is missing that no override may name, or it is not theirs to ask. The same refusal has the same id.
    """
    result, rule = closed.result, rule_of(closed.result.gate)
    missing = sorted(one.code for one in result.missing)
    if rule is None or closed.row is None or not missing or not set(missing) <= set(rule.conditions):
        return None
    if access.allowed(actor, "gate_override.ask", access.relationships(actor, case)) is None:
        return None
    return uuid5(case.pk, f"{actor.user_id}:{result.gate}:{closed.row}:{closed.day}:{','.join(missing)}")


def note_closed(actor: Actor, closed: GateClosed) -> None:
    """Keep what was closed, for which act of which day, where a page offers to ask for an override of it.

    Called after the refused act was rolled back; nothing of it is typed by anybody.
    """
    if closed.offer is None or closed.about is None or closed.row is None or actor.user_id is None:
        return
    kept = {
        "case_id": closed.about,
        "gate": closed.result.gate,
        "conditions": sorted(one.code for one in closed.result.missing),
        "about": closed.row,
        "day": closed.day,
        "kind": closed.kind,
        "closed_on": timezone.localdate(),
        "closed_to_id": actor.user_id,
    }
    ClosedGate.objects.get_or_create(pk=closed.offer, defaults=kept)


@transaction.atomic
def ask(*, actor: Actor, case: Case, closed: ClosedGate, basis: str, reason: str, until: date) -> GateOverride:
    """Ask to pass a gate that was closed to the actor, for the act that was refused, once. Where two have to agree,
    whoever asks and holds a role that the gate names counts as the first of them; where one is enough, it is always
    somebody else.

    Raises Refused (hidden where it was closed to somebody else, or on another case), InvalidInput, AlreadyDone (the
    same is asked for and waits).
    """
    access.require_on_case(actor, "gate_override.ask", case)
    if closed.case_id != case.pk or closed.closed_to_id != actor.user_id:
        raise Refused(act="gate_override.ask")
    gate, wanted = closed.gate, sorted(set(closed.conditions))
    rule = rule_of(gate)
    _check(rule, gate, wanted, basis, reason, until)
    _not_twice(case, gate, closed.about, wanted)
    override = GateOverride(
        case=case,
        gate=gate,
        conditions=wanted,
        about=closed.about,
        day=closed.day,
        kind=closed.kind,
        basis=basis,
        until=until,
        asked_on=timezone.localdate(),
        asked_by_id=access.user_id(actor),
        asked_for_id=actor.keeper_id,
    )
    override.words = seal_words(
        actor=actor,
        case=case,
        slot=f"gate_override:{override.pk}",
        words=reason,
        also_for=[actor.keeper_id],
        compartment=Compartment.HEALTH if is_quiet(gate) else Compartment.LEGAL,
    )
    override.save(force_insert=True)
    _keep(actor, "gate_override.ask", override, "done")
    if rule is not None and rule.persons > 1 and may_agree(actor, case, gate):
        _one_more(actor, override)
    lines.refresh(case, RECORD)
    return override


@transaction.atomic
def agree(*, actor: Actor, override: GateOverride) -> GateOverride:
    """Another person's yes, by a role that the gate names. Raises Refused, InvalidInput, NotPossibleNow."""
    access.require_on_case(actor, "gate_override.agree", override.case)
    current = _current(override)
    if not may_agree(actor, override.case, current.gate):
        raise Refused(_(gates.NOT_YOUR_ROLE), act="gate_override.agree", hidden=False)
    if actor.user_id in (current.asked_by_id, current.first_by_id):
        raise InvalidInput({"": _("A second person must confirm this: ask a colleague.")})
    if current.until < timezone.localdate():
        raise InvalidInput({"": _("The time of this request has passed. Make a new one.")})
    _one_more(actor, current)
    lines.refresh(override.case, RECORD)
    return current


@transaction.atomic
def turn_down(*, actor: Actor, override: GateOverride) -> GateOverride:
    """No: by somebody who could agree, or taken back by the one who asked. Raises Refused, NotPossibleNow."""
    mine = actor.user_id == override.asked_by_id
    access.require_on_case(actor, "gate_override.ask" if mine else "gate_override.agree", override.case)
    current = _current(override)
    if not mine and not may_agree(actor, override.case, current.gate):
        raise Refused(_(gates.NOT_YOUR_ROLE), act="gate_override.agree", hidden=False)
    current.state = OVERRIDE.step(current.state, TURN_DOWN).to
    current.ended_on = timezone.localdate()
    current.save(update_fields=["state", "ended_on"])
    _keep(actor, "gate_override.turn_down", current, "done")
    lines.refresh(override.case, RECORD)
    return current


def use(*, actor: Actor, case: Case, result: GateResult, about: UUID, day: date) -> bool:
    """Whether an agreed override lets this one act pass on that day; it is used up with it, in the act's transaction.

    It must be for this gate and this row, nothing may be missing that was not agreed, and it must have been agreed by
    the day of the act and hold on it: nobody makes good afterwards what was done without it.
    """
    if rule_of(result.gate) is None:
        return False
    missing = {one.code for one in result.missing}
    agreed = GateOverride.objects.filter(
        case=case,
        gate=result.gate,
        about=about,
        state__in=OVERRIDE.sources(USE),
        agreed_on__lte=day,
        until__gte=day,
    ).exclude(first_by=F("asked_by"), second_by__isnull=True)  # nobody else looked at it
    for one in agreed.order_by("until", "pk"):
        if not missing <= set(one.conditions):
            continue
        one.state, one.ended_on = OVERRIDE.step(one.state, USE).to, timezone.localdate()
        still = GateOverride.objects.filter(pk=one.pk, state__in=OVERRIDE.sources(USE))
        if still.update(state=one.state, ended_on=one.ended_on) != 1:
            continue
        lines.refresh(case, RECORD)
        detail = {} if is_quiet(one.gate) else {"missing": sorted(missing)}
        _keep(actor, "gate_override.use", one, "overridden", detail)
        return True
    return False


def _check(
    rule: OverrideRule | None, gate: str, conditions: Sequence[str], basis: str, reason: str, until: date
) -> None:
    if rule is None:
        raise InvalidInput({"": _(gates.NO_OVERRIDE)})
    errors: dict[str, Text] = {}
    if not conditions or not set(conditions) <= set(rule.conditions):
        errors[""] = _("Something is missing that nobody may pass over.")
    if basis not in vocabulary(BASIS):
        errors["basis"] = _(gates.NO_LEGAL_BASIS)
    if not reason.strip():
        errors["reason"] = _(gates.NO_REASON)
    if not timezone.localdate() <= until <= latest_day():
        errors["until"] = _("Choose a date from today on, at most %(days)s days ahead.") % {
            "days": (latest_day() - timezone.localdate()).days
        }
    if errors:
        raise InvalidInput(errors)


def _not_twice(case: Case, gate: str, about: UUID, conditions: Sequence[str]) -> None:
    """The same thing is asked for once at a time; one whose days are over is no hindrance."""
    same = GateOverride.objects.filter(
        case=case, gate=gate, about=about, state__in=(*WAITING, "agreed"), until__gte=timezone.localdate()
    )
    if any(set(conditions) <= set(one.conditions) for one in same):
        raise AlreadyDone(message=_("This was already asked for."))


def _current(override: GateOverride) -> GateOverride:
    """The row as it is now; whoever changes it has the case to themselves."""
    current = GateOverride.objects.get(pk=override.pk)
    current.case = override.case
    return current


def _one_more(actor: Actor, override: GateOverride) -> None:
    """One person more agrees; whether that is enough stands in the gate."""
    rule = rule_of(override.gate)
    last = rule is not None and (rule.persons == 1 or override.first_by_id is not None)
    override.state = OVERRIDE.step(override.state, AGREE if last else FIRST).to
    if override.first_by_id is None:
        override.first_by_id = access.user_id(actor)
    else:
        override.second_by_id = access.user_id(actor)
    override.agreed_on = timezone.localdate() if last else None
    override.save(update_fields=["state", "first_by", "second_by", "agreed_on"])
    _keep(actor, "gate_override.agree", override, "overridden" if last else "done")


def _keep(actor: Actor, act: str, override: GateOverride, outcome: str, detail: dict[str, Any] | None = None) -> None:
    """On the case's chain and on that of the body that asked, whose custodians see it at once."""
    for chain in (("case", override.case_id), ("keeper", override.asked_for_id)):
        audit.record(
            actor=actor,
            act=act,
            chain=chain,
            subject_type="gate_override",
            subject_id=override.pk,
            outcome=outcome,
            detail={
                "gate": gates.shown_gate(override.gate),
                "basis": override.basis,
                "until": override.until,
                **(detail or {}),
            },
        )
