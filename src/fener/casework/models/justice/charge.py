"""Charges against others as the person knows them, and outcomes that an authority owes the mechanism."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Charge(models.Model):
    """One charge in codes and days (rule JU-01). Who is accused, and under which number, is sealed.

    ``law_*``, ``least``, ``most``: the version of the law in force on the day of the act, and its range in months.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="charges")
    kind = models.CharField(max_length=24)  # code of vocabulary charge_kind
    branch = models.CharField(max_length=16)  # charge_branch
    scale = models.CharField(max_length=16)  # charge_scale
    article = models.CharField(max_length=16, blank=True)  # a number, e.g. 388(3); never words
    act_on = models.DateField()
    law_from = models.DateField(null=True)
    law_until = models.DateField(null=True)
    least = models.PositiveSmallIntegerField(null=True)
    most = models.PositiveSmallIntegerField(null=True)
    stages = models.JSONField(default=dict)  # charge_stage → day
    measures = models.JSONField(default=dict)  # investigation_measure → yes, no, unknown: whether a judge consented
    evidence = models.JSONField(default=list)  # evidence_source
    outcome = models.CharField(max_length=24, default="pending")  # charge_outcome
    outcome_on = models.DateField(null=True)
    sentence_kind = models.CharField(max_length=16, blank=True)  # sentence_kind
    sentence = models.PositiveSmallIntegerField(null=True)  # months
    reason = models.CharField(max_length=24, blank=True)  # lesser_reason
    costs = models.JSONField(default=list)  # lesser_cost
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-act_on",)
        constraints = [
            models.CheckConstraint(
                condition=models.Q(law_from__isnull=True) | models.Q(law_from__lte=models.F("act_on")),
                name="law_was_in_force_at_the_act",
            ),
            models.CheckConstraint(
                condition=models.Q(law_until__isnull=True) | models.Q(law_until__gte=models.F("act_on")),
                name="law_was_still_in_force_at_the_act",
            ),
        ]


class OwedOutcome(models.Model):
    """What police or prosecution owe: what became of the case that they were given (rule JU-03)."""

    class Office(models.TextChoices):
        POLICE = "police", _("the police")
        PROSECUTION = "prosecution", _("the prosecution")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="owed_outcomes")
    office = models.CharField(max_length=16, choices=Office.choices)
    given_on = models.DateField()
    due_on = models.DateField()
    answer = models.CharField(max_length=24, blank=True)  # charge_outcome
    answered_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("due_on",)
        constraints = [
            models.UniqueConstraint(
                fields=["case", "office"],
                condition=models.Q(answered_on__isnull=True),
                name="one_outcome_owed_by_an_office",
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on__isnull=True) | ~models.Q(answer=""), name="answered_with_an_outcome"
            ),
        ]
