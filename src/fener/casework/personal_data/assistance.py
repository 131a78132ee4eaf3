"""Needs, plans and services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, GONE, WORDS, WORKER
from fener.trust.privacy.declaration import About, Erase, link

_FILE = COUNTED.but(purposes=("help", "court"), erasure=Erase.ROW)

MODELS = (
    About(
        "casework.Attachment",
        _("files beside the file: pictures and documents"),
        file=CASE,
        fields={
            **link("id", "case", "item"),
            **_FILE.on(kind=_("a picture or a document"), scan=_("whether a scanner saw it")),
            **_FILE.on(added_at=_("when it was added")),
            **WORKER.on(added_by=_("who added it")),
        },
    ),
    About(
        "casework.Need",
        _("what the person needs"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                kind=_("which kind of help"),
                urgent=_("whether it cannot wait"),
                stated_by_person=_("whether the person named it"),
            ),
            **WORDS.on(own_words=_("in the person's own words")),
            **DAY.on(recorded_on=_("when it was named"), met_on=_("when it was met")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.Plan",
        _("what was agreed with the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                number=_("which version of the plan"),
                agreed=_("whether the person agreed"),
                changed_at_persons_wish=_("whether the person wished the change"),
            ),
            **WORDS.on(goals=_("goals, in words")),
            **DAY.on(
                drawn_up_on=_("when it was drawn up"),
                agreed_on=_("when the person answered"),
                left_on=_("when the person left it"),
            ),
            **WORKER.on(drawn_up_by=_("who drew it up")),
        },
    ),
    About(
        "casework.PlanItem",
        _("lines of a plan"),
        file=("plan__case_id",),
        fields={
            **link("id", "plan", "need"),
            **COUNTED.on(kind=_("which kind of help"), service=_("which service")),
            **GONE.on(note=_("note")),
        },
    ),
    About(
        "casework.ServiceRecord",
        _("help that was offered, answered and given"),
        file=CASE,
        fields={
            **link("id", "case", "need", "referral"),
            **COUNTED.on(
                kind=_("which kind of help"),
                service=_("which service"),
                provider=_("by which organisation"),
                state=_("how it stands"),
                decline_reason=_("why the person declined"),
                helpful=_("whether it helped"),
            ),
            **WORDS.on(decline_words=_("why, in the person's words"), helpful_words=_("what the person says of it")),
            **DAY.on(offered_on=_("when offered"), answered_on=_("when answered"), delivered_on=_("when given")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
