"""A relative who wants to join the person, and what was decided (rule RP-12). Income is asked nowhere."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class FamilyReunion(models.Model):
    """``relative`` and ``which`` tell the same relatives apart as the dangers do (list ``risk_subject``)."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reunions")
    relative = models.CharField(max_length=16)  # code of vocabulary risk_subject
    which = models.PositiveSmallIntegerField(default=1)
    asked_on = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.ASKED)
    decided_on = models.DateField(null=True)
    reason = models.CharField(max_length=16, blank=True)  # code of vocabulary reunion_refusal
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # who it is, and where
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_on__isnull=True) | Q(decided_on__gte=F("asked_on")),
                name="reunion_is_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="refused") | Q(reason__gt=""), name="reunion_is_refused_for_a_reason"
            ),
        ]
