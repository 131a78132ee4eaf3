"""Which stays of a case somebody reaches: where the case is kept, each; a body that the person was referred to, those
in its own houses. A stay elsewhere is not told to it. The one place where this is said: for lists, lines and services.
"""

from __future__ import annotations

from django.db.models import Q

from fener.casework.models import Case
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.models.shelter.stay import ShelterStay
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.policy import Relationship


def own_houses_alone(actor: Actor, act: str, case: Case) -> bool:
    """Whether the actor reaches, for this act, no stay but those in houses of the own body. No query.

    Whoever keeps the case reaches each. So does who has the act for the whole node alone, who works in no house.
    """
    if actor.keeper_id == case.organisation_id:
        return False
    lent = policy.decide(actor, act, Relationship.REFERRED_TO).allowed
    return lent or not policy.decide(actor, act, Relationship.NODE).allowed


def within(actor: Actor, act: str, case: Case, *, way: str = "") -> Q:
    """The condition on rows; ``way``: from the row to its stay (``stay__``)."""
    if own_houses_alone(actor, act, case):
        return Q(**{f"{way}shelter__organisation_id": actor.keeper_id})
    return Q()


def require_reach(actor: Actor, act: str, stay: ShelterStay) -> None:
    """Raise Refused, hidden, where this stay is in a house of another body and the case was lent to the actor's."""
    if own_houses_alone(actor, act, stay.case) and stay.shelter.organisation_id != actor.keeper_id:
        raise Refused(act=act)


def lines_of_stays(actor: Actor, case: Case) -> Q:
    """The lines of stays that the actor reaches."""
    if not own_houses_alone(actor, "shelter_stay.list", case):
        return Q()
    return in_own_houses(actor)


def lines_of_restrictions(actor: Actor, case: Case) -> Q:
    """The lines of restrictions that the actor reaches."""
    if not own_houses_alone(actor, "stay_restriction.list", case):
        return Q()
    return in_own_houses(actor)


def in_own_houses(actor: Actor) -> Q:
    """Lines about a stay, or a restriction, in a house of the own body."""
    stays = ShelterStay.objects.filter(shelter__organisation_id=actor.keeper_id)
    restrictions = StayRestriction.objects.filter(stay__shelter__organisation_id=actor.keeper_id)
    return Q(about__in=stays.order_by().values("pk")) | Q(about__in=restrictions.order_by().values("pk"))
