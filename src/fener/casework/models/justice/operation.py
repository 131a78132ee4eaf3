"""Operations: raids, inspections, readmission flights, detention visits; counts, and cases where there are any."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import User


class Operation(models.Model):
    """One operation of one body. Nobody is named and no premises has an address; what is not filled in stays open."""

    class Before(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=24)  # code of vocabulary operation_kind
    on = models.DateField()
    premises = models.PositiveIntegerField(null=True)  # how many were checked
    checked = models.PositiveIntegerField(null=True)  # how many people were checked
    met = models.PositiveIntegerField(null=True)  # how many of them have to be accounted for
    before = models.CharField(max_length=4, choices=Before.choices, blank=True)  # whether they were checked before
    times_before = models.PositiveSmallIntegerField(null=True)
    outcomes = models.JSONField(default=dict)  # code of met_outcome → how many people without a case
    rights = models.JSONField(default=dict)  # line of checklist operation_rights → code of rights_answer
    lessons = models.JSONField(default=list)  # codes of vocabulary operation_lesson
    closed_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True)
                | (Q(premises__isnull=False, checked__isnull=False, met__isnull=False) & ~Q(before="")),
                name="operation_closed_with_its_numbers",
            ),
        ]


class OperationPerson(models.Model):
    """Somebody who was met and has a case: beside the counts, never in them."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    operation = models.ForeignKey(Operation, on_delete=models.CASCADE, related_name="people")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=20)  # code of vocabulary met_outcome
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["operation", "case"], name="met_once_in_an_operation")]
