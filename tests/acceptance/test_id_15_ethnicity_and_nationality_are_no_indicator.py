"""ID-15: ethnicity and nationality enter no indicator, weight or risk score."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.packs import PackError, load_packs
from fener.norms.screening import evaluate
from tests.norms.packs_made_up import write_pack

QUESTION: dict[str, Any] = {
    "id": "own-question",
    "block": "situation",
    "to": "officer",
    "text": "Does somebody else keep the key?",
    "asked": "observed",
    "indicator": "movement_restricted",
    "supports_when": "yes",
    "strength": "strong",
    "source": {"id": "fener"},
}


def load_with(tmp_path: Path, **change: Any) -> None:
    data = {"questions": [{**QUESTION, **change}]}
    write_pack(tmp_path / "own.yaml", "screening_questions", "own", data)
    load_packs(also=[tmp_path])


def test_id_15_a_question_without_such_a_ground_is_taken(tmp_path: Path) -> None:
    load_with(tmp_path)


@pytest.mark.parametrize(
    "change",
    [
        {"indicator": "ethnicity"},
        {"indicator": "nationality"},
        {"text": "Is the person Roma?"},
        {"text": "What is the person's nationality?"},
        {"text": "Does the person look like a foreigner?"},
        {"help": "Think of the ethnic group."},
        {"id": "ethnic-group"},
        {"suggests": {"ethnicity": ["roma"]}},
        {"suggests": {"citizenships": ["RS"]}},
    ],
)
def test_id_15_a_pack_that_reads_ethnicity_or_nationality_is_refused(tmp_path: Path, change: dict[str, Any]) -> None:
    with pytest.raises(PackError, match=r"Ethnic belonging|not a known sign"):
        load_with(tmp_path, **change)


def test_id_15_such_a_sign_cannot_be_added_to_the_list(tmp_path: Path) -> None:
    entry = {"code": "minority", "label": "Belongs to a minority"}
    write_pack(tmp_path / "own.yaml", "vocabulary", "own", {"extends": "indicator", "entries": [entry]})
    with pytest.raises(PackError, match="Ethnic belonging"):
        load_packs(also=[tmp_path])


def test_id_15_no_weight_can_be_written_into_a_pack(tmp_path: Path) -> None:
    with pytest.raises(PackError, match="weight"):
        load_with(tmp_path, weight=2)


@given(st.sampled_from(["RS", "AL", "XK", "NG", "stateless"]), st.sampled_from(["roma", "serb", "albanian", ""]))
def test_id_15_who_the_person_is_changes_no_result(nationality: str, ethnicity: str) -> None:
    pack = load_packs().get("screening_set", "adult-police")
    answers = {"owes-debt": "yes", "other-speaks": "yes"}
    person = {"age": 30, "nationality": nationality, "citizenships": [nationality], "ethnicity": [ethnicity]}
    assert evaluate(pack, answers, person) == evaluate(pack, answers, {"age": 30})
