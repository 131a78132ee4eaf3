"""What is kept of family reunions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.FamilyReunion",
        _("family reunion"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                relative=_("which relative"),
                which=_("which of several"),
                state=_("how it stands"),
                reason=_("why it was refused"),
            ),
            **WORDS.on(words=_("who it is, and where they are")),
            **DAY.on(asked_on=_("when it was asked for"), decided_on=_("when it was decided")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
