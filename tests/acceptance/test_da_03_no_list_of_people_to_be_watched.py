"""DA-03: no watch list, border list, register of foreigners or sex workers, carrier's check or ethnic score exists.

Not in any model, field, route, export, act or query.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from fener.norms.fields import compartment_fields, facts_fields
from fener.norms.htcds import htcds_mapping
from fener.trust.compartments import Compartment
from fener.trust.policy import acts

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fener"
# Concepts of which no store, list, export or figure may exist, as words of names in code and addresses.
FORBIDDEN = re.compile(
    r"watch_?list|black_?list|stop_?list|alert_?list|no_?fly|most_?wanted"
    r"|border_?(list|register|crossing|control|check)|entry_?ban|crossing"
    r"|register_?of|foreigner|alien|migrant_?(list|register)"
    r"|sex_?work|prostitut|brothel"
    r"|(sea|air|bus|transport)_?carrier|carriers?_|passenger|airline|travel_?manifest"
    r"|(ethnic|roma|nationality|citizenship|origin|religion|race|racial)\w*_?(score|risk|index|rank|level|weight|rating)"
    r"|(risk|danger|suspicion|credibility|vulnerability)_?(score|rating|index|points)"
    r"|profil(e_?score|ing)|face_?recog|biometric|finger_?prints_of",
    re.IGNORECASE,
)
# What reads a field of ethnicity or citizenship, and why; any other module has to be looked at by somebody first.
READ_BY = {
    "casework/forms/opening.py": "leaves the fields out of the form unless the person wants to say",
}
SENSITIVE = {"ethnicity", "ethnicity_evidence", "citizenships", "religion", "race"}


def named() -> Iterator[str]:
    """Every name that the program gives to something it stores, shows, sends out or allows."""
    for model in apps.get_models():
        yield model._meta.label
        yield model._meta.db_table
        yield from (f"{model._meta.label}.{field.name}" for field in model._meta.get_fields())
    yield from (" ".join(pair) for pair in routes())
    yield from acts()
    yield from (column.name for column in htcds_mapping().workbook_columns())
    yield from (field.code for field in facts_fields())
    yield from (field.code for part in Compartment for field in compartment_fields(part.value))


def routes() -> Iterator[tuple[str, str]]:
    def walk(resolver: URLResolver, before: str) -> Iterator[tuple[str, str]]:
        for entry in resolver.url_patterns:
            pattern = before + str(entry.pattern)
            if isinstance(entry, URLResolver):
                yield from walk(entry, pattern)
            elif isinstance(entry, URLPattern):
                yield pattern, entry.name or ""

    return walk(get_resolver(), "")


def sources() -> list[Path]:
    return [file for file in sorted(SOURCE.rglob("*.py")) if "migrations" not in file.parts]


def test_da_03_nothing_is_named_like_a_list_of_people_to_be_watched() -> None:
    assert [name for name in named() if FORBIDDEN.search(name)] == []


@pytest.mark.parametrize(
    "name",
    ["casework.WatchList", "border_crossings/", "Case.ethnic_risk", "sexworker.list", "risk_score", "PassengerCheck",
     "origin_weight", "register_of_foreigners"],
)  # fmt: skip
def test_da_03_the_words_would_be_found(name: str) -> None:
    assert FORBIDDEN.search(name)


def test_da_03_no_class_or_function_is_named_like_one() -> None:
    found = [
        f"{file.relative_to(SOURCE)}: {node.name}"
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef | ast.FunctionDef) and FORBIDDEN.search(node.name)
    ]
    assert found == []


def test_da_03_nothing_is_computed_from_ethnicity_or_citizenship() -> None:
    """No code but the reviewed one names these fields; facts travel by their packs, which compute nothing of them."""
    found = {
        str(file.relative_to(SOURCE))
        for file in sources()
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and node.value in SENSITIVE
    }
    assert found <= set(READ_BY), "say in READ_BY what reads it, and that it computes no number"


# Numbers of a case that are counted up by what happened, and judge nobody.
COUNTED = {"escalation_level"}


def test_da_03_no_field_of_a_person_is_a_number_that_judges() -> None:
    """The numbers of a case are ages, counts and versions: none is a score."""
    numbers = (models.IntegerField, models.FloatField, models.DecimalField)
    kept = {
        field.name
        for label in ("casework", "contact")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
        if isinstance(field, numbers)
    }
    assert {name for name in kept if re.search(r"score|risk|rank|points|weight|level$|rating", name)} <= COUNTED


def test_da_03_rules_weigh_nobody_by_who_they_are() -> None:
    """No rule of screening, of gates, clocks or regimes asks for ethnicity or citizenship as a weight."""
    weights = re.compile(r"(ethnic|citizenship|nationalit)\w*[^\n]{0,80}\b(weight|score|points)\s*:", re.IGNORECASE)
    packs = [*sorted((SOURCE / "packs").rglob("*.yaml"))]
    assert [str(pack) for pack in packs if weights.search(pack.read_text(encoding="utf-8"))] == []
