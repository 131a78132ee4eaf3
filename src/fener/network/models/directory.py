"""What the directory says about a service: the words that people read before they come, in the shape of HSDS 3.0.

The address of a shelter has no place here: a concealed service is known by its area alone. Whoever must find the house
is told by the house, not by a directory that leaves the node as a file.
"""

from __future__ import annotations

import uuid
from datetime import time

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.services import Service
from fener.trust.models import User

# Where a house must not be found by those somebody fled from.
CONCEALED_GROUPS = frozenset({"housing", "safety"})
DAYS = (
    _("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday"),
)  # fmt: skip


def node_zone() -> str:
    """The time zone of the node: that of a service that says no other."""
    return settings.TIME_ZONE


class ServiceEntry(models.Model):
    """A service in words. Lists are JSON lists of texts; an empty text or list means that nothing is stated."""

    class Cost(models.TextChoices):
        FREE = "free", _("free of charge")
        COSTS = "costs", _("costs something")

    service = models.OneToOneField(Service, primary_key=True, on_delete=models.CASCADE, related_name="entry")
    standard_id = models.UUIDField(unique=True, default=uuid.uuid4, editable=False)  # its id in HSDS files
    description = models.TextField(_("what it does"), max_length=2000, blank=True)
    eligibility = models.TextField(_("for whom"), max_length=1000, blank=True)
    areas = models.JSONField(_("area"), default=list, blank=True)
    always_open = models.BooleanField(_("open day and night"), default=False)
    hours_note = models.CharField(_("about the hours"), max_length=300, blank=True)
    closed_days = models.JSONField(default=list, blank=True)  # [{"day": "2026-05-01", "note": "…"}]
    time_zone = models.CharField(_("time zone"), max_length=64, default=node_zone)
    cost = models.CharField(_("cost"), max_length=10, choices=Cost.choices, blank=True)
    cost_note = models.CharField(_("what it costs"), max_length=500, blank=True)
    conditions = models.JSONField(_("conditions"), default=list, blank=True)
    documents = models.JSONField(_("papers asked for"), default=list, blank=True)
    apply = models.TextField(_("how to apply"), max_length=1000, blank=True)
    accessibility = models.TextField(_("accessibility"), max_length=1000, blank=True)
    interpretation = models.CharField(_("interpretation"), max_length=500, blank=True)
    free_now = models.PositiveIntegerField(_("free places"), null=True, blank=True)
    free_at = models.DateTimeField(null=True, blank=True)  # the moment that ``free_now`` was true
    contact_name = models.CharField(_("contact"), max_length=120, blank=True)
    contact_role = models.CharField(_("function of the contact"), max_length=120, blank=True)
    email = models.EmailField(_("e-mail"), blank=True)
    website = models.URLField(_("web site"), blank=True)
    # True until somebody says otherwise: what is said by mistake about a shelter cannot be called back.
    concealed = models.BooleanField(_("the address is concealed"), default=True)
    address = models.CharField(_("street and number"), max_length=200, blank=True)
    postal_code = models.CharField(_("postal code"), max_length=20, blank=True)
    town = models.CharField(_("town"), max_length=100, blank=True)
    province = models.CharField(_("region"), max_length=100, blank=True)
    public = models.BooleanField(_("in the public list"), default=False)
    verified_on = models.DateField(_("last checked"), null=True, blank=True)
    verified_by = models.ForeignKey(User, null=True, blank=True, on_delete=models.SET_NULL, related_name="+")
    ids = models.JSONField(default=dict, blank=True)  # ids of parts as a file gave them: {"language:sr": "…"}

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(concealed=False) | Q(address="", postal_code="", town="", public=False),
                name="concealed_service_has_no_address",
            ),
            models.CheckConstraint(
                condition=Q(free_now__isnull=True, free_at__isnull=True)
                | Q(free_now__isnull=False, free_at__isnull=False),
                name="free_places_have_a_moment",
            ),
        ]

    def __str__(self) -> str:
        return str(self.service_id)

    def part_id(self, part: str) -> str:
        """The id of a part in HSDS files: the one that came with a file, else always the same one of our own."""
        return str(self.ids.get(part) or uuid.uuid5(self.standard_id, part))


class OpeningHours(models.Model):
    """Once a week from when to when: a row of HSDS's ``schedule``. Closing at or before the opening is the next day."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(ServiceEntry, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()  # 0 is Monday, as in date.weekday()
    opens = models.TimeField()
    closes = models.TimeField()
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        ordering = ("weekday", "opens", "pk")
        constraints = [models.CheckConstraint(condition=Q(weekday__lte=6), name="weekday_of_a_week")]

    def __str__(self) -> str:
        return f"{self.weekday} {self.opens:%H:%M}-{self.closes:%H:%M}"

    @property
    def over_midnight(self) -> bool:
        """Whether it closes on the day after it opened."""
        return self.closes <= self.opens

    @property
    def span(self) -> tuple[int, time, time]:
        return self.weekday, self.opens, self.closes


class ServicePhone(models.Model):
    """A number under which a service is reached."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    entry = models.ForeignKey(ServiceEntry, on_delete=models.CASCADE, related_name="phones")
    number = models.CharField(max_length=40)
    note = models.CharField(max_length=200, blank=True)
    place = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ("place", "pk")

    def __str__(self) -> str:
        return self.number
