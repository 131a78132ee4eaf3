"""ID-12: a published, versioned list shared by all front-line actors, for adults and children in each setting."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.screening import evaluate, questions, screening_set
from fener.norms.vocab import vocabulary

SETTINGS = ("police", "border", "labour_inspection", "health", "school", "outreach", "helpline", "returnee")


@pytest.mark.parametrize("child", [False, True])
@pytest.mark.parametrize("setting", SETTINGS)
def test_id_12_each_setting_has_a_set_for_adults_and_one_for_children(setting: str, child: bool) -> None:
    pack = screening_set(setting, child=child)
    assert pack.version
    assert pack.sources
    assert all(question.source.id for question in questions(pack))


def test_id_12_every_set_reads_its_signs_from_one_list() -> None:
    words = vocabulary("indicator")
    for pack in load_packs().of_kind("screening_set").values():
        signs = [q.indicator for q in questions(pack) if q.indicator]
        assert len(signs) >= 5
        assert all(sign in words for sign in signs)


@pytest.mark.parametrize("setting", SETTINGS)
def test_id_12_a_result_stays_tied_to_the_version_of_its_set(setting: str) -> None:
    pack = screening_set(setting, child=False)
    suggestion = evaluate(pack, {"hurt": "yes"})
    assert (suggestion.set, suggestion.version) == (pack.id, pack.version)
    assert {reason.version for reason in suggestion.reasons} == {pack.version}
