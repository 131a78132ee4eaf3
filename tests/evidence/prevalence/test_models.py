"""Hierarchical models: how they are written, how many there are, what stands beside one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from fener.evidence.prevalence.model import (
    NUMBER_OF_MODELS,
    Model,
    ModelError,
    closed,
    every_model,
    independence,
    neighbours,
    notation,
    parse,
)

NAMES = ("A", "B", "C", "D", "E")
models = st.integers(2, 5).flatmap(
    lambda lists: st.sets(st.integers(1, (1 << lists) - 2), max_size=6).map(lambda effects: closed(lists, effects))
)


@given(models)
def test_what_is_written_reads_as_the_same_model(model: Model) -> None:
    names = NAMES[: model.lists]
    assert parse(notation(model, names), names) == model


@given(models)
def test_with_an_effect_a_model_holds_all_effects_within_it(model: Model) -> None:
    for effect in model.effects:
        for part in range(1, effect):
            assert part & effect != part or part in model


@given(models)
def test_neighbours_differ_by_one_effect_and_know_each_other(model: Model) -> None:
    for other in neighbours(model):
        assert len(set(model.effects) ^ set(other.effects)) == 1
        assert model in neighbours(other)


@pytest.mark.parametrize("lists", [2, 3, 4, 5])
def test_every_model_is_looked_at_once(lists: int) -> None:
    found = list(every_model(lists))
    assert len(found) == len(set(found)) == NUMBER_OF_MODELS[lists]


@pytest.mark.parametrize("lists, number", [(3, 8), (4, 64), (5, 1024)])
def test_models_of_pairs_are_the_subsets_of_the_pairs(lists: int, number: int) -> None:
    found = list(every_model(lists, 2))
    assert len(set(found)) == number
    assert all(model.order <= 2 for model in found)
    assert independence(lists) in found


def test_lists_that_a_model_leaves_out_stand_alone() -> None:
    assert notation(parse("[ A , C ]", NAMES[:3]), NAMES[:3]) == "[A,C][B]"
    assert parse("[A]", NAMES[:3]) == independence(3)


@pytest.mark.parametrize("text", ["", "A,B", "[A,B", "[A,Z]", "[A,A]", "[]", "[A][", "[[A]]", "[A],[B]"])
def test_what_cannot_be_read_is_told(text: str) -> None:
    with pytest.raises(ModelError):
        parse(text, NAMES[:3])
