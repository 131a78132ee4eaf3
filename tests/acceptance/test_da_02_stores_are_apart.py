"""DA-02: victims, offenders, irregular migrants and suspects are kept in separate stores that no query joins."""

from __future__ import annotations

import ast
import re
from itertools import product
from pathlib import Path

from django.apps import apps

SOURCE = Path(__file__).resolve().parents[2] / "src" / "fener"
# Whose data a room holds. A room that is not here fails: somebody has to say it first.
STORES = {
    "casework": "protection",
    "contact": "protection",
    "trust": "trust",  # keys, consents and acts: no person of a case is described in it
    "network": "bodies",
    "auth": "accounts",
    "contenttypes": "accounts",
    "sessions": "accounts",
    "mfa": "accounts",
    "socialaccount": "accounts",
    "account": "accounts",
}
# Stores about people as offenders, suspects or irregular migrants (exchange of law enforcement, when it comes): no
# foreign key leads from or to protection, no module imports both, no query names both.
ENFORCEMENT = {"exchange", "enforcement", "investigation", "migration_control"}
ABOUT_OTHERS = re.compile(
    r"offender|perpetrator|suspect(?!ed_by)|accused|convict|illegal|irregular|deport|detainee", re.I
)


def rooms_of(file: Path) -> set[str]:
    """The rooms that a module imports or lives in."""
    found = {file.relative_to(SOURCE).parts[0]}
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        names = []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{each.name}" for each in node.names)]
        elif isinstance(node, ast.Import):
            names = [each.name for each in node.names]
        found |= {name.split(".")[1] for name in names if name.startswith("fener.") and "." in name}
    return found


def test_da_02_every_store_says_whose_data_it_holds() -> None:
    assert {model._meta.app_label for model in apps.get_models()} <= set(STORES) | ENFORCEMENT


def test_da_02_no_foreign_key_leads_between_protection_and_enforcement() -> None:
    protection = {label for label, store in STORES.items() if store == "protection"}
    joined = {
        (model._meta.label, field.name)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation and field.related_model not in (None, "self")
        for pair in [(model._meta.app_label, field.related_model._meta.app_label)]  # type: ignore[union-attr]
        if pair in {*product(protection, ENFORCEMENT), *product(ENFORCEMENT, protection)}
    }
    assert joined == set()


def test_da_02_no_module_knows_both() -> None:
    both = [
        str(file.relative_to(SOURCE))
        for file in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in file.parts and rooms_of(file) & ENFORCEMENT and rooms_of(file) & {"casework", "contact"}
    ]
    # The program's own start and its addresses name every room; they read nothing.
    assert set(both) <= {"web/root_urls.py", "settings/base.py"}


def test_da_02_the_contract_would_find_a_module_that_joins(tmp_path: Path) -> None:
    module = SOURCE / "casework" / "never_written.py"
    text = "from fener.exchange.models import Suspect\nfrom fener.casework.models import Case\n"
    tree = ast.parse(text)
    names = [node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    rooms = {module.relative_to(SOURCE).parts[0], *(str(name).split(".")[1] for name in names)}
    assert rooms & ENFORCEMENT
    assert rooms & {"casework", "contact"}


def test_da_02_no_field_of_a_case_describes_somebody_as_an_offender_or_an_irregular_migrant() -> None:
    names = {
        f"{model._meta.label}.{field.name}"
        for label in ("casework", "contact")
        for model in apps.get_app_config(label).get_models()
        for field in model._meta.get_fields()
    }
    assert [name for name in names if ABOUT_OTHERS.search(name)] == []


def test_da_02_no_text_of_a_query_is_written_by_hand_where_people_are() -> None:
    """A join that no contract sees would have to be written as SQL: in these rooms there is none."""
    raw = re.compile(r"\.raw\(|cursor\(\)|RawSQL|\.extra\(")
    rooms = [file for room in ("casework", "contact") for file in sorted((SOURCE / room).rglob("*.py"))]
    found = [str(file.relative_to(SOURCE)) for file in rooms if raw.search(file.read_text(encoding="utf-8"))]
    assert [name for name in found if "migrations" not in name] == []
