"""Reasons and sources of the rules, as words for a reader. The rules themselves are pure and speak English msgids."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext

from fener.norms.packs import load_packs
from fener.web import dates


def step_words(step: Any) -> str:
    """One step of a reasoning: plain text, or an object with ``text`` and ``params`` (``fener.norms.why.Step``)."""
    if isinstance(step, Mapping):
        text, params = step.get("text", ""), step.get("params") or {}
    else:
        text, params = getattr(step, "text", step), getattr(step, "params", None) or {}
    words = gettext(str(text)) if text else ""
    return words % {name: _value_words(value) for name, value in params.items()} if params else words


def _value_words(value: Any) -> Any:
    return dates.in_words(value) if isinstance(value, date) else value


def lines_of(text: Any) -> list[str]:
    """A reasoning as lines: one text, one step, or several of either."""
    if not text:
        return []
    several = isinstance(text, Iterable) and not isinstance(text, str | Mapping)
    return [line for line in map(step_words, text if several else [text]) if line]


def source_words(source: Any) -> str:
    """A source by its short title and the place in it; several are joined. Plain text stays as it is."""
    if not source:
        return ""
    if isinstance(source, str):
        return source
    if isinstance(source, Iterable) and not isinstance(source, Mapping):
        return "; ".join(filter(None, map(source_words, source)))
    get = source.get if isinstance(source, Mapping) else lambda name, default="": getattr(source, name, default)
    entry = _bibliography().get(get("id", ""), {})
    title = gettext(entry.get("short") or entry.get("title") or get("id", ""))
    return ", ".join(filter(None, [title, get("at", "")]))


def _bibliography() -> Mapping[str, Any]:
    return next((pack.data for pack in load_packs().of_kind("sources").values()), {})
