"""Safety: what threatens the person, what was promised to them, what went wrong."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.safety import (
    complaints,
    detentions,
    incidents,
    interests,
    overrides,
    plan,
    promises,
    punishments,
    risks,
)

CHAPTER = Chapter(
    code="safety",
    title=_("Safety"),
    place=10,
    lead=_(
        "Whether the person is held, what threatens them and their relatives, what protects them, what was promised, "
        "and which of their rights were violated."
    ),
    records=(
        detentions.RECORD,
        risks.RECORD,
        plan.RECORD,
        promises.RECORD,
        punishments.RECORD,
        incidents.RECORD,
        complaints.RECORD,
        interests.RECORD,
        overrides.RECORD,
    ),
)
