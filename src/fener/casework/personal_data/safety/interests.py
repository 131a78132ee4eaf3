"""What is kept of conflicts with the person's interest."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.InterestConflict",
        _("conflict with the person's interest"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                aim=_("which aim stands against it"),
                by=_("whose aim it is"),
                result=_("how it ended"),
                decided_by=_("which office decided"),
                basis=_("on which legal basis"),
            ),
            **WORDS.on(words=_("both interests"), decision_words=_("who decided, and why")),
            **DAY.on(
                arisen_on=_("since when"),
                settled_on=_("when it ended"),
                told_on=_("when the person was told"),
            ),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
