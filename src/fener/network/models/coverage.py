"""Who works in which sector at which level, and which services there are where (rule BO-08)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from fener.network.models.areas import Area
from fener.network.models.bodies import Organisation
from fener.network.models.common import Dated


class CoverageEntry(Dated):
    """A body is at work in a sector at a level, as a source says. ``sector``, ``level``: codes of pack ``coverage``."""

    sector = models.CharField(_("sector"), max_length=40)
    level = models.CharField(_("level"), max_length=20)
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="coverage")
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    source = models.CharField(_("source"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ("sector", "level", "organisation__name", "pk")

    def __str__(self) -> str:
        return f"{self.sector} {self.level}"


class MappedService(Dated):
    """A service of the country that may have nothing to do with trafficking: domestic violence, poverty, children.

    The provider is a body of the mechanism or, by name, one that is none. A shelter is known by its area.
    """

    kind = models.CharField(_("kind"), max_length=40)  # code of pack ``coverage``
    name = models.CharField(_("name"), max_length=160)
    organisation = models.ForeignKey(Organisation, null=True, blank=True, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(_("provider"), max_length=160, blank=True)
    provider_sector = models.CharField(_("kind of provider"), max_length=20, choices=Organisation.Sector.choices)
    level = models.CharField(_("level"), max_length=10, choices=Area.Level.choices, default=Area.Level.LOCAL)
    area = models.ForeignKey(Area, null=True, blank=True, on_delete=models.PROTECT, related_name="mapped_services")
    capacity = models.PositiveIntegerField(_("places"), null=True, blank=True)
    is_shelter = models.BooleanField(_("somebody can stay there overnight"), default=False)
    takes_trafficked = models.BooleanField(_("takes trafficked persons"), null=True, blank=True)
    source = models.CharField(_("source"), max_length=300)

    class Meta(Dated.Meta):
        ordering = ("kind", "name", "pk")
        constraints = [
            *Dated.Meta.constraints,
            models.CheckConstraint(
                condition=Q(organisation__isnull=False) | ~Q(provider=""), name="mapped_service_has_a_provider"
            ),
            models.CheckConstraint(
                condition=Q(level="national") | Q(area__isnull=False), name="mapped_service_below_national_has_a_place"
            ),
        ]

    def __str__(self) -> str:
        return self.name
