"""Files that are no workbook, or a dangerous one: one clear line, and nothing of them is parsed."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
import xlsxwriter

from fener.casework.htcds import container, workbook
from fener.casework.htcds.container import BadWorkbook
from tests.casework.htcds.books import PERSON, book, examined, messages


def refusal(path: Path) -> str:
    with pytest.raises(BadWorkbook) as refused:
        workbook.read(path)
    text = str(refused.value)
    assert "\n" not in text
    return text


def zipped(path: Path, parts: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


def changed(path: Path, change: Callable[[str, bytes], bytes], **more: bytes) -> Path:
    """The same workbook with other bytes in some parts, and further parts."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: change(name, archive.read(name)) for name in archive.namelist()}
    return zipped(path, {**parts, **more})


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return book(tmp_path / "cases.xlsx", PERSON)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)
DOCX = {
    "[Content_Types].xml": b'<Types><Override ContentType="application/vnd.ms-word"/></Types>',
    "word/document.xml": b"<w/>",
}


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "is empty"),
        (b"prs_FirstName,prs_SecondName,con_Consent\nAna,Petrovi\xc4\x87,yes\n", "no .xlsx workbook"),
        ("prs_FirstName;prs_SecondName\nЂорђе;Илић\n".encode("cp1251"), "no .xlsx workbook"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no .xlsx workbook"),
        (OLE, "old .xls"),
        (b"PK\x03\x04" + bytes(40), "no .xlsx workbook"),
    ],
    ids=["empty", "csv", "csv in another encoding", "picture", "xls", "broken zip"],
)
def test_a_file_of_another_kind_is_refused_and_says_what_to_do(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "cases.xlsx"
    path.write_bytes(content)
    assert words in refusal(path)


def test_a_folder_and_a_missing_file(tmp_path: Path) -> None:
    assert "folder" in refusal(tmp_path)
    assert "no such file" in refusal(tmp_path / "nowhere.xlsx")


@pytest.mark.parametrize("parts", [DOCX, {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet"}, {}])
def test_another_archive_is_refused(tmp_path: Path, parts: dict[str, bytes]) -> None:
    assert "no .xlsx workbook" in refusal(zipped(tmp_path / "a.xlsx", parts))


def test_a_cut_off_file_is_refused(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-200])
    assert "xlsx" in refusal(path)


def test_a_damaged_part_is_refused(path: Path) -> None:
    changed(path, lambda name, raw: raw[: len(raw) // 2] if "sheet1" in name else raw)
    assert "cannot be read" in refusal(path)


def test_a_workbook_without_the_columns_says_which_it_needs(tmp_path: Path) -> None:
    path = tmp_path / "other.xlsx"
    with xlsxwriter.Workbook(str(path)) as file:
        file.add_worksheet().write_row(0, 0, ["Invoice", "Amount", "Date"])
    assert "prs_FirstName" in refusal(path)


def test_macros_are_refused_also_under_another_ending(path: Path) -> None:
    assert "macros" in refusal(changed(path, lambda _name, raw: raw, **{"xl/vbaProject.bin": b"x"}))


def test_a_renamed_macro_workbook_is_refused_by_what_it_says_it_is(path: Path) -> None:
    changed(
        path,
        lambda _name, raw: raw.replace(
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
    )
    assert "macros" in refusal(path)


def test_a_zip_bomb_is_not_unpacked(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    changed(path, lambda _name, raw: raw, **{"xl/media/a.xml": b"<a>" + b" " * 20_000_000 + b"</a>"})
    monkeypatch.setattr(container, "_check_xml", None)
    assert "unpacks to far more" in refusal(path)


def test_a_swarm_of_parts_is_not_unpacked(path: Path) -> None:
    changed(path, lambda _name, raw: raw, **{f"xl/media/{n}.png": b"" for n in range(2001)})
    assert "unpacks to far more" in refusal(path)


BOMB = (
    b'<?xml version="1.0"?><!DOCTYPE b [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData/></worksheet>'
)


@pytest.mark.parametrize("before", [b"", b"<!--" + b"x" * 5000 + b"-->", b"<!--" + b"x" * (1024 * 1024 - 30) + b"-->"])
@pytest.mark.parametrize("part", ["xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml"])
def test_an_entity_bomb_is_not_parsed_wherever_it_lies(path: Path, before: bytes, part: str) -> None:
    head, tail = BOMB.split(b"<!DOCTYPE", 1)
    bomb = head + before + b"<!DOCTYPE" + tail
    changed(path, lambda name, raw: (bomb + b"<!-- spreadsheetml.sheet.main -->") if name == part else raw)
    assert "no spreadsheet program writes" in refusal(path)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-be", "windows-1250"])
def test_xml_in_another_encoding_is_refused(path: Path, encoding: str) -> None:
    def recode(name: str, raw: bytes) -> bytes:
        if "sheet1" not in name:
            return raw
        text = raw.decode()
        body = text.partition("?>")[2] if text.startswith("<?xml") else text
        return f'<?xml version="1.0" encoding="{encoding}"?>{body}'.encode(encoding, "replace")

    assert "UTF-8" in refusal(changed(path, recode))


def test_more_rows_than_can_be_looked_through_are_refused_with_sheet_and_row(tmp_path: Path) -> None:
    path = tmp_path / "many.xlsx"
    with xlsxwriter.Workbook(str(path), {"constant_memory": True}) as file:
        sheet = file.add_worksheet()
        sheet.write_row(0, 0, ["prs_FirstName", "prs_SecondName", "con_Consent"])
        for number in range(workbook.MOST_ROWS + 1):
            sheet.write_row(number + 1, 0, [f"Ana {number}", "P", "yes"])
    assert refusal(path) == "sheet Sheet1, row 20002: there are more than 20000 cases; divide the file"


def test_formulas_are_pointed_out_cell_by_cell_and_never_computed(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {**PERSON, "prs_MailingCity": "=1+1"}, {**PERSON, "prs_SecondName": "=A3"})
    assert messages(examined(path)) == [
        (3, "prs_MailingCity", "This is a formula. Replace it by its value (copy, paste values)."),
        (4, "prs_SecondName", "This is a formula. Replace it by its value (copy, paste values)."),
    ]
