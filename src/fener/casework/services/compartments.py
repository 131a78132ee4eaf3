"""The sealed compartments of a case: saved with a version, opened for a purpose, each opening kept in the audit."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import labour
from fener.casework.models import Case, CaseAccess
from fener.casework.services.access import share_new_item
from fener.casework.services.facts import fit_birth_date, say
from fener.casework.services.protection import two_person
from fener.casework.services.returns import second_entry
from fener.norms import fields
from fener.norms.why import plain
from fener.trust import audit, search, vault
from fener.trust import consent as consents
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import DomainError, InvalidInput, NeedsConsent, NotGranted, StaleEdit
from fener.trust.models import Consent, SealedItem
from fener.trust.policy import Relationship
from fener.trust.privacy import masking
from fener.trust.purposes import Purpose

STILL_COVERED = _("This number is still covered. Ask to see it first, then write it whole.")
NAME_FIELDS = ("first_name", "middle_name", "second_name", "other_names")


def open_compartment(
    *, actor: Actor, case: Case, compartment: Compartment | str, purpose: Purpose | str, at: datetime | None = None
) -> dict[str, Any]:
    """What is sealed in a compartment (field code -> value; empty if nothing was sealed yet). The read is kept.

    The policy decides before anything is decrypted. A purpose other than keeping the file needs a living consent for
    it; a recipient opens only for the purpose that the person agreed to. What is marked as sensitive takes a second
    person. Raises Refused, NeedsConsent, InvalidInput, NeedsSecondPerson, NotGranted, Locked.
    """
    at = at or timezone.now()
    part = Compartment(compartment)
    # Whether somebody may open at all is answered before whether the form is right.
    relationship = access.require_on_case(actor, "compartment.open", case, compartment=part, purpose=purpose, at=at)
    wanted = _purpose(purpose)
    _check_purpose(actor, case, part, wanted, relationship, at)
    item = main_item(case, part)
    if item is None:
        return {}
    two_person.require_second(actor=actor, case=case, compartment=part.value, at=at)
    return vault.open_item(actor=actor, item=item, purpose=wanted)


def settle_purpose(
    *, actor: Actor, case: Case, part: Compartment, purpose: Purpose | str, relationship: Relationship, at: datetime
) -> Purpose:
    """The purpose, if something of this part may be opened for it. Raises InvalidInput, NeedsConsent, NotGranted."""
    wanted = _purpose(purpose)
    _check_purpose(actor, case, part, wanted, relationship, at)
    return wanted


def main_item(case: Case, compartment: Compartment | str) -> SealedItem | None:
    """The sealed document of a compartment, unopened."""
    return SealedItem.objects.filter(subject_id=case.pk, compartment=compartment, slot="main").first()


def save_compartment(
    *,
    actor: Actor,
    case: Case,
    compartment: Compartment | str,
    version: int,
    content: Mapping[str, Any],
    at: datetime | None = None,
) -> SealedItem:
    """Seal new content. ``version`` is the one that the form was filled in from; 0 when nothing was there.

    A rewrite uses a new data key. What the audit keeps is that it was changed, by whom and when; never what it was.
    Raises StaleEdit (``current``: its version, when it changed and, if the actor may open it, what it holds now),
    InvalidInput by field, Refused, NotGranted.
    """
    at = at or timezone.now()
    part = Compartment(compartment)
    access.require_on_case(actor, "compartment.save", case, compartment=part, at=at)
    cleaned = clean_content(part, content, today=timezone.localdate(at))
    try:
        with transaction.atomic():
            if cleaned.get("birth_date"):
                fit_birth_date(actor=actor, case=case, birth_date=date.fromisoformat(cleaned["birth_date"]), at=at)
            return _save(actor=actor, case=case, part=part, version=version, content=cleaned, at=at)
    except StaleEdit as stale:
        stale.current = _current(actor, case, part)
        raise


def seal_first(*, actor: Actor, case: Case, part: Compartment, content: Mapping[str, Any]) -> SealedItem | None:
    """Seal cleaned content of a compartment that was empty, for the case's own organisation; inside a transaction."""
    if not content:
        return None
    item = vault.seal(
        actor=actor, subject_id=case.pk, compartment=part, content=content, for_keepers=[case.organisation_id]
    )
    _after(actor, case, item, content)
    return item


def clean_content(part: Compartment, content: Mapping[str, Any], *, today: date) -> dict[str, Any]:
    """Content as it is sealed (JSON values). What was read covered is not sealed. Raises InvalidInput by field."""
    covered = [code for code, value in content.items() if masking.DOTS in str(value)]
    if covered:
        raise InvalidInput(dict.fromkeys(covered, STILL_COVERED))
    checked = fields.validate_compartment(part, content, today=today)
    if checked.errors:
        raise InvalidInput({code: say(problem) for code, problem in checked.errors.items()})
    cleaned: dict[str, Any] = plain(checked.cleaned)
    return cleaned


def names_in(content: Mapping[str, Any]) -> list[str]:
    """The names of an identity document, for the blind index."""
    names = [str(content[code]) for code in NAME_FIELDS[:3] if content.get(code)]
    others = [part.strip() for part in str(content.get("other_names") or "").split(";")]
    return [name for name in (*names, *others) if name]


def _save(
    *, actor: Actor, case: Case, part: Compartment, version: int, content: Mapping[str, Any], at: datetime
) -> SealedItem:
    item = SealedItem.objects.select_for_update().filter(subject_id=case.pk, compartment=part, slot="main").first()
    if (item.version if item else 0) != version:
        raise StaleEdit
    if item is None:
        item = vault.seal(
            actor=actor, subject_id=case.pk, compartment=part, content=content, for_keepers=[case.organisation_id]
        )
        share_new_item(actor=actor, case=case, item=item, at=at)
    else:
        item = vault.rewrite(actor=actor, item=item, content=content, expected_version=version)
    _after(actor, case, item, content)
    return item


def _after(actor: Actor, case: Case, item: SealedItem, content: Mapping[str, Any]) -> None:
    hidden = Case.objects.unscoped(reason="a protected case is found by no name").filter(pk=case.pk, protected=True)
    if item.compartment == Compartment.IDENTITY and not hidden.exists():
        search.index(actor=actor, subject_id=case.pk, names=names_in(content))
        second_entry.identity_sealed(actor=actor, case=case, identity=content)
    audit.record(
        actor=actor,
        act="compartment.save",
        chain=("case", case.pk),
        subject_type="sealed_item",
        subject_id=item.pk,
        detail={"compartment": item.compartment, "version": item.version},
    )


def _current(actor: Actor, case: Case, part: Compartment) -> dict[str, Any]:
    item = main_item(case, part)
    if item is None:
        return {"version": 0, "content": {}}
    current: dict[str, Any] = {"version": item.version, "changed_at": item.changed_at}
    try:
        current["content"] = open_compartment(actor=actor, case=case, compartment=part, purpose=Purpose.KEEP)
    except DomainError:  # locked, or this role writes without reading
        current["content"] = None
    return current


def _purpose(purpose: Purpose | str) -> Purpose:
    try:
        return Purpose(purpose)
    except ValueError:
        raise InvalidInput({"purpose": _("Say what you open it for.")}) from None


def _check_purpose(
    actor: Actor, case: Case, part: Compartment, purpose: Purpose, relationship: Relationship, at: datetime
) -> None:
    """Purposes are separate; one opens no other (rule CO-04)."""
    if relationship is Relationship.REFERRED_TO:
        if part in labour.CLOSED_PARTS and access.works_on_immigration(actor.keeper_id):
            raise NotGranted
        row = CaseAccess.objects.filter(case=case, organisation_id=actor.keeper_id).first()
        if row is not None and row.override_id is not None:
            return  # what the law obliges to is named in the override; the vault checks that it names the compartment
        agreed = actor.keeper_id and consents.covering(
            subject_id=case.pk, recipient_id=actor.keeper_id, purpose=purpose, compartments=[part], on=at
        )
        if not agreed:
            raise NotGranted
        return
    if purpose is Purpose.KEEP:
        return
    named = Consent.objects.filter(subject_id=case.pk, purpose=purpose)
    if not any(part in sentence.compartments and consents.is_live(sentence, at) for sentence in named):
        raise NeedsConsent
