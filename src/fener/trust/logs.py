"""Logs without personal data: a line says what happened, where in the program, and in which request; nothing else.

What is not known by name is dropped. A line keeps its template (``"sealed %s"``) and never what was put into it; an
error keeps its class and the places in the program through which it came, never its words, which may repeat what
somebody typed. Addresses of pages hold codes of cases and stay out: a request is named by its route.
"""

from __future__ import annotations

import json
import logging
import re
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

# What a line may carry beside its template, as ``logger.info("...", extra={"route": ...})``. Codes and numbers.
ALLOWED = ("route", "method", "status", "ms", "count", "bytes", "act", "version", "job")
CODE = re.compile(r"[A-Za-z0-9_.:<>/\-]{1,80}")
# Whose templates are ours or have no content in them. Others' lines keep only where they come from.
OUR_OWN = ("fener", "_granian")
PACKAGE = Path(__file__).resolve().parent.parent
LONGEST_TRACE = 30

_request_id: ContextVar[str] = ContextVar("fener_request_id", default="")


@contextmanager
def in_request(request_id: str) -> Iterator[None]:
    """Lines that are logged inside carry this id."""
    token = _request_id.set(request_id)
    try:
        yield
    finally:
        _request_id.reset(token)


def current_request_id() -> str:
    """The id of the request that is being answered; empty outside one."""
    return _request_id.get()


def facts(record: logging.LogRecord) -> dict[str, Any]:
    """What may be kept of a line, in the order in which it is written."""
    kept: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
        "level": record.levelname,
        "logger": record.name,
        "event": _event(record),
    }
    if request_id := _request_id.get():
        kept["request_id"] = request_id
    for name in ALLOWED:
        value = getattr(record, name, None)
        if isinstance(value, (bool, int, float)) or (isinstance(value, str) and CODE.fullmatch(value)):
            kept[name] = value
    if record.exc_info and isinstance(record.exc_info, tuple) and record.exc_info[0] is not None:
        kept["errors"] = list(_errors(record.exc_info[1]))
    return kept


def _event(record: logging.LogRecord) -> str:
    """The template of one of our own lines; of others, the place where they were written."""
    if record.name.split(".")[0] in OUR_OWN and isinstance(record.msg, str):
        return record.msg
    return f"{record.module}.{record.funcName}"


def _errors(error: BaseException | None) -> Iterator[dict[str, Any]]:
    """The error and what caused it: class and places. No words, no values."""
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        kind = type(error)
        yield {"class": f"{kind.__module__}.{kind.__qualname__}", "places": _places(error.__traceback__)}
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)


def _places(trace: TracebackType | None) -> list[str]:
    frames = [(frame.f_code, number) for frame, number in traceback.walk_tb(trace)][-LONGEST_TRACE:]
    return [f"{_file(code.co_filename)}:{number} {code.co_name}" for code, number in frames]


def _file(name: str) -> str:
    """A file of the program from its package on; of a library, from its package on."""
    path = Path(name)
    if path.is_relative_to(PACKAGE):
        return str(Path("fener") / path.relative_to(PACKAGE))
    parts = path.parts
    return "/".join(parts[parts.index("site-packages") + 1 :]) if "site-packages" in parts else path.name


class JsonLines(logging.Formatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(facts(record), ensure_ascii=True, separators=(",", ":"))


class PlainLines(logging.Formatter):
    """The same for eyes: time, level, logger, event, then the rest as ``name=value``; an error below it."""

    def format(self, record: logging.LogRecord) -> str:
        kept = facts(record)
        errors = kept.pop("errors", [])
        head = " ".join(str(kept.pop(name)) for name in ("at", "level", "logger"))
        line = " ".join([f"{head}: {kept.pop('event')}", *(f"{name}={value}" for name, value in kept.items())])
        below = [f"    {text}" for one in errors for text in (one["class"], *one["places"])]
        return "\n".join([line, *below])
