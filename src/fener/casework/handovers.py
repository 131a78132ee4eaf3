"""What somebody who leaves still carries in casework; see ``network.handovers``."""

from __future__ import annotations

from django.urls import reverse
from django.utils.translation import ngettext

from fener.casework.models import Case, CaseAssignment
from fener.network.handovers import Handover
from fener.network.models import Membership
from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship
from fener.trust.standing import node_level


@node_level(reason="a count of cases; it names none")
def handover(actor: Actor, membership: Membership) -> Handover:
    """How many open cases that person carries at that organisation: a count, which names and shows none of them.

    Protected cases are in no count, nor those from which the reader is shut out. The page behind it is for whoever may
    give cases to somebody else.
    """
    open_ones = Case.objects.for_figures(actor, reason="how many cases somebody who leaves carries").filter(
        organisation_id=membership.organisation_id, state__in=[Case.State.ACTIVE, Case.State.FOLLOW_UP]
    )
    carried = CaseAssignment.objects.filter(user_id=membership.user_id, until__isnull=True, case__in=open_ones)
    count = carried.count()
    words = ngettext(
        "%(n)s open case is carried by this person. A case manager gives it to somebody else.",
        "%(n)s open cases are carried by this person. A case manager gives them to somebody else.",
        count,
    ) % {"n": count}
    may = policy.decide(actor, "case.assign", Relationship.SAME_ORGANISATION).allowed
    own = actor.keeper_id == membership.organisation_id
    return Handover(count, words, reverse("casework:handover") if may and own else "")
