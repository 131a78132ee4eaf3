"""Residence permits applied for and decided: the days of the paper, its number sealed, a refusal and its appeal."""

from __future__ import annotations

import uuid
from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.residence.regime import RegimeStay
from fener.trust.models import SealedItem, User


class Permit(models.Model):
    """One application for the document of a phase, and what was decided. Until then the clock of limbo runs (ID-31)."""

    class Applicant(models.TextChoices):
        ACCREDITED = "accredited", _("an accredited specialised centre")
        PERSON = "person", _("the person")
        GUARDIAN = "guardian", _("the guardian")
        LAWYER = "lawyer", _("a lawyer")
        SOCIAL = "social", _("the social service")
        OTHER = "other", _("somebody else")

    class Decision(models.TextChoices):
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        WITHDRAWN = "withdrawn", _("the person withdrew it")

    class Reason(models.TextChoices):
        CONDITIONS = "conditions", _("its conditions were held not to be met")
        COOPERATION = "cooperation", _("for want of co-operation")
        STATUS = "status", _("the person was not taken for trafficked")
        PAPERS = "papers", _("for want of papers")
        LATE = "late", _("it came too late")
        ORDER = "order", _("public order")
        NOT_SAID = "not_said", _("no reason was given")
        OTHER = "other", _("another reason")

    class Appeal(models.TextChoices):
        WON = "won", _("the refusal was set aside")
        LOST = "lost", _("the refusal stands")
        WITHDRAWN = "withdrawn", _("the person withdrew the appeal")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="permits")
    stay = models.ForeignKey(RegimeStay, on_delete=models.CASCADE, related_name="permits")
    phase = models.CharField(max_length=40)  # of the regime's pack
    applicant = models.CharField(max_length=12, choices=Applicant.choices)
    applied_on = models.DateField()
    waits_until = models.DateField()  # by the clock of limbo; from the appeal on, for what is decided on it
    decision = models.CharField(max_length=12, choices=Decision.choices, blank=True)
    decided_on = models.DateField(null=True)
    valid_from = models.DateField(null=True)
    valid_until = models.DateField(null=True)  # None on a granted one: it has no end
    number = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=12, choices=Reason.choices, blank=True)
    appeal_until = models.DateField(null=True)  # as the decision says; None: it names no day
    appealed_on = models.DateField(null=True)
    appeal = models.CharField(max_length=12, choices=Appeal.choices, blank=True)
    appeal_decided_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("applied_on", "pk")
        indexes = [models.Index(fields=["waits_until"], name="permit_waits")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "phase"], condition=Q(decided_on__isnull=True), name="one_application_waits_a_phase"
            ),
            models.CheckConstraint(
                condition=Q(decided_on__isnull=True, decision="")
                | (Q(decided_on__gte=F("applied_on")) & ~Q(decision="")),
                name="a_permit_is_decided_on_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(decision="granted") | Q(valid_from__isnull=False), name="a_granted_permit_has_a_day"
            ),
            models.CheckConstraint(
                condition=(Q(decision="refused") & ~Q(reason=""))
                | (~Q(decision="refused") & Q(appealed_on__isnull=True)),
                name="only_a_refusal_is_appealed",
            ),
            models.CheckConstraint(
                condition=Q(appeal_decided_on__isnull=True)
                | (Q(appeal_decided_on__gte=F("appealed_on")) & ~Q(appeal="")),
                name="an_appeal_is_decided_once_made",
            ),
        ]

    @property
    def waiting_since(self) -> date | None:
        """Since when somebody waits for a decision; None where nobody does."""
        if self.decided_on is None:
            return self.applied_on
        return self.appealed_on if self.appeal_decided_on is None else None


WAITING = Q(decided_on__isnull=True) | Q(appealed_on__isnull=False, appeal_decided_on__isnull=True)
"""Applications and appeals that nobody has decided."""
