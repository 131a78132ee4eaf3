"""What is kept of overrides of a gate."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = (
    About(
        "casework.GateOverride",
        _("conditions that were passed over"),
        file=CASE,
        fields={
            **link("id", "case", "about"),
            **body("asked_for"),
            **COUNTED.on(
                gate=_("which gate"),
                conditions=_("what was missing"),
                basis=_("on which legal basis"),
                state=_("whether it was agreed and used"),
            ),
            **WORDS.on(words=_("why it was asked for")),
            **DAY.on(
                asked_on=_("when it was asked for"),
                until=_("until when it held"),
                agreed_on=_("when it was agreed"),
                ended_on=_("when it was used or turned down"),
            ),
            **WORKER.on(
                asked_by=_("who asked for it"), first_by=_("who agreed first"), second_by=_("who agreed second")
            ),
        },
    ),
)
