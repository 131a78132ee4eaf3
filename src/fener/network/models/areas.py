"""The country's areas, and where the risk is. A list of the node's own; no map is fetched from anywhere."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.common import Dated


class Area(models.Model):
    """A region, district or municipality, with its code, its neighbours and, if known, the middle of it in degrees."""

    class Level(models.TextChoices):
        NATIONAL = "national", _("national")
        REGIONAL = "regional", _("regional")
        LOCAL = "local", _("local")

    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=120)
    level = models.CharField(_("level"), max_length=10, choices=Level.choices, default=Level.REGIONAL)
    parent = models.ForeignKey("self", null=True, blank=True, on_delete=models.PROTECT, related_name="parts")
    neighbours = models.ManyToManyField("self", blank=True)
    latitude = models.DecimalField(_("latitude"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("longitude"), max_digits=8, decimal_places=5, null=True, blank=True)

    class Meta:
        ordering = ("name", "code")
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__gte=-90, latitude__lte=90, longitude__gte=-180, longitude__lte=180),
                name="area_has_both_coordinates_or_none",
            )
        ]

    def __str__(self) -> str:
        return self.name


class RiskArea(Dated):
    """Where people are recruited, exploited or pass through, as a source says: about places, never people."""

    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="risks")
    kind = models.CharField(max_length=40)  # code of pack ``coverage``: recruitment, exploitation, transit, return
    source = models.CharField(_("source"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ("area__name", "kind")

    def __str__(self) -> str:
        return f"{self.area.code} {self.kind}"
