"""Health: what is offered, tests that the person wanted, and what is finished before a departure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.health import cards, departure, tests

CHAPTER = Chapter(
    code="health",
    title=_("Health"),
    place=60,
    lead=_("Care is offered and never demanded. What it is about is known to health workers alone."),
    records=(tests.RECORD, departure.RECORD, cards.RECORD),
)
