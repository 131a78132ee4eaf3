"""ID-06: fair value not credited to the debt, or length and nature not limited: either is debt bondage."""

from __future__ import annotations

import itertools
import json
from pathlib import Path

from click.testing import CliRunner

from fener.cli import main
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ADULT, DEBT


def test_id_06_either_limb_suffices() -> None:
    for credited, length, nature in itertools.product((300, 1200), ("yes", "no"), ("yes", "no")):
        facts = {**ADULT, "debt": {**DEBT, "credited": credited, "length_defined": length, "nature_defined": nature}}
        bonded = credited < 1200 or "no" in (length, nature)
        assert qualify(facts).debt_bondage == ("found" if bonded else "not_found")


def test_id_06_what_is_not_recorded_is_unknown_and_never_zero() -> None:
    for missing in ("principal", "services_value", "credited", "deductions", "length_defined"):
        debt = {**DEBT, "credited": 1200}
        del debt[missing]
        assert qualify({**ADULT, "debt": debt}).debt_bondage == "undetermined"
    assert qualify(ADULT).debt_bondage == "undetermined"


def test_id_06_the_calculator_shows_debt_value_credits_and_deductions(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({**ADULT, "debt": {**DEBT, "deductions": 900}}), encoding="utf-8")
    shown = CliRunner().invoke(main, ["norms", "qualify", str(file)]).output
    assert "Debt 1200 EUR, value of services 3000 EUR, credited 300 EUR, deductions 900 EUR." in shown
    record = json.loads(CliRunner().invoke(main, ["norms", "qualify", str(file), "--json"]).output)
    figures = record["figures"]["debt"]
    assert (figures["due"], figures["applied"], figures["shortfall"]) == ("1200", "-600", "1800")
