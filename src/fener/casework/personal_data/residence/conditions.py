"""What is kept of conditions that others put on permits and services."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.ImposedCondition",
        _("conditions that a law or a provider puts on a permit or a service"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                what=_("on what it is put"),
                kind=_("what is demanded"),
                by=_("who puts it"),
                stands=_("where it stands"),
            ),
            **DAY.on(
                since=_("since when"),
                refused_on=_("when the person refused it"),
                lifted_on=_("when it was put no longer"),
            ),
            **WORDS.on(source=_("the law or the paper, in words")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
