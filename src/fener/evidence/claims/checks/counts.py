"""Counts that their own list contradicts."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import QUESTION, WARNING, Finding, finding, listed
from fener.evidence.claims.model import Claim, exact_value

LIST = re.compile(r"\b(?:list|listed|namely|entries)\s*:\s*(.+)$", re.IGNORECASE | re.DOTALL)


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``count`` (and of class ``identity`` for an entry that a list in a note has twice)."""
    for whole_id in book.parts:
        whole = book.by_id[whole_id]
        if whole.unit in book.rules.things:
            for parts in book.breakdowns(whole_id).values():
                yield from _things(book, whole, parts)
    yield from _one_list(book)
    for claim in book.claims:
        if claim.note and (":" in claim.note or claim.unit in book.rules.things):
            yield from _in_note(claim, names=claim.unit in book.rules.things)


def _things(book: Book, whole: Claim, parts: Sequence[Claim]) -> Iterator[Finding]:
    count = exact_value(whole)
    if count is None or any(part.unit not in book.rules.things or exact_value(part) is None for part in parts):
        return
    entries = len(parts)
    if all(exact_value(part) == 1 for part in parts):
        if entries > count or (whole.parts_complete and entries != count):
            text = f"{whole.named()} says {count}, but its list has {entries} entries: {listed(parts)}."
            yield finding("count", [whole, *parts], text, WARNING)
    elif entries == 1 and exact_value(parts[0]) == count and not whole.parts_complete and count > 1:
        text = (
            f"{parts[0].named()} is said to be some of {whole.named()} and is all of it: "
            '"of these" says that others are left.'
        )
        yield finding("count", [whole, parts[0]], text, QUESTION)


def _one_list(book: Book) -> Iterator[Finding]:
    """One list of one source that is counted in different things: six locations, five countries."""
    lists: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.unit in book.rules.things and exact_value(claim) is not None and not claim.part_of:
            key = (claim.jurisdiction, claim.source, claim.measure, claim.population, claim.period)
            lists[key].append(claim)
    for claims in lists.values():
        other = next((c for c in claims if c.unit != claims[0].unit and c.value != claims[0].value), None)
        if other is not None:
            one = claims[0]
            text = f"One list is counted twice: {one.named()} counts {one.unit}, {other.named()} counts {other.unit}."
            yield finding("count", [one, other], text, QUESTION)


def _in_note(claim: Claim, *, names: bool) -> Iterator[Finding]:
    count = exact_value(claim)
    entries = _entries(claim.note, names=names)
    if count is None or len(entries) < 2:
        return
    twice = [entry for entry, times in Counter(entry.casefold() for entry in entries).items() if times > 1]
    if twice:
        distinct = len({entry.casefold() for entry in entries})
        told = (
            f"The list of {claim.named()} has {len(entries)} entries, {distinct} of them distinct ({', '.join(twice)})."
        )
        yield finding("identity", [claim], told, WARNING)
    if len(entries) != count and len({e.casefold() for e in entries}) != count:
        told = f"{claim.named()} says {count}, but its own list has {len(entries)} entries."
        yield finding("count", [claim], told, WARNING)


def _entries(note: str, *, names: bool) -> list[str]:
    """The entries of a list that a remark marks as one, or (where things are counted) that is nothing but names."""
    found = LIST.search(note)
    text = found.group(1) if found else note if names else ""
    entries = [entry.strip(" .") for entry in text.split(";" if ";" in text else ",") if entry.strip(" .")]
    if not found and (len(entries) < 3 or not all(entry[0].isupper() and len(entry.split()) <= 3 for entry in entries)):
        return []
    return entries
