"""Code lists: the standard's codes are canonical, local ones map to them, an overlay adds codes."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from fener.norms.packs import DEFAULT_ROOT, PackError, Packs, load_packs
from fener.norms.vocab import footnote, vocabulary
from tests.norms.packs_made_up import write_pack

STANDARD = [
    row
    for row in csv.DictReader((DEFAULT_ROOT / "htcds" / "htcds-2.0.csv").open(encoding="utf-8"))
    if row["value_names"].strip() and "ISO" not in row["value_names"]
]


def lists_for(field: str) -> list[str]:
    return [
        key for key, pack in load_packs().of_kind("vocabulary").items() if field in pack.data.get("htcds_fields", [])
    ]


def with_overlay(tmp_path: Path, entries: list[dict[str, object]], extends: str = "exploitation") -> Packs:
    folder = tmp_path / "own"
    folder.mkdir()
    write_pack(folder / "own.yaml", "vocabulary", "own", {"extends": extends, "entries": entries})
    return load_packs(also=[folder])


@pytest.mark.parametrize("row", STANDARD, ids=lambda row: row["name"])
def test_every_value_of_the_standard_is_a_code_and_comes_back_from_name_and_label(row: dict[str, str]) -> None:
    (vocabulary_id,) = lists_for(row["name"])
    words = vocabulary(vocabulary_id)
    names = [value.strip() for value in row["value_names"].strip().split("\n")]
    labels = [value.strip() for value in row["value_labels"].strip().split("\n")]
    for name, label in zip(names, labels, strict=True):
        assert name in words
        assert words.htcds(name) == name
        assert words.from_htcds(f"  {name.upper()} ") == name
        assert words.from_htcds(f"{label}  ") == name


def test_stray_blanks_and_spellings_of_hand_filled_forms_are_read() -> None:
    control = vocabulary("control_method")
    assert control.from_htcds("DebtBondage ") == "DebtBondage"
    assert control.from_htcds("debt  bondage") == "DebtBondage"
    assert control.from_htcds("debt\u00a0bondage") == "DebtBondage"
    assert vocabulary("relationship_to_trafficker").from_htcds("Unacquainted") == "Unaquainted"
    assert vocabulary("education").from_htcds("Bachelor's or Equivalent Level") == "BachelorsOrEquivalentLevel"


def test_an_unknown_value_is_named_in_the_error() -> None:
    with pytest.raises(ValueError, match="Slavery-ish"):
        vocabulary("exploitation").from_htcds("Slavery-ish ")
    with pytest.raises(ValueError, match="nonsense"):
        vocabulary("exploitation").label("nonsense")


@pytest.mark.parametrize(
    ("code", "standard"),
    [
        ("forced_criminality", "Other"),
        ("forced_begging_adult", "ForcedBegging"),
        ("armed_group", "ForcedMilitaryByNonStateActors"),
        ("mail_order_marriage", "ForcedMarriage"),
        ("illegal_adoption", "ForcedAdoption"),
        ("seasonal_agriculture", "ForcedLabour"),
        ("undetermined", None),
    ],
)
def test_a_local_code_is_written_as_a_code_of_the_standard(code: str, standard: str | None) -> None:
    assert vocabulary("exploitation").htcds(code) == standard


def test_reading_the_standard_never_yields_a_local_code() -> None:
    for pack_id, pack in load_packs().of_kind("vocabulary").items():
        if "htcds_fields" not in pack.data:
            continue
        words = vocabulary(pack_id)
        for entry in words.entries:
            if entry.local and entry.htcds_name:
                assert not words.entry(words.from_htcds(entry.htcds_name)).local


def test_countries_are_read_from_two_letters_three_letters_or_a_name() -> None:
    countries = vocabulary("countries")
    assert {countries.from_htcds(word) for word in ("RS", "SRB", "serbia", "Republic of Serbia")} == {"RS"}
    assert countries.from_htcds("NO") == "NO"
    assert len([code for code in countries.codes() if len(code) == 2]) == 250


def test_kosovo_carries_its_footnote() -> None:
    entry = vocabulary("countries").entry("XK")
    assert entry.footnote is not None
    assert "1244" in footnote(entry.footnote)
    assert [e.code for e in vocabulary("countries").entries if e.footnote] == ["XK"]


def test_languages_are_read_from_either_code_of_iso_639() -> None:
    languages = vocabulary("languages")
    assert {languages.from_htcds(word) for word in ("sq", "sqi", "alb", "Albanian")} == {"sq"}
    assert languages.htcds("sq") == "sqi"


def test_an_overlay_adds_a_code_and_shows_in_the_version(tmp_path: Path) -> None:
    packs = with_overlay(tmp_path, [{"code": "online_scam", "label": "Forced online fraud", "maps_to": "Other"}])
    words = vocabulary("exploitation", packs)
    assert words.label("online_scam") == "Forced online fraud"
    assert words.htcds("online_scam") == "Other"
    assert "own@1.0" in words.version
    assert "online_scam" not in vocabulary("exploitation")


@pytest.mark.parametrize(
    ("entry", "extends", "reason"),
    [
        ({"code": "forced_criminality", "label": "Again", "maps_to": "Other"}, "exploitation", "is also in"),
        ({"code": "forcedlabour", "label": "Again", "maps_to": "Other"}, "exploitation", "is also in"),
        ({"code": "new", "label": "New", "maps_to": "Nowhere"}, "exploitation", "not a code of the standard"),
        ({"code": "new", "label": "New", "maps_to": "armed_group"}, "exploitation", "not a code of the standard"),
        ({"code": "new", "label": "New", "footnote": "none"}, "exploitation", "no footnote"),
        ({"code": "new", "label": "New"}, "nothing", "cannot be extended|can be extended"),
        ({"code": "new", "label": "New", "htcds": {"name": "New ", "label": "New"}}, "exploitation", "does not match"),
    ],
)
def test_an_overlay_that_clashes_is_refused(
    tmp_path: Path, entry: dict[str, object], extends: str, reason: str
) -> None:
    with pytest.raises(PackError, match=reason):
        with_overlay(tmp_path, [entry], extends)
