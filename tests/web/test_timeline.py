"""The time line: a picture, and the same as a list for whoever cannot see it."""

from __future__ import annotations

from datetime import date

from fener.web import timelines
from tests.web.pages import render, words

TODAY = date(2026, 5, 3)
CLOCK = {"label": "Recovery period", "kind": "clock", "start": date(2026, 4, 4), "end": date(2026, 5, 18)}
STAY = {"label": "Shelter stay", "start": date(2026, 4, 6), "end": None}


def test_every_band_stands_in_the_list_with_its_dates_and_state() -> None:
    html = render("{% timeline bands today=today title='Path' %}", bands=[CLOCK, STAY], today=TODAY)
    told = words(html[html.index("<ol") :])
    assert "Recovery period 4 April 2026 to 18 May 2026 running" in told
    assert "Shelter stay since 6 April 2026 running" in told


def test_the_picture_has_a_name_and_says_where_the_list_is() -> None:
    html = render("{% timeline bands today=today title='Path of 7F3K' %}", bands=[CLOCK], today=TODAY)
    assert 'role="img"' in html
    assert "<title>Path of 7F3K</title>" in html


def test_nothing_is_drawn_outside_the_picture() -> None:
    bands = [CLOCK, STAY, {"label": "Long ago", "start": date(2019, 1, 1), "end": date(2019, 1, 1)}]
    drawing = timelines.draw(bands, TODAY)
    for band in drawing.bands:
        assert 0 <= band.x <= 100
        assert band.x + band.width <= 100.01
    assert all(0 <= tick.x <= 100 for tick in drawing.ticks)


def test_a_band_without_an_end_runs_on_and_a_short_one_is_still_seen() -> None:
    stay, day = timelines.draw([STAY, {**CLOCK, "end": CLOCK["start"]}], TODAY).bands
    assert stay.x + stay.width == 100
    assert day.width >= timelines.MIN_WIDTH


def test_a_path_of_ten_years_has_few_dates_on_its_axis() -> None:
    drawing = timelines.draw([{**STAY, "start": date(2016, 1, 1)}], TODAY)
    assert 3 <= len(drawing.ticks) <= 8


def test_an_empty_path_says_so() -> None:
    html = render("{% timeline bands today=today %}", bands=[], today=TODAY)
    assert "<svg role" not in html
    assert "Nothing has begun yet." in words(html)
