"""BO-02: co-operation rests on agreements (memorandum or internal directive) negotiated by the parties, their duties
feed the matrix, and a case shows when an agreed duty, such as calling the NGO, was not kept."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fener.casework.domain import agreed
from fener.casework.models import Case
from fener.casework.selectors.agreed import duties_of_case, duty_counts
from fener.casework.services import referral_answers
from fener.casework.services.agreed import record_kept
from fener.casework.services.referral_check import check_referral
from fener.network.agreements import sharing_limit
from fener.network.models import Agreement, SharingRule
from fener.network.services import agreements as services
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment as C
from fener.trust.errors import AlreadyDone, InvalidInput, NeedsConsent, Refused, StaleEdit
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.paths import offered
from tests.factories.casework import CaseFactory, consent_to
from tests.factories.network import Mechanism
from tests.factories.network_map import allows, co_ordinator, confirm, drafted, duty, in_force


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


@pytest.fixture
def case(case_manager: Actor) -> Case:
    return CaseFactory(actor=case_manager)


@pytest.fixture
def limited(mechanism: Mechanism, writes: Actor) -> Agreement:
    """The NGO may give the shelter the identity, and nothing else."""
    bodies = (mechanism.ngo, mechanism.shelter)
    draft = drafted(writes, *bodies, title="Agreement on places")
    allows(writes, draft, *bodies, C.IDENTITY)
    return in_force(writes, draft, bodies)


def test_bo_02_a_draft_binds_nobody_until_each_party_confirmed_it(mechanism: Mechanism, writes: Actor) -> None:
    bodies = (mechanism.ngo, mechanism.shelter)
    draft = confirm(drafted(writes, *bodies), mechanism.ngo)
    assert draft.status == Agreement.Status.DRAFT
    assert not services.check_agreement(draft).open
    assert confirm(draft, mechanism.shelter).status == Agreement.Status.SIGNED


def test_bo_02_nobody_confirms_for_another_and_nobody_confirms_another_text(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    draft = drafted(writes, mechanism.ngo, mechanism.shelter)
    stranger = mechanism.police.actor(Role.ORGANISATION_ADMIN)
    with pytest.raises(Refused):
        services.confirm_agreement(actor=stranger, agreement=draft, on=today, version=draft.version)
    with pytest.raises(Refused):
        services.confirm_agreement(actor=writes, agreement=draft, on=today, version=draft.version)
    read, ours = draft.version, mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    services.add_clause(actor=writes, agreement=draft, text="A new clause.")
    with pytest.raises(StaleEdit):
        services.confirm_agreement(actor=ours, agreement=draft, on=today, version=read)


def test_bo_02_a_change_of_the_draft_asks_everybody_again(mechanism: Mechanism, writes: Actor) -> None:
    draft = confirm(drafted(writes, mechanism.ngo, mechanism.shelter), mechanism.ngo)
    services.add_clause(actor=writes, agreement=draft, text="A new clause.")
    assert not draft.parties.exclude(confirmed_on=None).exists()


def test_bo_02_what_is_signed_is_not_changed(mechanism: Mechanism, writes: Actor) -> None:
    signed = confirm(drafted(writes, mechanism.ngo, mechanism.shelter), mechanism.ngo, mechanism.shelter)
    with pytest.raises(InvalidInput):
        services.add_clause(actor=writes, agreement=signed, text="Afterwards.")


def test_bo_02_a_directive_binds_one_body_and_a_memorandum_several(mechanism: Mechanism, writes: Actor) -> None:
    terms: dict[str, Any] = {"actor": writes, "title": "T", "drafted_on": date(2026, 1, 1)}
    for kind, bodies in (("directive", [mechanism.ngo, mechanism.police]), ("memorandum", [mechanism.ngo])):
        with pytest.raises(InvalidInput) as wrong:
            services.draft_agreement(kind=kind, parties=[body.organisation for body in bodies], **terms)
        assert "parties" in wrong.value.errors


def test_bo_02_a_consent_wider_than_the_agreement_is_not_recorded(
    mechanism: Mechanism, case_manager: Actor, case: Case, limited: Agreement
) -> None:
    with pytest.raises(InvalidInput) as wrong:
        consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, C.NARRATIVE)
    assert "Agreement on places" in str(wrong.value.errors["compartments"])
    with pytest.raises(InvalidInput) as wrong:
        consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, purpose=Purpose.RETURN)
    assert "purpose" in wrong.value.errors
    assert consent_to(case_manager, case, mechanism.shelter, C.IDENTITY).compartments == ["identity"]


def test_bo_02_the_page_says_what_is_outside_before_the_sentence_is_read_out_and_that_there_is_no_agreement(
    mechanism: Mechanism, case_manager: Actor, case: Case, limited: Agreement, today: date,
    signed_in: Callable[..., Client],
) -> None:  # fmt: skip
    browser, address = signed_in(case_manager), f"/cases/{case.code}/consents/new/"
    asked = {
        "purpose": "share_service", "compartments": ["identity", "contact"], "language": "sr", "giver": "person",
        "until": (today + timedelta(days=20)).isoformat(), "given_on": today.isoformat(),
    }  # fmt: skip
    outside = browser.post(address, {**asked, "recipient": str(mechanism.shelter.organisation.pk)})
    assert outside.status_code == 422
    assert "By the agreement (Agreement on places) this does not go there" in outside.content.decode()
    free = browser.post(address, {**asked, "recipient": str(mechanism.health.organisation.pk)}).content.decode()
    assert "No agreement between the two bodies limits this" in free
    assert "This is what will be recorded" in free


def test_bo_02_an_agreement_never_replaces_the_persons_consent(
    mechanism: Mechanism, case_manager: Actor, case: Case, limited: Agreement
) -> None:
    check = check_referral(
        actor=case_manager, case=case, service=mechanism.shelter.service(), compartments=[C.IDENTITY]
    )
    assert [one.code for one in check.closed if one.code in ("consent", "agreement")] == ["consent"]


def test_bo_02_an_offer_outside_the_agreement_is_closed_although_the_person_agreed(
    mechanism: Mechanism, case_manager: Actor, case: Case, writes: Actor
) -> None:
    consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, C.CONTACT)  # before there was any agreement
    service, asked = mechanism.shelter.service(), [C.IDENTITY, C.CONTACT]
    before = check_referral(actor=case_manager, case=case, service=service, compartments=asked)
    assert "agreement" not in {one.code for one in before.closed}
    assert any("No agreement" in str(one.text) for one in before.conditions), "that there is none has to be said"
    bodies = (mechanism.ngo, mechanism.shelter)
    draft = drafted(writes, *bodies)
    allows(writes, draft, *bodies, C.IDENTITY)
    in_force(writes, draft, bodies)
    after = check_referral(actor=case_manager, case=case, service=service, compartments=asked)
    assert "agreement" in {one.code for one in after.closed}
    assert not after.gate.open


def test_bo_02_an_acceptance_asks_again_what_was_agreed_in_the_meantime(
    mechanism: Mechanism, case_manager: Actor, case: Case, writes: Actor
) -> None:
    referral = offered(case_manager, mechanism.shelter)
    bodies = (mechanism.ngo, mechanism.shelter)
    draft = drafted(writes, *bodies)
    allows(writes, draft, mechanism.shelter, mechanism.ngo, C.IDENTITY)  # only back, nothing this way
    in_force(writes, draft, bodies)
    with pytest.raises(NeedsConsent):
        referral_answers.accept_referral(actor=mechanism.shelter.actor(Role.SHELTER_WORKER), referral=referral)


def test_bo_02_a_rule_has_an_end_and_no_consent_outlasts_it(
    mechanism: Mechanism, case_manager: Actor, case: Case, writes: Actor, today: date
) -> None:
    bodies, last = (mechanism.ngo, mechanism.shelter), today + timedelta(days=30)
    draft = drafted(writes, *bodies)
    allows(writes, draft, *bodies, C.IDENTITY, until=last)
    in_force(writes, draft, bodies)
    with pytest.raises(InvalidInput) as wrong:
        consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, days=31)
    assert "until" in wrong.value.errors
    consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, days=30)
    asked: dict[str, Any] = {
        "giver": mechanism.ngo.organisation.pk, "receiver": mechanism.shelter.organisation.pk,
        "compartments": [C.IDENTITY], "purpose": Purpose.SHARE_SERVICE,
    }  # fmt: skip
    assert sharing_limit(**asked, on=last).allowed
    assert sharing_limit(**asked, on=last + timedelta(days=1)).code == "until"


def test_bo_02_what_was_received_is_passed_on_only_where_that_was_agreed(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    bodies = (mechanism.ngo, mechanism.shelter)
    asked: dict[str, Any] = {
        "giver": mechanism.shelter.organisation.pk, "receiver": mechanism.health.organisation.pk,
        "compartments": [C.IDENTITY], "purpose": Purpose.SHARE_SERVICE, "on": today,
        "held_for": mechanism.ngo.organisation.pk,
    }  # fmt: skip
    assert sharing_limit(**asked).allowed
    for onward, allowed in ((False, False), (True, True)):
        draft = drafted(writes, *bodies)
        allows(writes, draft, *bodies, C.IDENTITY, onward=onward)
        in_force(writes, draft, bodies)
        assert sharing_limit(**asked).allowed is allowed
        services.end_agreement(actor=writes, agreement=draft, on=today)


def test_bo_02_an_ended_agreement_limits_nothing_more(
    mechanism: Mechanism, case_manager: Actor, case: Case, writes: Actor, limited: Agreement, today: date
) -> None:
    services.end_agreement(actor=writes, agreement=limited, on=today)
    assert consent_to(case_manager, case, mechanism.shelter, C.IDENTITY, C.CONTACT)


PARTS = st.sets(st.sampled_from(sorted(C)), min_size=1)


@given(asked=PARTS, more=PARTS, rules=st.lists(st.tuples(PARTS, st.booleans()), max_size=4))
def test_bo_02_rules_only_narrow_and_asking_for_more_never_opens(
    asked: set[C], more: set[C], rules: list[tuple[set[C], bool]]
) -> None:
    """Without a rule the consent decides; with rules, exactly what one direction and purpose covers is left to it."""
    agreement = Agreement(title="A")
    made = []
    for parts, fits in rules:
        rule = SharingRule(
            agreement=agreement, compartments=sorted(parts), purpose="share_service" if fits else "return"
        )
        rule.giver_id, rule.receiver_id = 1, 2  # type: ignore[assignment]
        made.append(rule)

    def ask(parts: set[C]) -> bool:
        return sharing_limit(
            giver=1, receiver=2, compartments=parts, purpose="share_service", on=date(2026, 3, 2), rules=made  # type: ignore[arg-type]
        ).allowed  # fmt: skip

    covered = {part for parts, fits in rules if fits for part in parts}
    assert ask(asked) is (not rules or (any(fits for _, fits in rules) and asked <= covered))
    if ask(asked | more):
        assert ask(asked)


# -- agreed duties on a case -------------------------------------------------------------------------------------------


@pytest.fixture
def calls(mechanism: Mechanism, writes: Actor) -> Any:
    """The police agreed to call the NGO within 24 hours when they meet somebody."""
    bodies = (mechanism.police, mechanism.ngo)
    draft = drafted(writes, *bodies)
    made = duty(
        writes, mechanism.police, "first_contact", "responsible", agreement=draft, trigger="met", act="call",
        towards=mechanism.ngo.organisation, within_hours=24, what="Calls the NGO.",
    )  # fmt: skip
    in_force(writes, draft, bodies)
    return made


def met_by_police(actor: Actor, today: date, days: int, **more: Any) -> Case:
    facts = {
        "age_at_contact": 34, "age_at_contact_certainty": "stated", "contact_channel": "police",
        "contacted_on": today - timedelta(days=days), **more,
    }  # fmt: skip
    return CaseFactory(actor=actor, facts=facts)


def test_bo_02_a_case_shows_that_the_ngo_was_called_in_time_late_or_not(
    mechanism: Mechanism, case_manager: Actor, calls: Any, today: date
) -> None:
    in_time, late = met_by_police(case_manager, today, 1), met_by_police(case_manager, today, 3)
    assert [one.state for one in duties_of_case(in_time)] == [agreed.KEPT]
    assert [one.state for one in duties_of_case(late)] == [agreed.LATE]
    elsewhere = met_by_police(mechanism.other_ngo.actor(Role.CASE_MANAGER), today, 3)
    assert [one.state for one in duties_of_case(elsewhere)] == [agreed.MISSED]
    still = met_by_police(mechanism.other_ngo.actor(Role.CASE_MANAGER), today, 1)
    assert [one.state for one in duties_of_case(still)] == [agreed.RUNNING]


def test_bo_02_a_case_that_others_met_asks_nothing_of_the_police(case: Case, calls: Any) -> None:
    assert duties_of_case(case) == []


def test_bo_02_a_call_by_telephone_can_be_noted_once(mechanism: Mechanism, calls: Any, today: date) -> None:
    holder = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    case = met_by_police(holder, today, 3)
    record_kept(actor=holder, case=case, duty=calls, kept_on=today - timedelta(days=2))
    assert [one.state for one in duties_of_case(case)] == [agreed.KEPT]
    with pytest.raises(AlreadyDone):
        record_kept(actor=holder, case=case, duty=calls, kept_on=today)
    with pytest.raises(Refused):
        record_kept(actor=mechanism.ngo.actor(Role.CASE_MANAGER), case=case, duty=calls, kept_on=today)


def test_bo_02_a_duty_that_did_not_bind_yet_was_not_broken(mechanism: Mechanism, writes: Actor, today: date) -> None:
    draft = drafted(writes, mechanism.police, mechanism.ngo)
    duty(
        writes, mechanism.police, "first_contact", "responsible", agreement=draft, trigger="met", act="call",
        towards=mechanism.ngo.organisation, within_hours=24,
    )  # fmt: skip
    assert duties_of_case(met_by_police(mechanism.other_ngo.actor(Role.CASE_MANAGER), today, 3)) == []


def test_bo_02_the_co_ordinator_gets_counts_and_no_case(
    mechanism: Mechanism, writes: Actor, calls: Any, today: date
) -> None:
    holder = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    met_by_police(holder, today, 3), met_by_police(holder, today, 3), met_by_police(holder, today, 1)
    (count,) = duty_counts(writes)
    assert (count.missed, count.running, count.kept, count.late) == (2, 1, 0, 0)
    with pytest.raises(Refused):
        duty_counts(holder)


def test_bo_02_the_page_of_the_case_and_the_board_say_it(
    mechanism: Mechanism, writes: Actor, calls: Any, today: date, signed_in: Callable[..., Client]
) -> None:
    holder = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    case = met_by_police(holder, today, 3)
    shown = signed_in(holder).get(f"/cases/{case.code}/").content.decode()
    assert "What bodies agreed to do" in shown
    assert "not kept" in shown
    assert "Agreed duties, and whether they were kept" in signed_in(writes).get("/country/").content.decode()


@given(
    st.dates(date(2020, 1, 1), date(2030, 1, 1)), st.integers(1, 400), st.none() | st.integers(-3, 30),
    st.integers(0, 40),
)  # fmt: skip
def test_bo_02_kept_earlier_is_never_worse(start: date, hours: int, kept: int | None, later: int) -> None:
    rank = [agreed.MISSED, agreed.LATE, agreed.RUNNING, agreed.KEPT]
    today = start + timedelta(days=later)
    kept_on = None if kept is None else start + timedelta(days=kept)
    earlier = None if kept_on is None else kept_on - timedelta(days=1)
    found = agreed.answer(start, hours, kept_on, today)
    assert rank.index(agreed.answer(start, hours, earlier, today)) >= rank.index(found)
    assert agreed.answer(start, hours, agreed.due_on(start, hours), today) == agreed.KEPT
