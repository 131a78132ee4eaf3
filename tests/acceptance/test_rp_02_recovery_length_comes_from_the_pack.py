"""RP-02: the recovery period's length comes from the jurisdiction's pack; the end names its rule and source."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

import fener.norms
from fener.norms.clocks import due
from fener.norms.packs import load_packs
from fener.norms.regimes import timeline
from tests.norms.rules_made_up import with_pack

START = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("place", "end", "rule", "source"),
    [
        ("COE", date(2026, 4, 1), "jurisdictions/COE/recovery_period", "coe-2005"),
        ("RS", date(2026, 4, 1), "jurisdictions/COE/recovery_period", "coe-2005"),
        ("BE", date(2026, 4, 16), "jurisdictions/BE/recovery_period", "gtz-2005-2"),
    ],
)
def test_rp_02_the_end_date_names_its_rule_and_source(place: str, end: date, rule: str, source: str) -> None:
    found = due("recovery_reflection", jurisdiction=place, start=START)
    assert (found.end, found.rule, found.source[0].id) == (end, rule, source)
    assert found.version
    assert found.source[0].at


def test_rp_02_the_generic_floor_is_thirty_days_and_tirana_up_to_three_months() -> None:
    assert timeline("COE", START)[0].end == date(2026, 4, 1)
    tirana = timeline("TIRANA", START)[0]
    assert tirana.end == date(2026, 6, 2)
    assert tirana.source.id == "commitments"


def test_rp_02_changing_the_pack_changes_the_date_without_touching_code() -> None:
    longer = {
        "length": {"days": 90, "count": "calendar"},
        "unconditional": "yes",
        "extendable": "yes",
        "source": {"id": "fener", "at": "a made-up law"},
    }
    packs = with_pack(load_packs(), "jurisdiction", "RS", recovery_period=longer)
    found = due("recovery_reflection", jurisdiction="RS", start=START, packs=packs)
    assert (found.end, found.rule) == (date(2026, 5, 31), "jurisdictions/RS/recovery_period")
    assert str(found.source[0]) == "fener a made-up law"
    assert timeline("RS", START, packs=packs)[0].end == date(2026, 5, 31)


def test_rp_02_no_country_and_no_such_length_stands_in_the_code_of_the_rules() -> None:
    for file in Path(fener.norms.__file__).parent.glob("*.py"):
        if file.stem not in ("calendar", "clocks", "jurisdictions", "regimes", "regime_rules", "regime_facts", "gates"):
            continue
        code = re.sub(r'""".*?"""|#.*', "", file.read_text(encoding="utf-8"), flags=re.DOTALL)
        assert not re.search(r"""["'](AL|BA|BE|BG|HR|IT|MD|ME|MK|RO|RS|XK)["']|Serbia|Belgi|Ital""", code), file.name
        assert not re.search(r"\b(30|45)\b", code), file.name
