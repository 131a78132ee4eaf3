"""How an actor stands to a case, worked out from ``CaseAccess`` and never from a page.

One predicate (:func:`relationships` with the policy table) and one filter (:func:`live_access`, used by
``CaseQuerySet``) say the same thing twice, once for a case in hand and once for the database; a test compares them
for every role. What hides a case whatever the rights are stands in ``models/hiding.py``; both ask it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.db import connection
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import labour
from fener.casework.models import Case, CaseAccess, Referral, ShutOut, hiding
from fener.casework.models.scopes import carried_by
from fener.network.models import Organisation
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose
from fener.trust.roles import Role

if TYPE_CHECKING:
    from fener.trust.errors import Text

# The nearest first: it is the one that pages name.
NEAREST_FIRST = (
    Relationship.ASSIGNED,
    Relationship.GUARDIAN,
    Relationship.SAME_ORGANISATION,
    Relationship.REFERRED_TO,
    Relationship.OFFERED,
    Relationship.NODE,
    Relationship.NONE,
)
# Told to whoever chooses somebody who is shut out: true, and no word about why.
NOT_FOR_THIS_CASE: Text = _("Choose somebody else: this one cannot be asked in this case.")
LIST, READ, READ_FILE = "case.list", "case.read", "case_file.read"


def live_ground(at: datetime, prefix: str = "") -> Q:
    """Rows whose ``consent`` or ``override`` is alive: not withdrawn, confirmed, within its dates."""
    today = timezone.localdate(at)
    consent = {"consent__withdrawn_at__isnull": True, "consent__given_on__lte": today, "consent__until__gte": today}
    override = {"override__confirmed_at__isnull": False, "override__until__gte": today}
    return Q(**{prefix + key: value for key, value in consent.items()}, **{f"{prefix}consent__isnull": False}) | Q(
        **{prefix + key: value for key, value in override.items()}
    )


def live_access(at: datetime) -> Q:
    """Rows of ``CaseAccess`` that count at that moment: the case's own organisation, and others on a living ground.

    For an immigration service only the person's own consent is one (rule LB-01).
    """
    ground = live_ground(at) & (Q(consent__isnull=False) | ~Q(organisation__sector=Organisation.Sector.IMMIGRATION))
    return Q(relationship=CaseAccess.Relationship.SAME_ORGANISATION) | ground


def relationships(actor: Actor, case: Case, *, at: datetime | None = None) -> frozenset[Relationship]:
    """Every relationship of the actor to the case at that moment (default: now). One query.

    What hides a case (``models/hiding.py``) is asked first: for somebody shut out, or not named for a protected one,
    there is none, whatever role they hold.
    """
    at = at or timezone.now()
    mine = CaseAccess.objects.filter(live_access(at), case=OuterRef("pk"), organisation_id=actor.keeper_id)
    carries = carried_by(actor.user_id or hiding.NOBODY, at=at).filter(case=OuterRef("pk"))
    row = (
        Case.objects.unscoped(reason="how the actor stands to this one case")
        .filter(pk=case.pk)
        .values_list(
            "protected",
            ExpressionWrapper(hiding.shut_out(actor), output_field=BooleanField()),
            hiding.named(actor, at=at),
            hiding.immigration(actor),
            Subquery(mine.values("relationship")[:1]),
            Exists(carries),
        )
        .first()
    )
    if row is None:
        return frozenset({Relationship.NONE})
    protected, is_shut_out, named, immigration, way, assigned = row
    if is_shut_out or (protected and not named):
        return frozenset({Relationship.NONE})
    found = {Relationship.NONE} if protected or immigration else {Relationship.NODE, Relationship.NONE}
    if way is None:
        return frozenset(found)
    found -= {Relationship.NONE}
    if way == CaseAccess.Relationship.REFERRED_TO:
        return frozenset(found | {Relationship.REFERRED_TO})
    found.add(Relationship.SAME_ORGANISATION)
    if assigned:
        found.add(Relationship.ASSIGNED)
        if case.treated_as_child and actor.has_role(Role.GUARDIAN):
            found.add(Relationship.GUARDIAN)
    return frozenset(found)


def is_hidden(actor: Actor, case_id: UUID, *, at: datetime | None = None) -> bool:
    """Whether the case is hidden from the actor whatever their rights are: shut out, or protected and not named."""
    return not (
        Case.objects.unscoped(reason="is this one case hidden from the actor")
        .filter(~hiding.shut_out(actor), Q(protected=False) | Q(hiding.named(actor, at=at)), pk=case_id)
        .exists()
    )


def may_be_chosen(case: Case, *, organisation_id: UUID | None = None, user_id: UUID | None = None) -> bool:
    """Whether this body or person may be told of the case, asked to work on it, or given it: not if it is shut out."""
    who = Q(user_id=user_id) if user_id is not None else Q(organisation_id=organisation_id)
    return not ShutOut.objects.filter(who, case=case, ended_at__isnull=True).exists()


NOT_TO_IMMIGRATION: Text = _(
    "An immigration service is told nothing of labour: neither what happened, nor legal papers, nor a claim. Choose "
    "other parts, or another body."
)


def works_on_immigration(keeper_id: UUID | None) -> bool:
    """Whether this body is an immigration service (rule LB-01)."""
    return (
        keeper_id is not None
        and Organisation.objects.filter(pk=keeper_id, sector=Organisation.Sector.IMMIGRATION).exists()
    )


def require_no_labour(keeper_id: UUID | None, parts: Iterable[Compartment | str], *, field: str) -> None:
    """Refuse to share with an immigration service what complaints and claims stand in: InvalidInput at ``field``."""
    if set(map(str, parts)) & set(map(str, labour.CLOSED_PARTS)) and works_on_immigration(keeper_id):
        raise InvalidInput({field: NOT_TO_IMMIGRATION})


def require_free(case: Case, *, field: str, organisation_id: UUID | None = None, user_id: UUID | None = None) -> None:
    """Refuse to tell, ask or give the case to somebody who is shut out: InvalidInput at ``field``, in neutral words."""
    if not may_be_chosen(case, organisation_id=organisation_id, user_id=user_id):
        raise InvalidInput({field: NOT_FOR_THIS_CASE})


def referral_relationships(actor: Actor, referral: Referral, *, at: datetime | None = None) -> frozenset[Relationship]:
    """How the actor stands to a referral.

    Sent by their organisation, offered to it, or accepted by it on a living ground.
    """
    if actor.keeper_id is None or is_hidden(actor, referral.case_id, at=at):
        return frozenset({Relationship.NONE})
    if actor.keeper_id == referral.from_organisation_id:
        return frozenset({Relationship.SAME_ORGANISATION})
    if actor.keeper_id != referral.to_organisation_id or not _at_its_desk(actor, referral):
        return frozenset({Relationship.NONE})
    if referral.state == Referral.State.OFFERED:
        return frozenset({Relationship.OFFERED})
    # A referral that discloses no compartment (a request for an own interview, say) rests on no consent to open
    # something.
    alive = referral.state == Referral.State.ACCEPTED and (
        not referral.compartments
        or Referral.objects.unscoped(reason="the ground of this one referral")
        .filter(live_ground(at or timezone.now()), pk=referral.pk)
        .exists()
    )
    return frozenset({Relationship.REFERRED_TO if alive else Relationship.NONE})


def _at_its_desk(actor: Actor, referral: Referral) -> bool:
    """Police and others who only assess have to do with requests for an assessment; everybody else with every kind."""
    if referral.kind == Referral.Kind.ASSESSMENT:
        return True
    return policy.decide(actor, "service_desk.read", Relationship.SAME_ORGANISATION).allowed


def nearest(found: Iterable[Relationship]) -> Relationship:
    """The nearest of several relationships."""
    return min(found, key=NEAREST_FIRST.index)


def allowed(
    actor: Actor,
    act: str,
    found: Iterable[Relationship],
    *,
    compartment: Compartment | str | None = None,
    purpose: Purpose | str | None = None,
) -> Relationship | None:
    """The nearest relationship in which the table allows the act; None if none does. Rights only add."""
    for relationship in sorted(found, key=NEAREST_FIRST.index):
        if policy.decide(actor, act, relationship, compartment=compartment, purpose=purpose):
            return relationship
    return None


def require(
    actor: Actor,
    act: str,
    found: Iterable[Relationship],
    *,
    compartment: Compartment | str | None = None,
    purpose: Purpose | str | None = None,
) -> Relationship:
    """As :func:`allowed`, raising Refused. Hidden (looks absent) for whoever may not even see the case."""
    found = frozenset(found)
    relationship = allowed(actor, act, found, compartment=compartment, purpose=purpose)
    if relationship is not None:
        return relationship
    decision = policy.decide(actor, act, nearest(found), compartment=compartment, purpose=purpose)
    policy.refuse_for_session(decision, act)
    hidden = policy.is_reading(act) or allowed(actor, READ, found) is None
    raise Refused(decision.reason, act=act, hidden=hidden)


def require_on_case(
    actor: Actor,
    act: str,
    case: Case,
    *,
    compartment: Compartment | str | None = None,
    purpose: Purpose | str | None = None,
    at: datetime | None = None,
) -> Relationship:
    """The relationship in which ``actor`` may do ``act`` on ``case``; raises Refused.

    What every service begins with. An act that changes something then has the case to itself until its transaction
    ends: what it looks up before it writes stays as it was.
    """
    found = require(actor, act, relationships(actor, case, at=at), compartment=compartment, purpose=purpose)
    if not policy.is_reading(act, compartment=compartment is not None):
        take_turn(case.pk)
    return found


def take_turn(case_id: UUID) -> None:
    """Wait until no other transaction changes this case. One place in line for each case, taken before any other lock,
    so that two acts on one case cannot wait for each other. The embedded engine lets one writer at a time run anyway.
    """
    if connection.features.has_select_for_update and connection.in_atomic_block:
        rows = Case.objects.unscoped(reason="a place in line; access is checked beside it")
        list(rows.select_for_update(no_key=True).filter(pk=case_id).order_by().values_list("pk"))


_OF_THE_LAW = frozenset({Role.CASE_MANAGER, Role.LAWYER, Role.GUARDIAN})


def follows_proceedings(actor: Actor) -> bool:
    """Whether a line that tells of proceedings is for this reader, of those who may list such lines: everybody but who
    works in a house and has no other part in the case."""
    return Role.SHELTER_WORKER not in actor.roles or bool(actor.roles & _OF_THE_LAW)


def holds(actor: Actor, case: Case) -> bool:
    """Whether the actor acts for the organisation that the person trusted with the file."""
    return actor.keeper_id is not None and actor.keeper_id == case.organisation_id


def user_id(actor: Actor) -> UUID:
    """The person behind the actor; a background job records nothing in somebody's name."""
    if actor.user_id is None:
        raise Refused(act="signed_in")
    return actor.user_id
