"""Justice: proceedings against those who did it, as the person knows them, and what they are owed."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.justice import (
    advice,
    belongings,
    charges,
    claims,
    developments,
    hearings,
    interviews,
    measures,
    outcomes,
    routes,
    statements,
)

CHAPTER = Chapter(
    code="justice",
    title=_("Justice"),
    place=30,
    lead=_("Proceedings as the person knows them. Help depends on none of them."),
    records=(
        charges.RECORD,
        outcomes.RECORD,
        interviews.RECORD,
        advice.RECORD,
        statements.RECORD,
        hearings.RECORD,
        measures.RECORD,
        developments.RECORD,
        routes.RECORD,
        claims.RECORD,
        belongings.RECORD,
    ),
)
