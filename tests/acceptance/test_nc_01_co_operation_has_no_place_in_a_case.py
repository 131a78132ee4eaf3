"""NC-01: entitlement and co-operation are separate; nothing on status, service or admission reads co-operation."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import fener.casework
from fener.casework.services import cases
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed, InvalidInput
from tests.factories.assessing import assess
from tests.factories.casework import CaseFactory

READS = re.compile(r"co_?operat|testif|testimon|informant|source_value|passport_stamp")
# Where such words stand only to refuse them by name, or as the purpose of a consent.
REFUSES = {"closing.py"}
# An admission records that nobody asked (rule SH-02): that is all it knows of testimony.
SAYS_THAT_NOBODY_ASKED = {"testimony_not_asked"}


def identifiers(file: Path) -> set[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    names = {node.id for node in ast.walk(tree) if isinstance(node, ast.Name)}
    names |= {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    return names | {node.arg for node in ast.walk(tree) if isinstance(node, (ast.arg, ast.keyword)) and node.arg}


def test_nc_01_no_code_of_the_room_reads_co_operation() -> None:
    root = Path(fener.casework.__path__[0])
    files = [f for part in ("services", "domain", "models", "policies") for f in sorted((root / part).rglob("*.py"))]
    assert len(files) > 20
    found = {(f.name, name) for f in files if f.name not in REFUSES for name in identifiers(f) if READS.search(name)}
    assert {name for _file, name in found} <= SAYS_THAT_NOBODY_ASKED, found


def test_nc_01_a_case_has_no_field_for_it(case_manager: Actor) -> None:
    with pytest.raises(InvalidInput):
        CaseFactory(actor=case_manager, facts={"cooperates": "yes"})
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput):
        assess(case_manager, case, more_facts={"cooperates": "no"})


@pytest.mark.parametrize("reason", ["refuses_to_testify", "refuses_to_return", "refuses_programme"])
def test_nc_01_help_does_not_end_because_somebody_refuses(case_manager: Actor, reason: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed) as closed:
        cases.close_case(actor=case_manager, case=case, version=case.version, reason=reason)
    assert closed.value.result.gate == "end_assistance"
    assert closed.value.result.override is None
