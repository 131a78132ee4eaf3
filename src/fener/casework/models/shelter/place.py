"""Places that another body asks for, and that a house holds for somebody for a while."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.casework.models.shelter.house import Shelter
from fener.network.models import Organisation
from fener.trust.models import SealedItem, User


class PlaceRequest(models.Model):
    """One request for a place (rule SH-08). It names nobody: whom the house must be fit for, in codes."""

    class State(models.TextChoices):
        ASKED = "asked", _("asked for")
        ACCEPTED = "accepted", _("a place is held")
        DECLINED = "declined", _("declined")
        WITHDRAWN = "withdrawn", _("not needed any more")
        USED = "used", _("the person came")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")  # the house's
    shelter = models.ForeignKey(Shelter, on_delete=models.PROTECT, related_name="place_requests")
    asked_by = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    gender = models.CharField(max_length=24)  # code of vocabulary gender
    age_band = models.CharField(max_length=24)  # age_band
    children = models.PositiveSmallIntegerField(default=0)  # who come along
    step_free = models.BooleanField(default=False)  # a room and a way without steps is needed
    language = models.CharField(max_length=8, blank=True)  # languages
    asked_at = models.DateTimeField()
    answer_due = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.ASKED)
    answered_at = models.DateTimeField(null=True)
    reason = models.CharField(max_length=24, blank=True)  # shelter_refusal
    held_until = models.DateTimeField(null=True)  # after it the place is free again by itself
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    answered_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-asked_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=("accepted", "used")) | Q(held_until__gt=models.F("answered_at")),
                name="a_place_is_held_until_a_moment",
            ),
            models.CheckConstraint(
                condition=Q(state="declined") & ~Q(reason="") | ~Q(state="declined") & Q(reason=""),
                name="a_declined_place_has_a_reason",
            ),
        ]


class PlaceSought(models.Model):
    """For whom a place was asked: read on the case alone. ``address``: from the house, sealed for who brings them.

    It is forgotten when the hold is over, used or given back.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="places_sought")
    request = models.OneToOneField(PlaceRequest, on_delete=models.CASCADE, related_name="sought")
    address = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)
