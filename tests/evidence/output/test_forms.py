"""JSON Lines, table and page: nothing is lost, nothing escapes, nothing is half-written."""

from __future__ import annotations

import io
import json
import re
import xml.etree.ElementTree as ET
from fractions import Fraction
from pathlib import Path

import pytest

from fener.bad_input import BadInput
from fener.evidence.output.charts import BarChart, Chart, IntervalChart, LineChart, Mark, Point, Series, svg
from fener.evidence.output.report import Column, Report, Section, Table
from fener.evidence.output.write import atomic, json_lines, page, print_table

EVIL = "<script>alert('x')</script>\x1b[31m & \"q\""
CHARTS: tuple[Chart, ...] = (
    IntervalChart("I", (Mark(EVIL, 12, 8, 20.5), Mark("b", None, text="refused"), Mark("c", 4, open_high=True))),
    BarChart(
        "B", (Mark("a", 3, qualifier=">", open_high=True, low=3), Mark("b", -2), Mark("none", None)), unit="persons"
    ),
    LineChart("L", (Series(EVIL, (Point(1, "2002", 283), Point(2, "2003", 53, breaks=EVIL), Point(3, "2004", None))),)),
    LineChart("empty", ()),
    BarChart("empty", ()),
)
TABLE = Table("T", (Column("a", "A"), Column("n", "Number", right=True)), ({"a": EVIL, "n": "1 000"}, {"a": "é"}), "N.")


def test_exact_numbers_become_json_numbers() -> None:
    out = io.StringIO()
    json_lines([{"a": Fraction(3), "b": Fraction(1, 4), "c": None, "d": "š"}], out)
    assert json.loads(out.getvalue()) == {"a": 3, "b": 0.25, "c": None, "d": "š"}
    assert "š" in out.getvalue()
    with pytest.raises(ValueError):
        json_lines([{"a": float("nan")}], out)


@pytest.mark.parametrize("width", [30, 60, 200])
def test_a_table_keeps_to_its_width_and_cannot_steer_the_terminal(width: int) -> None:
    out = io.StringIO()
    print_table(TABLE, out, width=width)
    assert max(map(len, out.getvalue().splitlines())) <= width
    assert "\x1b" not in out.getvalue()
    assert re.search(r" 1 000$", out.getvalue(), re.MULTILINE)


def test_a_page_stands_alone_and_escapes_what_it_is_given() -> None:
    text = page(Report(EVIL, EVIL, (Section(EVIL, (EVIL,), (TABLE,), CHARTS),), (EVIL,), EVIL))
    assert "<script" not in text
    assert not re.search(r"(src|href)=|url\(|@import", text)
    assert text.count("<h1>") == 1
    assert "prefers-color-scheme: dark" in text
    assert "@media print" in text


@pytest.mark.parametrize("chart", CHARTS, ids=lambda c: f"{type(c).__name__}-{c.title}")
def test_a_chart_is_well_formed_and_says_in_words_what_it_shows(chart: Chart) -> None:
    root = ET.fromstring(svg(chart))  # noqa: S314 (our own)
    assert root.attrib["role"] == "img"
    assert root[0].text == chart.title
    assert root[1].text


def test_qualifiers_bounds_and_breaks_are_drawn() -> None:
    drawn = svg(CHARTS[1])
    assert "&gt; 3" in drawn
    assert "stroke-dasharray" in drawn
    assert "Break: " in svg(CHARTS[2])
    assert "no figure" in svg(CHARTS[2])
    assert "8–20.5" in svg(CHARTS[0])


def test_nothing_is_half_written(tmp_path: Path) -> None:
    file = tmp_path / "out.html"
    file.write_text("before")
    with pytest.raises(ZeroDivisionError), atomic(file) as part:
        part.write_text(f"half{1 / 0}") if part.write_text("half") else None
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("out.html", "before")]
    with atomic(file) as part:
        part.write_text("whole")
    assert [(f.name, f.read_text()) for f in tmp_path.iterdir()] == [("out.html", "whole")]
    with pytest.raises(BadInput, match="absent"), atomic(tmp_path / "absent" / "x"):
        pass
