"""What is kept of complaints. None of it is in the copy: whoever makes the copy may be the one it is about."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

_WHY = _("Whoever makes the copy may be the one whom a complaint is about: ask who answers it.")

MODELS = (
    About(
        "casework.Complaint",
        _("complaint of the person"),
        file=CASE,
        fields={
            **link("id", "case", "consent"),
            **COUNTED.but(exported=False, why_not=_WHY).on(
                about=_("about which kind of body"),
                channel=_("how it was made"),
                sent_to=_("to which body it was sent"),
            ),
            **WORDS.but(exported=False, why_not=_WHY).on(
                words=_("what the person complains about"), answer=_("the answer")
            ),
            **DAY.but(exported=False, why_not=_WHY).on(
                made_on=_("when it was made"),
                answer_due_on=_("by when it is answered"),
                passed_on=_("when it was given on"),
                sent_on=_("when it was sent to another body"),
                answered_on=_("when it was answered"),
            ),
            **WORKER.but(exported=False, why_not=_WHY).on(
                about_user=_("about which colleague"),
                answerer=_("who answers"),
                passed_from=_("who gave it on"),
                recorded_by=_("who wrote it down"),
            ),
        },
    ),
)
