"""What is kept so that a second entry after a removal is noticed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, DAY, WORKER
from fener.trust.privacy.declaration import About, Erase, Personal, link

TOKEN = Personal(
    purposes=("safety", "statistics"),
    consent="keep",
    retention="case_file",
    erasure=Erase.BLANK,
    exported=False,
    why_not=_("A keyed pseudonym says nothing to anybody, and where somebody was met again stands on no paper."),
)
MODELS = (
    About(
        "casework.RemovalPseudonym",
        _("pseudonym by which a second entry is noticed"),
        file=CASE,
        fields={
            **link("id", "case", "removal"),
            **TOKEN.on(token=_("keyed pseudonym")),
            **TOKEN.but(erasure=Erase.YEAR).on(back_on=_("when somebody with this pseudonym was here again")),
            **DAY.on(removed_on=_("day of the removal")),
        },
    ),
    About(
        "casework.SecondEntry",
        _("second entry after a removal"),
        file=CASE,
        fields={
            **link("id", "case", "removal"),
            # Of a match it is another body's, whose case this one may not name; a removal of this case tells its own.
            **DAY.but(exported=False, why_not=TOKEN.why_not).on(removed_on=_("day of the removal")),
            **DAY.on(
                entered_on=_("when the person was here again"),
                answered_on=_("when it was talked about"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
