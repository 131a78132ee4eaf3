"""Wages, belongings and papers that stayed behind before a move, and the claims that they become (rule CP-05)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.justice.claim import Claim
from fener.trust.models import SealedItem, User


class LeftBehind(models.Model):
    """One thing. What it is and where stands sealed with the legal part, which no immigration service opens.

    Of wages: the figures of the calculation, in one currency. ``time_given``: whether there was time to collect it.
    No departure, closing of the case or end of help ends it.
    """

    class Time(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="left_behind")
    kind = models.CharField(max_length=20)  # code of vocabulary belonging_kind
    held_by = models.CharField(max_length=40)  # code of vocabulary incident_author
    left_on = models.DateField()
    time_given = models.CharField(max_length=8, choices=Time.choices, default=Time.UNKNOWN)
    state = models.CharField(max_length=12, default="left_behind")  # domain.justice.belonging_states
    state_on = models.DateField()
    claim = models.ForeignKey(Claim, null=True, on_delete=models.SET_NULL, related_name="+")
    currency = models.CharField(max_length=3, blank=True)  # code of vocabulary currency; of wages and savings
    agreed = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # for one period
    minimum = models.DecimalField(max_digits=14, decimal_places=2, null=True)  # by law, for one period
    periods = models.DecimalField(max_digits=6, decimal_places=2, null=True)
    paid = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-left_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(currency__gt="")
                | Q(agreed__isnull=True, minimum__isnull=True, periods__isnull=True, paid__isnull=True),
                name="wages_in_one_currency",
            ),
        ]
