"""A referral: offer with a masked preview, answer, disclosure of what was consented, outcome written back."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.referral_scope import ReferralManager
from fener.network.models import Desk, Organisation, Service
from fener.trust.models import Consent, DisclosureOverride, SealedItem, User


class Referral(models.Model):
    """One way for a service, an assessment and a decision on status: what differs is what the outcome is (AS-08)."""

    class Kind(models.TextChoices):
        SERVICE = "service", _("a service")
        ASSESSMENT = "assessment", _("an assessment")
        DECISION = "decision", _("a decision on status")

    class Urgency(models.TextChoices):
        IMMEDIATE = "immediate", _("danger now")
        URGENT = "urgent", _("today")
        NORMAL = "normal", _("in the coming days")

    class State(models.TextChoices):
        OFFERED = "offered", _("waiting for an answer")
        ACCEPTED = "accepted", _("accepted")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("withdrawn")
        ENDED = "ended", _("outcome written back")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="referrals")
    kind = models.CharField(max_length=12, choices=Kind.choices)
    urgency = models.CharField(max_length=10, choices=Urgency.choices, default=Urgency.NORMAL)
    from_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    to_organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    desk = models.ForeignKey(Desk, on_delete=models.PROTECT, related_name="referrals")  # moves when it escalates
    service = models.ForeignKey(Service, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=10, choices=State.choices, default=State.OFFERED)
    consent = models.ForeignKey(Consent, null=True, on_delete=models.PROTECT, related_name="+")
    override = models.ForeignKey(DisclosureOverride, null=True, on_delete=models.PROTECT, related_name="+")
    compartments = models.JSONField(default=list)  # what will be disclosed on acceptance
    preview = models.JSONField(default=dict)  # the masked facts that the desk sees before it answers
    offered_at = models.DateTimeField()
    offered_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answer_due = models.DateTimeField(db_index=True)
    answer_why = models.JSONField(default=list)
    escalated_at = models.DateTimeField(null=True)
    escalation_level = models.PositiveSmallIntegerField(default=0)
    answered_at = models.DateTimeField(null=True)
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    decline_reason = models.CharField(max_length=40, blank=True)
    decline_note = models.CharField(max_length=300, blank=True)
    outcome = models.CharField(max_length=40, blank=True)
    outcome_note = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    outcome_at = models.DateTimeField(null=True)

    objects = ReferralManager()

    class Meta:
        ordering = ("-offered_at",)
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state="declined") | ~models.Q(decline_reason=""),
                name="a_declined_referral_says_why",
            ),
            models.CheckConstraint(
                condition=models.Q(consent__isnull=False)
                | models.Q(override__isnull=False)
                | models.Q(compartments=[]),
                name="disclosure_has_a_ground",
            ),
        ]
        indexes = [models.Index(fields=["desk", "state", "answer_due"], name="referral_desk")]
