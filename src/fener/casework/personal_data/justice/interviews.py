"""What is kept of interviews."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, INTERPRETER, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Interview",
        _("an interview with the person"),
        file=CASE,
        fields={
            **link("id", "case", "consent"),
            **COUNTED.on(
                asked_by=_("who asked"),
                purpose=_("why"),
                again=_("why it was asked again"),
                state=_("what became of it"),
                language=_("language"),
                present=_("who was present"),
                minutes=_("how many minutes it took"),
                missing=_("what had to come first and did not"),
                standard=_("whether it kept to the written standard"),
                shared_with=_("with which body earlier statements were shared"),
            ),
            "interpreter": INTERPRETER,
            **WORDS.on(words=_("names and the place")),
            **DAY.on(planned_on=_("for which day it was planned"), settled_on=_("on which day")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
