"""The child's own view; decisions of a panel in its best interests; a durable solution by criteria (CH-07, CH-12)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.children.decision import About, ChildDecision, ChildView
from fener.casework.services import lines
from fener.casework.services.children.common import (
    CHOOSE,
    Errors,
    check_code,
    check_day,
    keep,
    raise_any,
    require_child,
)
from fener.casework.services.gated import require_open
from fener.casework.services.notes import seal_words
from fener.norms.path.children import solution_flags
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Met
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone
from fener.trust.models import SealedItem

VIEWS, RECORD = "children.views", "children.decisions"
LEAST = 2  # one person is no panel
CHILD_PROTECTION = "child_protection"
ANSWERS: Mapping[str, Met] = {"yes": True, "no": False, "unknown": None}


@dataclass(frozen=True, kw_only=True)
class DecisionTerms:
    """What a panel decided about one question (``About``), and why, in the child's interests. ``words`` are sealed."""

    about: str
    decided_on: date
    panel: tuple[str, ...]
    words: str


@dataclass(frozen=True, kw_only=True)
class SolutionTerms:
    """Which solution, by which answers (criterion → yes, no, unknown), and whether a family was looked at first.

    ``family_in_interests``: False where a family is not in the child's interests; None: not known.
    """

    solution: str
    decided_on: date
    panel: tuple[str, ...]
    words: str
    criteria: Mapping[str, str] = field(default_factory=dict)
    family_first: bool = False
    family_in_interests: Met = None


@transaction.atomic
def record_view(*, actor: Actor, case: Case, about: str, heard: bool, on: date, words: str) -> ChildView:
    """What the child says on a question, or why it could not be heard: either way in words. Raises InvalidInput."""
    access.require_on_case(actor, "child_view.record", case)
    require_child(case)
    errors: Errors = {}
    if about not in About.values:
        errors["about"] = CHOOSE
    check_day(errors, "on", on)
    if not words.strip():
        errors["words"] = _("Write what the child says, or why it could not be heard.")
    raise_any(errors)
    view = ChildView(case=case, about=about, heard=heard, on=on, recorded_by_id=access.user_id(actor))
    view.words = _seal(actor, case, f"child_view:{view.pk}", words)
    view.save(force_insert=True)
    lines.refresh(case, VIEWS)
    keep(actor, "child_view.record", case, view.pk, "child_view", about=about, heard=heard, on=on)
    return view


@transaction.atomic
def record_decision(*, actor: Actor, case: Case, terms: DecisionTerms) -> ChildDecision:
    """A decision on a child, by a panel: refused by the gate without its reasons and the child's own view on this
    very question. Raises Refused, InvalidInput, GateClosed.
    """
    access.require_on_case(actor, "child_decision.record", case)
    require_child(case)
    errors: Errors = {}
    if terms.about not in About.values or terms.about == About.SOLUTION:
        errors["about"] = CHOOSE
    _check_panel(errors, terms.panel, terms.decided_on)
    raise_any(errors)
    view = view_on(case, terms.about, terms.decided_on)
    require_open("child_decision", _heard(view, terms.words), actor=actor, case=case)
    return _store(actor, case, view, terms, about=terms.about, extra={})


@transaction.atomic
def choose_solution(*, actor: Actor, case: Case, terms: SolutionTerms) -> ChildDecision:
    """Choose what lasts for the child, by explicit criteria; an institution only where a family was looked at first or
    is not in the child's interests (gate ``durable_solution``). Raises Refused, InvalidInput, GateClosed.
    """
    access.require_on_case(actor, "child_decision.record", case)
    require_child(case)
    errors: Errors = {}
    check_code(errors, "solution", terms.solution, "durable_solution")
    _check_panel(errors, terms.panel, terms.decided_on)
    for code, answer in terms.criteria.items():
        if code not in vocabulary("solution_criterion") or answer not in ANSWERS:
            errors[f"criterion_{code}"] = CHOOSE
    raise_any(errors)
    view = view_on(case, About.SOLUTION, terms.decided_on)
    facts = {
        **_heard(view, terms.words),
        "criteria_recorded": set(terms.criteria) >= set(vocabulary("solution_criterion").codes(deprecated=False)),
        "family_considered_first": terms.family_first,
        "family_not_in_childs_interests": terms.family_in_interests is False,
    }
    require_open("durable_solution", facts, actor=actor, case=case)
    require_open("child_decision", _heard(view, terms.words), actor=actor, case=case)
    extra = {"solution": terms.solution, "criteria": dict(terms.criteria), "family_first": terms.family_first}
    return _store(actor, case, view, terms, about=About.SOLUTION, extra=extra)


@transaction.atomic
def carry_out(*, actor: Actor, decision: ChildDecision, on: date) -> ChildDecision:
    """The durable solution is carried out: what the end of a guardianship asks for. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "child_decision.carry_out", decision.case)
    current = ChildDecision.objects.get(pk=decision.pk)
    if current.carried_out_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.decided_on)
    if current.about != About.SOLUTION:
        errors["on"] = _("Only a durable solution is carried out.")
    raise_any(errors)
    current.carried_out_on = on
    current.save(update_fields=["carried_out_on"])
    lines.refresh(decision.case, RECORD)
    keep(actor, "child_decision.carry_out", decision.case, current.pk, "child_decision", on=on)
    return current


def view_on(case: Case, about: str, until: date) -> ChildView | None:
    """The child's latest word on a question, not later than that day."""
    return ChildView.objects.filter(case=case, about=about, on__lte=until).order_by("-on", "-pk").first()


def flags_of(decision: ChildDecision) -> tuple[Flag, ...]:
    """What stands against a durable solution that was chosen; a family where there may be violence, above all."""
    if not decision.solution:
        return ()
    return solution_flags(
        decision.solution,
        criteria={code: ANSWERS[answer] for code, answer in decision.criteria.items()},
        family_considered_first=decision.family_first,
        family_in_interests=None if decision.family_first else False,
    )


def _heard(view: ChildView | None, words: str) -> dict[str, bool | None]:
    return {
        "best_interests_reasoned": bool(words.strip()),
        "child_heard": view is not None and view.heard,
        "why_not_heard_recorded": view is not None and not view.heard,
    }


def _check_panel(errors: Errors, panel: tuple[str, ...], decided_on: date) -> None:
    check_day(errors, "decided_on", decided_on)
    for code in panel:
        check_code(errors, "panel", code, "conference_sector")
    if len(set(panel)) < LEAST or CHILD_PROTECTION not in panel:
        errors["panel"] = _("A panel is at least two, and child protection is one of them.")


def _store(
    actor: Actor,
    case: Case,
    view: ChildView | None,
    terms: DecisionTerms | SolutionTerms,
    *,
    about: str,
    extra: Mapping[str, object],
) -> ChildDecision:
    made = ChildDecision(
        case=case,
        about=about,
        panel=sorted(set(terms.panel)),
        view=view,
        decided_on=terms.decided_on,
        recorded_by_id=access.user_id(actor),
        **extra,
    )
    made.words = _seal(actor, case, f"child_decision:{made.pk}", terms.words)
    made.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(
        actor, "child_decision.record", case, made.pk, "child_decision",
        about=about, solution=made.solution, panel=made.panel, on=made.decided_on,
    )  # fmt: skip
    return made


def _seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    return seal_words(
        actor=actor, case=case, slot=slot, words=words, also_for=[actor.keeper_id], compartment=Compartment.LEGAL
    )
