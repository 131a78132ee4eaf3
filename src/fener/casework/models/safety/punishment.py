"""Charges, penalties and arrests of the person themselves for what is linked to the trafficking."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.safety.incident import Incident
from fener.trust.models import SealedItem, User


class Punishment(models.Model):
    """One charge, penalty or arrest under review (rule JU-05). It counts as a violation until it is resolved."""

    class State(models.TextChoices):
        OPEN = "open", _("under review")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ANNULLED = "annulled", _("annulled by a court")
        NOT_LINKED = "not_linked", _("not linked to the trafficking")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="punishments")
    act = models.CharField(max_length=24)  # code of vocabulary linked_act
    penalty = models.CharField(max_length=16)  # code of vocabulary penalty_kind
    by = models.CharField(max_length=28)  # code of vocabulary incident_author
    happened_on = models.DateField()
    known_on = models.DateField()
    due_on = models.DateField()  # of the review, by the clock non_punishment_review
    state = models.CharField(max_length=12, choices=State.choices, default=State.OPEN)
    resolved_on = models.DateField(null=True)
    incident = models.ForeignKey(Incident, on_delete=models.CASCADE, related_name="+")
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    reasons = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_on", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(known_on__gte=F("happened_on")), name="punishment_known_after"),
            models.CheckConstraint(
                condition=Q(state="open", resolved_on__isnull=True)
                | (~Q(state="open") & Q(resolved_on__gte=F("happened_on"))),
                name="punishment_resolved_on_a_day",
            ),
        ]
