"""ID-20: five statuses; each jurisdiction's words are mapped to them; counts are added only through the mapping."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.status import StatusError, add_counts, ladder, terms, to_generic
from tests.norms.packs_made_up import packs_with_words


def test_id_20_status_is_one_of_five() -> None:
    assert set(ladder().codes()) == {"potential", "presumed", "identified", "not_identified", "undetermined"}


def test_id_20_counts_of_two_jurisdictions_are_added_only_through_the_mapping() -> None:
    """The same words mean "at risk" in one place and "identified, without legal status" in another."""
    words = ["potential victim"]
    packs = packs_with_words({"AA": {"potential": words}, "BB": {"identified": words}, "CC": {}})
    counted = [("AA", "potential victim", 12), ("BB", "potential victim", 35)]
    assert add_counts(counted, packs) == {"potential": 12, "identified": 35}
    with pytest.raises(StatusError, match="not mapped"):
        add_counts([*counted, ("CC", "potential victim", 3)], packs)


def test_id_20_every_word_that_a_shipped_jurisdiction_uses_leads_to_one_status() -> None:
    mapped = 0
    for code in load_packs().of_kind("jurisdiction"):
        for status in ladder().codes():
            for term, language in terms(code, status):
                assert to_generic(code, term) == status
                assert language
                mapped += 1
    assert mapped > 0
