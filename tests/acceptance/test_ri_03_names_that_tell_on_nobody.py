"""RI-03: programmes carry neutral names, in every shipped language and both scripts."""

from __future__ import annotations

import pytest
from django.conf import settings
from hypothesis import given
from hypothesis import strategies as st

from fener.norms.path.neutral_names import name_flags, stems
from fener.norms.path.pipelines import pipelines
from fener.norms.vocab import vocabulary


@given(st.sampled_from([stem.stem for stem in stems()]), st.booleans())
def test_ri_03_a_word_that_tells_is_found_wherever_it_stands(word: str, first: bool) -> None:
    assert name_flags(f"{word} Lasta" if first else f"Lasta {word}")


def test_ri_03_every_shipped_language_has_its_words() -> None:
    assert {code.split("-")[0] for code, _ in settings.LANGUAGES} <= {stem.language for stem in stems()}


@pytest.mark.parametrize("vocabulary_id", ["beneficiary_group", "pipeline_step", "reintegration_line"])
def test_ri_03_what_a_client_or_an_employer_sees_tells_nothing(vocabulary_id: str) -> None:
    labels = [entry.label for entry in vocabulary(vocabulary_id).entries]
    assert [label for label in [*labels, *(p.label for p in pipelines().values())] if name_flags(label)] == []
