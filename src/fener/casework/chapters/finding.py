"""Which chapters there are: every module of this folder that holds one."""

from __future__ import annotations

from functools import cache

from fener.casework import chapters as folder
from fener.casework.chapters.contract import Chapter, Knew, Record
from fener.trust.finding import inside


@cache
def chapters() -> tuple[Chapter, ...]:
    """All chapters, in the order in which the page of a case shows them."""
    found = [module.CHAPTER for module in inside(folder.__name__) if hasattr(module, "CHAPTER")]
    return tuple(sorted(found, key=lambda chapter: (chapter.place, chapter.code)))


@cache
def records() -> dict[str, Record]:
    """Every kind of record by its code. Raises ValueError for a code that is taken or names another chapter."""
    found: dict[str, Record] = {}
    for chapter in chapters():
        for record in chapter.records:
            if record.chapter != chapter.code or record.code in found:
                raise ValueError(f"{chapter.code}: the code {record.code!r} does not fit, or is taken")
            found[record.code] = record
    return found


def chapter(code: str) -> Chapter | None:
    """One chapter by its code."""
    return next((each for each in chapters() if each.code == code), None)


@cache
def knew() -> Knew:
    """The acts of all records that belong under "who knows what"."""
    each = [record.knew for record in records().values()]
    return Knew(
        reads=tuple(act for one in each for act in one.reads),
        gives=tuple(act for one in each for act in one.gives),
        takes=tuple(act for one in each for act in one.takes),
    )
