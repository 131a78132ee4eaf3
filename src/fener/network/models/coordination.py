"""Who co-ordinates: posts of the national structure with offices that hold them, never names (rule BO-03)."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from fener.network.models.areas import Area
from fener.network.models.bodies import Organisation
from fener.network.models.common import Dated


class CoordinationBody(Dated):
    """A co-ordinator, working group, sub-group, focal point or committee. ``kind``: code of pack ``coordination``."""

    kind = models.CharField(_("kind"), max_length=40)
    name = models.CharField(_("name"), max_length=200)
    level = models.CharField(_("level"), max_length=10, choices=Area.Level.choices, default=Area.Level.NATIONAL)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    host = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    rank = models.CharField(_("rank"), max_length=40, blank=True)  # code of pack ``coordination``
    full_time_staff = models.PositiveSmallIntegerField(_("full-time staff"), null=True, blank=True)
    powers = models.TextField(_("powers"), max_length=1000, blank=True)
    legal_basis = models.CharField(_("legal basis"), max_length=300, blank=True)
    led_by_child_specialist = models.BooleanField(_("led by a child specialist"), null=True, blank=True)
    members = models.ManyToManyField(Organisation, blank=True, related_name="coordinates_in")

    class Meta(Dated.Meta):
        ordering = ("kind", "name", "pk")

    def __str__(self) -> str:
        return self.name


class CoordinationPost(Dated):
    """A post and the office that holds it. Empty: vacant, since ``vacant_since``."""

    body = models.ForeignKey(CoordinationBody, on_delete=models.CASCADE, related_name="posts")
    title = models.CharField(_("post"), max_length=120)
    office = models.CharField(_("held by (office, not a name)"), max_length=200, blank=True)
    full_time = models.BooleanField(_("full-time"), default=False)
    vacant_since = models.DateField(_("vacant since"), null=True, blank=True)

    class Meta(Dated.Meta):
        ordering = ("title", "pk")

    def __str__(self) -> str:
        return self.title

    @property
    def vacant(self) -> bool:
        return self.office == "" or self.vacant_since is not None


class CoordinationMeeting(models.Model):
    """That a body met, who was there, and what was decided; nobody is named and no case is told."""

    body = models.ForeignKey(CoordinationBody, on_delete=models.CASCADE, related_name="meetings")
    held_on = models.DateField(_("held on"))
    present = models.ManyToManyField(Organisation, blank=True, related_name="+")
    decided = models.TextField(_("what was decided"), max_length=1000, blank=True)

    class Meta:
        ordering = ("-held_on", "-pk")

    def __str__(self) -> str:
        return self.held_on.isoformat()
