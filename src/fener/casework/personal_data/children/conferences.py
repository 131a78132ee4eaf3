"""What is kept of case conferences on a child."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Conference",
        _("case conferences on the child"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(level=_("level of risk"), chair=_("who chaired it"), present=_("who was there")),
            **WORDS.on(words=_("minutes")),
            **DAY.on(called_on=_("called on"), held_on=_("held on")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ConferenceMeasure",
        _("what a conference agreed"),
        file=CASE,
        fields={
            **link("id", "case", "conference"),
            **COUNTED.on(sector=_("who does it")),
            **WORDS.on(what=_("what is to be done")),
            **DAY.on(due_on=_("by when"), done_on=_("carried out on")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
