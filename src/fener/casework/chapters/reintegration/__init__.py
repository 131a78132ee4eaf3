"""Reintegration: a life of one's own, by the person's own plan."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.contract import Chapter
from fener.casework.chapters.reintegration import family, outcomes, papers, participation, plan, savings

CHAPTER = Chapter(
    code="reintegration",
    title=_("Reintegration"),
    place=80,
    lead=_("A plan of the person's own, at their pace. Help lasts as long as it is needed."),
    records=(plan.RECORD, papers.RECORD, family.RECORD, participation.RECORD, savings.RECORD, outcomes.RECORD),
)
