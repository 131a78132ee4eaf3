"""What a result looks like before it becomes a page: title, sections, tables, charts. Plain values, no HTML."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from fener.evidence.output.charts import Chart


@dataclass(frozen=True)
class Column:
    """A column of a table: ``key`` into the rows, its heading, and whether it is set to the right (numbers)."""

    key: str
    title: str
    right: bool = False


@dataclass(frozen=True)
class Table:
    """A table of texts; a key that a row does not have prints as nothing. ``note`` stands under it."""

    title: str
    columns: tuple[Column, ...]
    rows: tuple[Mapping[str, str], ...]
    note: str = ""


@dataclass(frozen=True)
class Section:
    """Paragraphs, then charts, each followed by the tables that say the same in figures."""

    title: str
    text: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()
    charts: tuple[Chart, ...] = ()


@dataclass(frozen=True)
class Report:
    """A page that can be sent: ``sources`` are listed at its end, ``made`` says with what and of which file."""

    title: str
    lead: str
    sections: tuple[Section, ...]
    sources: tuple[str, ...] = ()
    made: str = ""
