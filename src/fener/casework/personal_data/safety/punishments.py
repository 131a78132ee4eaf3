"""What is kept of charges, penalties and arrests of the person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Punishment",
        _("charges, penalties and arrests of the person"),
        file=CASE,
        fields={
            **link("id", "case", "incident"),
            **COUNTED.on(
                act=_("for what"),
                penalty=_("what was done to the person"),
                by=_("by which office"),
                state=_("whether and how it ended"),
            ),
            **WORDS.on(words=_("number, article, and what happened"), reasons=_("the decision, and its reasons")),
            **DAY.on(
                happened_on=_("when it happened"),
                known_on=_("when it became known"),
                due_on=_("by when it is reviewed"),
                resolved_on=_("when it ended"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
