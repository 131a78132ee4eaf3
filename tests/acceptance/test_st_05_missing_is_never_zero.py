"""ST-05: missing is never zero, and has a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.bad_input import BadInput
from fener.evidence.claims import derive
from fener.evidence.claims.reading import MISSING
from tests.evidence.claims.made_up import book, classes, row


@pytest.mark.parametrize("reason", MISSING)
def test_st_05_each_reason_is_kept_and_no_zero_is_put_in_its_place(reason: str, tmp_path: Path) -> None:
    rows = (row("w", 10, parts_complete="yes"), row("a", 4, part_of="w"), row("b", None, part_of="w", missing=reason))
    assert classes(tmp_path, *rows) == []  # with a zero the parts would not make the whole
    (value,) = derive(book(tmp_path, *rows), kind="sum", inputs=["a", "b"])
    assert value.value is None
    assert reason.replace("_", " ") in str(value.refused)


def test_st_05_an_empty_cell_without_a_reason_is_told(tmp_path: Path) -> None:
    assert classes(tmp_path, row("a", None)) == ["missing"]
    with pytest.raises(BadInput, match="says that there is no value"):
        book(tmp_path, row("a", 0, missing="refused"))


def test_st_05_a_stated_zero_is_a_figure(tmp_path: Path) -> None:
    assert classes(tmp_path, row("a", 0)) == []
    assert classes(tmp_path, row("a", 0), row("b", 7, source="Haven", source_type="ngo")) == ["conflict"]
