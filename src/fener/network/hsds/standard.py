"""HSDS 3.0 itself: reading a file with care, and checking it with the standard's own JSON schemas.

The schemas stand in ``packs/hsds`` as Open Referral publishes them. A file is a page of services (as the standard's API
answers: ``{"contents": [service, …]}``), a list of services, or one service; each with everything about it inside.
"""

from __future__ import annotations

import json
import re
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NoReturn
from uuid import UUID

import jsonschema
from jsonschema import Draft202012Validator
from referencing import Registry, Resource
from referencing.jsonschema import DRAFT202012

from fener.norms.packs import DEFAULT_ROOT

SCHEMAS = DEFAULT_ROOT / "hsds" / "schema"
# A country's directory has some hundred services of some kilobytes.
LARGEST, MOST_SERVICES, DEEPEST, MOST_PROBLEMS = 16 * 1024 * 1024, 5_000, 20, 50


@dataclass(frozen=True)
class Problem:
    """What is wrong in a file: where (``services[3].schedules[0].opens_at``) and what. Says no value that is long."""

    where: str
    text: str

    def __str__(self) -> str:
        return f"{self.where}: {self.text}" if self.where else self.text


class BadFile(Exception):
    """The file cannot be used. ``problems`` is never empty; nothing was written."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = list(problems)
        super().__init__("; ".join(str(one) for one in self.problems[:3]))


def read_services(file: Path) -> list[dict[str, Any]]:
    """The services of a file, each valid by the standard's schema. Raises BadFile."""
    services = _services_in(_read(file))
    problems = list(_first(check_services(services), MOST_PROBLEMS))
    if problems:
        raise BadFile(problems)
    return services


def _refuse(text: str, where: str = "") -> NoReturn:
    raise BadFile([Problem(where, text)])


def _read(file: Path) -> Any:
    try:
        about = file.stat()
        if not stat.S_ISREG(about.st_mode):
            _refuse("is no file; name a file with services as JSON")
        if about.st_size > LARGEST:
            _refuse(f"is larger than {LARGEST // 1024 // 1024} MB; split it")
        with file.open("rb") as source:
            raw = source.read(LARGEST + 1)
    except OSError as error:
        _refuse(error.strerror or str(error))
    if len(raw) > LARGEST:
        _refuse(f"is larger than {LARGEST // 1024 // 1024} MB; split it")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        _refuse("is no text in UTF-8; HSDS 3.0 as JSON is asked for")
    try:
        return json.loads(text, object_pairs_hook=_once_each, parse_constant=_no_constant)
    except RecursionError:
        _refuse("is nested too deeply")
    except json.JSONDecodeError as error:
        _refuse(f"is no JSON: line {error.lineno}, column {error.colno}: {error.msg}")
    except ValueError as error:
        _refuse(f"is no JSON: {error}"[:200])


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise ValueError(f"the name {twice[:40]!r} stands twice in one object")
    return made


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number of JSON")


def _services_in(content: Any) -> list[dict[str, Any]]:
    if isinstance(content, dict) and "contents" in content:
        if content.get("total_pages", 1) not in (0, 1):
            _refuse("is one page of several; export all services into one file")
        content = content["contents"]
    if isinstance(content, dict):
        content = [content]
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        _refuse("holds no services: a service, a list of services, or a page with contents is asked for")
    if len(content) > MOST_SERVICES:
        _refuse(f"holds more than {MOST_SERVICES} services; split it")
    if _depth(content) > DEEPEST:
        _refuse("is nested too deeply")
    return content


def _depth(value: Any) -> int:
    """How deep it is nested, without recursion."""
    deepest, waiting = 0, [(value, 1)]
    while waiting:
        one, level = waiting.pop()
        deepest = max(deepest, level)
        if level > DEEPEST:
            break
        inner = one.values() if isinstance(one, dict) else one if isinstance(one, list) else ()
        waiting += [(each, level + 1) for each in inner]
    return deepest


def check_services(services: list[dict[str, Any]]) -> Iterator[Problem]:
    """What the standard's schema, and the standard's own rule that an id is used once, say against these services."""
    seen: dict[str, int] = {}
    for index, service in enumerate(services):
        where = f"services[{index}]"
        for error in validator().iter_errors(service):
            yield Problem(_path(where, error.absolute_path), _in_words(error))
        known = str(service.get("id", "")).lower()
        if known in seen:
            yield Problem(f"{where}.id", f"is also the id of services[{seen[known]}]")
        seen.setdefault(known, index)


@cache
def validator() -> Draft202012Validator:
    """The standard's schema of a service, with the files that it refers to."""
    files = {file.name: json.loads(file.read_text(encoding="utf-8")) for file in sorted(SCHEMAS.glob("*.json"))}
    resources = [(name, Resource.from_contents(raw, default_specification=DRAFT202012)) for name, raw in files.items()]
    registry: Registry[Any] = Registry().with_resources(resources)
    return Draft202012Validator(files["service.json"], registry=registry, format_checker=_formats())


def _formats() -> jsonschema.FormatChecker:
    """uuid, date-time, email and uri as the standard means them, without further libraries."""
    checker = jsonschema.FormatChecker(formats=())

    def is_uuid(value: object) -> bool:
        return not isinstance(value, str) or str(UUID(value)) == value.lower()

    def is_uri(value: object) -> bool:
        return (
            not isinstance(value, str) or re.fullmatch(r"[A-Za-z][A-Za-z0-9+.-]*:[^\s<>\"\\^`{|}]+", value) is not None
        )

    def is_email(value: object) -> bool:
        return not isinstance(value, str) or re.fullmatch(r"[^@\s<>]+@[^@\s<>]+", value) is not None

    checker.checks("uuid", raises=ValueError)(is_uuid)
    checker.checks("uri")(is_uri)
    checker.checks("email")(is_email)
    return checker


def _path(start: str, parts: Iterable[str | int]) -> str:
    return start + "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in parts)


def _in_words(error: jsonschema.ValidationError) -> str:
    """The schema's complaint in a line, without repeating what may be long or private."""
    wanted: Any = error.validator_value
    if error.validator == "required":
        return f"{error.message.split(' is a required')[0]} is missing"
    if error.validator == "type":
        return f"has to be a {wanted}"
    if error.validator == "enum":
        return f"has to be one of {', '.join(map(str, wanted))}"
    if error.validator == "format":
        return f"is no {wanted}"
    return str(error.message)[:160]


def _first(problems: Iterable[Problem], most: int) -> Iterator[Problem]:
    for count, problem in enumerate(problems):
        if count == most:
            return
        yield problem
