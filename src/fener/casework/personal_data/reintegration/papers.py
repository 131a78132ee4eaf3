"""What is kept of papers and entitlements."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.PaperState",
        _("paper or entitlement"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                number=_("which entry"),
                item=_("which paper or entitlement"),
                state=_("how it stands"),
                denied_by=_("who denied it"),
            ),
            **WORDS.on(words=_("in words")),
            **DAY.on(on=_("when"), answer_by=_("until when an answer is expected")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
