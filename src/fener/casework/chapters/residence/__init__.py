"""Residence: on which rule the person stays, until when, and with which rights."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.residence import case_types, conditions, permits, regimes, reunions
from fener.casework.selectors.residence import tasks as tasks  # puts its source on Today

CHAPTER = Chapter(
    code="residence",
    title=_("Residence"),
    place=20,
    lead=_("On which rule the person stays, until when, and whether they may work. Help depends on none of it."),
    records=(regimes.RECORD, permits.RECORD, conditions.RECORD, reunions.RECORD, case_types.RECORD),
)
