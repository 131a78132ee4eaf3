"""Assessments of danger for the person and for relatives, and the measures of protection that answer them."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class RiskAssessment(models.Model):
    """What threatens one subject, as found on one day (rule WP-01). Who it is, why, and the own view are sealed.

    ``subject`` and ``which`` tell relatives apart without a name: the second sister is ``sibling`` 2. ``turn`` counts
    the assessments of one subject; the days never go back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="risk_assessments")
    subject = models.CharField(max_length=16)  # code of vocabulary risk_subject
    which = models.PositiveSmallIntegerField(default=1)
    turn = models.PositiveSmallIntegerField(default=1)
    answers = models.JSONField(default=dict)  # code of risk_kind that was asked about → level, or "none"
    level = models.CharField(max_length=10, blank=True)  # code of risk_level; empty: nothing was found
    held_up = models.BooleanField(default=False)  # an earlier, higher level counts on: this was no review
    is_review = models.BooleanField(default=False)
    own_level = models.CharField(max_length=10, blank=True)  # how they see it themselves; empty: not asked
    assessed_on = models.DateField()
    review_on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    own_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("subject", "which", "-turn")
        constraints = [
            models.UniqueConstraint(fields=["case", "subject", "which", "turn"], name="risk_turn_once"),
            models.CheckConstraint(condition=Q(review_on__gt=F("assessed_on")), name="risk_reviewed_after"),
        ]


class ProtectionMeasure(models.Model):
    """One measure of the safety plan. It has no day of expiry: it runs until the gate lets it end (rule WP-02)."""

    class Side(models.TextChoices):
        HERE = "here", _("here")
        ABROAD = "abroad", _("across the border")
        BOTH = "both", _("here and across the border")

    class State(models.TextChoices):
        RUNNING = "running", _("running")
        ENDED = "ended", _("ended")

    class Ended(models.TextChoices):
        PASSED = "passed", _("the danger has passed")
        WISH = "wish", _("the person wants it to end")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="protection_measures")
    subject = models.CharField(max_length=16)  # code of vocabulary risk_subject
    which = models.PositiveSmallIntegerField(default=1)
    kind = models.CharField(max_length=32)  # code of vocabulary protection_measure
    side = models.CharField(max_length=8, choices=Side.choices, default=Side.HERE)
    since = models.DateField()
    state = models.CharField(max_length=8, choices=State.choices, default=State.RUNNING)
    ended_on = models.DateField(null=True)
    ended_by = models.CharField(max_length=8, choices=Ended.choices, blank=True)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    end_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("subject", "which", "-since", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case", "subject", "which", "kind", "side"],
                condition=Q(state="running"),
                name="measure_runs_once",
            ),
            models.CheckConstraint(
                condition=Q(state="running", ended_on__isnull=True, ended_by="")
                | (Q(state="ended", ended_on__gte=F("since")) & ~Q(ended_by="")),
                name="measure_ends_for_a_reason",
            ),
        ]
