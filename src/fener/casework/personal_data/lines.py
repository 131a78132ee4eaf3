"""Lines that chapters keep on a case, and forms left unfinished: both go with the file."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, WORKER
from fener.trust.privacy.declaration import About, Erase, link

_GOES = COUNTED.but(purposes=("help",), erasure=Erase.ROW)
_TWICE = _GOES.but(exported=False, why_not=_("It repeats in codes what stands in the copy in words."))
_UNFINISHED = _GOES.but(exported=False, why_not=_("It is not recorded yet: somebody is still writing it."))

MODELS = (
    About(
        "casework.CaseLine",
        _("what stands on the case, in codes"),
        file=CASE,
        fields={
            **link("id", "case", "about"),
            **_TWICE.on(
                record=_("what it is about"),
                what=_("which line it is"),
                params=_("counts, dates and codes of the line"),
                shown=_("whether it stands on the page of the case"),
                starts=_("since when"),
                ends=_("until when"),
                due=_("until when it has to be done"),
                urgent=_("whether it cannot wait"),
                for_node=_("whether the co-ordinator is told once it is late"),
            ),
        },
    ),
    About(
        "casework.FormDraft",
        _("forms that somebody left unfinished"),
        file=CASE,
        fields={
            **link("id", "case", "item"),
            **_UNFINISHED.on(form=_("which form"), path=_("where it is gone on with"), left_at=_("when it was left")),
            **WORKER.but(erasure=Erase.ROW, exported=False, why_not=_("It is not recorded yet.")).on(
                user=_("who writes it")
            ),
        },
    ),
)
