"""Danger to life, and nobody there whose role opens what is needed: one part opens, everybody who watches sees it.

What it can open is what the actor's own organisation holds a key to; where there is no key, nothing can be broken.
The danger is a code; the words are sealed. The custodians are told in the same transaction and review it afterwards.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid4

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain import codes
from fener.casework.models import Case, GlassBreak, hiding
from fener.casework.services.compartments import main_item
from fener.casework.services.notes import seal_words
from fener.casework.services.protection.common import keep
from fener.trust import audit, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.custody import custodians
from fener.trust.custody.notices import notify_custodians
from fener.trust.errors import AlreadyDone, InvalidInput, Locked, NotGranted, Refused
from fener.trust.models import Custodian, KeeperMember
from fener.trust.standing import node_level

if TYPE_CHECKING:
    from fener.trust.errors import Text

OPEN_FOR = timedelta(minutes=60)
MOST = 200  # of one list
PURPOSE = "danger_to_life"  # no consent is asked, so it is none of the purposes that a consent names


@node_level(reason="danger to life: who has no list of cases; the table and the key decide")
def case_by_code(actor: Actor, code: str, *, at: datetime | None = None) -> Case:
    """The case of a code for somebody who may break glass on it, also without a list of cases (a help-line at night).

    Raises Refused (hidden) alike for one that is not theirs and for none: the same two questions are asked.
    """
    found: Case | None = (
        Case.objects.unscoped(reason="by its code; how the actor stands to it is asked next")
        .select_related("organisation")
        .filter(code=codes.typed_code(code), protected=False)
        .first()
    )
    standing = access.relationships(actor, found or Case(pk=uuid4()), at=at)
    parts = [part for part in Compartment if access.allowed(actor, "glass.break", standing, compartment=part)]
    if found is None or not parts:
        raise Refused(act="glass.break")
    return found


@node_level(reason="danger to life: who has no list of cases; the table and the key decide")
def parts_behind_glass(actor: Actor, case: Case, *, at: datetime | None = None) -> list[Compartment]:
    """The parts that the actor could open by breaking the glass: the table allows it and their body has the key."""
    at = at or timezone.now()
    standing = access.relationships(actor, case, at=at)
    return [
        part
        for part in Compartment
        if access.allowed(actor, "glass.break", standing, compartment=part) and _has_key(actor, case, part, at)
    ]


def _has_key(actor: Actor, case: Case, part: Compartment, at: datetime) -> bool:
    item = main_item(case, part)
    return item is not None and vault.may_open(actor, item, at)


@node_level(reason="danger to life: who has no list of cases; the table and the key decide")
@transaction.atomic
def break_glass(
    *,
    actor: Actor,
    case: Case,
    compartment: Compartment | str,
    danger: str,
    words: str,
    at: datetime | None = None,
) -> GlassBreak:
    """Open one part for an hour. ``words`` say what happens, sealed for the actor's own and the keeping organisation.

    Raises Refused, NotGranted (no key here), Locked, InvalidInput by field.
    """
    at, part = at or timezone.now(), Compartment(compartment)
    access.require_on_case(actor, "glass.break", case, compartment=part, at=at)
    if Case.objects.unscoped(reason="witness protection knows no glass").filter(pk=case.pk, protected=True).exists():
        raise InvalidInput({"": _("Ask one of the persons named for this case: they can open it.")})
    errors: dict[str, Text] = {}
    if danger not in GlassBreak.Danger.values:
        errors["danger"] = _("Say what the danger is.")
    if not words.strip():
        errors["words"] = _("Say in a sentence what happens.")
    if errors:
        raise InvalidInput(errors)
    if actor.keyring is None:
        raise Locked
    if actor.keeper_id is None or not _has_key(actor, case, part, at):
        raise NotGranted
    row = GlassBreak(
        case=case, compartment=part.value, user_id=access.user_id(actor), organisation_id=actor.keeper_id,
        danger=danger, opened_at=at, until=at + OPEN_FOR,
    )  # fmt: skip
    row.words = seal_words(
        actor=actor, case=case, slot=f"glass:{row.pk}", words=words, also_for=[actor.keeper_id],
        compartment=Compartment.LEGAL,
    )  # fmt: skip
    row.save(force_insert=True)
    _tell(actor, row)
    return row


def _tell(actor: Actor, row: GlassBreak) -> None:
    """On the case's chain and the body's, and to the custodians of the body and of the one that keeps the case."""
    detail = {"compartment": row.compartment, "danger": row.danger, "until": row.until}
    about = ("glass_break", row.pk)
    keep(actor, "glass.break", row.case_id, detail, about=about, outcome="overridden")
    audit.record(
        actor=actor, act="glass.break", chain=("keeper", row.organisation_id), subject_type="glass_break",
        subject_id=row.pk, outcome="overridden", detail=detail,
    )  # fmt: skip
    for keeper_id in dict.fromkeys([row.organisation_id, row.case.organisation_id]):
        notify_custodians(
            actor=actor, keeper_id=keeper_id, act="glass.break", subject_type="glass_break", subject_id=row.pk,
            detail={"compartment": row.compartment, "danger": row.danger},
        )  # fmt: skip


@node_level(reason="danger to life: who has no list of cases; the table and the key decide")
def open_broken(*, actor: Actor, row: GlassBreak, at: datetime | None = None) -> dict[str, Any]:
    """What stands behind the broken glass, while its hour lasts. Each opening is a read like any other.

    Raises Refused (looks absent), NotGranted, Locked.
    """
    at = at or timezone.now()
    access.require_on_case(actor, "glass.break", row.case, compartment=row.compartment, at=at)
    if row.user_id != actor.user_id or row.organisation_id != actor.keeper_id or row.until <= at:
        raise Refused(act="glass.break")
    item = main_item(row.case, row.compartment)
    return {} if item is None else vault.open_item(actor=actor, item=item, purpose=PURPOSE)


@node_level(reason="danger to life: who has no list of cases; the table and the key decide")
def own(actor: Actor, pk: UUID) -> GlassBreak:
    """One that the actor broke. Raises Refused (looks absent)."""
    row = GlassBreak.objects.select_related("case").filter(pk=pk, user_id=access.user_id(actor)).first()
    if row is None or access.is_hidden(actor, row.case_id):
        raise Refused(act="glass.break")
    return row


@node_level(reason="a custodian reviews an act, and need not see the case")
def of_custodian(actor: Actor, *, waiting: bool = False, pk: UUID | None = None) -> list[GlassBreak]:
    """What the custodians of the actor's body review or reviewed, newest first. None for everybody else; one query.

    Of a case from which the actor is shut out there is nothing: another custodian reviews it.
    ``waiting``: what is not reviewed, and not the actor's own.
    """
    if actor.keeper_id is None or actor.user_id is None:
        return []
    watches = Custodian.objects.filter(
        Exists(KeeperMember.objects.filter(keeper_id=actor.keeper_id, user_id=actor.user_id)),
        keeper_id=OuterRef("organisation_id"),
        user_id=actor.user_id,
    )
    rows = GlassBreak.objects.filter(Exists(watches), organisation_id=actor.keeper_id, case__protected=False)
    rows = rows.exclude(hiding.shut_out(actor, "case"))
    rows = rows.select_related("case", "user", "reviewed_by", "words").order_by("-opened_at")
    if pk is not None:
        rows = rows.filter(pk=pk)
    if waiting:
        rows = rows.filter(reviewed_at__isnull=True).exclude(user_id=actor.user_id)
    return list(rows[:MOST])


@node_level(reason="a custodian reviews an act, and need not see the case")
def open_words(*, actor: Actor, row: GlassBreak) -> str:
    """What the person who broke the glass wrote, for the custodian who reviews it. Kept like every opening.

    Raises Refused (looks absent), NotGranted, Locked.
    """
    custodians.require(actor, "glass.review")
    if row.organisation_id != actor.keeper_id or access.is_hidden(actor, row.case_id):
        raise Refused(act="glass.review")
    if row.words is None:
        return ""
    return str(vault.open_item(actor=actor, item=row.words, purpose=PURPOSE).get("words", ""))


@node_level(reason="a custodian reviews an act, and need not see the case")
@transaction.atomic
def review(*, actor: Actor, row: GlassBreak, verdict: str, follows: str, at: datetime | None = None) -> GlassBreak:
    """A custodian's finding, and what follows. Raises Refused, AlreadyDone, InvalidInput (also for one's own)."""
    at = at or timezone.now()
    custodians.require(actor, "glass.review")
    current = GlassBreak.objects.select_for_update().filter(pk=row.pk, organisation_id=actor.keeper_id).first()
    if current is None or access.is_hidden(actor, current.case_id):
        raise Refused(act="glass.review")
    if current.user_id == actor.user_id:
        raise InvalidInput({"": _("You broke it yourself: another custodian reviews it.")})
    if current.reviewed_at is not None:
        raise AlreadyDone(str(current.pk), _("This was already reviewed."))
    errors: dict[str, Text] = {}
    if verdict not in GlassBreak.Verdict.values:
        errors["verdict"] = _("Say whether it was justified.")
    if follows not in GlassBreak.Follows.values:
        errors["follows"] = _("Say what follows.")
    elif verdict == GlassBreak.Verdict.NOT_JUSTIFIED and follows == GlassBreak.Follows.NOTHING:
        errors["follows"] = _("Something follows from an opening that was not justified: the person is told at least.")
    if errors:
        raise InvalidInput(errors)
    current.verdict, current.follows = verdict, follows
    current.reviewed_by_id, current.reviewed_at = access.user_id(actor), at
    current.save(update_fields=["verdict", "follows", "reviewed_by", "reviewed_at"])
    keep(
        actor, "glass.review", current.case_id, {"verdict": verdict, "follows": follows},
        about=("glass_break", current.pk),
    )  # fmt: skip
    return current
