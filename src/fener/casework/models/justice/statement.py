"""Statements and testimony: that one was given, when and to whom; before it, for a child, who weighed its interests."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Statement(models.Model):
    """One statement (rule WP-05). What was said is nowhere here: only the reference of the file, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statements")
    kind = models.CharField(max_length=16)  # code of vocabulary statement_kind
    to = models.CharField(max_length=32)  # incident_author: before whom
    on = models.DateField()
    reference = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on",)


class ChildOpinion(models.Model):
    """Whether testifying is in a child's best interests, as guardian and prosecutor each weighed it (rule JU-07)."""

    class By(models.TextChoices):
        GUARDIAN = "guardian", _("the guardian")
        PROSECUTOR = "prosecutor", _("the prosecutor")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="statement_opinions")
    by = models.CharField(max_length=12, choices=By.choices)
    favours = models.BooleanField()
    on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-recorded_at")


class AdaptedProcedure(models.Model):
    """A procedure fit for a child: who asks, how often, recorded once (rule JU-07). Where, and names, are sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="adapted_procedures")
    asked_by = models.CharField(max_length=32)  # incident_author
    times = models.PositiveSmallIntegerField()
    recorded_once = models.BooleanField()
    on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(auto_now_add=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "-recorded_at")
