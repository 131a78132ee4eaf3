"""How regimes and their phases are called, from their packs."""

from __future__ import annotations

from datetime import date
from functools import cache

from django.utils.translation import gettext

from fener.norms.jurisdictions import get_jurisdiction
from fener.norms.packs import load_packs
from fener.norms.regimes import regime_codes, timeline


def regime_label(code: str) -> str:
    """A regime's title, or the country whose rule it is."""
    pack = load_packs().of_kind("regime").get(code)
    if pack is not None:
        return gettext(pack.title)
    return gettext(str(get_jurisdiction(code).data["names"][0]["text"]))


def choices() -> list[tuple[str, str]]:
    """Every regime and country, with its name in the reader's language."""
    return [("", "—"), *sorted(((code, regime_label(code)) for code in regime_codes()), key=lambda pair: pair[1])]


@cache
def _documents(code: str) -> dict[str, str]:
    return {phase.phase: phase.document for phase in timeline(code, date(2000, 1, 1))}


def document_label(code: str, phase: str) -> str:
    """What the paper of a phase is called."""
    return gettext(_documents(code).get(phase, phase))
