"""RT-04 (content): alternatives to return are listed by jurisdiction and date, and none is ever missing."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.norms.alternatives import Alternative, alternative_kinds, alternatives_for, check_alternatives
from fener.norms.jurisdictions import jurisdiction_codes
from fener.norms.packs import PackError, load_packs
from tests.norms.rules_made_up import with_pack

FIVE = ["stay", "asylum", "humanitarian_permit", "resettlement", "living_elsewhere"]
SOURCE = {"id": "fener", "at": "a made-up law"}


def of(place: str, on: date) -> dict[str, Alternative]:
    return {a.kind: a for a in alternatives_for(place, on)}


@settings(deadline=None)  # the first call loads the packs
@given(st.sampled_from((*jurisdiction_codes(), "QQ")), st.dates(date(1950, 1, 1), date(2100, 1, 1)))
def test_rt_04_return_is_never_the_only_way(place: str, on: date) -> None:
    found = alternatives_for(place, on)
    assert list(dict.fromkeys(a.kind for a in found)) == FIVE == list(alternative_kinds())
    for alternative in found:
        assert alternative.text
        assert alternative.source.id
        assert alternative.known_here or "Unknown here" in alternative.to_json()["why"]
        assert alternative.valid_from is None or alternative.valid_from <= on


def test_rt_04_a_humanitarian_permit_is_listed_from_the_day_of_its_law() -> None:
    before, after = of("HR", date(2003, 12, 31)), of("HR", date(2004, 1, 1))
    assert not before["humanitarian_permit"].known_here
    assert "not in force on 2003-12-31" in before["humanitarian_permit"].to_json()["why"]
    assert after["humanitarian_permit"].known_here
    assert after["humanitarian_permit"].valid_from == date(2004, 1, 1)
    assert "As described in 2004" in after["humanitarian_permit"].to_json()["why"]


def test_rt_04_staying_leads_to_the_time_lines_of_the_country() -> None:
    assert of("IT", date(2005, 1, 1))["stay"].regimes == ("IT-18-social", "IT-18-judicial")
    assert of("BE", date(2005, 1, 1))["stay"].regimes == ("BE",)


@pytest.mark.parametrize("place", ["RS", "AL", "XK", "MD"])
def test_rt_04_where_the_sources_are_silent_each_is_unknown_here_and_none_is_denied(place: str) -> None:
    assert not any(a.known_here for a in alternatives_for(place, date(2026, 3, 1)))
    assert {a.to_json()["here"] for a in alternatives_for(place, date(2026, 3, 1))} == {"unknown"}


def test_rt_04_a_rule_that_has_ended_is_unknown_from_the_next_day() -> None:
    place = {"jurisdiction": "RS", "kind": "asylum", "text": "Asylum.", "described": 2026, "source": SOURCE}
    place |= {"valid_from": "2026-01-01", "valid_to": "2026-06-30"}
    packs = with_pack(load_packs(), "alternatives", "alternatives", places=[place])
    known = {
        day: alternatives_for("RS", day, packs=packs)[1].known_here
        for day in (date(2025, 12, 31), date(2026, 1, 1), date(2026, 6, 30), date(2026, 7, 1))
    }
    assert list(known.values()) == [False, True, True, False]


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"kind": "holiday"}, "no kind"),
        ({"jurisdiction": "QQ"}, "no jurisdiction"),
        ({"regimes": ["QQ"]}, "no regime"),
        ({"valid_from": "2026-02-30"}, "day is out of range"),
        ({"valid_from": "2026-02-02", "valid_to": "2026-02-01"}, "before valid_from"),
    ],
)
def test_rt_04_a_bad_entry_is_refused(changed: dict[str, object], reason: str) -> None:
    place = {"jurisdiction": "RS", "kind": "asylum", "text": "A.", "described": 2026, "source": SOURCE, **changed}
    with pytest.raises(PackError, match=reason):
        check_alternatives(with_pack(load_packs(), "alternatives", "alternatives", places=[place]))


def test_rt_04_a_pack_that_leaves_a_kind_out_is_refused() -> None:
    kinds = load_packs().get("alternatives", "alternatives").data["kinds"][1:]
    with pytest.raises(PackError, match="once each"):
        check_alternatives(with_pack(load_packs(), "alternatives", "alternatives", kinds=kinds, places=[]))
