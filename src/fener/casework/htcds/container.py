"""Is this file a workbook that can be opened without danger? Answered from its bytes, before anything parses them."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

# An honest workbook of 10,000 cases unpacks to about 30 MB; XML of cases packs about 1 to 20.
MOST_UNPACKED = 200 * 1024 * 1024
MOST_RATIO = 200
SMALL = 4 * 1024 * 1024  # below this any ratio is harmless: thousands of empty prepared rows pack very well
MOST_PARTS = 2000
CHUNK = 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
DECLARED = re.compile(rb"""<\?xml[^>]*encoding\s*=\s*["']([A-Za-z0-9._-]+)["']""")
NOT_A_WORKBOOK = "is no .xlsx workbook; open it in a spreadsheet program and save it as .xlsx"


class BadWorkbook(Exception):
    """A file that cannot be imported at all: one line that says what it is and what to do."""


def check(path: Path) -> None:
    """Raises BadWorkbook for whatever is no plain .xlsx: another format, macros, a bomb, strange XML."""
    if path.is_dir():
        raise BadWorkbook("is a folder; name the workbook in it")
    if not path.is_file():
        raise BadWorkbook("there is no such file")
    try:
        with path.open("rb") as file:
            start = file.read(8)
        if not start:
            raise BadWorkbook("is empty")
        if start.startswith(OLD_OFFICE):
            raise BadWorkbook("is an old .xls workbook or has a password; save it as .xlsx without a password")
        if not zipfile.is_zipfile(path):
            raise BadWorkbook(NOT_A_WORKBOOK)
        with zipfile.ZipFile(path) as archive:
            _check_parts(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, EOFError, KeyError, ValueError) as error:
        raise BadWorkbook(f"is damaged or protected; {NOT_A_WORKBOOK.partition('; ')[2]}") from error
    except OSError as error:
        raise BadWorkbook(error.strerror or "cannot be read") from error


def _check_parts(archive: zipfile.ZipFile) -> None:
    parts = archive.infolist()
    unpacked = sum(part.file_size for part in parts)
    packed = max(1, sum(part.compress_size for part in parts))
    if len(parts) > MOST_PARTS or unpacked > MOST_UNPACKED or (unpacked > SMALL and unpacked / packed > MOST_RATIO):
        raise BadWorkbook("unpacks to far more than a workbook of cases; it was not opened")
    names = [part.filename for part in parts]
    if len(set(names)) != len(names):
        raise BadWorkbook("holds two parts of one name; it was not opened")
    lower = [name.lower() for name in names]
    if "[Content_Types].xml" not in names or "xl/workbook.bin" in lower:
        raise BadWorkbook(NOT_A_WORKBOOK)
    types = archive.read("[Content_Types].xml")
    if any("vbaproject" in name or name.startswith("xl/macrosheets/") for name in lower) or b"macroEnabled" in types:
        raise BadWorkbook("contains macros; save it as .xlsx without macros and try again")
    if b"spreadsheetml.sheet.main" not in types:
        raise BadWorkbook(NOT_A_WORKBOOK)
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_xml(archive, part)


def _check_xml(archive: zipfile.ZipFile, part: zipfile.ZipInfo) -> None:
    """No document type (entity bombs live there) and nothing but UTF-8, in which that can be seen."""
    with archive.open(part) as stream:
        tail = b""
        first = True
        while chunk := stream.read(CHUNK):
            if first:
                _check_encoding(chunk[:512])
                first = False
            text = tail + chunk
            if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
                raise BadWorkbook("contains XML that no spreadsheet program writes; it was not opened")
            tail = text[-16:]


def _check_encoding(start: bytes) -> None:
    declared = DECLARED.search(start)
    strange = declared is not None and declared.group(1).lower() not in (b"utf-8", b"us-ascii", b"ascii")
    if strange or start.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in start:
        raise BadWorkbook("is not written in UTF-8; open it in a spreadsheet program and save it as .xlsx")
