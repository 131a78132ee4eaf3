"""What is kept of health cards."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, DOOR
from fener.trust.privacy.declaration import About, Mask, link

MODELS = (
    About(
        "casework.HealthCard",
        _("a card that opens care without a name"),
        file=CASE,
        fields={
            **link("id", "case"),
            **DOOR.but(
                mask=Mask.NEVER, exported=False, why_not=_("It stands on the card alone; here is only its digest.")
            ).on(code_hash=_("the code, as a keyed digest")),
            **DOOR.on(
                opens=_("what it opens"),
                given_on=_("when it was given"),
                until=_("until when"),
                ended_on=_("when it ended"),
                recorded_by=_("who gave it"),
            ),
        },
    ),
)
