"""What is kept of restrictions of a resident."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.StayRestriction",
        _("restrictions in a shelter"),
        file=CASE,
        fields={
            **link("id", "case", "stay"),
            **COUNTED.on(
                kind=_("what was restricted"),
                ground=_("ground of the restriction"),
                answer=_("the person's answer"),
            ),
            **WORDS.on(ground_words=_("which law, order or rule, or what danger")),
            **DAY.on(
                since=_("from when on"),
                until=_("its last day"),
                review_on=_("by when it is looked at again"),
                reviewed_on=_("when it was looked at"),
                ended_on=_("when it ended"),
            ),
            **WORKER.on(decided_by=_("who decided it"), recorded_by=_("who wrote it down")),
        },
    ),
)
