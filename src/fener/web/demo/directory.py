"""What the directory of the demonstration says about its services: most in full, one with gaps to be found."""

from __future__ import annotations

from datetime import time
from typing import Any

from fener.network.models import Service
from fener.network.services.directory import Row, describe_service, say_free_places
from fener.trust.actor import SYSTEM

WORKDAYS = range(5)


def _daily(opens: int, closes: int, days: range = WORKDAYS) -> list[Row]:
    return [((day, time(opens), time(closes)), None, "") for day in days]


# service -> (what it says, hours, telephone, free places); medical care says little, so that its gaps are seen
ENTRIES: dict[str, tuple[dict[str, Any], list[Row], list[tuple[str, str, None]], int | None]] = {
    "pristan": (
        {
            "eligibility": "Adults who need a safe place tonight or for longer",
            "description": "A room of your own, food, clothes, and somebody who is there day and night.",
            "areas": ["Novi Brod", "Stara Lipa", "the whole of the south"],
            "always_open": True,
            "cost": "free",
            "apply": "Any organisation of the mechanism calls the admission; nobody has to decide anything first.",
            "accessibility": "No steps; a bathroom for a wheelchair.",
            "concealed": True,
        },
        [],
        [("+381 111 000 100 200", "admission, day and night", None)],
        3,
    ),
    "gnezdo": (
        {
            "eligibility": "Children and young people under 18 who are alone or in danger",
            "description": "A small house with a carer for every three children, school and play.",
            "areas": ["the whole country"],
            "always_open": True,
            "cost": "free",
            "apply": "The guardianship authority or any organisation of the mechanism calls.",
            "concealed": True,
        },
        [],
        [("+381 111 000 100 300", "", None)],
        1,
    ),
    "counselling": (
        {
            "eligibility": "Everybody who lived through violence or exploitation, whatever papers they have",
            "description": "Talks with a psychologist, alone or in a group, as long as it helps.",
            "areas": ["Novi Brod", "Kamenovo"],
            "closed_days": [{"day": "2027-01-07", "note": "Christmas"}],
            "hours_note": "The telephone is answered until ten in the evening.",
            "cost": "free",
            "apply": "Call, write or come; you need no letter.",
            "interpretation": "Into every language by telephone",
            "concealed": False,
            "address": "Lipova 12",
            "postal_code": "00100",
            "town": "Novi Brod",
            "public": True,
        },
        [*_daily(9, 17), ((5, time(10), time(13)), None, "")],
        [("+381 111 000 100 400", "help-line", None), ("+381 111 000 100 401", "appointments", None)],
        None,
    ),
    "legal": (
        {
            "eligibility": "Everybody who has questions about status, wages, papers or a court",
            "areas": ["the whole country"],
            "cost": "free",
            "apply": "By appointment; a lawyer also comes to where you stay.",
            "concealed": False,
            "address": "Lipova 12",
            "postal_code": "00100",
            "town": "Novi Brod",
            "public": True,
        },
        _daily(9, 15, range(1, 5)),
        [("+381 111 000 100 400", "", None)],
        None,
    ),
    "medical": (
        {
            "areas": ["Stara Lipa"],
            "conditions": ["A valid identity card"],
            "concealed": False,
            "town": "Stara Lipa",
        },
        _daily(7, 14),
        [("+381 111 000 100 500", "", None)],
        None,
    ),
}  # fmt: skip


def describe(services: dict[str, Service]) -> None:
    """Say about each service what it says about itself, in the caller's transaction."""
    for key, (fields, hours, phones, free) in ENTRIES.items():
        describe_service(
            actor=SYSTEM, service=services[key], fields=fields, hours=hours, phones=phones, checked=key != "medical"
        )
        if free is not None:
            say_free_places(actor=SYSTEM, service=services[key], free=free)
