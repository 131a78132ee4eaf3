"""Files in: numbered rows, exact numbers, and one clear line about a file that cannot be used."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from fener.bad_input import BadInput
from fener.evidence.reading import read_rows


def written(folder: Path, data: bytes | str) -> Path:
    file = folder / "f.csv"
    file.write_bytes(data.encode() if isinstance(data, str) else data)
    return file


def test_rows_are_numbered_as_a_spreadsheet_shows_them(tmp_path: Path) -> None:
    rows = read_rows(written(tmp_path, '\ufeffa,count\r\n"x, y",1\r\n\r\n z ,2\r\n'))
    assert [(r.number, r["a"], r.whole("count"), r["no such"]) for r in rows] == [(2, "x, y", 1, ""), (4, "z", 2, "")]


def test_numbers_and_dates_are_read_exactly(tmp_path: Path) -> None:
    (row,) = read_rows(written(tmp_path, "a,b,c,d\n16.70,2003-01-02,-3,\n"))
    assert row.number_or_none("a") == Decimal("16.70")
    assert str(row.number_or_none("a")) == "16.70"
    assert str(row.date_or_none("b")) == "2003-01-02"
    assert row.number_or_none("d") is None
    assert row.date_or_none("d") is None


@pytest.mark.parametrize(
    "data, message",
    [
        ("", "row 1: the file is empty"),
        ("a,count\n", "row 2: the file has a header but no data"),
        ("a\n1\n", "row 1, column count: is missing"),
        ("a,count,a\n1,2,3\n", "row 1, column a: stands in the header twice"),
        ("a,count,\n1,2,3\n", "row 1, column 3: has no name"),
        ("a;count\n1;2\n", "row 1: columns are separated by semicolons"),
        ("a,count\n1,2\n1\n", "row 3, column count: the row has 1 cells"),
        ("a,count\n1,2,3\n", "row 2, column 3: the row has 3 cells"),
        (b"a,count\n\xe9,2\n", "row 2, column 1: is not UTF-8"),
        ("a,count\n\u0161,1\n".encode() + "\u0161,2\n".encode("cp1250"), "row 3, column 1: is not UTF-8"),
        ("a,count\n1,2\n".encode("utf-16"), "row 1: is UTF-16"),
        (b"a,count\n1,\x002\n", "row 2, column 2: contains NUL"),
        ('a,count\n"1,2\n', "row 2: a quotation mark is opened and never closed"),
        ('a,count\n"1"x,2\n', "row 2: text follows a closing quotation mark"),
        ("a,count\n1,many\n", 'row 2, column count: "many" is not a number'),
        ("a,count\n1,-2\n", 'row 2, column count: "-2" is negative'),
        ("a,count\n1,2.5\n", 'row 2, column count: "2.5" is not a whole number'),
        ("a,count\n1,\n", "row 2, column count: is empty"),
        ("a,count\n1,NaN\n", 'row 2, column count: "NaN" is not a number'),
    ],
)
def test_a_bad_file_is_told_with_file_row_and_column(tmp_path: Path, data: bytes | str, message: str) -> None:
    file = written(tmp_path, data)
    with pytest.raises(BadInput) as refused:
        [row.whole("count") for row in read_rows(file, required=("count",))]
    assert f"{file}: {message}" in str(refused.value)
    assert "\n" not in str(refused.value)


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "absent.csv"):
        with pytest.raises(BadInput, match=str(path)):
            read_rows(path)


def test_an_unknown_column_is_refused_where_the_columns_are_known(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=r"row 1, column b: is not known \(a, c\)"):
        read_rows(written(tmp_path, "a,b\n1,2\n"), known=("a", "c"))
