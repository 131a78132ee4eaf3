"""What a return passed on to an authority of the country of return, on which consent and for what (rule RT-06)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.returns.journey import Journey
from fener.network.models import Organisation
from fener.trust.models import Consent, User


class PassedOn(models.Model):
    """Which kinds of data one authority was told on one day. What was told itself stands nowhere here."""

    class Assurance(models.TextChoices):
        NO_STATEMENT = "no_statement", _("The authority confirmed that it demands no statement")
        PROTECTED = "protected", _("Protection there is in force")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="passed_on")
    journey = models.ForeignKey(Journey, on_delete=models.CASCADE, related_name="passed_on")
    recipient = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, on_delete=models.PROTECT, related_name="+")
    purpose = models.CharField(max_length=24)  # code of vocabulary return_purpose
    fields = models.JSONField(default=list)  # codes of vocabulary return_field
    assurance = models.CharField(max_length=12, choices=Assurance.choices)
    assured_on = models.DateField(null=True)  # when the authority confirmed it
    on = models.DateField()
    demanded_on = models.DateField(null=True)  # a statement was demanded there all the same: an incident
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(assurance="no_statement") | Q(assured_on__lte=F("on")), name="assured_before_passing_on"
            ),
        ]
