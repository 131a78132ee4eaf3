"""Where a child is placed: by the gates alone, for hours before a decision, and who handed it over (CH-09 to CH-11)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.placement import ChildHandOver, ChildPlacement
from fener.casework.services import clocks, lines
from fener.casework.services.children.common import (
    NOT_YET,
    Errors,
    carry_out_on,
    check_code,
    check_day,
    keep,
    raise_any,
    require_child,
)
from fener.casework.services.gated import require_open
from fener.norms.clocks import clocks_pack
from fener.norms.path.children import placement_flag
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor

RECORD = "children.placements"
CLOCK = "child_temporary_placement"


@dataclass(frozen=True, kw_only=True)
class PlacementTerms:
    """Where, from when, and what the gates ask. ``hours``: a temporary placement before the decision; None: no such.

    ``quarters``: an institution has quarters for children; ``offered_first``: a specialised shelter was offered first;
    ``none_exists``: there is no such shelter. For a child that ``returned``: who places it, what was assessed.
    """

    kind: str
    since: datetime
    organisation_id: UUID | None = None
    hours: int | None = None
    quarters: bool = False
    offered_first: bool = False
    none_exists: bool = False
    family_first: bool = False
    returned: bool = False
    by_child_protection: bool = False
    violence_assessed: bool = False
    abuse_assessed: bool = False


@transaction.atomic
def place_child(*, actor: Actor, case: Case, terms: PlacementTerms) -> ChildPlacement:
    """Place a child. Refused in detention, with offenders, outside quarters for children, before a specialised shelter
    was offered; of a returned child also until child protection decides and violence and abuse are assessed.

    The place before ends. Raises Refused, InvalidInput, GateClosed.
    """
    access.require_on_case(actor, "child_placement.record", case)
    require_child(case)
    before = ChildPlacement.objects.filter(case=case, until__isnull=True).first()
    _check(terms, before)
    _require_gates(actor, case, terms)
    errors: Errors = {}
    if placement_flag(terms.kind, family_considered_first=terms.family_first) is not None:
        errors["family_first"] = _("A family comes before an institution: look at it first.")
    raise_any(errors)
    if terms.organisation_id is not None:
        access.require_free(case, field="organisation", organisation_id=terms.organisation_id)
    if before is not None:
        before.until = terms.since
        before.save(update_fields=["until"])
    made = ChildPlacement.objects.create(
        case=case,
        kind=terms.kind,
        organisation_id=terms.organisation_id,
        returned=terms.returned,
        hours=terms.hours,
        since=terms.since,
        recorded_by_id=access.user_id(actor),
    )
    clocks.finish(actor=actor, clocks=clocks.running(case, CLOCK), reason="done", at=timezone.now())
    if terms.hours is not None:
        clocks.begin(actor=actor, case=case, code=CLOCK, at=terms.since, facts={"hours": terms.hours})
    lines.refresh(case, RECORD)
    keep(
        actor, "child_placement.record", case, made.pk, "child_placement",
        kind=terms.kind, returned=terms.returned, hours=terms.hours,
    )  # fmt: skip
    return made


@transaction.atomic
def record_hand_over(*, actor: Actor, case: Case, by: str, to: str, on: date) -> ChildHandOver:
    """Who handed the child over, as it happened. By police, border guard or carrier alone: an alarm for the worker and
    the co-ordinator, at once. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "child_hand_over.record", case)
    require_child(case)
    errors: Errors = {}
    check_code(errors, "by", by, "hand_over")
    check_code(errors, "to", to, "placement_kind")
    check_day(errors, "on", on)
    raise_any(errors)
    made = ChildHandOver.objects.create(case=case, by=by, to=to, on=on, recorded_by_id=access.user_id(actor))
    lines.refresh(case, RECORD)
    keep(actor, "child_hand_over.record", case, made.pk, "child_placement", by=by, to=to, alarm=is_alarm(made))
    return made


@transaction.atomic
def look_at_hand_over(*, actor: Actor, hand_over: ChildHandOver, on: date) -> ChildHandOver:
    """Child protection has looked at the child after a hand-over without it: the alarm ends."""
    access.require_on_case(actor, "child_hand_over.answer", hand_over.case)
    current = ChildHandOver.objects.get(pk=hand_over.pk)
    carry_out_on(current, "looked_at_on", on, not_before=current.on)
    lines.refresh(hand_over.case, RECORD)
    keep(actor, "child_hand_over.answer", hand_over.case, current.pk, "child_placement", on=on)
    return current


def is_alarm(hand_over: ChildHandOver) -> bool:
    """Whether child protection had no part in it."""
    return vocabulary("hand_over").group(hand_over.by) == "alarm"


def _require_gates(actor: Actor, case: Case, terms: PlacementTerms) -> None:
    group = vocabulary("placement_kind").group(terms.kind)
    facts: dict[str, bool | None] = {
        "not_in_detention": terms.kind != "detention",
        "not_with_offenders": terms.kind != "with_offenders",
        "child_quarters": group == "allowed" or (group == "last" and terms.quarters),
        "specialised_shelter_offered_first": terms.offered_first,
        "is_specialised_shelter": terms.kind == "specialised_shelter",
        "no_specialised_shelter_exists": terms.none_exists,
    }
    require_open("child_placement", facts, actor=actor, case=case)
    if terms.returned:
        assessed: dict[str, bool | None] = {
            "placed_by_child_protection": terms.by_child_protection,
            "family_violence_assessed": terms.violence_assessed,
            "abuse_assessed": terms.abuse_assessed,
        }
        require_open("returned_child_placement", assessed, actor=actor, case=case)


def hours_before_a_decision() -> tuple[int, int]:
    """The bounds of a temporary placement, as the pack's clock has them."""
    between = clocks_pack().data[CLOCK]["length"]["between"]
    return int(between["least"]["hours"]), int(between["most"]["hours"])


def _check(terms: PlacementTerms, before: ChildPlacement | None) -> None:
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "placement_kind")
    if terms.since > timezone.now():
        errors["since"] = NOT_YET
    elif before is not None and terms.since < before.since:
        errors["since"] = _("This day lies before the beginning.")
    least, most = hours_before_a_decision()
    if terms.hours is not None and not least <= terms.hours <= most:
        errors["hours"] = _("Choose between %(least)s and %(most)s hours.") % {"least": least, "most": most}
    raise_any(errors)
