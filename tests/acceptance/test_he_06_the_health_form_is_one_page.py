"""HE-06 (norms half): a health worker raises a suspicion on a one-page form that shows nothing of other sectors."""

from __future__ import annotations

import pytest

from fener.norms.packs import load_packs
from fener.norms.screening import evaluate, questions


@pytest.mark.parametrize("set_id", ["adult-health", "child-health"])
def test_he_06_the_form_fits_on_one_page(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    assert pack.data["layout"] == "one_page"
    assert len(questions(pack)) <= 16


@pytest.mark.parametrize("set_id", ["adult-health", "child-health"])
def test_he_06_what_a_health_worker_sees_is_enough_to_raise_a_suspicion(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    seen = [q for q in questions(pack) if q.asked == "observed" and q.supports_when]
    assert seen
    for question in seen:
        assert evaluate(pack, {question.id: str(question.supports_when)}).status_suggested is not None


@pytest.mark.parametrize("set_id", ["adult-health", "child-health"])
def test_he_06_the_form_asks_for_nothing_that_other_sectors_recorded(set_id: str) -> None:
    pack = load_packs().get("screening_set", set_id)
    text = " ".join(f"{q.text} {q.help}".lower() for q in questions(pack))
    assert not [word for word in ("case number", "police record", "criminal record", "permit") if word in text]
