"""Values of tables and packs in words, in the active language."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime
from functools import cache
from typing import Any

from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from fener.casework.chapters.finding import records
from fener.network.models import Desk, Organisation, Service
from fener.norms.fields import Field, facts_fields
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment
from fener.trust.models import Keeper, User
from fener.trust.privacy.collecting import Held
from fener.trust.purposes import Purpose

# Answers of the rules are long and full of citations: on paper stands the answer, in the file for a machine all of it.
SHORT = {"qualification": "qualification", "suggestion": "status"}


def words_of(held: Held) -> str:
    """One value of a table in words."""
    value = held.value
    if isinstance(value, User):
        return str(value)
    if isinstance(value, Keeper):
        return str(getattr(value, "organisation", "") or "")
    if isinstance(value, Organisation | Service):
        return value.name
    if isinstance(value, Desk):
        return str(value)
    said = _said_by_chapters().get(f"{held.spec.model.__name__}.{held.name}")
    if said is not None:
        return said(value)
    if held.name == "kind" and held.spec.model.__name__ in ("Need", "PlanItem", "ServiceRecord"):
        return _kind(str(value))
    if isinstance(held.spec, models.CharField) and held.spec.choices:
        return str(dict(held.spec.flatchoices).get(value, value))
    if held.name in ("why", "answer_why"):
        return " ".join(_step(text, params) for text, params in value)
    if held.name in SHORT and isinstance(value, Mapping):
        return _tidy(str(value.get(SHORT[held.name]) or "")) or "—"
    return plain_words(held.name, value)


@cache
def _said_by_chapters() -> dict[str, Callable[[Any], str]]:
    return {name: words for record in records().values() for name, words in record.copy_words.items()}


def _step(text: str, params: Mapping[str, Any] | None) -> str:
    """One step of an explanation as it is stored, in the active language."""
    shown = {key: _day(value) if isinstance(value, str) else value for key, value in (params or {}).items()}
    return _(text) % shown if shown else _(text)


def _day(value: str) -> str:
    """A date of a stored explanation as its reader writes it; any other text as it is."""
    try:
        return plain_words("", date.fromisoformat(value) if len(value) == 10 else datetime.fromisoformat(value))
    except ValueError:
        return value


def plain_words(name: str, value: Any) -> str:
    """Dates, answers, lists and codes."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, datetime):
        return date_format(timezone.localtime(value), "SHORT_DATETIME_FORMAT")
    if isinstance(value, date):
        return date_format(value)
    if name == "compartments" or name == "compartment":
        parts = value if isinstance(value, list) else [value]
        return ", ".join(str(Compartment(part).label) for part in parts if part in set(Compartment))
    if name == "purpose" and value in set(Purpose):
        return str(Purpose(value).label)
    if isinstance(value, Mapping):
        return "; ".join(f"{_tidy(str(key))}: {plain_words('', inner)}" for key, inner in value.items() if inner)
    if isinstance(value, list | tuple):
        return "; ".join(plain_words("", inner) for inner in value)
    return _tidy(str(value))


def field_words(spec: Field, value: Any) -> str:
    """One value of a pack's field in words."""
    if spec.type in ("choice", "country"):
        return _(vocabulary(spec.vocabulary).label(value))
    if spec.type == "multi":
        names = vocabulary(spec.vocabulary)
        return ", ".join(_(names.label(code)) for code in value)
    if spec.type == "date" and isinstance(value, str):
        return date_format(date.fromisoformat(value))
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if isinstance(value, list):  # a repeated group brings a list of values
        return "; ".join(field_words(spec, each) for each in value)
    return str(value)


def facts_of(facts: Mapping[str, Any]) -> list[tuple[Field, Any]]:
    """Facts with their fields, in the order of a form: those shown in totals only as well; they are the person's."""
    return [(spec, facts[spec.code]) for spec in facts_fields() if facts.get(spec.code) not in (None, "", [])]


def _kind(code: str) -> str:
    for service in catalogue().services:
        if service.code == code:
            return _(service.label)
    return _tidy(code)


def _tidy(code: str) -> str:
    """A code as a person reads it, where no list has words for it."""
    return code.replace("_", " ") if code.isascii() and " " not in code else code
