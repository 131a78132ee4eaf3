"""What is to be published, from which columns, by which family of protection: the specification of a release."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from fractions import Fraction
from functools import cached_property
from pathlib import Path
from typing import Any, NoReturn

from jsonschema import Draft202012Validator
from jsonschema.exceptions import best_match

from fener.bad_input import BadInput
from fener.evidence.release.spec_schema import SCHEMA
from fener.norms.packs import PackError, read_yaml

TOTAL = "Total"


@dataclass(frozen=True)
class ColumnSpec:
    """One column: its public code list, the groups that codes form, and its names in HTCDS and CTDC.

    ``groups``: group -> its members (codes or other groups), in order. ``missing``: the code of an empty value.
    ``several``: the code of a person whose records differ in this column.
    """

    name: str
    codes: tuple[str, ...]
    title: str = ""
    missing: str = ""
    several: str = ""
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    htcds: str = ""
    ctdc: str = ""
    ctdc_codes: Mapping[str, str | None] = field(default_factory=dict)

    @cached_property
    def children(self) -> Mapping[str, tuple[str, ...]]:
        """Every node that has parts -> its parts. ``TOTAL`` is the root; codes are leaves."""
        inside = {member for members in self.groups.values() for member in members}
        roots = [*(g for g in self.groups if g not in inside), *(c for c in self.codes if c not in inside)]
        return {TOTAL: tuple(roots), **self.groups}

    @cached_property
    def nodes(self) -> tuple[str, ...]:
        """All nodes, ``TOTAL`` first, each group before its parts: the order in which a table prints them."""

        def below(node: str) -> Iterator[str]:
            yield node
            for part in self.children.get(node, ()):
                yield from below(part)

        return tuple(below(TOTAL))

    def leaves(self, node: str) -> tuple[str, ...]:
        """The codes that a node stands for; a code stands for itself."""
        if node not in self.children:
            return (node,)
        return tuple(leaf for part in self.children[node] for leaf in self.leaves(part))


@dataclass(frozen=True)
class TableSpec:
    """One table: the columns that span it, and the one code or group of other columns to which it is limited."""

    name: str
    by: tuple[str, ...]
    where: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Population:
    """Whom the records are about: a name, the period in which they were counted, and the date of the statement."""

    name: str
    start: date | None = None
    end: date | None = None
    as_of: date | None = None


@dataclass(frozen=True)
class National:
    """Protection of national tables. ``minimum`` persons a cell; ``protection``: width that must stay uncertain.

    ``dominance``: per cent of a cell from one contributor above which it is sensitive; None without ``contributor``.
    ``groups``: what happens where everybody of a group shares an attribute: ``suppress`` or ``report``.
    """

    minimum: int = 11
    method: str = "suppress"
    base: int = 3
    protection: int = 10
    contributor: str = ""
    dominance: int | None = None
    groups: str = "suppress"


@dataclass(frozen=True)
class Private:
    """Differential privacy. ``epsilon`` and ``delta`` are exact; ``budget`` is the whole that the ledger may spend."""

    epsilon: Fraction
    ledger: Path
    delta: Fraction = Fraction(0)
    budget_epsilon: Fraction | None = None
    budget_delta: Fraction | None = None
    method: str = "marginals"
    synthetic: bool = False
    synthetic_rows: int | None = None
    rows_per_person: int = 1
    level: Fraction = Fraction(95, 100)
    attack_runs: int = 0


@dataclass(frozen=True)
class Spec:
    """A whole specification. Exactly one of ``national`` and ``private`` is set, as ``family`` says."""

    family: str
    title: str
    publisher: str
    population: Population
    columns: Mapping[str, ColumnSpec]
    tables: tuple[TableSpec, ...]
    person: str
    history: Path
    national: National | None = None
    private: Private | None = None

    @property
    def contributor(self) -> str:
        """The column that names who contributed a record, or nothing."""
        return self.national.contributor if self.national else ""


def read_spec(path: Path | str) -> Spec:
    """Read a specification (YAML). Paths inside are relative to the file. Raises BadInput with key and reason."""
    file = Path(path)
    try:
        raw = read_yaml(file)
    except PackError as error:
        raise BadInput(f"{file}: {error.path or '(top)'}: {error.reason}") from error
    except OSError as error:
        raise BadInput(f"{file}: {error.strerror or 'cannot be read'}") from error
    return parse_spec(raw, file)


def parse_spec(raw: Any, file: Path) -> Spec:
    """A specification from parsed YAML; ``file`` gives the folder of relative paths and the name in messages."""
    if (error := best_match(Draft202012Validator(SCHEMA).iter_errors(raw))) is not None:
        key = "/".join(map(str, error.absolute_path)) or "(top)"
        raise BadInput(f"{file}: {key}: {error.message[:300]}")
    parser = _Parser(file)
    columns = {name: parser.column(name, value) for name, value in raw["columns"].items()}
    family = raw["family"]
    other = "private" if family == "national" else "national"
    if other in raw:
        parser.fail(other, f"does not belong into a release of the {family} family; one release has one family")
    national = parser.national(raw.get("national", {})) if family == "national" else None
    if family == "private" and "private" not in raw:
        parser.fail("private", "is needed for the private family (at least epsilon and ledger)")
    parser.who(raw)
    spec = Spec(
        family=family,
        title=raw.get("title", file.stem),
        publisher=raw.get("publisher", ""),
        population=parser.population(raw),
        columns=columns,
        tables=parser.tables(raw["tables"], columns, where_allowed=family == "national"),
        person=raw.get("person", ""),
        history=file.parent / raw["history"],
        national=national,
        private=parser.private(raw["private"]) if family == "private" else None,
    )
    for key, name in (("person", spec.person), ("national/contributor", spec.contributor)):
        if name and name in columns:
            parser.fail(key, f"{name!r} is also one of the columns; who somebody is, is never published")
    return spec


class _Parser:
    def __init__(self, file: Path) -> None:
        self.file = file

    def fail(self, key: str, reason: str) -> NoReturn:
        raise BadInput(f"{self.file}: {key}: {reason}")

    def who(self, raw: Mapping[str, Any]) -> None:
        """A promise for persons needs to know whose each row is: a column, or the word that no person has two rows."""
        if "person" in raw and "rows" in raw:
            self.fail("rows", "does not go with 'person'; say one of the two")
        if raw["family"] != "private":
            return
        if "person" not in raw and "rows" not in raw:
            self.fail("person", "is needed: the column that says whose a row is; or 'rows: persons' if each is another")
        if "rows" in raw and raw["private"].get("rows_per_person", 1) > 1:
            self.fail("private/rows_per_person", "needs 'person'; with 'rows: persons' it is 1")

    def column(self, name: str, raw: Mapping[str, Any]) -> ColumnSpec:
        key = f"columns/{name}"
        codes = tuple(str(code) for code in raw["codes"])
        groups: dict[str, tuple[str, ...]] = {}
        self._groups(f"{key}/hierarchy", raw.get("hierarchy", {}), groups)
        names = [*codes, *groups]
        for node in names:
            if node == TOTAL or node.strip() != node or "\n" in node or "\0" in node:
                self.fail(f"{key}/codes", f"{node!r} cannot be a code or a group")
            if names.count(node) > 1:
                self.fail(key, f"{node!r} stands twice among the codes and groups")
        members = [member for inside in groups.values() for member in inside]
        for member in members:
            if member not in names:
                self.fail(f"{key}/hierarchy", f"{member!r} is neither a code nor a group")
            if members.count(member) > 1:
                self.fail(f"{key}/hierarchy", f"{member!r} belongs to two groups")
        for extra in ("missing", "several"):
            if extra in raw and str(raw[extra]) not in codes:
                self.fail(f"{key}/{extra}", f"{raw[extra]!r} is not one of the codes")
        ctdc_codes = {str(k): None if v is None else str(v) for k, v in raw.get("ctdc_codes", {}).items()}
        for code in ctdc_codes:
            if code not in codes:
                self.fail(f"{key}/ctdc_codes", f"{code!r} is not one of the codes")
        column = ColumnSpec(
            name=name,
            codes=codes,
            title=raw.get("title", name),
            missing=str(raw.get("missing", "")),
            several=str(raw.get("several", "")),
            groups=groups,
            htcds=raw.get("htcds", ""),
            ctdc=raw.get("ctdc", ""),
            ctdc_codes=ctdc_codes,
        )
        if len(column.nodes) != len(names) + 1:
            self.fail(f"{key}/hierarchy", "is circular: a group contains itself")
        return column

    def _groups(self, key: str, raw: Any, found: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        if isinstance(raw, list):
            return tuple(str(code) for code in raw)
        for group, inside in raw.items():
            if str(group) in found:
                self.fail(key, f"{group!r} stands twice")
            found[str(group)] = ()  # keeps a group before its parts, and its place in the order
            found[str(group)] = self._groups(key, inside, found)
        return tuple(str(group) for group in raw)

    def tables(
        self, raw: list[Any], columns: Mapping[str, ColumnSpec], *, where_allowed: bool
    ) -> tuple[TableSpec, ...]:
        tables: list[TableSpec] = []
        for number, entry in enumerate(raw):
            value: Mapping[str, Any] = {"by": entry} if isinstance(entry, list) else entry
            where = {column: str(node) for column, node in value.get("where", {}).items()}
            by = tuple(value["by"])
            for column in (*by, *where):
                if column not in columns:
                    self.fail(f"tables/{number}", f"{column!r} is not one of the columns")
            for column, node in where.items():
                if not where_allowed:
                    self.fail(f"tables/{number}/where", "belongs to the national family only")
                if column in by:
                    self.fail(f"tables/{number}/where", f"{column!r} also spans the table")
                if node == TOTAL or node not in columns[column].nodes:
                    self.fail(f"tables/{number}/where/{column}", f"{node!r} is neither a code nor a group")
            usual = "-".join([*by, *(f"{c}-{n}" for c, n in where.items())])
            name = value.get("name") or re.sub(r"[^\w-]+", "_", usual)[:80]  # it becomes the name of a file
            tables.append(TableSpec(name, by, where))
            if [table.name for table in tables].count(name) > 1:
                self.fail(f"tables/{number}", f"a table of the name {name!r} stands before; give it another name")
        return tuple(tables)

    def population(self, raw: Mapping[str, Any]) -> Population:
        period = raw.get("period", {})
        start, end = self._date("period/start", period.get("start")), self._date("period/end", period.get("end"))
        if start and end and end < start:
            self.fail("period", "ends before it begins")
        return Population(raw.get("population", ""), start, end, self._date("as_of", raw.get("as_of")))

    def _date(self, key: str, text: str | None) -> date | None:
        if text is None:
            return None
        try:
            return date.fromisoformat(text)
        except ValueError:
            self.fail(key, f"{text!r} is no date")

    def national(self, raw: Mapping[str, Any]) -> National:
        minimum, contributor = raw.get("minimum", 11), raw.get("contributor", "")
        method, base = raw.get("method", "suppress"), raw.get("base", 3)
        if "dominance" in raw and not contributor:
            self.fail("national/dominance", "needs 'contributor', the column that names who contributed a record")
        if "base" in raw and method != "round":
            self.fail("national/base", "belongs to the method 'round'")
        usual = base - 1 if method == "round" else max(minimum - 1, 1)  # a rounded 0 is at most base - 1
        return National(
            minimum=minimum,
            method=method,
            base=base,
            protection=raw.get("protection", usual),
            contributor=contributor,
            dominance=raw.get("dominance", 85) if contributor else None,
            groups=raw.get("groups", "suppress"),
        )

    def private(self, raw: Mapping[str, Any]) -> Private:
        budget = raw.get("budget", {})
        epsilon, delta = (
            self._share("private/epsilon", raw["epsilon"]),
            self._share("private/delta", raw.get("delta", 0)),
        )
        level = self._share("private/level", raw.get("level", "0.95"))
        method = raw.get("method", "marginals")
        if epsilon <= 0:
            self.fail("private/epsilon", "must be more than 0")
        if not 0 <= delta < 1:
            self.fail("private/delta", "must be at least 0 and less than 1")
        if not delta and method == "marginals":
            self.fail("private/delta", "must be above 0 for the method 'marginals' (its noise is Gaussian)")
        if not 0 < level < 1:
            self.fail("private/level", "must be between 0 and 1")
        return Private(
            epsilon=epsilon,
            delta=delta,
            budget_epsilon=self._share("private/budget/epsilon", budget["epsilon"]) if budget else None,
            budget_delta=self._share("private/budget/delta", budget.get("delta", 0)) if budget else None,
            ledger=self.file.parent / raw["ledger"],
            method=method,
            synthetic=raw.get("synthetic", "no") in ("yes", True),
            synthetic_rows=raw.get("synthetic_rows"),
            rows_per_person=raw.get("rows_per_person", 1),
            level=level,
            attack_runs=raw.get("attack_runs", 0),
        )

    def _share(self, key: str, value: Any) -> Fraction:
        try:
            return Fraction(str(value))  # the decimal as it is written, never its binary neighbour
        except (ValueError, ZeroDivisionError):
            self.fail(key, f"{value!r} is not a number")
