"""The status ladder, downgrades, and the words of jurisdictions."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fener.norms.packs import PackError, load_packs
from fener.norms.status import StatusError, add_counts, check_ladder, ladder, terms, to_generic
from tests.norms.packs_made_up import copy_of, packs_with_words


def test_the_ladder_has_the_five_statuses_and_undetermined_is_not_a_no() -> None:
    statuses = ladder()
    assert set(statuses.codes()) == {"potential", "presumed", "identified", "not_identified", "undetermined"}
    assert statuses.statuses["presumed"].opens_every_service
    assert statuses.statuses["undetermined"].opens_every_service


def test_every_step_down_is_a_downgrade_that_needs_author_reason_evidence_and_date() -> None:
    statuses = ladder()
    for before in statuses.codes():
        for after in statuses.after(before):
            step = statuses.step(before, after)
            lower = statuses.statuses[after].order < statuses.statuses[before].order
            assert step.downgrade == lower, (before, after)
            needs = {"decision_maker", "reason", "evidence", "date"} if lower else set()
            assert set(step.needs) == needs


def test_a_negative_decision_can_always_be_reversed() -> None:
    assert set(ladder().after("not_identified")) == {"potential", "presumed", "identified", "undetermined"}


@pytest.mark.parametrize(("before", "after"), [("presumed", "presumed"), ("presumed", "victim"), ("none", "presumed")])
def test_a_step_that_is_not_in_the_table_is_refused(before: str, after: str) -> None:
    with pytest.raises(StatusError):
        ladder().step(before, after)


def test_the_words_of_a_jurisdiction_are_found_whatever_case_spacing_and_unicode_form() -> None:
    packs = packs_with_words({"AA": {"presumed": ["Pretpostavljena  žrtva"]}})
    assert to_generic("AA", "pretpostavljena z\u030crtva", packs) == "presumed"
    assert terms("AA", "presumed", packs) == [("Pretpostavljena  žrtva", "en")]
    assert terms("AA", "identified", packs) == []


def test_the_same_word_may_mean_different_things_and_is_never_guessed() -> None:
    word = ["potential victim"]
    packs = packs_with_words({"AA": {"potential": word}, "BB": {"identified": word}, "CC": {}})
    assert to_generic("AA", "potential victim", packs) == "potential"
    assert to_generic("BB", "potential victim", packs) == "identified"
    with pytest.raises(StatusError, match="not mapped"):
        to_generic("CC", "potential victim", packs)
    with pytest.raises(StatusError, match="no jurisdiction"):
        to_generic("DD", "potential victim", packs)


def test_counts_are_added_only_through_the_mapping() -> None:
    word = ["potential victim"]
    packs = packs_with_words({"AA": {"potential": word}, "BB": {"identified": word}, "CC": {}})
    counts = [("AA", "potential victim", 20), ("BB", "Potential victim", 35), ("AA", "potential victim", 1)]
    assert add_counts(counts, packs) == {"potential": 21, "identified": 35}
    with pytest.raises(StatusError):
        add_counts([*counts, ("CC", "potential victim", 2)], packs)


def test_one_word_for_two_statuses_is_refused_when_packs_are_loaded() -> None:
    with pytest.raises(PackError, match="also mapped"):
        check_ladder(packs_with_words({"AA": {"potential": ["victim"], "identified": ["Victim"]}}))


def test_a_mapping_to_an_unknown_status_is_refused_when_packs_are_loaded() -> None:
    with pytest.raises(PackError, match="is not a status"):
        check_ladder(packs_with_words({"AA": {"almost": ["x"]}}))


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda data: data["transitions"].append({"from": "x", "to": "presumed", "downgrade": False}), "not a status"),
        (lambda data: data["transitions"].append(dict(data["transitions"][0])), "occurs twice"),
        (lambda data: data["statuses"].append(dict(data["statuses"][0])), "occurs twice"),
        (lambda data: data["start"].append("x"), "not a status"),
        (lambda data: data["downgrade"].update(can_be_reviewed=False), "True was expected"),
    ],
)
def test_a_bad_ladder_is_refused(tmp_path: Path, change: Any, reason: str) -> None:
    root = copy_of(tmp_path, "status")
    file = root / "status" / "ladder.yaml"
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    change(raw["data"])
    file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(PackError, match=reason):
        load_packs(root)
