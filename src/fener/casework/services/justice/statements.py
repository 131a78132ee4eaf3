"""Statements and testimony: by their gate alone; for a child after guardian and prosecutor (WP-05, JU-06, JU-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Case
from fener.casework.models.justice.advice import LegalTold
from fener.casework.models.justice.interview import Interview
from fener.casework.models.justice.statement import AdaptedProcedure, ChildOpinion, Statement
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
from fener.casework.services.children.eighteen import is_adult
from fener.casework.services.children.standing import answering, guardian_answers
from fener.casework.services.gated import Facts, require_open
from fener.casework.services.justice.advice import told_by
from fener.casework.services.justice.common import lock
from fener.casework.services.notes import seal_words
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem

RECORD = "justice.statements"
GATE = "statement"
SOCIAL_PATH = "social_path"
MOST_TIMES = 20


@dataclass(frozen=True, kw_only=True)
class StatementTerms:
    """Which statement, before whom (``incident_author``), on which day. ``reference``: of the file; sealed."""

    kind: str
    to: str
    on: date
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class ProcedureTerms:
    """Who asks the child, how often at most, and whether it is recorded once. ``words``: where, and names; sealed."""

    asked_by: str
    times: int
    recorded_once: bool
    on: date
    words: str


@transaction.atomic
def record_statement(*, actor: Actor, case: Case, terms: StatementTerms) -> Statement:
    """A statement was given. Refused until advice was given and what follows was told. What was said is not kept.

    Raises Refused, InvalidInput, GateClosed (gate ``statement``; nobody overrides it).
    """
    access.require_on_case(actor, "statement.record", case)
    lock(case)
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "statement_kind")
    check_code(errors, "to", terms.to, "incident_author")
    check_day(errors, "on", terms.on)
    raise_any(errors)
    require_open(GATE, facts_for(case, kind=terms.kind, day=terms.on), actor=actor, case=case)
    row = Statement(case=case, kind=terms.kind, to=terms.to, on=terms.on, recorded_by_id=access.user_id(actor))
    row.reference = _seal(actor, case, f"statement:{row.pk}", terms.reference)
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "statement.record", case, row.pk, "statement", kind=row.kind, to=row.to, on=row.on)
    return row


@transaction.atomic
def record_opinion(*, actor: Actor, case: Case, by: str, favours: bool, on: date, words: str) -> ChildOpinion:
    """Whether testifying is in the child's best interests, and why: the guardian's or the prosecutor's own opinion.

    Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "statement.weigh", case)
    require_child(case)
    lock(case)
    errors: Errors = {}
    check_day(errors, "on", on)
    if by not in ChildOpinion.By.values:
        errors["by"] = CHOOSE
    elif by == ChildOpinion.By.GUARDIAN and "on" not in errors and not guardian_answers(case, on):
        errors["by"] = _("On that day no guardian without an interest of their own answers for the child.")
    if not words.strip():
        errors["words"] = _("Write the reasons.")
    raise_any(errors)
    row = ChildOpinion(case=case, by=by, favours=favours, on=on, recorded_by_id=access.user_id(actor))
    row.words = _seal(actor, case, f"child_opinion:{row.pk}", words)
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "statement.weigh", case, row.pk, "child_opinion", by=by, favours=favours, on=on)
    return row


@transaction.atomic
def set_procedure(*, actor: Actor, case: Case, terms: ProcedureTerms) -> AdaptedProcedure:
    """A procedure fit for the child is set. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "statement.adapt", case)
    require_child(case)
    lock(case)
    errors: Errors = {}
    check_code(errors, "asked_by", terms.asked_by, "incident_author")
    check_day(errors, "on", terms.on)
    if not 0 < terms.times <= MOST_TIMES:
        errors["times"] = _("Write how often at most, from 1 to 20.")
    if not terms.words.strip():
        errors["words"] = _("Write where the child is heard, and by whom.")
    raise_any(errors)
    row = AdaptedProcedure(
        case=case,
        asked_by=terms.asked_by,
        times=terms.times,
        recorded_once=terms.recorded_once,
        on=terms.on,
        recorded_by_id=access.user_id(actor),
    )
    row.words = _seal(actor, case, f"adapted_procedure:{row.pk}", terms.words)
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "statement.adapt", case, row.pk, "adapted_procedure", times=row.times, on=row.on)
    return row


def facts_for(case: Case, *, kind: str, day: date) -> Facts:
    """What the gate ``statement`` asks, as it stood on that day. At most nine queries."""
    told, item = told_by(case, day), LegalTold.Item
    latest = _latest(case, day)
    guardians, prosecutors = latest.get(ChildOpinion.By.GUARDIAN), latest.get(ChildOpinion.By.PROSECUTOR)
    return {
        "legal_advice_given": item.ADVICE in told,
        "consequences_told": item.CONSEQUENCES in told,
        "right_to_refuse_told": item.REFUSE in told,
        "prosecution_is_not_compulsory": kind != SOCIAL_PATH,
        "compulsory_prosecution_told": item.COMPULSORY in told,
        "may_be_asked_told": item.MAY_BE_ASKED in told,
        "is_adult": is_adult(case, day),
        "guardian_judged_best_interests": guardians is not None
        and guardians.favours
        and _still_answers(case, guardians, day),
        "prosecutor_judged_best_interests": prosecutors is not None and prosecutors.favours,
        "adapted_procedure_set": _procedure_stands(case, day),
    }


def times_left(case: Case, day: date, taken: QuerySet[Interview]) -> int | None:
    """How often a child may still be asked by the procedure that stands on that day; None where nothing limits it.

    ``taken``: the interviews that count. Those of before the procedure was set are not among its times.
    """
    procedure = _procedure(case, day)
    if procedure is None or is_adult(case, day):
        return None
    planned = Q(planned_on__gte=procedure.on, state=Interview.State.PLANNED)
    held = Q(settled_on__gte=procedure.on, state=Interview.State.HELD)
    return procedure.times - taken.filter(planned | held).count()


def _still_answers(case: Case, opinion: ChildOpinion, day: date) -> bool:
    """Whether the guardian who weighed it is the one who answers on that day: a successor weighs it anew."""
    now = answering(case, day).filter(kind="guardian", ended_on__isnull=True)
    return now.filter(since__lte=opinion.on).exists()


def _latest(case: Case, day: date) -> dict[str, ChildOpinion]:
    """The latest opinion of each until that day: who said no and then yes said yes."""
    rows = ChildOpinion.objects.filter(case=case, on__lte=day).order_by("on", "recorded_at", "pk")
    return {row.by: row for row in rows}


def _procedure(case: Case, day: date) -> AdaptedProcedure | None:
    """The latest procedure set until that day."""
    rows = AdaptedProcedure.objects.filter(case=case, on__lte=day)
    return rows.order_by("-on", "-recorded_at", "-pk").first()


def _procedure_stands(case: Case, day: date) -> bool:
    """The latest procedure set until that day records the child once."""
    latest = _procedure(case, day)
    return latest is not None and latest.recorded_once


def _seal(actor: Actor, case: Case, slot: str, words: str) -> SealedItem | None:
    return seal_words(
        actor=actor,
        case=case,
        slot=slot,
        words=words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
