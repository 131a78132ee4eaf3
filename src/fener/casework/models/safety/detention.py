"""Detentions of a person: by whom, since when, and how each ended."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Detention(models.Model):
    """One spell in detention (rule WP-12): an alarm until transfer or release. Where, and on what, is sealed."""

    class State(models.TextChoices):
        HELD = "held", _("in detention")
        TRANSFERRED = "transferred", _("transferred to a place of help")
        RELEASED = "released", _("released")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="detentions")
    by = models.CharField(max_length=28)  # code of vocabulary incident_author
    since = models.DateField()  # the first day that is known
    state = models.CharField(max_length=12, choices=State.choices, default=State.HELD)
    ended_on = models.DateField(null=True)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "pk")
        constraints = [
            models.UniqueConstraint(fields=["case"], condition=Q(state="held"), name="in_one_detention_at_a_time"),
            models.CheckConstraint(
                condition=Q(state="held", ended_on__isnull=True) | (~Q(state="held") & Q(ended_on__gte=F("since"))),
                name="a_detention_ends_on_a_day",
            ),
        ]
