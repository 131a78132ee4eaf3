"""Restrictions of a resident: each with its ground, who decided it, the person's answer, an end and a review."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.shelter.stay import ShelterStay
from fener.trust.models import SealedItem, User


class StayRestriction(models.Model):
    """One restriction of a stay (rule SH-01). There is no column for locking in: it cannot be kept as allowed."""

    class Answer(models.TextChoices):
        """What the person said to it."""

        AGREES = "agrees", _("agrees")
        OBJECTS = "objects", _("objects")
        SILENT = "silent", _("was asked and says nothing")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="stay_restrictions")
    stay = models.ForeignKey(ShelterStay, on_delete=models.CASCADE, related_name="restrictions")
    kind = models.CharField(max_length=24)  # code of vocabulary restriction_kind
    ground = models.CharField(max_length=24)  # code of vocabulary restriction_ground
    ground_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer = models.CharField(max_length=8, choices=Answer.choices)
    since = models.DateField()
    until = models.DateField()  # its last day: it is never longer in force, whatever anybody does or forgets
    review_on = models.DateField()  # by when somebody looks at it again
    reviewed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(kind="") & ~Q(ground="") & ~Q(answer=""), name="a_restriction_has_ground_and_answer"
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("since"), review_on__gte=F("since"), review_on__lte=F("until")),
                name="a_restriction_ends_and_is_reviewed",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("since"), ended_on__lte=F("until")),
                name="a_restriction_ends_at_its_last_day",
            ),
        ]
