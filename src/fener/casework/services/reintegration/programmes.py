"""The register of programmes: neutral names, several groups, and a social enterprise that is safe before it begins.

Rules RI-03, RI-09, RI-11. A programme belongs to a body and names nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as now_gettext
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.models.reintegration.programme import Programme, Safeguard
from fener.casework.services.children.common import CHOOSE, Errors, check_code, check_day, raise_any
from fener.norms import gates
from fener.norms.path.checklists import checklist
from fener.norms.path.neutral_names import name_flags
from fener.norms.path.pipelines import pipelines
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.policy import Relationship

TRAINING, ENTERPRISE = "training", "social_enterprise"
GATE, SAFEGUARDS = "launch_enterprise", "enterprise_safeguards"
SPLIT = "profit_split_recorded"  # proved by the split itself, not by an answer
WAIVED = frozenset({"product_protected"})  # the one line that can be not needed
LEAST_GROUPS = 2


@dataclass(frozen=True, kw_only=True)
class ProgrammeTerms:
    """A programme. ``groups``: whom it takes, two at least; ``demand_source``, ``standard_course``: of a training."""

    pipeline: str
    name: str
    groups: Collection[str]
    since: date
    demand_source: str = ""
    standard_course: bool | None = None


@transaction.atomic
def enter_programme(*, actor: Actor, terms: ProgrammeTerms) -> Programme:
    """A programme of the own body; its name tells on nobody. Raises Refused, InvalidInput."""
    policy.require(actor, "programme.record", Relationship.SAME_ORGANISATION)
    _check(actor, terms)
    made = Programme.objects.create(
        organisation_id=actor.keeper_id,
        pipeline=terms.pipeline,
        name=terms.name.strip(),
        groups=sorted(terms.groups),
        demand_source=terms.demand_source,
        standard_course=terms.standard_course,
        since=terms.since,
        recorded_by_id=access.user_id(actor),
    )
    _keep(actor, "programme.record", made, {"pipeline": made.pipeline, "groups": made.groups})
    return made


@transaction.atomic
def record_safeguards(
    *, actor: Actor, programme: Programme, states: Mapping[str, str], on: date, workers_share: int | None = None
) -> Programme:
    """How the safeguards stand on a day, and the split of a profit. Raises Refused, InvalidInput."""
    current = _own(actor, programme, "programme.safeguard")
    if current.pipeline != ENTERPRISE:
        raise InvalidInput({"": _("Only a social enterprise has these safeguards.")})
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    for item, state in states.items():
        if item not in safeguard_items() or item == SPLIT:
            errors[""] = CHOOSE
        else:
            check_code(errors, f"state_{item}", state, "check_state")
    if workers_share is not None and not 0 <= workers_share <= 100:
        errors["workers_share"] = _("Write a share between 0 and 100.")
    raise_any(errors)
    number = current.safeguards.aggregate(last=Max("number"))["last"] or 0
    for place, (item, state) in enumerate(states.items(), start=1):
        Safeguard.objects.create(
            programme=current, item=item, state=state, on=on, number=number + place,
            recorded_by_id=access.user_id(actor),
        )  # fmt: skip
    if workers_share is not None:
        current.workers_share = workers_share
        current.save(update_fields=["workers_share"])
    _keep(actor, "programme.safeguard", current, {"states": dict(states), "on": on})
    return current


@transaction.atomic
def launch(*, actor: Actor, programme: Programme, on: date) -> Programme:
    """The social enterprise begins (gate launch_enterprise): for each safeguard what its rows say by that day.

    Raises Refused, InvalidInput, GateClosed, AlreadyDone.
    """
    current = _own(actor, programme, "programme.launch")
    if current.pipeline != ENTERPRISE:
        raise InvalidInput({"": _("Only a social enterprise is launched.")})
    if current.launched_on is not None:
        raise AlreadyDone(str(current.pk))
    errors: Errors = {}
    check_day(errors, "on", on, not_before=current.since)
    raise_any(errors)
    result = gates.check(GATE, facts_on(current, current.safeguards.filter(on__lte=on)))
    if not result.open:
        raise GateClosed(result)
    current.launched_on = on
    current.save(update_fields=["launched_on"])
    _keep(actor, "programme.launch", current, {"on": on, "workers_share": current.workers_share})
    return current


def safeguard_items() -> dict[str, str]:
    """The lines of the safeguards with their texts (msgids)."""
    return {item.code: item.text for item in checklist(SAFEGUARDS).items}


def facts_on(programme: Programme, rows: Iterable[Safeguard]) -> dict[str, bool | None]:
    """What the rows prove of each condition; the split of a profit is proved by the split that is recorded."""
    latest = {row.item: row.state for row in sorted(rows, key=lambda one: (one.on, one.number))}
    facts: dict[str, bool | None] = {item: _met(item, latest.get(item)) for item in safeguard_items()}
    return {**facts, SPLIT: programme.workers_share is not None}


def _met(item: str, state: str | None) -> bool | None:
    if state is None:
        return None
    return state == "given" or (state == "not_needed" and item in WAIVED)


def _check(actor: Actor, terms: ProgrammeTerms) -> None:
    errors: Errors = {}
    if terms.pipeline not in pipelines():
        errors["pipeline"] = CHOOSE
    check_day(errors, "since", terms.since)
    if not terms.name.strip():
        errors["name"] = _("Write the name.")
    for flag in name_flags(terms.name)[:1]:
        errors["name"] = now_gettext(flag.why.text) % flag.why.params
    if Programme.objects.filter(organisation_id=actor.keeper_id, name=terms.name.strip()).exists():
        errors["name"] = _("Your organisation has a programme of this name.")
    for group in terms.groups:
        check_code(errors, "groups", group, "beneficiary_group")
    if len(set(terms.groups)) < LEAST_GROUPS:
        errors["groups"] = _("Choose two groups at least, so that being there tells nothing of anybody.")
    if terms.pipeline == TRAINING:
        check_code(errors, "demand_source", terms.demand_source, "demand_source")
    elif terms.demand_source or terms.standard_course is not None:
        errors["demand_source"] = _("Only a training is held against what employers look for.")
    raise_any(errors)


def _own(actor: Actor, programme: Programme, act: str) -> Programme:
    """The row as it is now, ours until the transaction ends. Raises Refused for another body's."""
    if programme.organisation_id != actor.keeper_id:
        raise Refused(act=act)
    policy.require(actor, act, Relationship.SAME_ORGANISATION)
    return Programme.objects.select_for_update().get(pk=programme.pk)


def _keep(actor: Actor, act: str, programme: Programme, detail: Mapping[str, Any]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("keeper", programme.organisation_id),
        subject_type="programme",
        subject_id=programme.pk,
        detail=detail,
    )
