"""Charges: a lesser offence, a sentence below the law, testimony alone."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.answers import Finding
from fener.norms.path.charges import (
    Charge,
    below_range,
    below_range_share,
    charge_flags,
    law_in_force,
    lesser_share,
    rests_on_testimony_alone,
    trafficking_matches,
)
from fener.norms.path.flags import codes_of
from fener.norms.qualify import qualify
from fener.norms.vocab import vocabulary
from tests.norms.facts_made_up import trafficked_adult

FOUND, NOT, UNKNOWN = Finding.FOUND, Finding.NOT_FOUND, Finding.UNKNOWN
sources = st.sets(st.sampled_from(vocabulary("evidence_source").codes()))


def test_the_elements_of_the_definition_decide_whether_it_matches() -> None:
    found = qualify(trafficked_adult())
    assert trafficking_matches(found.elements, child=False) is FOUND
    without = {"act": FOUND, "means": NOT, "purpose": FOUND}
    assert trafficking_matches(without, child=False) is NOT
    assert trafficking_matches(without, child=True) is FOUND, "a child needs no means"
    assert trafficking_matches({}, child=False) is UNKNOWN


def test_smuggling_charged_where_trafficking_matches_is_flagged_with_reason_and_price() -> None:
    charge = Charge("smuggling", reason="no_evidence", costs=("lower_penalty", "no_permit"))
    (flag,) = charge_flags(charge, matches=FOUND)
    assert flag.code == "lesser_charge"
    assert flag.rule == "JU-02"
    assert "no_evidence" in flag.why.english()
    assert "lower_penalty, no_permit" in flag.why.english()


def test_what_is_not_settled_is_said_more_softly_and_what_does_not_match_not_at_all() -> None:
    assert codes_of(charge_flags(Charge("smuggling"), matches=UNKNOWN)) == ("may_be_lesser",)
    assert charge_flags(Charge("smuggling"), matches=NOT) == ()
    assert charge_flags(Charge("trafficking"), matches=FOUND) == ()


def test_a_conviction_for_less_is_flagged_although_trafficking_was_charged() -> None:
    charge = Charge("trafficking", outcome="convicted_lesser")
    assert codes_of(charge_flags(charge, matches=FOUND)) == ("lesser_conviction",)
    assert charge_flags(charge, matches=NOT) == ()


@pytest.mark.parametrize(
    ("sentence", "least", "below"),
    [(11, 12, True), (12, 12, False), (0, 12, True), (None, 12, False), (6, None, False)],
)
def test_a_sentence_below_the_law_is_found_and_an_unknown_range_accuses_nobody(
    sentence: int | None, least: int | None, below: bool
) -> None:
    assert below_range(sentence, least) is below
    flags = charge_flags(Charge("trafficking", outcome="convicted", sentence=sentence, least=least), matches=FOUND)
    assert ("below_range" in codes_of(flags)) is below


def test_a_charge_on_testimony_alone_asks_for_other_evidence() -> None:
    assert rests_on_testimony_alone([]) is None
    assert rests_on_testimony_alone(["testimony"]) is True
    assert rests_on_testimony_alone(["testimony", "money"]) is False
    flags = charge_flags(Charge("trafficking", evidence=("testimony",)), matches=FOUND)
    assert codes_of(flags) == ("testimony_alone",)
    assert flags[0].rule == "JU-04"


@given(sources, sources)
def test_more_evidence_never_makes_it_rest_on_testimony_alone(some: set[str], more: set[str]) -> None:
    if rests_on_testimony_alone(some) is False:
        assert rests_on_testimony_alone(some | more) is False


def test_shares_have_their_base_and_what_is_unknown_stands_apart() -> None:
    rows = [
        (Charge("smuggling"), FOUND),
        (Charge("trafficking"), FOUND),
        (Charge("trafficking", outcome="convicted_lesser"), FOUND),
        (Charge("smuggling"), UNKNOWN),
        (Charge("smuggling"), NOT),
    ]
    share = lesser_share(rows)
    assert (share.count, share.base, share.unknown) == (2, 3, 1)
    assert lesser_share([]).value is None
    sentences = [
        Charge("trafficking", sentence=months, least=least) for months, least in ((6, 12), (24, 12), (6, None))
    ]
    below = below_range_share([*sentences, Charge("trafficking")])
    assert (below.count, below.base, below.unknown) == (1, 2, 1)


def test_the_law_of_the_day_of_the_act_is_the_one_that_counts() -> None:
    versions = [(date(2004, 4, 6), date(2012, 12, 31), "2003"), (date(2013, 1, 1), None, "2012")]
    assert law_in_force(versions, date(2012, 12, 31)) == "2003"
    assert law_in_force(versions, date(2013, 1, 1)) == "2012"
    assert law_in_force(versions, date(2001, 1, 1)) is None
    with pytest.raises(ValueError, match="two versions"):
        law_in_force([*versions, (date(2010, 1, 1), None, "other")], date(2014, 1, 1))


def test_a_misspelt_code_is_noticed() -> None:
    for charge in (
        Charge("smugling"),
        Charge("smuggling", outcome="x"),
        Charge("smuggling", reason="x"),
        Charge("smuggling", costs=("x",)),
    ):
        with pytest.raises(ValueError, match="is not a code"):
            charge_flags(charge, matches=FOUND)
