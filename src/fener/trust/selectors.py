"""What may be read of trust's own records: the acts, by auditors. An entry holds codes and ids, never content."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.concealed import without_concealed
from fener.trust.models import AuditEntry, AuditRoot
from fener.trust.policy import Relationship


def audit_entries(
    actor: Actor, *, act: str = "", outcome: str = "", since: date | None = None, until: date | None = None
) -> QuerySet[AuditEntry]:
    """The acts of the node, newest first, narrowed as asked; none on a concealed subject.

    Raises Refused for whoever is no auditor.
    """
    policy.require(actor, "audit.read", Relationship.NODE)
    found = without_concealed(AuditEntry.objects.select_related("chain").order_by("-at", "-pk"), actor)
    if act:
        found = found.filter(act=act)
    if outcome:
        found = found.filter(outcome=outcome)
    if since:
        found = found.filter(at__date__gte=since)
    if until:
        found = found.filter(at__date__lte=until)
    return found


def audit_roots(actor: Actor) -> QuerySet[AuditRoot]:
    """The daily roots, newest first. Raises Refused for whoever is no auditor of the node."""
    policy.require(actor, "audit.read", Relationship.NODE)
    return AuditRoot.objects.order_by("-number")
