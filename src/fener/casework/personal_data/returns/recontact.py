"""What is kept of agreements to be contacted, and of contacts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Recontact",
        _("agreement to be contacted again"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(channel=_("on which channel"), by_guardian=_("whether the guardian agreed")),
            **WORDS.on(how=_("who gets in touch, number and safe times")),
            **DAY.on(given_on=_("when it was given"), until=_("until when"), ended_on=_("when it ended")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.FollowUp",
        _("contact after the arrival"),
        file=("journey__case_id",),
        fields={
            **link("id", "journey", "recontact"),
            **COUNTED.on(step=_("months after the arrival"), result=_("what came of it")),
            **WORDS.on(words=_("what the person said")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
