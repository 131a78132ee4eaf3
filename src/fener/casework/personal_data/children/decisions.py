"""What is kept of a child's view and of decisions on a child."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ChildView",
        _("what the child says"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(about=_("on what"), heard=_("whether the child was heard")),
            **WORDS.on(words=_("the child's own words, or why it could not be heard")),
            **DAY.on(on=_("on which day")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ChildDecision",
        _("what a panel decided in the child's interests"),
        file=CASE,
        fields={
            **link("id", "case", "view"),
            **COUNTED.on(
                about=_("on what"),
                panel=_("who decided"),
                solution=_("durable solution"),
                criteria=_("criteria and answers"),
                family_first=_("whether a family was looked at first"),
            ),
            **WORDS.on(words=_("what was decided, and why")),
            **DAY.on(decided_on=_("decided on"), carried_out_on=_("carried out on")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
