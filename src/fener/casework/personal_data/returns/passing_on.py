"""What is kept of what a return passed on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.PassedOn",
        _("what a return passed on to an authority"),
        file=CASE,
        fields={
            **link("id", "case", "journey", "consent"),
            **COUNTED.on(
                recipient=_("which authority was told"),
                purpose=_("what for"),
                fields=_("which kinds of data"),
                assurance=_("what was assured about a statement there"),
            ),
            **DAY.on(
                assured_on=_("when it was assured"),
                on=_("when it was told"),
                demanded_on=_("when a statement was demanded there"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
