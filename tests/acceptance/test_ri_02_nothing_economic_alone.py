"""RI-02: an economic measure before the therapy that the plan calls for, or alone, is flagged."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.work import ECONOMIC_LINES, economic_flags
from fener.norms.vocab import vocabulary

lines = st.sampled_from(vocabulary("reintegration_line").codes())


@given(lines, st.sampled_from([True, False, None]), st.booleans(), st.booleans())
def test_ri_02_it_is_flagged_exactly_when_therapy_waits_or_nobody_is_beside_it(
    line: str, needed: bool | None, given_: bool, beside: bool
) -> None:
    flags = {
        flag.code
        for flag in economic_flags(line=line, therapy_needed=needed, therapy_given=given_, psychosocial_runs=beside)
    }
    economic = line in ECONOMIC_LINES
    assert ("before_therapy" in flags) == (economic and needed is True and not given_)
    assert ("no_psychosocial" in flags) == (economic and not beside)
