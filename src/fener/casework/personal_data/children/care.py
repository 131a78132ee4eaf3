"""What is kept of marks, checklists, what parents owe, and dependants."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ChildMarks",
        _("how the child was met"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                marks=_("marks"),
                alone=_("whether it was alone"),
                without_parents=_("whether it was without its parents"),
            ),
            **DAY.on(met_at=_("when it was met")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ChildChecklist",
        _("what the child has where it will live"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(answers=_("what is given, missing or declined")),
            **DAY.on(on=_("on which day")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ParentsPlan",
        _("what the parents do for the child"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(duties=_("how the parents protect the child"), poverty=_("whether poverty drives the risk")),
            **WORDS.on(words=_("how the family will have an income")),
            **DAY.on(
                on=_("on which day"),
                review_on=_("when it is gone through again"),
                reviewed_on=_("gone through again on"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.Dependant",
        _("who depends on the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(kind=_("who it is"), under_18=_("whether under 18"), papers=_("papers of their own")),
            **WORDS.on(who=_("name"), needs=_("what they need for themselves"), plan=_("plan of their own")),
            **DAY.on(
                review_on=_("when it is gone through again"), since=_("from"), ended_on=_("day on which it ended")
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
