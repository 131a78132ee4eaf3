"""The menu: every place of the product under what people do there, and who is shown it.

A new place is one line in ``MENU``. ``first`` marks what somebody in that work opens many times a day: these stand in
the line of a wide screen, the others under "More". On a phone all of them fold behind one button.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from fener.trust import policy
from fener.trust.actor import Actor
from fener.trust.policy import Relationship

OWN, BODY, NODE = Relationship.OWN, Relationship.SAME_ORGANISATION, Relationship.NODE

LINE = 6  # links that stand in one line of a wide screen beside "More", in Serbian too
FEW = 3  # as many as this fold nowhere: the button would take as much room


class Place(NamedTuple):
    """One page of the menu, shown to whoever may do ``act`` in any of the relationships ``how``."""

    route: str
    text: str | Promise
    act: str
    how: tuple[Relationship, ...]
    first: bool = False


MENU: tuple[tuple[str | Promise, tuple[Place, ...]], ...] = (
    (
        _("Work"),
        (
            Place("web:today", _("Today"), "worklist.read", (OWN,), first=True),
            Place("contact:screening_start", _("Screening"), "screening.start", (OWN,), first=True),
            Place("contact:receipts", _("Sent"), "receipt.list", (OWN,)),
            Place("contact:intakes", _("First contacts"), "intake.list", (BODY,), first=True),
            Place("casework:desk", _("Referrals to us"), "desk.read", (BODY,), first=True),
            Place("casework:health_card_use", _("Code of a health card"), "health_card.use", (BODY,)),
        ),
    ),
    (
        _("Persons"),
        (
            Place("casework:cases", _("Cases"), "case.list", (BODY, NODE), first=True),
            Place("casework:limbo", _("People in limbo"), "limbo.list", (NODE,)),
            Place("web:search", _("Search"), "case.search", (BODY,), first=True),
            Place("casework:protected", _("Protected"), "protected.list", (OWN,)),
            Place("casework:glass_start", _("Danger to life"), "glass.start", (OWN,)),
        ),
    ),
    (
        _("Who helps"),
        (
            Place("network:directory", _("Services"), "directory.read", (NODE,)),
            Place("casework:shelters", _("Shelters"), "shelter.list", (BODY, NODE)),
            Place("casework:programmes", _("Programmes"), "programme.list", (BODY,)),
            Place("casework:shelter_vacancies", _("Free places"), "vacancy.search", (NODE,)),
            Place("casework:place_requests", _("Requests for a place"), "house_place.list", (BODY,)),
            Place("casework:house_stays", _("Residents whose consent ended"), "house_stay.list", (BODY,)),
            Place("casework:assets", _("Confiscated assets"), "asset.list", (BODY, NODE)),
            Place("network:map", _("Who does what"), "map.read", (NODE,)),
            Place("network:bodies", _("Network"), "network.organisation.create", (NODE,)),
            Place("web:board", _("The country"), "board.read", (NODE,)),
            Place("casework:figures", _("Figures"), "board.read", (NODE,)),
            Place("casework:operations", _("Operations"), "operation.list", (BODY, NODE)),
            Place("casework:returns_figures", _("Figures about returns"), "returns_figures.read", (NODE,)),
            Place("casework:gate_overrides", _("Overrides of gates"), "gate_override.count", (NODE,)),
        ),
    ),
    (
        _("Running it"),
        (
            Place("network:own", _("My organisation"), "account.list", (BODY,)),
            Place("casework:team", _("The team in numbers"), "supervision.list", (BODY,)),
            Place("casework:own_work", _("My work"), "own_work.read", (OWN,)),
            Place("casework:leave_covers", _("Leave covers"), "leave_cover.list", (BODY,)),
            Place("network:administration", _("Administration"), "administration.list", (OWN, NODE)),
            Place("casework:erasures", _("Erasures"), "erasure.list", (BODY,)),
            Place("web:audit", _("Acts"), "audit.read", (NODE,)),
            Place("web:register", _("Register"), "register.read", (NODE, BODY)),
        ),
    ),
)


def places(actor: Actor, path: str) -> list[dict[str, Any]]:
    """The groups of places that ``actor`` can use, seen from the page at ``path``: what ``{% menu %}`` takes."""
    groups: list[dict[str, Any]] = [
        {
            "title": title,
            "items": [
                {"text": place.text, "href": reverse(place.route), "first": place.first}
                for place in entries
                if any(policy.decide(actor, place.act, how).possible for how in place.how)
            ],
        }
        for title, entries in MENU
    ]
    _mark_here([item for group in groups for item in group["items"]], path)
    return [group for group in groups if group["items"]]


def _mark_here(items: Sequence[dict[str, Any]], path: str) -> None:
    """A case stands within "Cases": the place whose address begins the page's own, the longest of them."""
    within = [item for item in items if path == item["href"] or (item["href"] != "/" and path.startswith(item["href"]))]
    if within:
        here = max(within, key=lambda item: len(item["href"]))
        here["current"] = "page" if path == here["href"] else "true"


def prepare(links: Iterable[Mapping[str, Any]], *, name: str) -> dict[str, Any]:
    """What the template needs, from groups or from plain links: the line, the folded part, and where the reader is.

    ``name`` begins the ids on the page. The links of the line stand in the folded part too, for narrow screens; style
    sheets show each of them once.
    """
    given = list(links)
    grouped: list[Any] = [*given] if given and "items" in given[0] else [{"title": "", "items": given}]
    groups: list[dict[str, Any]] = [
        {"title": group["title"], "items": [_link(link) for link in group["items"]]} for group in grouped
    ]
    items = [item for group in groups for item in group["items"]]
    line = _line(items)
    for number, group in enumerate(groups, 1):
        group["id"] = f"{name}-{number}"
        group["rest"] = any(not item["in_line"] for item in group["items"])
    here = next((item for item in items if item["current"]), None)
    return {"groups": groups, "line": line, "here": here, "fold": len(items) > FEW, "more": len(line) < len(items)}


def _link(link: Mapping[str, Any]) -> dict[str, Any]:
    current = link.get("current") or ""
    return {
        "text": link["text"],
        "href": link["href"],
        "first": bool(link.get("first")),
        "current": "page" if current is True else current,
    }


def _line(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """All where one more than a line would be left over; otherwise what comes first, then the order of the menu."""
    number = len(items) if len(items) <= LINE + 1 else LINE
    chosen = sorted(range(len(items)), key=lambda at: (not items[at]["first"], at))[:number]
    for at, item in enumerate(items):
        item["in_line"] = at in chosen
    return [item for item in items if item["in_line"]]
