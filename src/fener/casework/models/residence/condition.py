"""Conditions that a law or a provider puts on a permit or a service (rule NC-03)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class ImposedCondition(models.Model):
    """One condition, by whom it is put and where it stands. Nothing in this house reads it to end or refuse help."""

    class What(models.TextChoices):
        PERMIT = "permit", _("a residence permit")
        SERVICE = "service", _("a service")

    class By(models.TextChoices):
        LAW = "law", _("a law")
        PROVIDER = "provider", _("a provider")

    class Stands(models.TextChoices):
        LAW = "law", _("in a law or an order")
        DECISION = "decision", _("in a decision on this person")
        RULES = "rules", _("in the rules of a house or a programme")
        AGREEMENT = "agreement", _("in an agreement that the person signed")
        SAID = "said", _("it was only said")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="imposed_conditions")
    what = models.CharField(max_length=8, choices=What.choices)
    kind = models.CharField(max_length=24)  # condition_kind
    by = models.CharField(max_length=8, choices=By.choices)
    stands = models.CharField(max_length=12, choices=Stands.choices)
    source = models.ForeignKey(SealedItem, on_delete=models.PROTECT, related_name="+")  # the law or paper, in words
    since = models.DateField()
    refused_on = models.DateField(null=True)
    lifted_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("since", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(refused_on__isnull=True) | Q(refused_on__gte=F("since")), name="refused_once_it_was_put"
            ),
            models.CheckConstraint(
                condition=Q(lifted_on__isnull=True) | Q(lifted_on__gte=F("since")), name="lifted_once_it_was_put"
            ),
        ]
