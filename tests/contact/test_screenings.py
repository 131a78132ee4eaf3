"""A screening: needs first, answers that stay tied to their version, a suggestion that explains itself."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.utils import timezone

from fener.contact import selectors
from fener.contact.models import Screening
from fener.contact.services import screenings
from fener.norms.packs import load_packs
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.factories.contact import ADULT, CHILD, NEEDS, finished, started
from tests.factories.network import Mechanism


@pytest.fixture
def inspector(mechanism: Mechanism) -> Actor:
    return mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


def answer(actor: Actor, screening: Screening, question: str = "hurt", given: str = "yes") -> Screening:
    return screenings.answer_question(actor=actor, screening=screening, question_id=question, answer=given)


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("act", flat=True))


def test_a_screening_begins_without_any_personal_attribute(inspector: Actor) -> None:
    screening = started(inspector, needs=False)
    assert (screening.set_id, screening.set_version, screening.setting) == (ADULT, "1.0", "labour_inspection")
    assert (screening.language, screening.interpreter, screening.place_kind, screening.answers) == ("", "", "", {})


@pytest.mark.parametrize("set_id", ["", "adult-nobody", "../secrets"])
def test_an_unknown_set_is_refused_in_words(inspector: Actor, set_id: str) -> None:
    with pytest.raises(InvalidInput, match="question sets"):
        screenings.start_screening(actor=inspector, set_id=set_id, at=timezone.now())


@pytest.mark.parametrize("role", [Role.MECHANISM_COORDINATOR, Role.AUDITOR, Role.SYSTEM_ADMIN, Role.LAWYER])
def test_whoever_does_not_meet_people_cannot_screen(mechanism: Mechanism, role: Role) -> None:
    with pytest.raises(Refused):
        started(mechanism.ngo.actor(role))


def test_each_need_is_answered_before_it_counts(inspector: Actor) -> None:
    screening = started(inspector, needs=False)
    with pytest.raises(InvalidInput) as refused:
        screenings.record_immediate_needs(
            actor=inspector, screening=screening, needs={**NEEDS, "medical": "", "safety": "maybe"}
        )
    assert set(refused.value.errors) == {"medical", "safety"}


def test_an_answer_sent_twice_is_stored_and_recorded_once(inspector: Actor) -> None:
    screening = started(inspector)
    for _ in range(2):
        answer(inspector, screening)
    screening.refresh_from_db()
    assert screening.answers == {"hurt": "yes"}
    assert acts().count("screening.answer") == 1


def test_a_second_tab_adds_to_the_answers_of_the_first(inspector: Actor) -> None:
    screening = started(inspector)
    other_tab = selectors.open_screening(inspector, screening.pk)
    answer(inspector, screening, "hurt")
    answer(inspector, other_tab, "papers-kept")
    screening.refresh_from_db()
    assert screening.answers == {"hurt": "yes", "papers-kept": "yes"}


@pytest.mark.parametrize("question,given", [("hurt", "perhaps"), ("hurt", ""), ("no-such-question", "yes")])
def test_an_answer_that_the_set_cannot_have_is_refused(inspector: Actor, question: str, given: str) -> None:
    with pytest.raises(InvalidInput):
        answer(inspector, started(inspector), question, given)


def test_the_suggestion_keeps_rules_versions_and_sources(inspector: Actor) -> None:
    screening = finished(inspector)
    screening.refresh_from_db()
    told = screening.suggestion
    assert (told["set"], told["version"], told["status_suggested"]) == (ADULT, "1.0", "presumed")
    assert all(
        reason["rule"] and reason["version"] and reason["source"] and reason["text"] for reason in told["reasons"]
    )


def test_a_changed_answer_takes_the_result_back_until_it_is_asked_for_again(inspector: Actor) -> None:
    screening = finished(inspector)
    answer(inspector, screening, "hurt", "no")
    screening.refresh_from_db()
    assert (screening.state, screening.suggestion, screening.finished_at) == (Screening.State.OPEN, {}, None)
    assert AuditEntry.objects.filter(act="screening.answer").last().detail == {  # type: ignore[union-attr]
        "questions": ["hurt"],
        "after_the_result": True,
    }


def test_the_same_answer_after_the_result_changes_nothing(inspector: Actor) -> None:
    screening = finished(inspector)
    answer(inspector, screening, "hurt", "yes")
    screening.refresh_from_db()
    assert screening.state == Screening.State.SUGGESTED


def test_danger_now_stays_with_the_screening(inspector: Actor) -> None:
    screening = started(inspector)
    screenings.raise_alarm(actor=inspector, screening=screening)
    answer(inspector, screening)
    screenings.finish_screening(actor=inspector, screening=screening, at=timezone.now())
    screening.refresh_from_db()
    assert screening.danger_now


def test_an_urgent_answer_marks_danger(inspector: Actor) -> None:
    assert finished(inspector, signs={"danger-now": "yes"}).danger_now


def test_nobody_else_goes_on_with_it(mechanism: Mechanism, inspector: Actor) -> None:
    screening = started(inspector)
    for other in (
        mechanism.inspection.actor(Role.FRONTLINE_OFFICER),
        mechanism.inspection.actor(Role.ORGANISATION_ADMIN),
        mechanism.ngo.actor(Role.CASE_MANAGER),
        replace(inspector, user_id=None),
    ):
        with pytest.raises(Refused):
            answer(other, screening)
        with pytest.raises(Refused):
            selectors.open_screening(other, screening.pk)


def test_rights_are_told_in_a_language(inspector: Actor) -> None:
    with pytest.raises(InvalidInput) as refused:
        screenings.record_rights_told(
            actor=inspector, screening=finished(inspector), items=["rights_card"], version="1.0", language=""
        )
    assert "language" in refused.value.errors


def test_the_child_set_of_the_same_setting_is_named_when_somebody_may_be_under_18(inspector: Actor) -> None:
    told = finished(inspector, signs={"minor-looks": "yes"}).suggestion
    assert told["use_set"] == CHILD
    assert told["use_set"] in load_packs().of_kind("screening_set")


def test_answers_of_an_earlier_version_are_not_read_with_other_questions(inspector: Actor) -> None:
    screening = started(inspector)
    answer(inspector, screening)
    Screening.objects.unscoped(reason="a pack was renewed").update(set_version="0.9")
    screening.refresh_from_db()
    with pytest.raises(InvalidInput, match="renewed"):
        answer(inspector, screening, "papers-kept")
    with pytest.raises(InvalidInput, match="renewed"):
        screenings.finish_screening(actor=inspector, screening=screening, at=timezone.now())
    screening.refresh_from_db()
    assert screening.answers == {"hurt": "yes"}
    assert screenings.asked_texts(screening) == {}


def test_every_act_of_a_screening_is_in_the_audit_of_the_officers_organisation(inspector: Actor) -> None:
    screening = finished(inspector)
    mine = AuditEntry.objects.filter(subject_id=screening.pk, chain__chain_id=inspector.keeper_id)
    assert list(mine.order_by("pk").values_list("act", flat=True)) == [
        "screening.start",
        "screening.offer",
        "screening.answer",
        "screening.finish",
    ]
