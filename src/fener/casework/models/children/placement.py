"""Where a child lives, who handed it over, and how it leaves care."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import SealedItem, User


class ChildPlacement(models.Model):
    """Where a child was placed, from when until when (rules CH-09 to CH-11). Never an address."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_placements")
    kind = models.CharField(max_length=24)  # code of vocabulary placement_kind
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    returned = models.BooleanField(default=False)  # a child that came back from another country or place
    hours = models.PositiveSmallIntegerField(null=True)  # of a temporary placement before the decision
    since = models.DateTimeField()
    until = models.DateTimeField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since",)
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(until__isnull=True), name="one_place_for_a_child"
            ),
            models.CheckConstraint(
                condition=~models.Q(kind__in=["detention", "with_offenders", "adult_shelter"]),
                name="no_child_in_detention",
            ),
        ]


class ChildHandOver(models.Model):
    """Who handed a child over to whom; one by police alone is an alarm until child protection has looked (CH-09)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="child_hand_overs")
    by = models.CharField(max_length=32)  # code of vocabulary hand_over
    to = models.CharField(max_length=24)  # code of vocabulary placement_kind
    on = models.DateField()
    looked_at_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)


class LeavingCare(models.Model):
    """When a child turns 18, and the plan with which it leaves care (rule CH-15); one for each case."""

    class From(models.TextChoices):
        CARE = "care", _("care")
        INSTITUTION = "institution", _("an institution")
        PROGRAMME = "programme", _("a programme")

    class KnownBy(models.TextChoices):
        BIRTH_DATE = "birth_date", _("the date of birth")
        STATED = "stated", _("somebody wrote it down")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="leaving_care")
    turns_18_on = models.DateField()
    known_by = models.CharField(max_length=12, choices=KnownBy.choices, default=KnownBy.STATED)
    known_on = models.DateField(null=True)  # when this day was written down
    plan_due_on = models.DateField()  # a year before, by the clock leaving_care_plan
    leaves = models.CharField(max_length=12, choices=From.choices, blank=True)
    leaves_on = models.DateField(null=True)
    plan = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=models.Q(leaves_on__isnull=True) | models.Q(plan__isnull=False), name="leaving_with_a_plan"
            ),
        ]


class LeavingFollowUp(models.Model):
    """One day on which somebody asks how a young person who left care is."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="leaving_follow_ups")
    leaving = models.ForeignKey(LeavingCare, on_delete=models.CASCADE, related_name="follow_ups")
    due_on = models.DateField()
    done_on = models.DateField(null=True)

    class Meta:
        ordering = ("due_on",)
