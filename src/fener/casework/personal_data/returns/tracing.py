"""What is kept of searches for the family."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.FamilySearch",
        _("search for somebody of the family"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                relative=_("who is looked for"),
                by=_("who looks"),
                by_guardian=_("whether the guardian asked for it"),
                state=_("how it stands"),
            ),
            **WORDS.on(words=_("name and last place of the relative")),
            **DAY.on(
                asked_on=_("when the person asked for it"),
                ended_on=_("when it ended"),
                agreed_on=_("when the person agreed to be in touch"),
                contacted_on=_("when the relative was told"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
