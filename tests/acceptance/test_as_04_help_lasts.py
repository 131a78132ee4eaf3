"""AS-04: help lasts as long as it is needed: no term ends it, counselling stays open, the family has help of its own.

RI-04: the family only as the person agreed; employers and schools never. RI-05: no name to an authority but on consent.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.domain import closing
from fener.casework.forms.acts import CloseForm
from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.family import FamilyAgreement, FamilySupport
from fener.casework.services import cases, consents, overrides
from fener.casework.services.reintegration import family, plan
from fener.casework.services.safety.incidents import keep_attempt
from fener.casework.services.shelter.stays import leave
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, Refused
from fener.trust.models import AuditEntry, Consent, DisclosureOverride
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.children import child, guarded, heard
from tests.factories.network import Body, Mechanism
from tests.factories.reintegration import agreed, asked_about_family, days_ago, entered, left
from tests.factories.shelter import admitted, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
TERMS = sorted(closing.TERMS)


@pytest.mark.parametrize("reason", TERMS)
def test_as_04_no_term_closes_a_case_or_ends_a_stay(case_manager: Actor, mechanism: Mechanism, reason: str) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(GateClosed):
        cases.close_case(actor=case_manager, case=case, version=case.version, reason=reason)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo))
    with pytest.raises(GateClosed) as error:
        leave(actor=case_manager, stay=stay, reason=reason, on=days_ago(0))
    assert error.value.result.gate == "end_by_term"
    attempt = keep_attempt(case_manager, error.value)
    assert attempt is not None
    assert (attempt.right, attempt.case_id) == ("help_ended", case.pk)
    stay.refresh_from_db()
    case.refresh_from_db()
    assert (stay.ended_on, case.state) == (None, Case.State.ACTIVE)


def test_as_04_no_form_offers_a_term_as_a_reason() -> None:
    offered = {code for code, _text in CloseForm(initial={}).fields["reason"].choices}  # type: ignore[attr-defined]
    assert not offered & set(TERMS)
    assert not set(vocabulary("stay_exit").codes()) & set(TERMS)


def test_as_04_a_term_that_is_sent_to_the_page_closes_nothing(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    typed = {"once": str(uuid4()), "version": case.version, "state": "closed", "reason": "money_ended"}
    signed_in(case_manager).post(reverse("casework:case_close", args=[case.code]), typed)
    case.refresh_from_db()
    assert case.state == Case.State.ACTIVE  # the form does not even offer it


def test_as_04_counselling_stays_open_after_the_exit_and_after_the_case_is_closed(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    agreed(case_manager, case, ago=500)
    left(case_manager, case, house(case_manager, mechanism.ngo))
    counselling = {"line": "psychological", "kind": "counselling"}
    assert entered(case_manager, case, **counselling).done_on is None
    case.refresh_from_db()
    cases.close_case(actor=case_manager, case=case, version=case.version, reason="goals_reached")
    entered(case_manager, case, **counselling)
    runs = CaseLine.objects.filter(case=case, record=plan.RECORD, what="runs")
    assert runs.count() == 2  # the end of the stay and of the case ended neither


def test_as_04_the_eighteenth_birthday_ends_no_plan(case_manager: Actor) -> None:
    case = child(case_manager)
    guarded(case_manager, case, since=days_ago(9))
    heard(case_manager, case, about="solution", on=days_ago(0))
    made = agreed(case_manager, case)
    row = entered(case_manager, case, line="psychological", kind="counselling")
    case.age_at_contact, case.treated_as_child = 18, False  # as the birthday leaves it
    case.save(update_fields=["age_at_contact", "treated_as_child"])
    assert plan.in_force(case, days_ago(0)) == made
    row.refresh_from_db()
    assert row.done_on is None


def test_as_04_the_family_has_help_of_its_own_under_the_persons_yes(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    yes = asked_about_family(case_manager, case)
    made = family.record_support(actor=case_manager, agreement=yes, kind="counselling", on=days_ago(0))
    assert vocabulary("family_support").group(made.kind) == "help"


def test_ri_04_nobody_gets_in_touch_with_the_family_but_while_the_person_agrees(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)

    def contact(agreement: FamilyAgreement, on: date) -> FamilySupport:
        return family.record_support(actor=case_manager, agreement=agreement, kind="contact", on=on)

    no = asked_about_family(case_manager, case, agreed=False)
    yes = asked_about_family(case_manager, case)
    for agreement, on in ((no, days_ago(0)), (yes, days_ago(4))):
        with pytest.raises(GateClosed):
            contact(agreement, on)
    contact(yes, days_ago(2))
    family.end_agreement(actor=case_manager, agreement=yes, on=days_ago(1))
    with pytest.raises(GateClosed):
        contact(yes, days_ago(1))
    with pytest.raises(AlreadyDone):
        family.end_agreement(actor=case_manager, agreement=yes, on=days_ago(0))
    with pytest.raises(InvalidInput):
        asked_about_family(case_manager, case, relative=" ")
    assert set(CaseLine.objects.filter(case=case, record=family.RECORD).values_list("what", flat=True)) == {"no"}


def test_ri_04_a_no_ends_every_yes_before_it(case_manager: Actor) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    yes, elsewhere = (asked_about_family(case_manager, each, on=days_ago(4)) for each in (case, other))
    asked_about_family(case_manager, case, agreed=False, on=days_ago(2))
    again = asked_about_family(case_manager, case, on=days_ago(2))
    with pytest.raises(GateClosed):
        family.record_support(actor=case_manager, agreement=yes, kind="contact", on=days_ago(1))
    for lives in (again, elsewhere):
        family.record_support(actor=case_manager, agreement=lives, kind="contact", on=days_ago(1))


def test_ri_04_for_a_child_the_guardian_agrees_and_the_child_is_heard(case_manager: Actor) -> None:
    case = child(case_manager)
    yes = asked_about_family(case_manager, case)
    guarded(case_manager, case, since=days_ago(9))
    with pytest.raises(GateClosed):
        family.record_support(actor=case_manager, agreement=yes, kind="contact", on=days_ago(0))
    heard(case_manager, case, about="family", on=days_ago(2))
    family.record_support(actor=case_manager, agreement=yes, kind="contact", on=days_ago(0))


def consented(actor: Actor, case: Case, body: Body) -> Consent:
    return consents.record_consent(
        actor=actor,
        case=case,
        recipient=body.organisation,
        purpose=Purpose.SHARE_SERVICE,
        compartments=["contact"],
        until=days_ago(-30),
        language="en",
    )


def asked_to_tell(actor: Actor, case: Case, body: Body, parts: tuple[str, ...] = ("identity",)) -> DisclosureOverride:
    return overrides.request_override(
        actor=actor,
        case=case,
        recipient=body.organisation,
        compartments=parts,
        legal_basis="Law, article 5",
        reason="They asked for it.",
        until=days_ago(-10),
    )


@pytest.mark.parametrize("sector", ["school", "employers"])
def test_ri_04_employers_and_schools_learn_nothing_on_any_ground(
    case_manager: Actor, mechanism: Mechanism, sector: str
) -> None:
    case = CaseFactory(actor=case_manager)
    body = mechanism.police  # whatever the body was before
    body.organisation.sector = sector
    body.organisation.save()
    for tell in (consented, asked_to_tell):
        with pytest.raises(GateClosed) as error:
            tell(case_manager, case, body)
        assert error.value.result.gate == "share_status"
    assert not Consent.objects.filter(recipient_id=body.organisation.pk).exists()
    assert not DisclosureOverride.objects.exists()


def test_ri_05_no_authority_learns_without_consent_who_is_in_reintegration(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    waits = asked_to_tell(case_manager, case, mechanism.police)
    agreed(case_manager, case)
    with pytest.raises(GateClosed) as error:
        asked_to_tell(case_manager, case, mechanism.police)
    assert error.value.result.gate == "reintegration_identity"
    with pytest.raises(GateClosed):  # asked before the plan, answered after it
        overrides.confirm_override(actor=mechanism.ngo.actor(Role.CASE_MANAGER), override=waits)
    asked_to_tell(case_manager, case, mechanism.police, ("health",))  # tells nobody's name
    asked_to_tell(case_manager, other, mechanism.police)  # no reintegration
    consented(case_manager, case, mechanism.social_work)  # the person's own yes


def test_ri_04_the_pages_lead_from_the_case_and_tell_strangers_nothing(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    new = reverse("casework:family_agreement_new", args=[case.code])
    typed = {"agreed": "yes", "relative": "Goran, my brother", "on": days_ago(1)}
    assert client.post(new, {"once": str(uuid4()), **typed}).status_code == 302
    row = case.family_agreements.get()
    support = reverse("casework:family_agreement_support", args=[case.code, row.pk])
    end = reverse("casework:family_agreement_end", args=[case.code, row.pk])
    assert client.get(support).status_code == 200
    typed = {"kind": "material", "on": days_ago(0), "words": "Wood for Goran"}
    assert client.post(support, {"once": str(uuid4()), **typed}).status_code == 302
    chapter = reverse("casework:chapter", args=[case.code, "reintegration"])
    page = words(client.get(chapter).content.decode())
    assert "Material help" in page
    assert client.post(end, {"once": str(uuid4()), "on": days_ago(0)}).status_code == 302
    assert support not in client.get(chapter).content.decode()
    assert "Goran" not in page + repr(list(AuditEntry.objects.values()))
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    other = CaseFactory(actor=case_manager)
    for path in (new, support, end):
        assert signed_in(stranger).get(path).status_code == 404
    assert client.get(reverse("casework:family_agreement_end", args=[other.code, row.pk])).status_code == 404
    with pytest.raises(Refused):
        asked_about_family(stranger, case)
