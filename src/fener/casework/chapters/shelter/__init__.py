"""Shelter: where the person stays, of their own will, and what comes after."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.shelter import access, places, restrictions, stays
from fener.casework.selectors.shelter import tasks  # noqa: F401 (gives Today its source)

CHAPTER = Chapter(
    code="shelter",
    title=_("Shelter"),
    place=50,
    lead=_("Where the person stays, until when, and what comes after. The person may leave at any time."),
    records=(stays.RECORD, restrictions.RECORD, access.RECORD, places.RECORD),
)
