"""Tables sort, filter and turn their pages by URL, without scripts, and read as cards on a phone."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.test import RequestFactory

from tests.web.pages import render, words


class Filter(forms.Form):
    """A filter of one word."""

    state = forms.CharField(label="State", required=False)


def table(**more: Any) -> dict[str, Any]:
    return {
        "caption": "Cases",
        "columns": [{"key": "code", "label": "Case", "sort": True}, {"key": "due", "label": "Due", "sort": True}],
        "rows": [{"cells": {"code": {"text": "7F3K", "href": "/c/1"}, "due": "soon"}}],
        **more,
    }


def show(url: str = "/", **more: Any) -> str:
    return render("{% fener_table table %}", RequestFactory().get(url), table=table(**more))


def test_a_heading_sorts_up_and_then_down() -> None:
    assert 'href="?sort=due"' in show()
    up = show("/?sort=due", sort="due")
    assert 'href="?sort=-due"' in up
    assert 'aria-sort="ascending"' in up
    down = show("/?sort=-due", sort="-due")
    assert 'href="?sort=due"' in down
    assert 'aria-sort="descending"' in down


def test_sorting_keeps_the_filter_and_goes_back_to_the_first_page() -> None:
    assert 'href="?state=open&amp;sort=due"' in show("/?state=open&page=3")


def test_filtering_keeps_the_order() -> None:
    html = show("/?sort=-due&state=open&page=2", filters=Filter({"state": "open"}))
    assert '<input type="hidden" name="sort" value="-due">' in html
    assert 'name="page"' not in html


def test_pages_say_how_many_lines_there_are() -> None:
    page = Paginator(range(45), 20).page(2)
    html = show("/?sort=due&page=2", page=page)
    assert "21 to 40 of 45" in words(html)
    assert 'href="?sort=due&amp;page=3" rel="next"' in html
    assert 'aria-current="page">2<' in html


def test_each_value_carries_its_heading_for_the_card_on_a_phone() -> None:
    assert 'data-label="Due"' in show()


def test_the_first_column_is_the_heading_of_its_row() -> None:
    assert '<th scope="row" role="rowheader"><a href="/c/1">7F3K</a></th>' in show()


def test_an_empty_table_says_what_that_means() -> None:
    html = show(rows=[], empty={"title": "Nothing waits for you.", "href": "/cases", "label": "All cases"})
    assert "<table" not in html
    assert words(html) == "Nothing waits for you. All cases"


def test_a_filter_that_finds_nothing_offers_the_way_back() -> None:
    html = show("/?state=x", rows=[], filters=Filter({"state": "x"}), empty="Nothing yet.")
    assert "Nothing matches" in html
    assert "Nothing yet." not in html
    assert 'href="?"' in html


def test_a_strange_query_is_kept_as_text() -> None:
    assert "<script" not in show("/?x=%22%3E%3Cscript%3E")
