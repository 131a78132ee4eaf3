"""A card with a code that opens care without identity (HE-05)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.trust.models import User


class HealthCard(models.Model):
    """What a card opens and until when. The code itself is kept nowhere: only a keyed digest of it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="health_cards")
    code_hash = models.CharField(max_length=64, unique=True)
    opens = models.JSONField(default=list)  # codes of vocabulary health_offer, of those that a card may open
    given_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("given_on")), name="card_ends_after_it_was_given"),
            models.UniqueConstraint(fields=["case"], condition=Q(ended_on__isnull=True), name="one_card_at_a_time"),
        ]
