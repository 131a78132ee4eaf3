"""Referrals: offered to a desk with a masked preview, withdrawn by the sender or with the consent (rules AS-08, AS-09).

The desk's answers stand in ``referral_answers``; both modules take steps of ``domain.referral_states`` and no others.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import referral_states as act
from fener.casework.models import Case, Referral
from fener.casework.services import clocks, referral_disclosure
from fener.casework.services.referral_check import Check, check_referral, masked_preview
from fener.network.mandates import require_function
from fener.network.models import Desk, Mandate, Service
from fener.norms import clocks as norms_clocks
from fener.norms.clocks import Due
from fener.norms.services_catalogue import catalogue
from fener.norms.why import plain
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, NeedsConsent
from fener.trust.models import Consent
from fener.trust.standing import node_level

__all__ = ["Check", "check_referral", "offer_referral", "withdraw_referral"]

CLOCK = "referral_answer"
CLOCK_URGENCY = {
    Referral.Urgency.IMMEDIATE: "now",
    Referral.Urgency.URGENT: "urgent",
    Referral.Urgency.NORMAL: "normal",
}


@node_level(reason="an offer is written in rows of both sides")
@transaction.atomic
def offer_referral(
    *,
    actor: Actor,
    case: Case,
    kind: str = Referral.Kind.SERVICE,
    service: Service | None = None,
    desk: Desk | None = None,
    urgency: str = Referral.Urgency.NORMAL,
    compartments: Iterable[Compartment | str] = (),
    at: datetime | None = None,
) -> Referral:
    """Offer a referral to the service's desk, or for an assessment or a decision to ``desk``.

    The desk sees the masked preview only. ``compartments`` are what acceptance will disclose; a living consent (or a
    confirmed override) must name the body, the purpose and each of them. Until when an answer is due comes from norms.
    Raises Refused (also without the mandate to refer, rule ID-19), InvalidInput, NeedsConsent, Locked, and GateClosed
    whose ``result`` is the Check.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "referral.offer", case, at=at)
    require_function(actor=actor, function=Mandate.Function.REFER, on=timezone.localdate(at))
    if urgency not in Referral.Urgency.values or kind not in Referral.Kind.values:
        raise InvalidInput({"urgency": _("Choose how urgent it is, and what is asked for.")})
    named = {Compartment(each) for each in compartments}
    parts = [part.value for part in Compartment if part in named]
    check = check_referral(actor=actor, case=case, kind=kind, service=service, desk=desk, compartments=parts, at=at)
    _refuse_closed(check)
    to = desk or (service.desk if service is not None else None)
    if to is None:
        raise ValueError("a referral goes to a service or to a desk")
    referral = Referral(
        case=case, kind=kind, urgency=urgency, service=service, compartments=parts, **_ground_fields(check)
    )
    due = _address(actor, referral, to, at)
    referral.save(force_insert=True)
    referral_disclosure.lay_ready(actor=actor, referral=referral)
    clocks.refresh_next_due(case)
    told = {"desk": to.pk, "kind": kind, "compartments": parts, "due": due.end, "rule": due.rule}
    keep(actor, "referral.offer", referral, told)
    return referral


def _address(actor: Actor, referral: Referral, to: Desk, at: datetime) -> Due:
    """Who asks whom, what the desk sees, and until when it answers."""
    wanted = referral.service.kind if referral.service is not None else ""
    due = answer_due(referral.case, referral.kind, referral.service, referral.urgency, at)
    referral.from_organisation_id = referral.case.organisation_id  # only who holds the file refers
    referral.to_organisation, referral.desk = to.organisation, to
    referral.preview = masked_preview(referral.case, urgency=referral.urgency, kind=wanted, to=referral.to_organisation)
    referral.offered_at, referral.offered_by_id = at, access.user_id(actor)
    referral.answer_due, referral.answer_why = moment(due), why(due)
    return due


@node_level(reason="an offer is written in rows of both sides")
@transaction.atomic
def withdraw_referral(*, actor: Actor, referral: Referral, at: datetime | None = None) -> Referral:
    """The sender takes an offer, or an accepted referral, back: at once, with every key that it opened.

    Raises Refused, NotPossibleNow.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "referral.withdraw", referral.case, at=at)
    if not move(referral, act.WITHDRAW, preview={}):
        referral.refresh_from_db()
        act.REFERRAL.step(referral.state, act.WITHDRAW)  # answered in between: withdrawn if that is still possible
        move(referral, act.WITHDRAW, preview={})
    referral_disclosure.take_back(actor=actor, referral=referral, at=at)
    clocks.refresh_next_due(referral.case)
    keep(actor, "referral.withdraw", referral, {"because": "sender"})
    return referral


def answer_due(case: Case, kind: str, service: Service | None, urgency: str, start: datetime) -> Due:
    """When the answer is due, by kind and urgency; for a child the shorter of the two times (rule AS-09)."""
    kinds = [_clock_kind(service.kind) if service is not None and kind == Referral.Kind.SERVICE else "identification"]
    if case.treated_as_child:
        kinds.append("child_protection")
    found = [
        norms_clocks.due(
            CLOCK,
            jurisdiction=settings.FENER_JURISDICTION,
            start=timezone.localtime(start),
            facts={"kind": each, "urgency": CLOCK_URGENCY[Referral.Urgency(urgency)]},
        )
        for each in kinds
    ]
    return min(found, key=moment)


def _clock_kind(kind: str) -> str:
    """The row of the clock's table for a kind of service: its own, else that of its group in the catalogue."""
    table = norms_clocks.clocks_pack().data[CLOCK]["length"]["by_kind"]
    return kind if kind in table else catalogue().get(kind).group


def why(due: Due) -> list[list[Any]]:
    """The explanation of a date as it is stored: msgid and parameters of each step."""
    return [[step.text, plain(step.params)] for step in due.why]


def move(referral: Referral, step: str, **fields: Any) -> bool:
    """Take one step of the table by a conditional UPDATE; False when somebody else took one first."""
    to = act.REFERRAL.step(referral.state, step).to
    rows = Referral.objects.unscoped(reason="one referral, whose access was checked")
    if not rows.filter(pk=referral.pk, state=referral.state).update(state=to, **fields):
        return False
    referral.state = to
    for name, value in fields.items():
        setattr(referral, name, value)
    return True


def keep(
    actor: Actor, what: str, referral: Referral, detail: Mapping[str, Any] | None = None, outcome: str = "done"
) -> None:
    """The audit entry of a step, on the case's chain."""
    audit.record(
        actor=actor,
        act=what,
        chain=("case", referral.case_id),
        subject_type="referral",
        subject_id=referral.pk,
        outcome=outcome,
        detail={"to": referral.to_organisation_id, **(detail or {})},
    )


def _refuse_closed(check: Check) -> None:
    if check.possible:
        return
    if {condition.code for condition in check.closed} == {"consent"}:
        raise NeedsConsent
    raise GateClosed(check, _("This cannot be sent yet: look at each condition and at what to do about it."))


def _ground_fields(check: Check) -> dict[str, Any]:
    return {"consent": check.ground} if isinstance(check.ground, Consent) else {"override": check.ground}


def moment(due: Due) -> datetime:
    if not isinstance(due.end, datetime):
        raise ValueError(f"the clock {due.code} gave no moment")
    return due.end
