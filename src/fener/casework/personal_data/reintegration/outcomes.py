"""What is kept of what became of a person."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, COUNTED, DAY, WORDS, WORKER
from fener.trust.privacy.declaration import About, link

MODELS = (
    About(
        "casework.Outcome",
        _("what became of the person"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(
                months=_("after how many months"),
                how=_("how it became known"),
                home=_("home"),
                work=_("work"),
                income=_("income"),
                school=_("school"),
                safety=_("safety"),
                re_trafficked=_("trafficked again"),
                in_programme=_("whether still in a programme"),
                own_view=_("the person's own judgement"),
                reasons=_("why it did not go well"),
            ),
            **WORDS.on(words=_("in words")),
            **DAY.on(since=_("from when months are counted"), on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.FailedCase",
        _("why the case failed"),
        file=CASE,
        fields={
            **link("id", "case"),
            **COUNTED.on(cause=_("what bodies did not do")),
            **WORDS.on(words=_("in words")),
            **DAY.on(on=_("when")),
            **WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
)
