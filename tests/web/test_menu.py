"""The menu shows each role its places, in groups, and says where the reader is."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.template import Context, Template
from django.test import override_settings

from fener.trust.actor import Actor
from fener.trust.roles import Role
from fener.web import menu


def someone(*roles: Role) -> Actor:
    return Actor(user_id=uuid4(), keeper_id=uuid4(), roles=frozenset(roles))


def words(groups: list[dict[str, Any]]) -> list[str]:
    return [str(item["text"]) for group in groups for item in group["items"]]


def here(groups: list[dict[str, Any]]) -> list[tuple[str, str]]:
    return [(str(item["text"]), item["current"]) for group in groups for item in group["items"] if item.get("current")]


def shown(links: list[dict[str, Any]]) -> str:
    return Template("{% load fener %}{% menu links label='Ways' word='Go' %}").render(Context({"links": links}))


def links(number: int, **more: Any) -> list[dict[str, Any]]:
    return [{"text": f"Place {at}", "href": f"/{at}/", **more} for at in range(1, number + 1)]


def test_nobody_is_shown_what_the_table_refuses() -> None:
    places = words(menu.places(someone(Role.AUDITOR), "/"))
    assert "Acts" in places
    assert not {"Cases", "Search", "Danger to life"} & set(places)


def test_a_group_without_a_place_is_not_shown() -> None:
    assert all(group["items"] for group in menu.places(someone(Role.AUDITOR), "/"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("/", [("Today", "page")]),
        ("/cases/", [("Cases", "page")]),
        ("/cases/7F3K-882V/consents/new/", [("Cases", "true")]),
        ("/map/contacts/", [("Who does what", "true")]),
        ("/account/", []),
    ],
)
def test_a_page_within_a_place_is_marked_as_that_place(path: str, expected: list[tuple[str, str]]) -> None:
    assert here(menu.places(someone(Role.CASE_MANAGER), path)) == expected


def test_every_place_stands_in_the_menu_once() -> None:
    routes = [place.route for _title, places in menu.MENU for place in places]
    assert len(routes) == len(set(routes))


def test_the_folded_button_names_the_place() -> None:
    given = links(9)
    given[4]["current"] = True
    page = shown(given)
    assert "<b>Go</b> · Place 5" in page
    assert page.count('href="/5/"') == 2, "in the line and in the folded part"
    assert page.count('aria-current="page"') == 2


def test_what_is_current_under_more_is_named_there() -> None:
    given = links(9)
    given[8]["current"] = "true"
    page = shown(given)
    assert re.search(r'fener-nav__more">More · Place 9<', page)
    assert page.count('aria-current="true"') == 1


def test_what_comes_first_fills_the_line_and_keeps_the_order_of_the_menu() -> None:
    given = links(18)
    for at in (17, 3, 9):
        given[at]["first"] = True
    line = [item["text"] for item in menu.prepare(given, name="x")["line"]]
    assert line == [f"Place {at}" for at in (1, 2, 3, 4, 10, 18)]


def test_one_place_too_many_is_not_hidden_alone_under_more() -> None:
    assert not menu.prepare(links(menu.LINE + 1), name="x")["more"]
    assert menu.prepare(links(menu.LINE + 2), name="x")["more"]


def test_three_places_fold_nowhere() -> None:
    assert "<details" not in shown(links(3))
    assert "<details" in shown(links(4))


def test_words_are_escaped() -> None:
    assert "<script" not in shown([{"text": "<script>", "href": "/"}])


def test_nobody_who_has_not_signed_in_has_a_menu(client: Any, db: None) -> None:
    with override_settings(FENER_DEMO=False):
        assert b"fener-nav" not in client.get("/account/login/").content
