"""Dates for testimony, and measures that a court is asked for to protect whoever testifies."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.justice.charge import Charge
from fener.trust.models import SealedItem, User


class Hearing(models.Model):
    """One date on which the person is to testify (rules WP-03, WP-06). The court, the room and names are sealed.

    ``missing``: conditions of the gate ``testimony_date`` that were not met on the day on which it was held.
    """

    class State(models.TextChoices):
        SET = "set", _("set")
        HELD = "held", _("held")
        DECLINED = "declined", _("declined by the person")
        CALLED_OFF = "called_off", _("called off")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="hearings")
    charge = models.ForeignKey(Charge, null=True, on_delete=models.SET_NULL, related_name="hearings")
    kind = models.CharField(max_length=16)  # code of vocabulary statement_kind, of its group testimony
    set_by = models.CharField(max_length=32)  # incident_author: which authority named the day
    on = models.DateField()
    would_hurt = models.BooleanField(null=True)  # meeting the accused would hurt the person again; None: unknown
    state = models.CharField(max_length=12, choices=State.choices, default=State.SET)
    settled_on = models.DateField(null=True)  # when it was held, declined or called off
    missing = models.JSONField(default=list)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="set", settled_on__isnull=True) | (~Q(state="set") & Q(settled_on__isnull=False)),
                name="a_hearing_is_settled_on_a_day",
            ),
        ]


class CourtMeasure(models.Model):
    """One measure: asked for, then granted or refused (rule WP-06). ``charge`` None: in whatever is pending."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        GRANTED = "granted", _("granted")
        REFUSED = "refused", _("refused")
        CARRIED_OUT = "carried_out", _("carried out")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="court_measures")
    charge = models.ForeignKey(Charge, null=True, on_delete=models.SET_NULL, related_name="court_measures")
    kind = models.CharField(max_length=24)  # code of vocabulary court_measure
    asked_by = models.CharField(max_length=16)  # measure_asker
    asked_on = models.DateField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    reason = models.CharField(max_length=16, blank=True)  # measure_refusal
    decided_on = models.DateField(null=True)
    carried_out_on = models.DateField(null=True)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="asked", decided_on__isnull=True) | Q(decided_on__gte=models.F("asked_on")),
                name="a_measure_is_decided_after_it_was_asked",
            ),
            models.CheckConstraint(
                condition=Q(state="refused") & ~Q(reason="") | ~Q(state="refused") & Q(reason=""),
                name="a_refused_measure_has_a_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="carried_out") | Q(carried_out_on__gte=models.F("decided_on")),
                name="a_measure_is_carried_out_on_a_day",
            ),
        ]
