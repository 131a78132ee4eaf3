"""One name for two things, or two names for one."""

from __future__ import annotations

import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator

from fener.evidence.claims.book import Book
from fener.evidence.claims.findings import ERROR, QUESTION, WARNING, Finding, finding
from fener.evidence.claims.model import Claim, spaced

MOST_NAMES = 3000  # sources compared letter by letter


def find(book: Book) -> Iterable[Finding]:
    """Findings of class ``identity``."""
    for name, claims in book.twice.items():
        rows = ", ".join(str(claim.row) for claim in claims[:8])
        yield finding("identity", claims, f"The id {name} stands for {len(claims)} figures (rows {rows}).", ERROR)
    yield from _labels(book)
    yield from _listed_twice(book)
    yield from _same_row(book)
    yield from _spellings(book)


def _labels(book: Book) -> Iterator[Finding]:
    """A footnote or other label that names two things."""
    names: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.unit in book.rules.labels and claim.value is not None:
            names[claim.jurisdiction, claim.source, claim.measure, claim.unit, claim.value].append(claim)
    for claims in names.values():
        if len(claims) > 1 and claims[0].value is not None:
            places = ", ".join(f"{claim.id} at {claim.place or f'row {claim.row}'}" for claim in claims[:6])
            text = f"The {claims[0].unit} {spaced(claims[0].value)} is used {len(claims)} times: {places}."
            yield finding("identity", claims, text, WARNING)


def _listed_twice(book: Book) -> Iterator[Finding]:
    """Two parts of one breakdown that say the same of themselves."""
    for whole, parts in book.parts.items():
        same: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
        for part in parts:
            if part.population and part.population != book.by_id[whole].population:
                same[_self(part)].append(part)
        for twice in same.values():
            if len(twice) > 1:
                names = " and ".join(part.named() for part in twice[:6])
                text = f"{twice[0].population_said()} stands {len(twice)} times in the list of {whole}: {names}."
                yield finding("identity", twice, text, WARNING)


def _self(claim: Claim) -> tuple[object, ...]:
    return (
        claim.breakdown, claim.population, claim.measure, claim.unit, claim.period, claim.source, claim.definition,
        claim.note,
    )  # fmt: skip


def _same_row(book: Book) -> Iterator[Finding]:
    """One figure under two ids: everything else in the row is the same."""
    rows: dict[tuple[object, ...], list[Claim]] = defaultdict(list)
    for claim in book.claims:
        if claim.value is not None and claim.source and not claim.part_of and claim.unit not in book.rules.labels:
            given = (
                claim.jurisdiction,
                claim.value,
                claim.bounds,
                claim.base,
                claim.place,
                claim.as_of,
                claim.overlaps,
            )
            rows[*given, *_self(claim)].append(claim)
    for claims in rows.values():
        if len(claims) > 1 and claims[0].id != claims[1].id:
            names = " and ".join(claim.id for claim in claims[:6])
            text = f"{names} are one figure under {len(claims)} names: everything else in their rows is the same."
            yield finding("identity", claims, text, QUESTION)


def _spellings(book: Book) -> Iterator[Finding]:
    """Sources that differ only in how they are spelled."""
    first: dict[str, Claim] = {}
    count: Counter[str] = Counter()
    for claim in book.claims:
        if claim.source:
            first.setdefault(claim.source, claim)
            count[claim.source] += 1
    groups: dict[str, list[str]] = defaultdict(list)
    for name in list(first)[:MOST_NAMES]:
        groups[_letters(name)].append(name)
    pairs = [(names[0], name) for names in groups.values() for name in names[1:]]
    plain = [names[0] for names in groups.values()]
    pairs += _one_letter(plain)
    for one, two in pairs:
        text = f'"{one}" ({count[one]} figures) and "{two}" ({count[two]}): one source in two spellings, or two?'
        yield finding("identity", [first[one], first[two]], text, QUESTION)


def _letters(name: str) -> str:
    flat = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in flat if c.isalnum()) or name


def _one_letter(names: list[str]) -> Iterator[tuple[str, str]]:
    """Pairs of names that differ in one long word by one letter, or by two letters that changed places."""
    near: dict[tuple[object, ...], list[str]] = defaultdict(list)
    for name in names:
        tokens = tuple(name.casefold().split())
        for at, token in enumerate(tokens):
            if len(token) >= 6 and token.isalpha():
                rest = (at, *tokens[:at], "", *tokens[at + 1 :])
                for key in {token, *(token[:i] + token[i + 1 :] for i in range(len(token)))}:
                    near[*rest, key].append(name)
    told: set[tuple[str, str]] = set()
    for alike in near.values():
        for two in alike[1:]:
            one = alike[0]
            if one != two and (one, two) not in told and (two, one) not in told and _slip(one, two):
                told.add((one, two))
                yield one, two


def _slip(one: str, two: str) -> bool:
    """Whether it is a slip of the pen rather than another form of a word (a plural): not at the very end."""
    a, b = one.casefold(), two.casefold()
    return not (a.startswith(b) or b.startswith(a)) and a[-2:] == b[-2:]
