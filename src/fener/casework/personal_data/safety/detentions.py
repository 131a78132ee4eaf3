"""What is kept of detentions of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Detention",
        _("detentions of the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(by=_("by which office"), state=_("whether and how it ended")),
            **WORDS.on(words=_("where, and on what ground")),
            **DAY.on(since=_("since when"), ended_on=_("until when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
