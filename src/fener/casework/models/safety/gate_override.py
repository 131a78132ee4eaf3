"""Overrides of a closed gate: who asked, on what basis, who agreed, for which conditions, and whether it was used."""

from __future__ import annotations

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import SealedItem, User


class ClosedGate(models.Model):
    """One gate that was closed to somebody, and for which act, as the program found it: an override is asked for this
    and for nothing that is typed. ``kind``: of the act, as ``list:code``; ``day``: on which it was to be done.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="closed_gates")
    gate = models.CharField(max_length=40)
    conditions = models.JSONField(default=list)
    about = models.UUIDField()
    day = models.DateField(null=True)
    kind = models.CharField(max_length=80, blank=True)
    closed_on = models.DateField()
    closed_to = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")

    class Meta:
        ordering = ("closed_on", "pk")


class GateOverride(models.Model):
    """One way past one closed gate, for one act, once (rule AC-01). It changes no fact; why is sealed.

    ``about``: the row of the act (a journey, say), or the case itself. ``conditions``: the codes of what was missing.
    """

    class State(models.TextChoices):
        ASKED = "asked", _("waits for somebody who may agree")
        ONE_AGREED = "one_agreed", _("waits for a second person")
        AGREED = "agreed", _("agreed, not used yet")
        USED = "used", _("used")
        TURNED_DOWN = "turned_down", _("turned down")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="gate_overrides")
    gate = models.CharField(max_length=40)
    conditions = models.JSONField(default=list)
    about = models.UUIDField()
    day = models.DateField(null=True)  # of the act
    kind = models.CharField(max_length=80, blank=True)  # of the act, ``list:code``
    basis = models.CharField(max_length=24)
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    asked_on = models.DateField()
    until = models.DateField()
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_for = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    first_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    second_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    agreed_on = models.DateField(null=True)
    ended_on = models.DateField(null=True)  # used, or turned down

    class Meta:
        ordering = ("-asked_on", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~models.Q(state__in=["agreed", "used"])
                | models.Q(agreed_on__isnull=False, first_by__isnull=False),
                name="agreed_overrides_name_who_agreed",
            ),
            models.CheckConstraint(
                condition=models.Q(second_by__isnull=True)
                | (~models.Q(second_by=models.F("first_by")) & ~models.Q(second_by=models.F("asked_by"))),
                name="second_person_of_an_override_is_another",
            ),
            models.CheckConstraint(
                condition=~models.Q(state__in=["used", "turned_down"]) | models.Q(ended_on__isnull=False),
                name="ended_overrides_have_a_date",
            ),
        ]
