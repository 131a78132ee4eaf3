"""ID-17: each authority's assessment stands beside the others and the person's own view, and is never overwritten."""

from __future__ import annotations

import pytest

from fener.casework.models import Assessment
from fener.casework.selectors.file import file
from fener.casework.services import assessments, notes
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, NotGranted, Refused
from fener.trust.roles import Role
from tests.factories.assessing import asked_to_assess, assess, assess_by_referral
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.network import Mechanism


def test_id_17_police_ngo_and_the_person_may_see_it_differently(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    assess(case_manager, case, opinion="presumed")
    assess_by_referral(case_manager, case, mechanism.police, opinion="not_identified")
    assessments.record_own_view(actor=case_manager, case=case, view="own_view_partly", words="I only want my pay.")
    shown = file(case_manager, case.code)
    assert [a.opinion for a in shown.by_authorities] == ["presumed", "not_identified"]
    assert [a.opinion for a in shown.own_views] == ["own_view_partly"]
    case.refresh_from_db()
    assert case.status == "presumed"


def test_id_17_assessor_date_criteria_and_reasons_are_kept(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = assess(case_manager, case)
    assert (row.assessor_id, row.assessed_on) == (case_manager.user_id, case.opened_on)
    assert row.criteria_version.startswith("palermo ")
    assert row.qualification["qualification"] == "trafficking"
    assert all(reason["version"] and reason["source"] for reason in row.qualification["reasons"])
    assert row.reasons is not None
    assert notes.open_words(actor=case_manager, case=case, item=row.reasons).startswith("He was promised")
    with pytest.raises(InvalidInput):
        assess(case_manager, case, reasons=" ")


def test_id_17_a_later_look_is_a_new_one_that_points_at_the_earlier(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    first, second = assess(case_manager, case), assess(case_manager, case, opinion="identified")
    assert second.earlier == first
    assert Assessment.objects.get(pk=first.pk).opinion == "presumed"


def test_id_17_no_service_changes_an_assessment() -> None:
    writers = [name for name in vars(assessments) if name.startswith(("update_", "change_", "edit_", "delete_"))]
    assert writers == []


def test_id_17_reasons_from_outside_are_for_their_author_and_the_keeper_of_the_case(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    row = assess_by_referral(case_manager, case, mechanism.inspection)
    assert row.reasons is not None
    keepers = set(row.reasons.grants.values_list("keeper_id", flat=True))
    assert keepers == {mechanism.ngo.organisation.pk, mechanism.inspection.organisation.pk}
    shared_with(case_manager, case, mechanism.shelter)
    with pytest.raises((Refused, NotGranted)):
        notes.open_words(actor=mechanism.shelter.actor(Role.CASE_MANAGER), case=case, item=row.reasons)


def test_id_17_an_officer_who_assesses_sees_no_case(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    officer, referral = asked_to_assess(case_manager, case, mechanism.police)
    with pytest.raises(Refused):
        file(officer, case.code)
    with pytest.raises(Refused):
        assess(officer, case)
    assert assessments.record_assessment(
        actor=officer, referral=referral, opinion="potential", elements={}, reasons="Nothing is known yet."
    )


def test_id_17_a_referral_for_a_service_makes_nobody_an_assessor(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    referral, _consent = shared_with(case_manager, case, mechanism.other_ngo)
    worker = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    with pytest.raises(Refused):
        assess(worker, case)
    with pytest.raises(Refused):
        assessments.record_assessment(
            actor=worker, referral=referral, opinion="potential", elements={}, reasons="Unasked."
        )


def test_id_17_the_own_view_is_in_the_persons_words_and_sealed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    words = "Nisam bio rob. Hoću svoju platu."
    row = assessments.record_own_view(actor=case_manager, case=case, view="own_view_disagrees", words=words)
    assert row.reasons is not None
    assert notes.open_words(actor=case_manager, case=case, item=row.reasons) == words
    assert words.encode() not in bytes(row.reasons.ciphertext)
