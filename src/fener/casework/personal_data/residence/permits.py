"""What is kept of permits."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Permit",
        _("permits that were applied for"),
        file=CASE,
        fields={
            **link("id", "case", "stay"),
            **COUNTED.on(
                phase=_("which document"),
                applicant=_("who applied"),
                decision=_("what was decided"),
                reason=_("why it was refused"),
                appeal=_("what became of the appeal"),
            ),
            **DAY.on(
                applied_on=_("since when it is applied for"),
                waits_until=_("until when the decision is due"),
                decided_on=_("when it was decided"),
                valid_from=_("since when"),
                valid_until=_("until when"),
                appeal_until=_("until when it can be appealed"),
                appealed_on=_("when it was appealed"),
                appeal_decided_on=_("when the appeal was decided"),
            ),
            **WORDS.on(number=_("number of the paper")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
