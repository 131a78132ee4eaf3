"""What is kept of promises made to a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Promise",
        _("what was promised to the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("what was promised"),
                by=_("by which office"),
                day_was_named=_("whether a day was named"),
                state=_("what became of it"),
            ),
            **WORDS.on(words=_("who said it, and how")),
            **DAY.on(
                made_on=_("when it was promised"),
                due_on=_("for when"),
                settled_on=_("when it was kept, broken or given up"),
                told_late_on=_("when the person was told that it is late"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
