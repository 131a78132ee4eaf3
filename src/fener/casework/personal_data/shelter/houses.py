"""The register of shelters is about houses: of people it knows numbers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = tuple(
    About(
        f"casework.{name}",
        what,
        fields={**link("id"), **body(*fields), **WORKER.on(recorded_by=_("who wrote it down"))},
    )
    for name, what, fields in (
        (
            "Shelter",
            _("shelters"),
            ("organisation", "service", "kind", "funder", "procurement", "cost_per_night", "currency"),
        ),
        ("ShelterNight", _("how full a shelter was"), ("shelter", "on", "residents", "ineligible")),
        ("ShelterRefusal", _("refusals of a shelter"), ("shelter", "on", "reason")),
    )
)
