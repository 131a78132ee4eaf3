"""The pack loader: law, standards and vocabularies as versioned, cited data.

A pack is one YAML file with a header (``pack``) and a body (``data``). The header names its kind, id, version and
sources; the body is checked against ``packs/schema/<kind>.json``. Nothing is used unchecked: a bad pack is refused
with the file, the path inside it and the reason, so that a node never starts on rules that it cannot explain.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from jsonschema import Draft202012Validator

DEFAULT_ROOT = Path(__file__).resolve().parent.parent / "packs"

HEADER_SCHEMA: dict[str, Any] = {
    "type": "object",
    "required": ["pack", "data"],
    "additionalProperties": False,
    "properties": {
        "pack": {
            "type": "object",
            "required": ["kind", "id", "version", "title", "sources"],
            "additionalProperties": False,
            "properties": {
                "kind": {"type": "string"},
                "id": {"type": "string", "pattern": "^[A-Za-z0-9][A-Za-z0-9_.-]*$"},
                "version": {"type": "string", "minLength": 1},
                "title": {"type": "string", "minLength": 1},
                "valid_from": {"type": ["string", "null"]},
                "valid_to": {"type": ["string", "null"]},
                "note": {"type": "string"},
                "sources": {
                    "type": "array",
                    "minItems": 1,
                    "items": {
                        "type": "object",
                        "required": ["id"],
                        "additionalProperties": False,
                        "properties": {
                            "id": {"type": "string"},
                            "at": {"type": "string"},
                            "note": {"type": "string"},
                        },
                    },
                },
            },
        },
        "data": {},
    },
}


class PackError(Exception):
    """A pack that cannot be used: names the file, the path inside it, and why."""

    def __init__(self, file: Path | str, path: str, reason: str) -> None:
        self.file, self.path, self.reason = str(file), path, reason
        super().__init__(f"{self.file}: {path or '(top)'}: {reason}")


@dataclass(frozen=True)
class Source:
    """Where a rule comes from: an id of the bibliography and a place in it."""

    id: str
    at: str = ""
    note: str = ""

    @classmethod
    def of(cls, raw: Mapping[str, Any]) -> Source:
        return cls(id=raw["id"], at=raw.get("at", ""), note=raw.get("note", ""))

    def __str__(self) -> str:
        return f"{self.id} {self.at}".strip()


@dataclass(frozen=True)
class Pack:
    """One checked pack file."""

    kind: str
    id: str
    version: str
    title: str
    data: Any
    sources: tuple[Source, ...]
    file: str
    valid_from: str | None = None
    valid_to: str | None = None


@dataclass(frozen=True)
class Packs:
    """All packs of a root folder, by kind and id."""

    root: Path
    _by_kind: Mapping[str, Mapping[str, Pack]] = field(default_factory=dict)

    def get(self, kind: str, pack_id: str) -> Pack:
        """The pack of that kind and id. Raises KeyError with a readable reason."""
        try:
            return self._by_kind[kind][pack_id]
        except KeyError:
            raise KeyError(f"no pack {pack_id!r} of kind {kind!r}") from None

    def of_kind(self, kind: str) -> Mapping[str, Pack]:
        """All packs of a kind by id; empty when there are none."""
        return self._by_kind.get(kind, {})

    def all(self) -> Iterable[Pack]:
        """Every pack, in a stable order."""
        return [p for kind in sorted(self._by_kind) for _, p in sorted(self._by_kind[kind].items())]


CrossCheck = Callable[[Packs], None]
_cross_checks: list[CrossCheck] = []


def cross_check(check: CrossCheck) -> CrossCheck:
    """Register a check that needs more than one pack (references, forbidden grounds). It raises PackError."""
    _cross_checks.append(check)
    return check


if TYPE_CHECKING:
    _SafeLoader = yaml.SafeLoader
else:  # libyaml reads the packs several times faster than the pure reader; both give the same
    _SafeLoader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_SafeLoader):
    """YAML without guesses: dates stay text, and ``no`` stays the word that a country code or an answer needs."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [
        (tag, regexp)
        for tag, regexp in resolvers
        if tag not in ("tag:yaml.org,2002:timestamp", "tag:yaml.org,2002:bool")
    ]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}
_PlainLoader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def _unique_mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Any, Any]:
    """YAML lets a second key silently replace the first; a rule that vanishes that way would be a right lost."""
    seen: set[Any] = set()
    for key_node, _ in node.value:
        key = loader.construct_object(key_node, deep=True)
        if not isinstance(key, Hashable):
            raise yaml.constructor.ConstructorError(None, None, "a key must be a single word", key_node.start_mark)
        if key in seen:
            raise yaml.constructor.ConstructorError(None, None, f"key {key!r} occurs twice", key_node.start_mark)
        seen.add(key)
    return loader.construct_mapping(node, deep=True)


_PlainLoader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _unique_mapping)


def read_yaml(file: Path) -> Any:
    """Parse one YAML file; raises PackError with line and column where it is not YAML or not UTF-8."""
    try:
        return yaml.load(file.read_text(encoding="utf-8"), Loader=_PlainLoader)  # noqa: S506 (a SafeLoader)
    except UnicodeDecodeError as error:
        raise PackError(file, "", f"is not UTF-8 (byte {error.start})") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}, column {mark.column + 1}" if mark else ""
        why = getattr(error, "problem", None) or getattr(error, "reason", None) or "is not valid YAML"
        raise PackError(file, where, str(why)) from error
    except (ValueError, RecursionError) as error:
        raise PackError(file, "", f"cannot be read: {error}") from error


def _first_error(schema: Mapping[str, Any], value: Any) -> tuple[str, str] | None:
    errors = sorted(Draft202012Validator(schema).iter_errors(value), key=lambda e: list(map(str, e.absolute_path)))
    if not errors:
        return None
    return "/".join(str(part) for part in errors[0].absolute_path), errors[0].message


def _read_pack(file: Path, schemas: Mapping[str, Mapping[str, Any]]) -> Pack:
    raw = read_yaml(file)
    if found := _first_error(HEADER_SCHEMA, raw):
        raise PackError(file, *found)
    head = raw["pack"]
    if head["kind"] not in schemas:
        known = ", ".join(sorted(schemas))
        raise PackError(file, "pack/kind", f"{head['kind']!r} is not a kind of pack (known: {known})")
    if found := _first_error(schemas[head["kind"]], raw["data"]):
        raise PackError(file, f"data/{found[0]}".rstrip("/"), found[1])
    return Pack(
        kind=head["kind"],
        id=head["id"],
        version=head["version"],
        title=head["title"],
        data=raw["data"],
        sources=tuple(Source.of(s) for s in head["sources"]),
        file=file.name,
        valid_from=head.get("valid_from"),
        valid_to=head.get("valid_to"),
    )


def _sources_in(value: Any, path: str) -> Iterable[tuple[str, str]]:
    """Every ``source``/``sources`` citation inside a body, with its path."""
    if isinstance(value, dict):
        for key, inner in value.items():
            here = f"{path}/{key}"
            cited = inner if key == "sources" and isinstance(inner, list) else [inner] if key == "source" else []
            for entry in cited:
                if isinstance(entry, dict) and "id" in entry:
                    yield here, entry["id"]
            yield from _sources_in(inner, here)
    elif isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _sources_in(inner, f"{path}/{index}")


def _check_citations(packs: Packs, files: Mapping[tuple[str, str], Path]) -> None:
    known = {source for pack in packs.of_kind("sources").values() for source in pack.data}
    for pack in packs.all():
        file = files[pack.kind, pack.id]
        for source in pack.sources:
            if source.id not in known:
                raise PackError(file, "pack/sources", f"{source.id!r} is not in the bibliography")
        if pack.kind == "sources":
            continue
        for path, source_id in _sources_in(pack.data, "data"):
            if source_id not in known:
                raise PackError(file, path, f"{source_id!r} is not in the bibliography")


def load_packs(root: Path | None = None, *, also: Iterable[Path] = ()) -> Packs:
    """All packs under ``root`` (the shipped ones by default, cached) and under the folders ``also``.

    A node's own folder adds packs (codes, screening sets) without a new release; it brings no schemas of its own.
    Raises PackError for the first bad pack.
    """
    return _load_default() if root is None and not also else _load(root or DEFAULT_ROOT, *also)


@cache
def _load_default() -> Packs:
    """The shipped packs and those of the folder that FENER_PACKS names, if any."""
    own = os.environ.get("FENER_PACKS")
    return _load(DEFAULT_ROOT, *([Path(own)] if own else []))


def _load(root: Path, *also: Path) -> Packs:
    from fener.norms import checks  # noqa: F401  (registers the cross-checks)

    schemas = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in sorted((root / "schema").glob("*.json"))}
    by_kind: dict[str, dict[str, Pack]] = {}
    files: dict[tuple[str, str], Path] = {}
    for file in [f for folder in (root, *also) for f in sorted(folder.rglob("*.yaml"))]:
        pack = _read_pack(file, schemas)
        if (pack.kind, pack.id) in files:
            raise PackError(file, "pack/id", f"{pack.id!r} is also in {files[pack.kind, pack.id].name}")
        files[pack.kind, pack.id] = file
        by_kind.setdefault(pack.kind, {})[pack.id] = pack
    packs = Packs(root=root, _by_kind=by_kind)
    _check_citations(packs, files)
    for check in _cross_checks:
        check(packs)
    return packs
