"""What is kept of dates for testimony and of measures of a court."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

_WORKER = WORKER.on(recorded_by=_("who wrote it down"))

MODELS = (
    About(
        "casework.Hearing",
        _("dates for testimony"),
        file=CASE,
        fields={
            **link("id", "case", "charge"),
            **COUNTED.on(
                kind=_("what it is"),
                set_by=_("which authority named the day"),
                would_hurt=_("whether meeting the accused would hurt again"),
                state=_("what became of it"),
                missing=_("what had to come first and did not"),
            ),
            **WORDS.on(words=_("the court and names")),
            **DAY.on(on=_("the day"), settled_on=_("when that was"), recorded_on=_("when it was written down")),
            **_WORKER,
        },
    ),
    About(
        "casework.CourtMeasure",
        _("measures that a court was asked for"),
        file=CASE,
        fields={
            **link("id", "case", "charge"),
            **COUNTED.on(
                kind=_("which measure"),
                asked_by=_("who asked for it"),
                state=_("what became of it"),
                reason=_("why it was refused"),
            ),
            **WORDS.on(words=_("the number of the file")),
            **DAY.on(
                asked_on=_("when it was asked for"),
                decided_on=_("when the court decided"),
                carried_out_on=_("when it was carried out"),
            ),
            **_WORKER,
        },
    ),
)
