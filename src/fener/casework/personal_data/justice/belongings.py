"""What is kept of wages, belongings and papers that stayed behind."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.LeftBehind",
        _("what stayed behind"),
        file=CASE,
        fields={
            **link("id", "case", "claim"),
            **COUNTED.on(
                kind=_("what it is"),
                held_by=_("who has it"),
                time_given=_("whether there was time to collect it"),
                state=_("what became of it"),
                currency=_("currency"),
                agreed=_("wage that was agreed"),
                minimum=_("least wage by law"),
                periods=_("how many periods were worked"),
                paid=_("what was paid"),
            ),
            **WORDS.on(words=_("what it is, and where")),
            **DAY.on(left_on=_("since when"), state_on=_("when it came to that")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
