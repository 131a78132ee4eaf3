"""Interviews: who asked a person, when and why, by which standard, and how often the same was asked."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import Consent, SealedItem, User


class Interview(models.Model):
    """One interview in codes and days (rule WP-09). Names, the place and what was said are not in it: words are sealed.

    ``missing``: what had to come first and did not (conditions of the gate ``statement``, or ``times``), of one that
    was held all the same. ``standard``: each line of the checklist ``interview_standard`` with its answer.
    ``shared_with``: the body that got earlier statements in its place, on ``consent``.
    """

    class State(models.TextChoices):
        PLANNED = "planned", _("planned")
        HELD = "held", _("held")
        SPARED = "spared", _("spared: earlier statements were shared")
        DECLINED = "declined", _("declined by the person")
        CALLED_OFF = "called_off", _("called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="interviews")
    asked_by = models.CharField(max_length=32)  # code of vocabulary incident_author
    purpose = models.CharField(max_length=24)  # interview_purpose
    again = models.CharField(max_length=24, blank=True)  # asked_again: why the same is asked once more
    planned_on = models.DateField(null=True)  # empty: it was recorded after it was held
    state = models.CharField(max_length=12, choices=State.choices, default=State.PLANNED)
    settled_on = models.DateField(null=True)  # when it was held, spared, declined or called off
    language = models.CharField(max_length=8, blank=True)  # languages
    interpreter = models.CharField(max_length=120, blank=True)
    present = models.JSONField(default=list)  # interview_present
    minutes = models.PositiveSmallIntegerField(null=True)
    missing = models.JSONField(default=list)
    standard = models.JSONField(default=dict)  # item of the checklist → rights_answer
    shared_with = models.ForeignKey(Organisation, null=True, on_delete=models.PROTECT, related_name="+")
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("settled_on", "planned_on")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(state="planned", planned_on__isnull=False)
                | (~models.Q(state="planned") & models.Q(settled_on__isnull=False)),
                name="interviews_have_a_day",
            ),
            models.CheckConstraint(
                condition=~models.Q(state="spared") | models.Q(consent__isnull=False, shared_with__isnull=False),
                name="interviews_are_spared_by_consent",
            ),
        ]
