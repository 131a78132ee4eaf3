"""Complaints of a person: about whom, how, and by whom and when they were answered."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import Consent, SealedItem, User


class Complaint(models.Model):
    """One complaint (rule AC-03). Nobody reads it but who wrote it down and who answers it.

    Neither may be the one whom it is about. No line of the case tells of it: those are read by everybody who works on
    the file. Given on once, so that nobody hands it round; to another body only on the person's own consent.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="complaints")
    about = models.CharField(max_length=40)  # code of vocabulary incident_author
    about_user = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")  # a colleague
    channel = models.CharField(max_length=40)  # code of vocabulary complaint_channel
    made_on = models.DateField()
    answer_due_on = models.DateField()
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    answerer = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    passed_on = models.DateField(null=True)  # given on to the present answerer, once
    passed_from = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    sent_to = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")  # to answer it
    sent_on = models.DateField(null=True)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    answered_on = models.DateField(null=True)
    answer = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-made_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(about_user__isnull=True) | (~Q(about_user=F("answerer")) & ~Q(about_user=F("recorded_by"))),
                name="complaint_is_kept_from_whom_it_is_about",
            ),
            models.CheckConstraint(
                condition=Q(passed_on__isnull=True, passed_from__isnull=True)
                | (Q(passed_on__isnull=False, passed_from__isnull=False) & ~Q(passed_from=F("answerer"))),
                name="complaint_is_given_on_to_another",
            ),
            models.CheckConstraint(
                condition=Q(sent_to__isnull=True, sent_on__isnull=True, consent__isnull=True)
                | Q(sent_to__isnull=False, sent_on__isnull=False, consent__isnull=False),
                name="complaint_leaves_on_a_consent",
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=True) | Q(answered_on__gte=F("made_on")),
                name="complaint_answered_after_it_was_made",
            ),
        ]
