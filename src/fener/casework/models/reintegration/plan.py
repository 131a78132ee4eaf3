"""The reintegration plan: what it starts from, in versions; and what is done on its lines."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class ReintegrationPlan(models.Model):
    """One version, agreed with the person or not yet; a change is a new version, the earlier one stays (rule RI-01)."""

    class Therapy(models.TextChoices):
        YES = "yes", _("Yes")
        NO = "no", _("No")
        UNKNOWN = "unknown", _("Not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reintegration_plans")
    number = models.PositiveSmallIntegerField()
    drawn_up_on = models.DateField()
    therapy = models.CharField(max_length=8, choices=Therapy.choices)  # whether the plan calls for therapy first
    agreed = models.BooleanField(null=True)  # the person's own decision; empty: not asked yet
    agreed_on = models.DateField(null=True)
    by_guardian = models.BooleanField(default=False)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("number",)
        constraints = [
            models.UniqueConstraint(fields=["case", "number"], name="one_reintegration_plan_number"),
            models.CheckConstraint(
                condition=Q(agreed__isnull=True) | Q(agreed_on__isnull=False), name="reintegration_plan_decided_on"
            ),
        ]


class ReintegrationStart(models.Model):
    """What a version starts from: condition, family, education, skills, wishes; the words are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    plan = models.ForeignKey(ReintegrationPlan, on_delete=models.CASCADE, related_name="starts")
    basis = models.CharField(max_length=12)  # code of vocabulary plan_basis
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
        constraints = [models.UniqueConstraint(fields=["plan", "basis"], name="one_start_of_a_basis")]


class ReintegrationEntry(models.Model):
    """One thing on a line of the plan: a stage of counselling, an enrolment, progress, a milestone with its day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="reintegration_entries")
    plan = models.ForeignKey(ReintegrationPlan, on_delete=models.CASCADE, related_name="entries")  # in force then
    line = models.CharField(max_length=16)  # code of vocabulary reintegration_line
    kind = models.CharField(max_length=12)  # code of vocabulary reintegration_record
    therapy = models.BooleanField(default=False)  # a stage of counselling that is the therapy of the plan
    reason = models.CharField(max_length=24, blank=True)  # of a setback: code of vocabulary setback_reason
    on = models.DateField()
    due_on = models.DateField(null=True)  # of a milestone
    done_on = models.DateField(null=True)  # reached, or ended
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(done_on__isnull=True) | Q(done_on__gte=F("on")), name="reintegration_ends_after_it_begins"
            ),
        ]
