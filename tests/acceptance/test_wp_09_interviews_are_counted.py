"""WP-09: every interview by a written standard, who asked, when and why; shared instead of asked again; a figure."""

from __future__ import annotations

import pytest

from fener.casework.domain.machine import NotPossibleNow
from fener.casework.models.justice.interview import Interview
from fener.casework.selectors.justice.interviews import asked
from fener.casework.services import consents
from fener.casework.services.justice import interviews
from fener.casework.services.person_copy import make_copy
from fener.casework.services.protection.shut_out import shut_out
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput, Refused
from fener.trust.models import SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.interviews import answers, held, held_terms, in_days, planned
from tests.factories.network import Mechanism
from tests.factories.returns import days_ago


def test_wp_09_an_interview_says_who_asked_when_why_and_how_it_was_held(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = held(case_manager, case, how={"standard": answers(private="no")})
    assert (row.asked_by, row.purpose, row.settled_on, row.state) == ("police", "investigation", days_ago(10), "held")
    assert row.standard["private"] == "no"
    assert row.words is not None
    for lacking in ({"asked_by": ""}, {"purpose": "curiosity"}):
        with pytest.raises(InvalidInput):
            held(case_manager, case, again="new_facts", **lacking)


def test_wp_09_each_line_of_the_written_standard_is_answered(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    lacking = answers()
    del lacking["private"]
    with pytest.raises(InvalidInput) as refused:
        held(case_manager, case, how={"standard": lacking})
    assert list(refused.value.errors) == ["item_private"]
    with pytest.raises(InvalidInput):
        held(case_manager, case, how={"on": in_days(1)})


def test_wp_09_the_same_is_not_asked_again_without_a_reason(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    held(case_manager, case)
    for again in ("", "unknown"):
        with pytest.raises(InvalidInput) as refused:
            planned(case_manager, case, asked_by="prosecutor", again=again)
        assert list(refused.value.errors) == ["again"]
    assert planned(case_manager, case, asked_by="prosecutor", again="new_facts").state == "planned"
    assert planned(case_manager, case, asked_by="prosecutor", purpose="residence").again == ""


def test_wp_09_of_two_plans_for_the_same_the_second_says_why_when_it_is_held(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    one, other = planned(case_manager, case), planned(case_manager, case)
    interviews.hold_interview(actor=case_manager, interview=one, held=held_terms())
    with pytest.raises(InvalidInput):
        interviews.hold_interview(actor=case_manager, interview=other, held=held_terms(on=days_ago(1)))
    last = interviews.hold_interview(
        actor=case_manager, interview=other, held=held_terms(on=days_ago(1), again="no_reason")
    )
    assert last.again == "no_reason"


def test_wp_09_earlier_statements_are_shared_on_consent_instead_of_asked_again(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    held(case_manager, case)
    row = planned(case_manager, case, again="not_shared")
    body = mechanism.shelter.organisation

    def share(purpose: str = "share_police") -> Interview:
        return interviews.spare_interview(
            actor=case_manager, interview=row, recipient_id=body.pk, purpose=purpose, on=days_ago(0)
        )

    with pytest.raises(GateClosed):
        share()
    consent_to(case_manager, case, body, Compartment.LEGAL, purpose=Purpose.SHARE_POLICE)
    with pytest.raises(GateClosed):
        share("testify")  # a consent is for one purpose
    spared = share()
    assert (spared.state, spared.shared_with, spared.again) == ("spared", body, "not_shared")
    with pytest.raises(NotPossibleNow):
        share()


def test_wp_09_a_consent_that_was_withdrawn_shares_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    held(case_manager, case)
    row, body = planned(case_manager, case, again="not_shared"), mechanism.shelter.organisation
    consent = consent_to(case_manager, case, body, Compartment.LEGAL, purpose=Purpose.SHARE_POLICE)
    consents.withdraw(actor=case_manager, consent=consent)
    with pytest.raises(GateClosed):
        interviews.spare_interview(
            actor=case_manager, interview=row, recipient_id=body.pk, purpose="share_police", on=days_ago(0)
        )


def test_wp_09_nothing_is_shared_with_a_body_for_which_the_case_is_absent(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, body = CaseFactory(actor=case_manager), mechanism.shelter.organisation
    held(case_manager, case)
    row = planned(case_manager, case, again="not_shared")
    consent_to(case_manager, case, body, Compartment.LEGAL, purpose=Purpose.SHARE_POLICE)
    shut_out(actor=case_manager, case=case, why="named", organisation=body)
    with pytest.raises(InvalidInput):
        interviews.spare_interview(
            actor=case_manager, interview=row, recipient_id=body.pk, purpose="share_police", on=days_ago(0)
        )


def test_wp_09_the_number_for_each_person_is_a_figure(case_manager: Actor, mechanism: Mechanism) -> None:
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert asked(co_ordinator).per_person is None
    often, once, never = (CaseFactory(actor=case_manager) for _each in range(3))
    held(case_manager, often)
    held(case_manager, often, again="no_reason")
    held(case_manager, often, purpose="residence")
    held(case_manager, once)
    planned(case_manager, never)  # nobody was asked yet
    figure = asked(co_ordinator)
    assert (figure.persons, figure.interviews, figure.again, figure.most) == (2, 4, 1, 3)
    assert figure.per_person == 2
    with pytest.raises(Refused):
        asked(case_manager)


def test_wp_09_the_person_reads_each_interview_in_their_copy(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    held(case_manager, case)
    copy = make_copy(actor=case_manager, case=case, language="en")
    assert "Interviews held: 1" in repr(copy)
    assert SealedItem.objects.filter(slot__startswith="interview:").exists()


def test_wp_09_only_who_works_with_the_file_records_an_interview(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    for actor in (
        mechanism.shelter.actor(Role.CASE_MANAGER),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
    ):
        with pytest.raises(Refused):
            held(actor, case)
