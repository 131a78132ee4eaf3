"""WP-08: a departure before the hearing is flagged until the person's part in it, or their refusal, is recorded."""

from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.justice import hearing_flag
from fener.norms.vocab import vocabulary

days = st.none() | st.dates(date(2026, 1, 1), date(2026, 12, 31))


@given(days, days, st.booleans(), st.sampled_from(vocabulary("hearing_part").codes()))
def test_wp_08_it_is_flagged_exactly_until_the_persons_part_is_settled(
    departure: date | None, hearing: date | None, expected: bool, part: str
) -> None:
    flag = hearing_flag(departure_on=departure, hearing_on=hearing, hearing_expected=expected, part=part)
    comes = expected or hearing is not None
    before = departure is not None and comes and (hearing is None or departure <= hearing)
    assert (flag is not None) == (before and part == "open")
