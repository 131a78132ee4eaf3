"""Stays of a person in a shelter: on what ground, until when, and how each ended."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.shelter.house import Shelter
from fener.trust.models import SealedItem, User


class ShelterStay(models.Model):
    """One stay (rules SH-02, SH-04, SH-05). It holds no sum: nobody who is housed pays (AS-06). Never an address."""

    class Decided(models.TextChoices):
        """Who agreed to the stay: for a child the guardian, with the child heard."""

        PERSON = "person", _("the person")
        GUARDIAN = "guardian", _("the guardian, for a child")
        NOBODY = "nobody", _("nobody yet")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="shelter_stays")
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="stays")
    ground = models.CharField(max_length=24)  # code of vocabulary admission_ground
    reason = models.CharField(max_length=24)  # code of vocabulary stay_reason
    since = models.DateField()  # the first night
    decided_by = models.CharField(max_length=12, choices=Decided.choices)
    rules_explained = models.BooleanField()
    right_to_leave_told = models.BooleanField()
    testimony_not_asked = models.BooleanField()
    sees_self_so = models.BooleanField(null=True)  # as somebody whom the house is meant for; None: not known
    limit_on = models.DateField(null=True)  # the last night by the rule; None: no rule and no decision names one
    limit_rule = models.CharField(max_length=80, blank=True)  # which rule said so
    exit_plan_on = models.DateField(null=True)
    exit_to = models.CharField(max_length=24, blank=True)  # code of vocabulary exit_to
    exit_plan = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField(null=True)
    end_reason = models.CharField(max_length=24, blank=True)  # code of vocabulary stay_exit
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="in_one_shelter_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True, end_reason="") | (Q(ended_on__gte=F("since")) & ~Q(end_reason="")),
                name="a_stay_ends_with_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(end_reason="time_limit") | Q(exit_plan_on__lte=F("ended_on")),
                name="no_time_limit_without_a_plan",
            ),
        ]


class StayExtension(models.Model):
    """A stay may last longer, with the reason (rule SH-05)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stay_extensions")
    stay = models.ForeignKey(ShelterStay, on_delete=models.CASCADE, related_name="extensions")
    on = models.DateField()
    limit_before = models.DateField()
    until = models.DateField()
    reason = models.CharField(max_length=24)  # code of vocabulary stay_reason
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "until", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("limit_before")), name="an_extension_lengthens"),
        ]
