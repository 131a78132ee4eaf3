"""What is kept of where a child lives and how it leaves care."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ChildPlacement",
        _("where the child lives"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("kind of place"),
                organisation=_("body"),
                returned=_("whether the child came back"),
                hours=_("hours until the decision"),
            ),
            **DAY.on(since=_("from"), until=_("until")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ChildHandOver",
        _("who handed the child over"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(by=_("who handed the child over"), to=_("to where")),
            **DAY.on(on=_("on which day"), looked_at_on=_("when child protection saw the child")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.LeavingCare",
        _("how the child leaves care"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(leaves=_("what the young person leaves"), known_by=_("how the day of 18 is known")),
            **WORDS.on(plan=_("plan for leaving care")),
            **DAY.on(
                turns_18_on=_("the day of 18"),
                known_on=_("when the day of 18 was written down"),
                plan_due_on=_("when the plan is due"),
                leaves_on=_("day of leaving"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.LeavingFollowUp",
        _("days of follow-up after care"),
        file=CASE,
        fields={**link("id", "case", "leaving"), **DAY.on(due_on=_("by when"), done_on=_("carried out on"))},
    ),
)
