"""The register of shelters: each is a service of the directory, with who pays, how it was chosen, and its days."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fener.network.models import Organisation, Service
from fener.trust.models import User


class Shelter(models.Model):
    """A house in the register (rule SH-06). Places and whom it takes stand in the directory; never an address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the operator
    service = models.OneToOneField(Service, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)  # code of vocabulary shelter_kind
    funder = models.CharField(max_length=24)  # code of vocabulary funder_kind
    procurement = models.CharField(max_length=24)  # code of vocabulary procurement_kind
    cost_per_night = models.DecimalField(max_digits=10, decimal_places=2, null=True)  # of one place; None: not known
    currency = models.CharField(max_length=3, blank=True)  # ISO 4217
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("organisation__name", "service__name")
        constraints = [
            models.CheckConstraint(
                condition=Q(cost_per_night__isnull=True, currency="") | (Q(cost_per_night__gte=0) & ~Q(currency="")),
                name="shelter_cost_in_a_currency",
            )
        ]


class ShelterNight(models.Model):
    """How many people slept there in a night, and how many of them the house is not meant for."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.CASCADE, related_name="nights")
    on = models.DateField()
    residents = models.PositiveIntegerField()
    ineligible = models.PositiveIntegerField(default=0)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)
        constraints = [
            models.UniqueConstraint(fields=["shelter", "on"], name="one_count_a_night"),
            models.CheckConstraint(condition=Q(ineligible__lte=models.F("residents")), name="ineligible_are_residents"),
        ]


class ShelterRefusal(models.Model):
    """A house refused somebody: the day and the reason, nobody's name and no case."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shelter = models.ForeignKey(Shelter, on_delete=models.CASCADE, related_name="refusals")
    on = models.DateField()
    reason = models.CharField(max_length=24)  # code of vocabulary shelter_refusal
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)
