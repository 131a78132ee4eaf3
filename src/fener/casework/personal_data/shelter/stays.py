"""What is kept of stays in a shelter."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

_WORKER = WORKER.on(recorded_by=_("who wrote it down"))

MODELS = (
    About(
        "casework.ShelterStay",
        _("stays in a shelter"),
        file=CASE,
        fields={
            # Which house it is stands on no paper: whoever finds the paper would find the house.
            **link("id", "case", "shelter"),
            **COUNTED.on(
                ground=_("ground of the admission"),
                reason=_("reason of the stay"),
                decided_by=_("who agreed to the stay"),
                rules_explained=_("whether the rules were explained"),
                right_to_leave_told=_("whether the right to leave was told"),
                testimony_not_asked=_("that nobody asked about testimony"),
                sees_self_so=_("whether the person sees it so"),
                limit_rule=_("the rule of the limit"),
                exit_to=_("where the person will live"),
                end_reason=_("how the stay ended"),
            ),
            **WORDS.on(exit_plan=_("the exit plan")),
            **DAY.on(
                since=_("the first night"),
                limit_on=_("the last night by the rule"),
                exit_plan_on=_("when the exit plan was made"),
                ended_on=_("until when"),
            ),
            **_WORKER,
        },
    ),
    About(
        "casework.StayExtension",
        _("longer stays in a shelter"),
        file=CASE,
        fields={
            **link("id", "case", "stay"),
            **COUNTED.on(reason=_("why longer")),
            **DAY.on(on=_("when it was decided"), limit_before=_("the end before"), until=_("until when")),
            **_WORKER,
        },
    ),
)
