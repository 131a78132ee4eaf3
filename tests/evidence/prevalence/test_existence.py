"""Whether a model has an estimate: the published codes, and what must hold of any table."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from fener.evidence.prevalence.existence import FINE, NO_ESTIMATE, NOT_IDENTIFIABLE, code
from fener.evidence.prevalence.fit import fit
from fener.evidence.prevalence.model import closed, every_model, parse
from tests.evidence.prevalence.tables import example

TABLE = example("artificial_3")


@pytest.mark.parametrize(
    "model, expected",
    [
        ("[A][B][C]", FINE),
        ("[A,B][C]", NO_ESTIMATE),
        ("[A,C][B]", FINE),
        ("[B,C][A]", FINE),
        ("[A,B][A,C]", NO_ESTIMATE),
        ("[A,B][B,C]", NO_ESTIMATE),
        ("[A,C][B,C]", FINE),
        ("[A,B][A,C][B,C]", NOT_IDENTIFIABLE),
    ],
)
def test_the_artificial_table_has_the_published_codes(model: str, expected: int) -> None:
    assert code(parse(model, TABLE.lists), TABLE.counts) == expected


def test_a_model_in_which_all_lists_interact_is_not_identifiable() -> None:
    korea = example("korea")
    assert code(parse("[b,c,d]", korea.lists), np.arange(8)) == NOT_IDENTIFIABLE


tables = st.lists(st.sampled_from([0, 0, 1, 2, 5, 40]), min_size=8, max_size=8).map(lambda c: np.array([0, *c[1:]]))


@settings(max_examples=60)
@given(tables, st.integers(2, 9))
def test_only_which_histories_are_empty_matters(counts: np.ndarray, factor: int) -> None:
    for model in every_model(3):
        assert code(model, counts) == code(model, counts * factor + (counts > 0))


@settings(max_examples=60)
@given(tables)
def test_where_an_estimate_exists_the_fit_reaches_it(counts: np.ndarray) -> None:
    """The likelihood equations hold: expected and observed agree on every effect that the model keeps."""
    for model in every_model(3):
        if counts.any() and code(model, counts) == FINE:
            found = fit(model, counts)
            expected = np.concatenate([[0.0], found.expected[1:]])
            for effect in model.effects:
                holds = np.array([h & effect == effect for h in range(8)])
                assert expected[holds].sum() == pytest.approx(counts[holds].sum(), abs=1e-3)


def test_without_an_empty_history_every_model_of_four_lists_is_fine() -> None:
    counts = np.arange(1, 17)
    assert {code(model, counts) for model in every_model(4)} == {FINE}


def test_an_effect_that_no_case_shares_is_minus_infinity() -> None:
    found = fit(parse("[A,C][B,C]", TABLE.lists), TABLE.counts)
    assert np.isneginf(found.beta[-2:]).all()
    assert found.bic == pytest.approx(-2 * found.loglik + 6 * np.log(96))  # both count as parameters
    assert found.expected[[5, 6, 7]].tolist() == [0, 0, 0]
    assert closed(3, [5, 6]) == found.model
