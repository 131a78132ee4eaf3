"""Labour inspectors, unions, employers and migrant organisations as partners with mandates (rule LB-02)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from fener.network import access
from fener.network.models import Mandate, Organisation
from fener.network.models.common import holding
from fener.norms.duties import Partner, duties
from fener.trust.actor import Actor

READ = "map.read"


@dataclass(frozen=True)
class PartnerRow:
    """One kind of partner with its bodies and their mandates, by what they are for."""

    partner: Partner
    bodies: tuple[Organisation, ...]
    identification: tuple[Mandate, ...]
    prevention: tuple[Mandate, ...]

    @property
    def lacks(self) -> tuple[str, ...]:
        """missing (no body at all), or the fields without a mandate."""
        if not self.bodies:
            return ("missing",)
        return tuple(name for name in ("identification", "prevention") if not getattr(self, name))


def partners(actor: Actor, on: date | None = None) -> list[PartnerRow]:
    """Every kind of partner of the pack. Raises Refused."""
    access.require(actor, READ)
    on, pack = on or timezone.localdate(), duties()
    sectors = [sector for partner in pack.partners for sector in partner.sectors]
    bodies = [one for one in Organisation.objects.filter(sector__in=sectors) if one.active_on(on)]
    held = list(Mandate.objects.filter(holding(on), organisation__in=bodies).select_related("organisation"))

    def of(partner: Partner, field: str) -> tuple[Mandate, ...]:
        functions = pack.partner_functions[field]
        return tuple(m for m in held if m.organisation.sector in partner.sectors and m.function in functions)

    return [
        PartnerRow(
            partner, tuple(one for one in bodies if one.sector in partner.sectors),
            of(partner, "identification"), of(partner, "prevention"),
        )
        for partner in pack.partners
    ]  # fmt: skip
