"""What is kept of dangers and of protection."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.RiskAssessment",
        _("assessments of danger"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                subject=_("whose danger"),
                which=_("which of several relatives"),
                turn=_("which assessment it is"),
                answers=_("dangers and how great they are"),
                level=_("level of danger"),
                held_up=_("whether an earlier level counts on"),
                is_review=_("whether it reviews an earlier one"),
                own_level=_("how great the person sees it"),
            ),
            **WORDS.on(words=_("what threatens, and what has changed"), own_words=_("the person's own words")),
            **DAY.on(assessed_on=_("assessed on"), review_on=_("day of the next review")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ProtectionMeasure",
        _("measures of protection"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                subject=_("who is protected"),
                which=_("which of several relatives"),
                kind=_("how"),
                side=_("on which side of the border"),
                state=_("whether it runs"),
                ended_by=_("why it ended"),
            ),
            **WORDS.on(words=_("who does what"), end_words=_("what the person said at its end")),
            **DAY.on(since=_("since when"), ended_on=_("until when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
