"""What is kept of health on the path: gone with the file, and on no paper."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, HIDDEN
from fener.trust.privacy.declaration import About, Mask, link

_HEALTH = HIDDEN.but(
    purposes=("help",),
    why_not=_("A health worker tells the person of it, by word of mouth: a paper that names a test is a danger."),
)
_SEALED = _HEALTH.but(mask=Mask.SEALED)

MODELS = (
    About(
        "casework.CareOffer",
        _("care that was offered"),
        file=CASE,
        fields={
            **link("id", "case"),
            **_HEALTH.on(
                stage=_("at which stage of the path"),
                offer=_("what was offered"),
                on=_("when"),
                recorded_by=_("who wrote it down"),
            ),
            **_SEALED.on(words=_("what the person said")),
        },
    ),
    About(
        "casework.HealthTest",
        _("a test that the person was offered"),
        file=CASE,
        fields={
            **link("id", "case"),
            **_HEALTH.on(
                stage=_("at which stage of the path"),
                state=_("how far it is"),
                offered_on=_("when it was offered"),
                last_on=_("day of the latest step"),
                counselled_on=_("when the person was counselled before it"),
                taken_on=_("when it was taken"),
                result_on=_("when the result came"),
                alone_on=_("when the result was given without counselling"),
                delivered_on=_("when the result was given with counselling"),
                counselling=_("whether counselling was given or not wanted"),
                recorded_by=_("who wrote it down"),
            ),
            **_SEALED.on(what=_("which test"), result=_("its result"), onward=_("who goes on with the treatment")),
        },
    ),
)
