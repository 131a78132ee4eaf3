"""DA-05: ethnicity is voluntary, self-declared, never required, and shown only in aggregate, beside its context."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fener.norms.fields import facts_fields, facts_shown, validate_facts
from fener.norms.packs import DEFAULT_ROOT, PackError, load_packs, read_yaml
from tests.norms.packs_made_up import copy_of

ETHNICITY = next(f for f in facts_fields() if f.code == "ethnicity")


def test_da_05_nothing_asks_for_it() -> None:
    assert ETHNICITY.voluntary
    assert validate_facts({}).errors == {}
    assert validate_facts({"gender": "Feminine"}).errors == {}


@pytest.mark.parametrize("evidence", ["document", "third_party", "observation", "assessment", "anecdotal", None])
def test_da_05_what_the_person_did_not_say_is_not_stored(evidence: str | None) -> None:
    checked = validate_facts({"ethnicity": ["roma"], "ethnicity_evidence": evidence})
    assert "ethnicity" not in checked.cleaned
    assert checked.errors["ethnicity"].code == "not_self_declared"


def test_da_05_what_the_person_said_is_stored() -> None:
    checked = validate_facts({"ethnicity": ["roma", "serb"], "ethnicity_evidence": "self_declared"})
    assert checked.errors == {}
    assert checked.cleaned["ethnicity"] == ["roma", "serb"]


def test_da_05_no_page_or_list_of_cases_shows_it() -> None:
    assert ETHNICITY.aggregate_only
    assert "ethnicity" not in facts_shown({"ethnicity": ["roma"], "ethnicity_evidence": "self_declared"})


def test_da_05_totals_show_it_beside_discrimination_and_evidence() -> None:
    assert set(ETHNICITY.shown_with) == {"discrimination_context", "ethnicity_evidence"}


@pytest.mark.parametrize("change", [{"aggregate_only": False}, {"voluntary": False}, {"shown_with": None}])
def test_da_05_a_pack_that_would_show_or_require_it_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    root = copy_of(tmp_path, "vocabularies")
    pack: dict[str, Any] = read_yaml(DEFAULT_ROOT / "facts.yaml")
    field = next(f for f in pack["data"]["fields"] if f["code"] == "ethnicity")
    for key, value in change.items():
        if value is None:
            del field[key]
        else:
            field[key] = value
    (root / "facts.yaml").write_text(json.dumps(pack), encoding="utf-8")
    with pytest.raises(PackError):
        load_packs(root)
