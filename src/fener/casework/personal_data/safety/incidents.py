"""What is kept of incidents."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, Erase, link

MODELS = (
    About(
        "casework.Incident",
        _("a right that was violated"),
        file=CASE,
        coarsen={"gate": "fener.casework.domain.codes.told_apart"},
        fields={
            **link("id", "case"),
            **COUNTED.on(
                right=_("which right"),
                by=_("by which kind of body"),
                attempt=_("whether it was refused"),
                state=_("how far it is"),
                result=_("what came of it"),
            ),
            # One attempt a day at a gate: where only the year of the day stays, two would be one.
            **COUNTED.but(erasure=Erase.COARSEN).on(gate=_("which condition stood before it")),
            **WORDS.on(words=_("what happened"), result_words=_("what was done")),
            **DAY.on(
                happened_on=_("when it happened"),
                follow_up_on=_("by when somebody looks at it"),
                result_on=_("when it was looked at"),
                recorded_on=_("when it was written down"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
