"""Getting in touch after the journey: what the person agreed to, apart from the file, and each contact."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.returns.journey import Journey
from fener.trust.models import SealedItem, User


class Recontact(models.Model):
    """One opt-in to be contacted: by whom, on which channel, when it is safe, until when (rule RI-06).

    It is no consent to keep the file, and ends by itself: withdrawn, past its day, or followed by another.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="recontacts")
    channel = models.CharField(max_length=20)  # code of vocabulary safe_channel
    how = models.ForeignKey(
        SealedItem, null=True, on_delete=models.PROTECT, related_name="+"
    )  # number, safe times, who
    by_guardian = models.BooleanField(default=False)
    given_on = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)  # withdrawn, or followed by another
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-given_on", "pk")
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on__isnull=True), name="one_recontact_at_a_time"
            ),
            models.CheckConstraint(condition=Q(until__gte=F("given_on")), name="recontact_ends_after_it_begins"),
        ]


class FollowUp(models.Model):
    """One contact after the arrival, made or tried, as the person agreed (rule RT-08)."""

    class Result(models.TextChoices):
        WELL = "well", _("Reached, and nothing is needed")
        NEEDS = "needs", _("Reached, and help is needed")
        NOT_REACHED = "not_reached", _("Not reached")
        NO_MORE = "no_more", _("The person wants no more contact")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="follow_ups")
    recontact = models.ForeignKey(Recontact, on_delete=models.CASCADE, related_name="follow_ups")
    step = models.PositiveSmallIntegerField()  # months after the arrival; 0: the first contact
    on = models.DateField()
    result = models.CharField(max_length=12, choices=Result.choices)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
