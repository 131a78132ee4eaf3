"""What is kept of the screening of a returnee."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ReturnScreening",
        _("screening after a return"),
        file=CASE,
        fields={
            **link("id", "case", "journey", "assessment"),
            **COUNTED.on(set_id=_("by which protocol"), set_version=_("in which version"), outcome=_("how it ended")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
