"""Children: who answers for a child, what it says, what is decided for it, and what lasts."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.children import (
    checklists,
    conferences,
    decisions,
    dependants,
    guardians,
    leaving,
    marks,
    parents,
    parts,
    placements,
    views,
)
from fener.casework.chapters.contract import Chapter

CHAPTER = Chapter(
    code="children",
    title=_("Children"),
    place=40,
    lead=_(
        "Who answers for a child, what it says and what is decided in its interests; and who depends on the person."
    ),
    records=(
        guardians.RECORD,
        parts.RECORD,
        marks.RECORD,
        views.RECORD,
        decisions.RECORD,
        conferences.RECORD,
        placements.RECORD,
        checklists.RECORD,
        parents.RECORD,
        leaving.RECORD,
        dependants.RECORD,
    ),
)
