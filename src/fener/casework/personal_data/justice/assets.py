"""The ledger of confiscated assets is about things and sums: it names nobody whose they were."""

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
        ("SeizedAsset", _("seized assets"), ("organisation", "kind", "currency", "value", "seized_on")),
        ("AssetStep", _("what became of seized assets"), ("asset", "step", "on", "amount")),
    )
)
