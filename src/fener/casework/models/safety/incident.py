"""Incidents: a right of the person that was violated, or an attempt that a gate of the path refused."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class Incident(models.Model):
    """A right, by whom, when, what is done about it by when, and what came of it (rules AC-02, NC-02)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="incidents")
    right = models.CharField(max_length=40)  # code of vocabulary right_violated
    by = models.CharField(max_length=40)  # code of vocabulary incident_author
    gate = models.CharField(max_length=40, blank=True, default="")  # of the pack gates, where one stands before the act
    attempt = models.BooleanField(default=False)  # it was refused: nothing was done to the person
    happened_on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    follow_up_on = models.DateField()  # by then somebody looks at what came of it
    state = models.CharField(max_length=10, default="open")  # domain.safety.incident_states
    result = models.CharField(max_length=40, default="open")  # code of vocabulary incident_result
    result_on = models.DateField(null=True)
    result_words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="open") | Q(result_on__isnull=False), name="incident_result_has_a_day"
            ),
            models.CheckConstraint(condition=Q(attempt=False) | ~Q(gate=""), name="incident_attempt_names_its_gate"),
            # The same person at the same gate on the same day: one attempt, however often the button was pressed.
            models.UniqueConstraint(
                fields=["case", "gate", "happened_on", "recorded_by"],
                condition=Q(attempt=True),
                name="one_incident_of_an_attempt_a_day",
            ),
        ]
