"""A search for somebody of the family, and whether they were told anything."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class FamilySearch(models.Model):
    """Who is looked for stands sealed; here the relation, who looks, and how it stands. Found is not told."""

    class By(models.TextChoices):
        OWN = "own", _("our own organisation")
        CHILD_PROTECTION = "child_protection", _("the child-protection body")
        RED_CROSS = "red_cross", _("the Red Cross or Red Crescent")
        INTERNATIONAL = "international", _("an international organisation")
        OTHER = "other", _("somebody else")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="family_searches")
    relative = models.CharField(max_length=16)  # code of vocabulary risk_subject
    by = models.CharField(max_length=20, choices=By.choices)
    asked_on = models.DateField()
    by_guardian = models.BooleanField(default=False)  # for a child, with the child heard
    state = models.CharField(max_length=12, default="running")  # domain.returns.tracing_states
    ended_on = models.DateField(null=True)
    agreed_on = models.DateField(null=True)  # to be in touch with this relative
    contacted_on = models.DateField(null=True)
    words = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")  # who is looked for, and where
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(contacted_on__isnull=True) | Q(agreed_on__lte=F("contacted_on")),
                name="no_relative_is_told_before_the_person_agrees",
            ),
        ]
