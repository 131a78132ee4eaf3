"""What is kept of a person's savings."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.SavingsEntry",
        _("entry in the savings book"),
        file=CASE,
        fields={
            **link("id", "case", "corrects"),
            **COUNTED.on(
                number=_("which entry"),
                currency=_("currency"),
                kind=_("what it is"),
                amount=_("sum"),
                receipt=_("how the person confirmed it"),
            ),
            **WORDS.on(words=_("from whom or to whom")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down"), witness=_("the second colleague who was there")),
        },
    ),
)
