"""Health on the path: what care was offered, and tests from the offer to treatment elsewhere (HE-03)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class CareOffer(models.Model):
    """One offer of care at a stage of the path. What the person said to it is sealed with the health part."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="care_offers")
    stage = models.CharField(max_length=16)  # code of vocabulary health_stage
    offer = models.CharField(max_length=16)  # code of vocabulary health_offer, of those of the stage
    on = models.DateField()
    words = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")


class HealthTest(models.Model):
    """One test that was offered, never asked for. Which one it is, and its result, are sealed.

    The days say what stood when: nothing about a departure is read from the state, which may have moved on since.
    """

    class Counselling(models.TextChoices):
        GIVEN = "given", _("Counselling was given")
        DECLINED = "declined", _("Counselling was offered, and the person did not want it")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="health_tests")
    stage = models.CharField(max_length=16)  # code of vocabulary health_stage, at the offer
    state = models.CharField(max_length=20)  # code of vocabulary health_test_state
    what = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")
    offered_on = models.DateField()
    last_on = models.DateField()  # the day of the latest step
    counselled_on = models.DateField(null=True)
    taken_on = models.DateField(null=True)
    result_on = models.DateField(null=True)
    result = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    alone_on = models.DateField(null=True)  # the result was given without counselling
    delivered_on = models.DateField(null=True)  # with counselling given, or offered and not wanted
    counselling = models.CharField(max_length=10, choices=Counselling.choices, blank=True)
    onward = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")  # who goes on with it
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("offered_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_on__isnull=True) | Q(counselled_on__lte=F("taken_on")), name="counselled_before_taken"
            ),
            models.CheckConstraint(
                condition=Q(delivered_on__isnull=True) | (Q(taken_on__lte=F("delivered_on")) & ~Q(counselling="")),
                name="delivered_with_counselling",
            ),
            models.CheckConstraint(
                condition=Q(state__in=("offered", "declined", "counselled")) | Q(taken_on__isnull=False),
                name="no_result_of_what_was_not_taken",
            ),
        ]
