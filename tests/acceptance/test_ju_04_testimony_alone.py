"""JU-04: a prosecution that rests on the person's testimony alone is flagged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.answers import Finding
from fener.norms.path.charges import Charge, charge_flags
from fener.norms.vocab import vocabulary


@given(st.sets(st.sampled_from(vocabulary("evidence_source").codes())))
def test_ju_04_it_is_flagged_exactly_when_nothing_else_is_recorded(evidence: set[str]) -> None:
    flags = charge_flags(Charge("trafficking", evidence=tuple(sorted(evidence))), matches=Finding.FOUND)
    assert ("testimony_alone" in {flag.code for flag in flags}) == (evidence == {"testimony"})
