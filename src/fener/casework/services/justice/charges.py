"""Charges as the person knows them: the law of the day of the act, stages, evidence, outcome (JU-01, JU-02, JU-04)."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models import Assessment, Case
from fener.casework.models.justice.charge import Charge
from fener.casework.services import lines
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, keep, raise_any
from fener.casework.services.notes import seal_words
from fener.norms.answers import Finding, any_found
from fener.norms.path import charges as norms
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment

RECORD = "justice.charges"
ANSWERS = ("yes", "no", "unknown")
# The number of an article, with a letter and paragraphs: 388, 388a(3). Words have no place in an open column.
ARTICLE = re.compile(r"\d{1,4}[a-z]{0,2}(\(\d{1,2}[a-z]?\)){0,2}")
MONTHS_OF_LIFE = 1200


@dataclass(frozen=True, kw_only=True)
class ChargeTerms:
    """A charge: codes, the day of the act, the law of that day (``least``, ``most``: months), who is accused."""

    kind: str
    branch: str
    scale: str
    act_on: date
    article: str = ""
    law_from: date | None = None
    law_until: date | None = None
    least: int | None = None
    most: int | None = None
    reason: str = ""
    costs: tuple[str, ...] = ()
    words: str = ""


@dataclass(frozen=True, kw_only=True)
class Decided:
    """What a charge led to. ``months``: of prison, also suspended; ``reason``, ``costs``: of a lesser offence."""

    outcome: str
    on: date
    sentence_kind: str = ""
    months: int | None = None
    reason: str = ""
    costs: tuple[str, ...] = ()


@transaction.atomic
def record_charge(*, actor: Actor, case: Case, terms: ChargeTerms) -> Charge:
    """Record a charge against somebody else. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "charge.record", case)
    raise_any(_problems(terms))
    charge = Charge(
        case=case,
        **{name: value for name, value in vars(terms).items() if name not in ("words", "costs")},
        costs=sorted(set(terms.costs)),
        recorded_by_id=access.user_id(actor),
    )
    charge.words = seal_words(
        actor=actor,
        case=case,
        slot=f"charge:{charge.pk}",
        words=terms.words,
        also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )
    charge.save(force_insert=True)
    return _finish(actor, charge, case, "charge.record", kind=charge.kind, branch=charge.branch)


@transaction.atomic
def reach_stage(*, actor: Actor, charge: Charge, stage: str, on: date) -> Charge:
    """A stage that the proceedings reached on a day; the days of the stages rise. Raises Refused, InvalidInput."""
    current = _begin(actor, charge, "charge.advance")
    errors: Errors = {}
    check_code(errors, "stage", stage, "charge_stage")
    check_day(errors, "on", on, not_before=current.act_on)
    raise_any(errors)
    stages = {**current.stages, stage: on.isoformat()}
    order = [code for code in vocabulary("charge_stage").codes(deprecated=False) if code in stages]
    days = [stages[code] for code in order]
    if days != sorted(days):
        raise_any({"on": _("An earlier stage cannot come after a later one.")})
    current.stages = {code: stages[code] for code in order}
    current.save(update_fields=["stages"])
    return _finish(actor, current, charge.case, "charge.advance", stage=stage, on=on)


@transaction.atomic
def record_evidence(*, actor: Actor, charge: Charge, evidence: Collection[str], measures: Mapping[str, str]) -> Charge:
    """What the charge rests on, and each measure with the judge's consent (yes, no, unknown).

    Raises Refused, InvalidInput.
    """
    current = _begin(actor, charge, "charge.advance")
    errors: Errors = {}
    for code in evidence:
        check_code(errors, "evidence", code, "evidence_source")
    for code, answer in measures.items():
        if code not in vocabulary("investigation_measure") or answer not in ANSWERS:
            errors[f"measure_{code}"] = CHOOSE
    raise_any(errors)
    current.evidence, current.measures = sorted(set(evidence)), dict(measures)
    current.save(update_fields=["evidence", "measures"])
    return _finish(actor, current, charge.case, "charge.advance", evidence=current.evidence)


@transaction.atomic
def decide_charge(*, actor: Actor, charge: Charge, decided: Decided) -> Charge:
    """The outcome, and the sentence if there is one. Raises Refused, InvalidInput."""
    current = _begin(actor, charge, "charge.decide")
    errors: Errors = {}
    check_code(errors, "outcome", decided.outcome, "charge_outcome")
    check_day(errors, "on", decided.on, not_before=current.act_on)
    _check_lesser(errors, decided.reason, decided.costs)
    if not errors:
        _check_sentence(errors, decided)
    raise_any(errors)
    current.outcome, current.outcome_on = decided.outcome, decided.on
    current.sentence_kind, current.sentence = decided.sentence_kind, decided.months
    current.reason = decided.reason or current.reason
    current.costs = sorted(set(decided.costs)) or current.costs
    current.save()
    return _finish(actor, current, charge.case, "charge.decide", outcome=current.outcome, months=current.sentence)


def trafficking(case: Case) -> Finding:
    """Whether any authority's assessment of this case finds the elements. One query."""
    rows = Assessment.objects.filter(case=case, by_person=False).values_list("qualification", flat=True)
    return any_found([_matches(row, child=case.treated_as_child) for row in rows])


def flags_of(charge: Charge, matches: Finding) -> tuple[Flag, ...]:
    """What stands out (rules JU-02, JU-04)."""
    return norms.charge_flags(as_norms(charge), matches=matches)


def as_norms(charge: Charge) -> norms.Charge:
    """The row in the words of norms. A suspended sentence counts with its months, a fine not."""
    return norms.Charge(
        kind=charge.kind,
        outcome=charge.outcome,
        sentence=charge.sentence,
        least=charge.least,
        reason=charge.reason,
        costs=tuple(charge.costs),
        evidence=tuple(charge.evidence),
    )


def without_judge(charge: Charge) -> tuple[str, ...]:
    """Measures that need a judge's consent and of which none is recorded."""
    needs = vocabulary("investigation_measure").in_group("judge")
    return tuple(code for code, answer in charge.measures.items() if code in needs and answer != "yes")


def _matches(qualification: Mapping[str, Mapping[str, str]], *, child: bool) -> Finding:
    return norms.trafficking_matches(qualification.get("elements", {}), child=child)


def _problems(terms: ChargeTerms) -> Errors:
    errors: Errors = {}
    for field in ("kind", "branch", "scale"):
        check_code(errors, field, getattr(terms, field), f"charge_{field}")
    check_day(errors, "act_on", terms.act_on)
    _check_lesser(errors, terms.reason, terms.costs)
    if terms.article and not ARTICLE.fullmatch(terms.article):
        errors["article"] = _("Write the number of the article alone, for example 388(3).")
    if terms.law_from is None and (terms.law_until or terms.least is not None or terms.most is not None):
        errors["law_from"] = _("Write since when this version of the law was in force.")
    elif terms.law_from and norms.law_in_force([(terms.law_from, terms.law_until, True)], terms.act_on) is None:
        errors["law_from"] = _("This version of the law was not in force on the day of the act.")
    for field in ("least", "most"):
        if not 0 <= (getattr(terms, field) or 0) <= MONTHS_OF_LIFE:
            errors[field] = _("Write a number of months.")
    if terms.least is not None and terms.most is not None and terms.most < terms.least:
        errors["most"] = _("The most cannot be below the least.")
    return errors


def _check_lesser(errors: Errors, reason: str, costs: Collection[str]) -> None:
    if reason:
        check_code(errors, "reason", reason, "lesser_reason")
    for code in costs:
        check_code(errors, "costs", code, "lesser_cost")


def _check_sentence(errors: Errors, decided: Decided) -> None:
    convicted = decided.outcome in vocabulary("charge_outcome").in_group("convicted")
    if decided.sentence_kind:
        check_code(errors, "sentence_kind", decided.sentence_kind, "sentence_kind")
    if (decided.sentence_kind or decided.months is not None) and not convicted:
        errors["sentence_kind"] = _("There is a sentence only after a conviction.")
    if (decided.months is not None) != (decided.sentence_kind in ("prison", "suspended")):
        errors["months"] = _("Write the months of a prison sentence, and of nothing else.")
    elif not 0 <= (decided.months or 0) <= MONTHS_OF_LIFE:
        errors["months"] = _("Write a number of months.")


def _begin(actor: Actor, charge: Charge, act: str) -> Charge:
    access.require_on_case(actor, act, charge.case)
    return Charge.objects.get(pk=charge.pk)


def _finish(actor: Actor, charge: Charge, case: Case, act: str, **detail: object) -> Charge:
    lines.refresh(case, RECORD)
    keep(actor, act, case, charge.pk, "charge", **detail)
    return charge
