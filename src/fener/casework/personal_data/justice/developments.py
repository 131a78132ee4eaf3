"""What is kept of developments in the proceedings and of the wish to be told."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.TellingWish",
        _("whether the person wants to be told"),
        file=CASE,
        fields={
            **link("id", "case", "turn"),
            **COUNTED.on(wants=_("whether they want to be told")),
            **GONE.on(channel=_("the channel that they chose")),
            **WORDS.on(how=_("when and by whom")),
            **DAY.on(since=_("since when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.Development",
        _("what happened in the proceedings"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.but(
                exported=False,
                why_not=_("Whoever does not want to be told would read it there. Ask, and it is told in person."),
            ).on(kind=_("what happened")),
            **COUNTED.on(state=_("whether the person was told")),
            **GONE.on(channel=_("through which channel they were told")),
            **WORDS.on(words=_("who, where, what exactly")),
            **DAY.on(
                happened_at=_("when it happened"),
                tell_by=_("by when to tell it"),
                told_at=_("when the person was told"),
            ),
            **WORKER.on(told_by=_("who told it"), recorded_by=_("who wrote it down")),
        },
    ),
)
