"""What is kept of agreements about the family."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.FamilyAgreement",
        _("agreement about contact with the family"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(agreed=_("whether the person agreed"), by_guardian=_("whether the guardian agreed")),
            **WORDS.on(relative=_("which relative, and how to reach them")),
            **DAY.on(on=_("when"), ended_on=_("when it ended")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.FamilySupport",
        _("contact with the family, or help for it"),
        file=("agreement__case_id",),
        fields={
            **link("id", "agreement"),
            **COUNTED.on(kind=_("what it is")),
            **WORDS.on(words=_("in words")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
