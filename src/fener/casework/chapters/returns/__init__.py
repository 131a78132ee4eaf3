"""Return: the way back or on, by the person's own decision, and removals recorded as what they are."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.returns import journeys, passing_on, recontact, screening, second_entry, tracing

CHAPTER = Chapter(
    code="returns",
    title=_("Return"),
    place=70,
    lead=_("Nobody is sent back: the person decides, knowing what else is possible and what waits there."),
    records=(
        journeys.RECORD,
        passing_on.RECORD,
        screening.RECORD,
        second_entry.RECORD,
        tracing.RECORD,
        recontact.RECORD,
    ),
)
