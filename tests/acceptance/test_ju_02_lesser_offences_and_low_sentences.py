"""JU-02: a lesser offence where trafficking matches, or a sentence below the law, is flagged with reason and price."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.answers import Finding
from fener.norms.path.charges import Charge, below_range_share, charge_flags, lesser_share, trafficking_matches
from fener.norms.qualify import qualify
from fener.norms.vocab import vocabulary
from tests.norms.facts_made_up import trafficked_adult

RELATED = sorted(vocabulary("charge_kind").in_group("related"))


@given(st.sampled_from(RELATED), st.sampled_from(vocabulary("lesser_reason").codes()))
def test_ju_02_every_lesser_offence_is_flagged_where_the_elements_match(kind: str, reason: str) -> None:
    matches = trafficking_matches(qualify(trafficked_adult()).elements, child=False)
    flags = charge_flags(Charge(kind, reason=reason, costs=("less_protection",)), matches=matches)
    (flag,) = [flag for flag in flags if flag.code == "lesser_charge"]
    assert flag.why.params == {"kind": kind, "reason": reason, "costs": "less_protection"}


@given(st.integers(0, 600), st.integers(0, 600))
def test_ju_02_a_sentence_is_flagged_exactly_when_it_is_below_the_law(sentence: int, least: int) -> None:
    charge = Charge("trafficking", outcome="convicted", sentence=sentence, least=least)
    flagged = "below_range" in {flag.code for flag in charge_flags(charge, matches=Finding.FOUND)}
    assert flagged == (sentence < least)


@given(st.lists(st.tuples(st.sampled_from(["trafficking", *RELATED]), st.sampled_from(list(Finding)))))
def test_ju_02_the_share_is_a_figure_with_its_base(rows: list[tuple[str, Finding]]) -> None:
    share = lesser_share([(Charge(kind), matches) for kind, matches in rows])
    assert share.base == sum(matches is Finding.FOUND for _, matches in rows)
    assert share.count == sum(matches is Finding.FOUND and kind in RELATED for kind, matches in rows)
    assert share.unknown == sum(matches is Finding.UNKNOWN for _, matches in rows)


def test_ju_02_the_share_of_low_sentences_leaves_out_what_is_not_known() -> None:
    share = below_range_share([Charge("trafficking", sentence=6, least=12), Charge("trafficking", sentence=6)])
    assert (share.count, share.base, share.unknown) == (1, 1, 1)
