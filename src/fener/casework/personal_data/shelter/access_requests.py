"""What is kept of wishes to enter a house: bodies and codes; who it was about is a link to the case."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.personal_data.kinds import CASE, WORKER
from fener.trust.privacy.declaration import About, body, link

MODELS = (
    About(
        "casework.ShelterAccessRequest",
        _("wishes to enter a shelter"),
        fields={
            **link("id"),
            **body(
                "organisation", "shelter", "by", "purpose", "basis", "asked_at", "answer_due", "answer",
                "answered_at", "came_in",
            ),
            **WORKER.on(answered_by=_("who answered"), recorded_by=_("who wrote it down")),
        },
    ),
    About(
        "casework.ShelterAccessConcern",
        _("wishes to enter the shelter that were about the person"),
        file=CASE,
        fields={**link("id", "case", "request"), **WORKER.on(recorded_by=_("who wrote it down"))},
    ),
)  # fmt: skip
