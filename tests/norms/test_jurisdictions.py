"""Jurisdictions: names, calendars, recovery periods, mandates, and what the sources don't say."""

from __future__ import annotations

from datetime import date

import pytest

from fener.norms.calendar import Length
from fener.norms.jurisdictions import (
    GENERIC,
    UnknownJurisdiction,
    check_jurisdictions,
    get_jurisdiction,
    jurisdiction_codes,
)
from fener.norms.mandates import Function, mandates, may_hold
from fener.norms.packs import PackError, load_packs
from fener.norms.vocab import footnote
from tests.norms.rules_made_up import with_pack

REGION = {"AL", "BA", "BG", "HR", "MD", "ME", "MK", "RO", "RS", "XK"}


def test_the_countries_of_the_region_and_italy_and_belgium_have_a_pack() -> None:
    assert REGION | {"IT", "BE", GENERIC} <= set(jurisdiction_codes())


@pytest.mark.parametrize("code", jurisdiction_codes())
def test_every_jurisdiction_has_a_name_a_calendar_and_a_recovery_period(code: str) -> None:
    place = get_jurisdiction(code)
    assert place.name()
    assert place.recovery_period.length.days >= 30
    assert not place.calendar.is_working_day(date(2026, 3, 1)), "a Sunday"


@pytest.mark.parametrize("code", sorted(REGION | {"IT", "BE"}))
def test_every_country_of_the_region_knows_its_new_year(code: str) -> None:
    assert get_jurisdiction(code).calendar.holiday(date(2026, 1, 1))


def test_where_the_sources_are_silent_the_generic_period_applies_and_says_so() -> None:
    period = get_jurisdiction("RS").recovery_period
    assert period.generic
    assert period.length == Length(days=30)
    assert period.rule == "jurisdictions/COE/recovery_period"
    assert period.source.id == "coe-2005"


def test_belgium_has_a_rule_of_its_own_and_its_critic() -> None:
    period = get_jurisdiction("BE").recovery_period
    assert not period.generic
    assert period.length == Length(days=45)
    assert period.falls_short[0].by.startswith("Payoke")
    assert period.falls_short[0].generic


def test_a_name_holds_for_its_time() -> None:
    macedonia = get_jurisdiction("MK")
    assert macedonia.name() == "North Macedonia"
    assert macedonia.name(date(2004, 6, 1)) == "the former Yugoslav Republic of Macedonia"
    assert get_jurisdiction("RS").name(date(2004, 6, 1)) == "Serbia and Montenegro"
    assert get_jurisdiction("RS").name(date(2026, 6, 1)) == "Serbia"


def test_kosovo_carries_the_one_footnote_on_its_status() -> None:
    assert get_jurisdiction("XK").footnote == footnote("kosovo_status")
    assert get_jurisdiction("RS").footnote is None


def test_serbias_centre_alone_identifies_and_its_predecessor_did_before() -> None:
    today = mandates("RS", Function.IDENTIFY, on=date(2026, 3, 2))
    before = mandates("RS", Function.IDENTIFY, on=date(2008, 3, 2))
    assert today is not None
    assert before is not None
    assert [m.name for m in today] == ["Centre for the Protection of Victims"]
    assert [m.name for m in before] == ["Agency for Co-ordinating the Protection of Victims"]
    assert may_hold("RS", "identify", "specialised_agency", on=date(2026, 3, 2)) is True
    assert may_hold("RS", "identify", "police", on=date(2026, 3, 2)) is False


def test_anybody_may_refer() -> None:
    for code in REGION:
        assert may_hold(code, Function.REFER, "health") is True


def test_what_the_sources_do_not_say_is_unknown() -> None:
    assert mandates("RS", Function.DECIDE_STATUS) is None
    assert may_hold("RS", Function.DECIDE_STATUS, "police") is None
    assert may_hold("AL", Function.IDENTIFY, "police") is None
    assert may_hold("BG", Function.ASSESS, "police") is None, "one body is named, but not as the only one"


def test_a_mandate_cites_where_it_is_written() -> None:
    for code in jurisdiction_codes():
        for function in Function:
            for mandate in mandates(code, function) or ():
                assert mandate.source.id
                assert mandate.to_json()["source"]


def test_an_unknown_jurisdiction_and_function_are_refused() -> None:
    with pytest.raises(UnknownJurisdiction, match="known: "):
        get_jurisdiction("QQ")
    with pytest.raises(ValueError, match="judge"):
        mandates("RS", "judge")


def test_a_pack_whose_calendar_the_library_does_not_know_is_refused() -> None:
    calendar = {"weekend": ["sat", "sun"], "holidays": {"library": "holidays", "code": "QQ"}}
    with pytest.raises(PackError, match="data/calendar"):
        check_jurisdictions(with_pack(load_packs(), "jurisdiction", "RS", calendar=calendar))


def test_a_pack_that_names_a_regime_which_is_not_there_is_refused() -> None:
    with pytest.raises(PackError, match="no regime 'QQ-1'"):
        check_jurisdictions(with_pack(load_packs(), "jurisdiction", "RS", regimes=["QQ-1"]))


def test_the_generic_standard_cannot_be_missing() -> None:
    with pytest.raises(PackError, match="generic standard"):
        check_jurisdictions(with_pack(load_packs(), "jurisdiction", GENERIC, recovery_period="unknown"))
