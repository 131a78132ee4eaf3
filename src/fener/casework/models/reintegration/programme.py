"""Programmes of work and training, by names that could be anybody's; and a person's way through one, step by step."""

from __future__ import annotations

import uuid

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.casework.models.case import Case
from fener.network.models import Organisation
from fener.trust.models import User


class Programme(models.Model):
    """One programme of a body (rules RI-03, RI-09, RI-10, RI-11). Nobody is named; it takes several groups."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    pipeline = models.CharField(max_length=24)  # code of pack ``pipelines``
    name = models.CharField(max_length=80)  # as clients and employers see it
    groups = models.JSONField(default=list)  # codes of vocabulary beneficiary_group, two at least
    demand_source = models.CharField(max_length=24, blank=True)  # of a training: code of vocabulary demand_source
    standard_course = models.BooleanField(null=True)  # of a training: the same for everybody
    workers_share = models.PositiveSmallIntegerField(null=True)  # per cent of a profit, for those who work there
    since = models.DateField()
    launched_on = models.DateField(null=True)  # of a social enterprise
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("name", "pk")
        constraints = [
            models.UniqueConstraint(fields=["organisation", "name"], name="one_programme_of_a_name"),
            models.CheckConstraint(
                condition=Q(workers_share__isnull=True) | Q(workers_share__lte=100), name="a_share_is_of_a_hundred"
            ),
            models.CheckConstraint(
                condition=Q(launched_on__isnull=True) | Q(workers_share__isnull=False),
                name="no_launch_without_a_profit_split",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Safeguard(models.Model):
    """How one line of the safeguards of a social enterprise stood on a day; the latest counts."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    programme = models.ForeignKey(Programme, on_delete=models.CASCADE, related_name="safeguards")
    item = models.CharField(max_length=40)  # line of the checklist enterprise_safeguards
    state = models.CharField(max_length=12)  # code of vocabulary check_state
    on = models.DateField()
    number = models.PositiveIntegerField()  # the order of writing within the programme
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "number")
        constraints = [models.UniqueConstraint(fields=["programme", "number"], name="one_safeguard_number")]


class Participation(models.Model):
    """A person in a programme, on a plan that they agreed to."""

    class Fits(models.TextChoices):
        """Whether a training fits what the person can and wants."""

        YES = "yes", _("yes, it was matched")
        NO = "no", _("no")
        UNKNOWN = "unknown", _("not known")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="participations")
    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="participations")
    fits_profile = models.CharField(max_length=8, choices=Fits.choices)
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("pk",)


class ParticipationStep(models.Model):
    """One step that the person reached."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="steps")
    step = models.CharField(max_length=16)  # code of vocabulary pipeline_step
    on = models.DateField()
    recorded_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")

    class Meta:
        ordering = ("on", "pk")
        constraints = [models.UniqueConstraint(fields=["participation", "step"], name="each_step_once")]
