"""What is kept of a reintegration plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ReintegrationPlan",
        _("reintegration plan"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                number=_("which version"),
                therapy=_("whether therapy comes first"),
                agreed=_("whether the person agreed"),
                by_guardian=_("whether the guardian agreed"),
            ),
            **DAY.on(drawn_up_on=_("when it was drawn up"), agreed_on=_("when the person decided")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ReintegrationStart",
        _("what a reintegration plan starts from"),
        file=("plan__case_id",),
        fields={
            **link("id", "plan"),
            **COUNTED.on(basis=_("what it is about")),
            **WORDS.on(words=_("in words")),
        },
    ),
    About(
        "casework.ReintegrationEntry",
        _("what is done on a reintegration plan"),
        file=CASE,
        fields={
            **link("id", "case", "plan"),
            **COUNTED.on(
                line=_("line of the plan"),
                kind=_("what it is"),
                therapy=_("whether it is the therapy"),
                reason=_("why there was a setback"),
            ),
            **WORDS.on(words=_("in words")),
            **DAY.on(on=_("when"), due_on=_("by when"), done_on=_("reached or ended on")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
