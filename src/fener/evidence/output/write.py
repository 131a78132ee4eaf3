"""The three forms of every result: JSON Lines, a table in the terminal, a page to send. And files written whole."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from decimal import Decimal
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any, TextIO

import jinja2
from markupsafe import Markup

from fener.bad_input import BadInput
from fener.evidence.numerals import number
from fener.evidence.output.charts import Chart, svg
from fener.evidence.output.report import Report, Table

DEFAULT_WIDTH = 110  # characters, where the stream is no terminal


def _jsonable(value: object) -> object:
    if isinstance(value, (Fraction, Decimal)):
        return number(value)
    raise TypeError(f"{type(value).__name__} has no form in JSON")


def json_lines(records: Iterable[Mapping[str, Any]], stream: TextIO) -> None:
    """One JSON object a line, UTF-8; exact numbers as int or nearest float. NaN and infinity raise ValueError."""
    for record in records:
        stream.write(json.dumps(record, ensure_ascii=False, allow_nan=False, default=_jsonable) + "\n")


def printable(text: str) -> str:
    """The text without characters that could steer a terminal (a cell of a file may hold any)."""
    return "".join(c if c.isprintable() else " " if c in "\n\t" else "�" for c in text)


def print_table(table: Table, stream: TextIO, width: int | None = None) -> None:
    """A table as text, cells wrapped to ``width`` characters (None: the terminal's, or 110)."""
    terminal = shutil.get_terminal_size((DEFAULT_WIDTH, 24)).columns if stream.isatty() else DEFAULT_WIDTH
    total = width or terminal
    heads = [column.title for column in table.columns]
    rows = [[printable(row.get(column.key, "")) for column in table.columns] for row in table.rows]
    widths = _fit([max([len(h), *(len(r[i]) for r in rows)]) for i, h in enumerate(heads)], total)
    if table.title:
        stream.write(printable(table.title) + "\n")
    for cells in [heads, ["-" * w for w in widths], *rows]:
        wrapped = [textwrap.wrap(cell, w) or [""] for cell, w in zip(cells, widths, strict=True)]
        for line in range(max(len(part) for part in wrapped)):
            parts = [part[line] if line < len(part) else "" for part in wrapped]
            pieces = [
                part.rjust(w) if column.right else part.ljust(w)
                for part, w, column in zip(parts, widths, table.columns, strict=True)
            ]
            stream.write("  ".join(pieces).rstrip() + "\n")
    if table.note:
        stream.write("\n".join(textwrap.wrap(printable(table.note), total)) + "\n")


def _fit(widths: list[int], total: int) -> list[int]:
    """Shorten the widest columns until the row fits; none falls below 8 characters."""
    fitted = [max(w, 1) for w in widths]
    room = total - 2 * (len(fitted) - 1)
    while sum(fitted) > room and max(fitted) > 8:
        widest = fitted.index(max(fitted))
        second = max((w for i, w in enumerate(fitted) if i != widest), default=8)
        fitted[widest] = max(8, min(fitted[widest] - 1, max(second, fitted[widest] - (sum(fitted) - room))))
    return fitted


@cache
def _environment() -> jinja2.Environment:
    folder = Path(__file__).parent / "templates"
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(folder),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )

    def drawn(chart: Chart) -> Markup:
        return Markup(svg(chart))  # noqa: S704 (svg() escapes every text that it draws)

    environment.filters["svg"] = drawn
    return environment


def page(report: Report) -> str:
    """A whole HTML page: no script, nothing from elsewhere, prints, follows the reader's dark mode, fits 320 px."""
    return _environment().get_template("page.html").render(report=report)


@contextmanager
def atomic(path: str | Path) -> Iterator[Path]:
    """Yield a file beside ``path`` to write into; it takes that name only if the block ends without an error."""
    target = Path(path)
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
    except OSError as error:
        raise BadInput(f"{target}: {error.strerror or 'cannot be written'}") from error
    os.close(handle)
    part = Path(name)
    try:
        yield part
        mask = os.umask(0)
        os.umask(mask)
        part.chmod(0o666 & ~mask)  # mkstemp makes files that only their owner reads
        try:
            part.replace(target)
        except OSError as error:
            raise BadInput(f"{target}: {error.strerror or 'cannot be written'}") from error
    finally:
        part.unlink(missing_ok=True)
