"""What happens in the proceedings, and whether the person wants to be told, and was told in time (rule WP-07)."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.trust.models import SealedItem, User


class TellingWish(models.Model):
    """The person's own word on being told: whether, and through which channel. The latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="telling_wishes")
    wants = models.BooleanField()
    channel = models.CharField(max_length=20, blank=True)  # code of vocabulary safe_channel
    how = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    since = models.DateField()
    turn = models.PositiveIntegerField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-turn",)
        constraints = [
            models.UniqueConstraint(fields=["case", "turn"], name="one_wish_to_be_told_a_turn"),
            models.CheckConstraint(
                condition=Q(wants=True) & ~Q(channel="") | Q(wants=False, channel=""),
                name="who_wants_to_be_told_chose_a_channel",
            ),
        ]


class Development(models.Model):
    """One development in codes and moments. Who was released, and what exactly happened, is sealed."""

    class State(models.TextChoices):
        WAITING = "waiting", _("to be told")
        TOLD = "told", _("told")
        NOT_WANTED = "not_wanted", _("not told: the person does not want to be told")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="developments")
    kind = models.CharField(max_length=16)  # code of vocabulary development_kind
    happened_at = models.DateTimeField()
    tell_by = models.DateTimeField()
    state = models.CharField(max_length=12, choices=State.choices, default=State.WAITING)
    told_at = models.DateTimeField(null=True)
    told_by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=20, blank=True)  # safe_channel: how the person was told
    words = models.ForeignKey(SealedItem, null=True, on_delete=models.PROTECT, related_name="+")
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-happened_at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(state="told", told_at__gte=models.F("happened_at"), told_by__isnull=False) & ~Q(channel="")
                | ~Q(state="told") & Q(told_at__isnull=True, told_by__isnull=True, channel=""),
                name="who_is_told_is_told_by_somebody",
            ),
        ]
