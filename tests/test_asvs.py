"""The table of ASVS 5.0.0 (docs/asvs.csv) is whole, and what it names is there: places, documents, tests."""

from __future__ import annotations

import csv
import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from tests.test_docs import exists, functions_of

ROOT = Path(__file__).parent.parent
APPLIES = {"yes", "no", "partly", "open"}
COLUMNS = ["id", "level", "applies", "where", "test", "note"]
# Of all ids with their levels, in their order: a row that is lost, doubled or given another level changes it.
IDS_AND_LEVELS = "3765ed9541ee1523694f731f53d3201978aa23cf9cac70481d40476d8a2d1e27"
OPERATOR = "docs/operate.md"


@cache
def rows() -> tuple[dict[str, str], ...]:
    with (ROOT / "docs" / "asvs.csv").open(encoding="utf-8", newline="") as file:
        read = csv.DictReader(file)
        assert read.fieldnames == COLUMNS
        return tuple(read)


def places(row: dict[str, str], column: str) -> list[str]:
    return [part.strip() for part in row[column].split(";") if part.strip()]


def missing(row: dict[str, str]) -> list[str]:
    """What the row names and is not there, in words."""
    found = [f"no such place: {place}" for place in places(row, "where") if not _is_there(place)]
    for named in places(row, "test"):
        file, _, name = named.partition("::")
        if not (ROOT / file).is_file() or name.split("[")[0] not in functions_of(ROOT / file):
            found.append(f"no such test: {named}")
    return found


def _is_there(place: str) -> bool:
    """A module or something in one, a package, or a file or folder of the repository."""
    if not place.startswith("fener."):
        return (ROOT / place).exists()
    return exists(place) or (ROOT / "src" / place.replace(".", "/")).is_dir()


def test_every_requirement_of_levels_1_and_2_stands_once_and_in_order() -> None:
    assert Counter(row["level"] for row in rows()) == {"1": 70, "2": 183}
    ids = [row["id"] for row in rows()]
    assert [one for one in ids if not re.fullmatch(r"V\d{1,2}\.\d\.\d{1,2}", one)] == []
    assert ids == sorted(set(ids), key=lambda one: [int(part) for part in one[1:].split(".")])
    digest = hashlib.sha256("\n".join(f"{row['id']} {row['level']}" for row in rows()).encode()).hexdigest()
    assert digest == IDS_AND_LEVELS


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_a_row_says_where_it_is_met_and_which_test_shows_it_or_what_is_missing(row: dict[str, str]) -> None:
    assert row["applies"] in APPLIES
    assert row["applies"] == "yes" or row["note"], "what does not apply, or is not wholly met, says why"
    if row["applies"] in {"yes", "partly"}:
        assert row["where"]
        assert row["test"] or OPERATOR in row["note"], "without a test it is the operator's, and the note leads there"
    assert row["applies"] != "no" or not row["test"]


@pytest.mark.parametrize("row", rows(), ids=lambda row: row["id"])
def test_what_a_row_names_is_there(row: dict[str, str]) -> None:
    assert missing(row) == []


def test_a_test_or_a_place_that_is_gone_would_be_found() -> None:
    row = dict(rows()[0])
    assert missing({**row, "test": f"{row['test']}; tests/test_asvs.py::test_that_is_gone"}) != []
    assert missing({**row, "test": "tests/test_that_is_gone.py::test_it"}) != []
    assert missing({**row, "where": "fener.trust.keys.no_such_thing"}) != []
    assert missing({**row, "where": "docs/no-such-page.md"}) != []


def test_the_decision_counts_as_the_table_does() -> None:
    told = (ROOT / "docs" / "decisions" / "0025-asvs.md").read_text(encoding="utf-8")
    counted = Counter((row["applies"], row["level"]) for row in rows())
    for applies in sorted(APPLIES):
        one, two = counted[applies, "1"], counted[applies, "2"]
        assert f"| {applies} | {one} | {two} | {one + two} |" in told, (applies, one, two)
    for row in rows():
        if row["applies"] == "open":
            assert f"**{row['id']}**" in told, row["id"]
