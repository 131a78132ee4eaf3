"""Compensation: what the person was told of each route, claims, and what was paid of them."""

from __future__ import annotations

import uuid

from django.db import models

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class RoutesTold(models.Model):
    """That every route to compensation was told with its conditions, and what was known of them (rule CP-01)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="routes_told")
    routes = models.JSONField(default=list)  # codes of pack ``compensation/routes``
    facts = models.JSONField(default=dict)  # fact of a condition → yes, no, unknown
    told_on = models.DateField()
    language = models.CharField(max_length=12)
    interpreter = models.CharField(max_length=120, blank=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-told_on",)


class Claim(models.Model):
    """One claim by one route, in one currency (rule CP-02). ``own``: the organisation's claim, apart."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="claims")
    route = models.CharField(max_length=24)  # code of pack ``compensation/routes``
    own = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)  # code of vocabulary currency
    claimed_on = models.DateField()
    asked = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    awarded = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    awarded_on = models.DateField(null=True)
    instalment = models.DecimalField(max_digits=14, decimal_places=2, null=True)
    every = models.PositiveSmallIntegerField(null=True)  # months between two instalments
    first_on = models.DateField(null=True)
    insolvent_on = models.DateField(null=True)  # since when the offender is known to be insolvent
    refused_on = models.DateField(null=True)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-claimed_on",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(awarded__isnull=True, awarded_on__isnull=True)
                | models.Q(awarded__gt=0, awarded_on__gte=models.F("claimed_on")),
                name="an_award_has_a_sum_and_a_day",
            ),
            models.CheckConstraint(
                condition=models.Q(instalment__isnull=True, every__isnull=True, first_on__isnull=True)
                | models.Q(instalment__gt=0, every__gt=0, first_on__isnull=False),
                name="instalments_have_a_sum_and_days",
            ),
        ]


class ClaimPayment(models.Model):
    """What was paid of an award, in the currency of its claim."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="payments")
    amount = models.DecimalField(max_digits=14, decimal_places=2)
    paid_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("paid_on",)
        constraints = [models.CheckConstraint(condition=models.Q(amount__gt=0), name="a_payment_is_above_nought")]
