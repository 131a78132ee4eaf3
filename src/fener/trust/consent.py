"""Consent: a sentence that is the rule, and the only ground of a disclosure beside a confirmed override.

Who lets whom do what with which compartments for which purpose until when; told in which language, through which
interpreter, in which version of the text (rule CO-02). Purposes are separate, one opens no other (CO-04).
Withdrawal is one act and takes the keys away in the same transaction (CO-05). A sentence is never edited: a change
is a new one.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.norms import gates
from fener.norms.gates import GateResult
from fener.trust import audit
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, InvalidInput, NeedsConsent
from fener.trust.models import Consent, DisclosureOverride
from fener.trust.policy import Relationship, require
from fener.trust.purposes import NOT_FOR_CHILDREN, Purpose
from fener.trust.sentences import sentence

if TYPE_CHECKING:
    from fener.trust.errors import Text

__all__ = [
    "carries",
    "clean_compartments",
    "covering",
    "covering_override",
    "disclosure_gate",
    "give",
    "ground_for",
    "is_live",
    "override_is_live",
    "sentence",
    "withdraw",
]

# A disclosure to oneself is none; keeping concerns the keeper alone.
_NEEDS_ANOTHER = frozenset({Purpose.SHARE_SERVICE, Purpose.SHARE_POLICE})
DEFAULT_CONSENT_DAYS = 3 * 366


def give(
    *,
    actor: Actor,
    relationship: Relationship,
    subject_id: UUID,
    purpose: Purpose | str,
    compartments: Iterable[Compartment | str],
    until: date,
    language: str,
    text_id: str,
    text_version: str,
    interpreter: str = "",
    recipient_id: UUID | None = None,
    giver: str = Consent.Giver.PERSON,
    child: bool = False,
    child_assent: bool | None = None,
    given_on: date | None = None,
) -> Consent:
    """Record one consent sentence on ``subject_id`` (a case or a screening), held by the actor's organisation.

    ``recipient_id`` None: the holder itself. ``child``: under 18, or presumed to be while age is disputed; then a
    guardian gives and the child assents. ``interpreter``: a name, empty when none was needed. Raises Refused,
    InvalidInput.
    """
    require(actor, "consent.give", relationship)
    if actor.keeper_id is None or actor.user_id is None:
        raise InvalidInput({"": _("Only a member of an organisation can record a consent.")})
    given_on = given_on or timezone.localdate()
    recipient_id = recipient_id or actor.keeper_id
    errors: dict[str, Text] = {}
    wanted, parts = _purpose(purpose, errors), clean_compartments(compartments, errors)
    _check_told(errors, language=language, text_id=text_id, text_version=text_version)
    _check_dates(errors, given_on=given_on, until=until)
    _check_giver(errors, giver=giver, child=child, child_assent=child_assent, purpose=wanted)
    _check_recipient(errors, purpose=wanted, holder_id=actor.keeper_id, recipient_id=recipient_id)
    if errors:
        raise InvalidInput(errors)
    with transaction.atomic():
        consent = Consent.objects.create(
            subject_id=subject_id,
            giver=giver,
            child_assent=child_assent if child else None,
            holder_id=actor.keeper_id,
            recipient_id=recipient_id,
            purpose=wanted or "",
            compartments=parts,
            until=until,
            language=language.strip(),
            interpreter=interpreter.strip(),
            text_id=text_id.strip(),
            text_version=text_version.strip(),
            given_on=given_on,
            recorded_by_id=actor.user_id,
        )
        _keep(actor, "consent.give", consent, {"until": until, "giver": giver, "child_assent": consent.child_assent})
    return consent


def withdraw(*, actor: Actor, relationship: Relationship, consent: Consent) -> Consent:
    """Withdraw a consent: one act, no reason asked. Every key given on it is taken back in the same transaction.

    What was already read cannot be unread; the caller's page says so. Raises Refused, AlreadyDone.
    """
    from fener.trust import vault  # the vault reads consents; the other direction only here

    require(actor, "consent.withdraw", relationship)
    with transaction.atomic():
        current = Consent.objects.select_for_update().get(pk=consent.pk)
        if current.withdrawn_at is not None:
            raise AlreadyDone(str(current.pk), _("This consent was already withdrawn."))
        current.withdrawn_at, current.withdrawn_by_id = timezone.now(), actor.user_id
        current.save(update_fields=["withdrawn_at", "withdrawn_by"])
        vault.revoke_consent(consent=current)
        _keep(actor, "consent.withdraw", current, {})
    consent.withdrawn_at, consent.withdrawn_by_id = current.withdrawn_at, current.withdrawn_by_id
    return current


def is_live(consent: Consent, on: date | datetime) -> bool:
    """Whether the sentence holds at that moment (a date means: during that day, and not withdrawn on it)."""
    day = timezone.localdate(on) if isinstance(on, datetime) else on
    if not consent.given_on <= day <= consent.until:
        return False
    if consent.withdrawn_at is None:
        return True
    if isinstance(on, datetime):
        return on < consent.withdrawn_at
    return day < timezone.localdate(consent.withdrawn_at)


def covering(
    *,
    subject_id: UUID,
    recipient_id: UUID,
    purpose: Purpose | str,
    compartments: Iterable[Compartment | str],
    on: date | datetime,
) -> Consent | None:
    """The newest living consent that names this recipient, exactly this purpose, and every one of the compartments.

    Compartments of two sentences are not added up; ask once for each compartment where each may have its own consent.
    """
    ask = partial(disclosure_gate, recipient_id=recipient_id, purpose=purpose, compartments=list(compartments), on=on)
    return next((sentence for sentence in _sentences(subject_id, recipient_id) if ask(sentence).open), None)


def disclosure_gate(
    consent: Consent | None,
    *,
    recipient_id: UUID,
    purpose: Purpose | str,
    compartments: Iterable[Compartment | str],
    on: date | datetime,
) -> GateResult:
    """What the gate ``disclosure`` says of one sentence (None: there is none): the only place of this rule (CO-03)."""
    if consent is None:
        return gates.check("disclosure", dict.fromkeys(gates.gate_facts("disclosure"), False))
    return gates.check(
        "disclosure",
        {
            "consent_alive": is_live(consent, on),
            "names_recipient": consent.recipient_id == recipient_id,
            "names_purpose": consent.purpose == Purpose(purpose),
            "covers_compartments": {Compartment(c) for c in compartments} <= set(consent.compartments),
        },
    )


def carries(
    ground: Consent | DisclosureOverride,
    *,
    recipient_id: UUID,
    compartments: Iterable[Compartment | str],
    on: date | datetime,
) -> bool:
    """Whether this ground lets that recipient have these compartments now, for the purpose that it is about."""
    parts = list(compartments)
    if isinstance(ground, Consent):
        return disclosure_gate(
            ground, recipient_id=recipient_id, purpose=ground.purpose, compartments=parts, on=on
        ).open
    named = ground.recipient_id == recipient_id and {Compartment(c) for c in parts} <= set(ground.compartments)
    return named and override_is_live(ground, on)


def ground_for(
    *,
    subject_id: UUID,
    recipient_id: UUID,
    purpose: Purpose | str,
    compartments: Iterable[Compartment | str],
    on: date | datetime,
) -> Consent | DisclosureOverride:
    """The ground on which these compartments may be disclosed now: a living consent, else a confirmed override.

    Raises NeedsConsent when there is neither (rule CO-03); its ``result`` is the gate's answer about the nearest one.
    """
    parts = list(compartments)
    ask = partial(disclosure_gate, recipient_id=recipient_id, purpose=purpose, compartments=parts, on=on)
    told = [(one, ask(one)) for one in _sentences(subject_id, recipient_id)]
    consent = next((c for c, gate in told if gate.open), None)
    if consent is not None:
        return consent
    nearest = min((gate for _c, gate in told), key=lambda gate: len(gate.missing), default=None)
    nearest = nearest or ask(None)
    override = covering_override(subject_id=subject_id, recipient_id=recipient_id, compartments=parts, on=on)
    if override is None or nearest.override is None:
        raise NeedsConsent(result=nearest)
    return override


def _sentences(subject_id: UUID, recipient_id: UUID) -> QuerySet[Consent]:
    """What was agreed about this recipient, the newest first."""
    found = Consent.objects.filter(subject_id=subject_id, recipient_id=recipient_id)
    return found.order_by("-given_on", "-recorded_at")


def override_is_live(override: DisclosureOverride, on: date | datetime) -> bool:
    """Whether two persons stand behind it and its time has not passed."""
    day = timezone.localdate(on) if isinstance(on, datetime) else on
    return (
        override.confirmed_at is not None
        and override.confirmed_by_id != override.requested_by_id
        and timezone.localdate(override.requested_at) <= day <= override.until
    )


def covering_override(
    *, subject_id: UUID, recipient_id: UUID, compartments: Iterable[Compartment | str], on: date | datetime
) -> DisclosureOverride | None:
    """The newest confirmed override in time that names this recipient and every one of the compartments."""
    parts = list(compartments)
    found = DisclosureOverride.objects.filter(
        subject_id=subject_id, recipient_id=recipient_id, confirmed_at__isnull=False
    ).order_by("-confirmed_at")
    return next((o for o in found if carries(o, recipient_id=recipient_id, compartments=parts, on=on)), None)


# -- checks -----------------------------------------------------------------------------------------------------------


def _purpose(raw: Purpose | str, errors: dict[str, Text]) -> Purpose | None:
    try:
        return Purpose(raw)
    except ValueError:
        errors["purpose"] = _("Choose one purpose from the list. Each purpose needs a consent of its own.")
        return None


def clean_compartments(raw: Iterable[Compartment | str], errors: dict[str, Text]) -> list[str]:
    """The parts that were chosen, in the order of the file; what is wrong goes into ``errors``."""
    given = [raw] if isinstance(raw, str) else list(raw)
    try:
        parts = {Compartment(c) for c in given}
    except ValueError:
        parts = set()
    if not parts:
        errors["compartments"] = _("Choose which parts of the file this is about.")
    return [c.value for c in Compartment if c in parts]


def _check_told(errors: dict[str, Text], *, language: str, text_id: str, text_version: str) -> None:
    if not language.strip():
        errors["language"] = _("Say in which language it was explained.")
    if not text_id.strip() or not text_version.strip():
        errors["text"] = _("Say which text was explained, and in which version.")


def _check_dates(errors: dict[str, Text], *, given_on: date, until: date) -> None:
    today, limit = timezone.localdate(), getattr(settings, "FENER_CONSENT_MAX_DAYS", DEFAULT_CONSENT_DAYS)
    if given_on > today:
        errors["given_on"] = _("A consent cannot be given in the future.")
    if until <= today:
        errors["until"] = _("Choose a date in the future.")
    elif until > given_on + timedelta(days=limit):
        errors["until"] = _("Choose a date at most %(days)s days after the consent was given.") % {"days": limit}


def _check_giver(
    errors: dict[str, Text], *, giver: str, child: bool, child_assent: bool | None, purpose: Purpose | None
) -> None:
    if giver not in Consent.Giver.values:
        errors["giver"] = _("Say who gives the consent: the person or the guardian.")
    if not child:
        return
    if purpose in NOT_FOR_CHILDREN:
        errors["purpose"] = _("Nobody can agree to this for somebody under 18.")
    if giver == Consent.Giver.PERSON:
        errors["giver"] = _("For somebody under 18 the guardian gives the consent, and the child agrees to it.")
    if child_assent is None:
        errors["child_assent"] = _("Ask the child, and record the answer.")
    elif not child_assent:
        errors["child_assent"] = _("The child does not agree, so this consent cannot be recorded.")


def _check_recipient(errors: dict[str, Text], *, purpose: Purpose | None, holder_id: UUID, recipient_id: UUID) -> None:
    if purpose is Purpose.KEEP and recipient_id != holder_id:
        errors["recipient"] = _("Keeping is agreed with the organisation that keeps the file.")
    if purpose in _NEEDS_ANOTHER and recipient_id == holder_id:
        errors["recipient"] = _("Choose another organisation as recipient.")


# -- audit ------------------------------------------------------------------------------------------------------------


def _keep(actor: Actor, act: str, consent: Consent, detail: dict[str, object]) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", consent.subject_id),
        subject_type="consent",
        subject_id=consent.pk,
        purpose=consent.purpose,
        detail={"recipient": consent.recipient_id, "compartments": consent.compartments, **detail},
    )
