"""How people work, apart from every case: supervision, time by kind, an organisation's limits, and leave covers."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import F, Q

from fener.casework.models.case import CaseAssignment
from fener.network.models import Organisation
from fener.trust.models import User


class Supervision(models.Model):
    """One supervision of one worker (rule QM-02): day, kind, length. It has no place for a case or for words."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    on = models.DateField()
    kind = models.CharField(max_length=24)  # code of vocabulary supervision_kind
    minutes = models.PositiveSmallIntegerField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-on", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "worker", "on", "kind"], name="one_supervision_a_day"),
            models.CheckConstraint(condition=Q(minutes__gt=0), name="supervision_takes_time"),
        ]


class WorkTime(models.Model):
    """Minutes of one worker in one week, by kind of work (list ``working_time``). Written again, it replaces."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    week = models.DateField()  # its Monday
    kind = models.CharField(max_length=24)
    minutes = models.PositiveIntegerField()

    class Meta:
        ordering = ("-week", "kind")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "worker", "week", "kind"], name="time_is_typed_once"),
        ]


class WorkLimits(models.Model):
    """What an organisation sets in the place of the pack's defaults. None: the pack's."""

    organisation = models.OneToOneField(Organisation, primary_key=True, on_delete=models.CASCADE, related_name="+")
    caseload = models.PositiveSmallIntegerField(null=True)  # open cases of one worker
    administration = models.PositiveSmallIntegerField(null=True)  # percent of the recorded time
    supervision_days = models.PositiveSmallIntegerField(null=True)  # from one supervision to the next


class LeaveCover(models.Model):
    """Somebody stands in for a worker until a day; on the day after it their access ends by itself."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    worker = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who is away
    cover = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")  # who stands in
    since = models.DateField()
    until = models.DateField()
    ended_on = models.DateField(null=True)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("-since", "pk")
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="a_cover_ends_after_it_began"),
            models.CheckConstraint(condition=~Q(worker=F("cover")), name="nobody_covers_themselves"),
        ]


class LeaveCoverCase(models.Model):
    """A case that was given to whoever stands in, for the cover alone: it is taken back with its end."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    leave = models.ForeignKey(LeaveCover, on_delete=models.CASCADE, related_name="cases")
    assignment = models.OneToOneField(CaseAssignment, on_delete=models.CASCADE, related_name="leave_cover")
