"""Who works in a house leads the stays there of whom another body referred, and learns of no stay elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.models.safety.incident import Incident
from fener.casework.models.shelter.restriction import StayRestriction
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.selectors.shelter.unshared import residents
from fener.casework.selectors.worklist import today
from fener.casework.services import consents
from fener.casework.services.person_copy import make_copy
from fener.casework.services.protection import shut_out
from fener.casework.services.shelter.restrictions import end_restriction, review_restriction
from fener.casework.services.shelter.stays import extend_stay, leave, plan_exit
from fener.casework.services.shelter.unshared import leave_unshared
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import AlreadyDone, GateClosed, InvalidInput, NotTold, Refused
from fener.trust.models import AuditEntry, Consent
from fener.trust.roles import Role
from tests.casework.test_referral_race import _at_once
from tests.factories.casework import CaseFactory, shared_with
from tests.factories.network import Mechanism
from tests.factories.shelter import admission, admitted, ago, house, restricted
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
LINE = "In a shelter since"


def lent(case_manager: Actor, mechanism: Mechanism) -> tuple[Case, Consent, Actor]:
    """A case that the NGO keeps and referred to the shelter, and who works there."""
    case = CaseFactory(actor=case_manager)
    _referral, consent = shared_with(case_manager, case, mechanism.shelter, Compartment.CONTACT)
    return case, consent, mechanism.shelter.actor(Role.SHELTER_WORKER)


def stay_in(worker: Actor, case: Case, mechanism: Mechanism, **changes: object) -> ShelterStay:
    return admitted(worker, case, house(worker, mechanism.shelter, name="Lime tree"), **changes)


def pages(client: Client, case: Case) -> str:
    """The page of the case and its chapter on the shelter, as one text."""
    asked = [reverse("casework:case", args=[case.code]), reverse("casework:chapter", args=[case.code, "shelter"])]
    return " ".join(words(client.get(path).content.decode()) for path in asked)


def test_the_house_leads_the_stay_of_whom_another_body_referred(case_manager: Actor, mechanism: Mechanism) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    extend_stay(actor=worker, stay=stay, until=ago(-120), reason="court")
    plan_exit(actor=worker, stay=stay, to="family", on=ago(0), words="With her sister, who knows.")
    row = restricted(worker, stay)
    review_restriction(actor=worker, restriction=row, on=ago(0), answer="agrees", review_on=ago(-3))
    end_restriction(actor=worker, restriction=row, on=ago(0))
    assert leave(actor=worker, stay=stay, reason="family", on=ago(0)).end_reason == "family"


def test_the_house_admits_through_the_gate(case_manager: Actor, mechanism: Mechanism) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    with pytest.raises(GateClosed):
        stay_in(worker, case, mechanism, testimony_not_asked=False)
    assert not ShelterStay.objects.exists()


def test_both_bodies_see_the_stay_and_the_house_sees_its_own_name(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    restricted(worker, stay)
    there, here = pages(signed_in(worker), case), pages(signed_in(case_manager), case)
    for seen in (there, here):
        assert LINE in seen
        assert "Restricted:" in seen
        assert "The stay ended" in seen
    assert "Lime tree" in there
    assert "Lime tree" not in here


def test_the_house_acts_by_its_forms(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay, client = stay_in(worker, case, mechanism), signed_in(worker)
    path = reverse("casework:stay_leave", args=[case.code, stay.pk])
    assert client.get(path).status_code == 200
    assert client.post(path, {"once": str(uuid4()), "reason": "own_wish", "on": ago(0)}).status_code == 302
    stay.refresh_from_db()
    assert stay.end_reason == "own_wish"


def test_a_stay_elsewhere_is_not_told_to_the_house(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo))
    row = restricted(case_manager, stay)
    client = signed_in(worker)
    seen = pages(client, case)
    for told in (LINE, "Restricted:", "stays there", "Ground:", "The stay ended"):
        assert told not in seen
    for name in ("stay_leave", "stay_extend", "stay_plan", "stay_restrict"):
        assert client.get(reverse(f"casework:{name}", args=[case.code, stay.pk])).status_code == 404
    for name in ("stay_restriction_review", "stay_restriction_end"):
        assert client.get(reverse(f"casework:{name}", args=[case.code, row.pk])).status_code == 404
    acts = (
        lambda: leave(actor=worker, stay=stay, reason="own_wish", on=ago(0)),
        lambda: extend_stay(actor=worker, stay=stay, until=ago(-120), reason="court"),
        lambda: plan_exit(actor=worker, stay=stay, to="family", on=ago(0), words="x"),
        lambda: restricted(worker, stay, kind="going_out"),
        lambda: end_restriction(actor=worker, restriction=row, on=ago(0)),
    )
    for act in acts:
        with pytest.raises(Refused) as refused:
            act()
        assert refused.value.hidden


def test_whom_another_house_has_cannot_be_admitted_and_it_is_not_said_why(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    first = admitted(case_manager, case, house(case_manager, mechanism.ngo))
    home = house(worker, mechanism.shelter)
    for _open_or_ended in range(2):
        with pytest.raises(InvalidInput) as refused:
            admitted(worker, case, home)
        said = str(refused.value.errors[""])
        assert "cannot be admitted" in said
        assert "stay" not in said
        if first.ended_on is None:
            first = leave(actor=case_manager, stay=first, reason="own_wish", on=ago(0))
    assert admitted(worker, case, home, since=ago(0)).ended_on is None


def test_whether_another_house_has_the_person_is_asked_last_and_the_refusal_is_kept(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    admitted(case_manager, case, house(case_manager, mechanism.ngo))
    home = house(worker, mechanism.shelter)
    with pytest.raises(GateClosed):
        admitted(worker, case, home, testimony_not_asked=False)
    with pytest.raises(NotTold):
        admitted(worker, case, home)
    sent = {
        "ground": "presumed", "reason": "danger", "since": ago(3), "decided_by": "person", "sees_self_so": "yes",
        "said": ["rules_explained", "right_to_leave_told", "testimony_not_asked"], "shelter": str(home.pk),
    }  # fmt: skip
    new = signed_in(worker).post(reverse("casework:stay_new", args=[case.code]), {**sent, "once": str(uuid4())})
    assert new.status_code == 422
    assert "cannot be admitted" in words(new.content.decode())
    kept = AuditEntry.objects.get(act="shelter_stay.record", outcome="refused")
    assert kept.detail["error"] == "NotTold"


def test_an_authority_that_takes_a_resident_away_is_an_incident_though_the_house_records_it(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    leave(actor=worker, stay=stay_in(worker, case, mechanism), reason="removed", on=ago(0), taken_by="police")
    assert Incident.objects.get(case=case).by == "police"


def test_limits_and_reviews_of_own_residents_are_on_the_houses_today(case_manager: Actor, mechanism: Mechanism) -> None:
    case, consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism, until=ago(-12))
    restricted(worker, stay)

    def kinds(actor: Actor) -> list[str]:
        return sorted(task.kind for task in today(actor) if task.kind.startswith("shelter."))

    wanted = ["shelter.restrictions", "shelter.stays", "shelter.stays"]
    assert kinds(worker) == kinds(case_manager) == wanted
    assert kinds(mechanism.other_ngo.actor(Role.SHELTER_WORKER)) == []
    consents.withdraw(actor=case_manager, consent=consent)
    assert kinds(worker) == []


def test_a_stay_elsewhere_is_on_no_other_houses_today(case_manager: Actor, mechanism: Mechanism) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo), until=ago(-12))
    restricted(case_manager, stay)
    assert not [task for task in today(worker) if task.kind.startswith("shelter.")]


def test_the_copy_of_the_person_tells_the_stay_and_not_the_house(case_manager: Actor, mechanism: Mechanism) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    copy = repr(make_copy(actor=case_manager, case=case, language="en"))
    assert LINE in copy
    for told in ("Lime tree", str(stay.shelter_id)):
        assert told not in copy


def test_a_consent_that_is_withdrawn_ends_reading_and_lets_the_house_record_that_the_person_left(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    restricted(worker, stay)
    assert residents(worker) == []
    one = reverse("casework:house_stay_leave", args=[stay.pk])
    client = signed_in(worker)
    assert client.get(one).status_code == 404
    consents.withdraw(actor=case_manager, consent=consent)
    assert client.get(reverse("casework:chapter", args=[case.code, "shelter"])).status_code == 404
    with pytest.raises(Refused):
        leave(actor=worker, stay=stay, reason="own_wish", on=ago(0))
    seen = client.get(reverse("casework:house_stays")).content.decode() + client.get(one).content.decode()
    assert "Lime tree" in seen
    for told in (case.code, str(case.pk), "presumed", "Restricted"):
        assert told not in seen
    typed = {"once": str(uuid4()), "reason": "family", "on": ago(0)}
    assert client.post(one, typed).status_code == 422
    assert client.post(one, {**typed, "reason": "own_wish", "once": str(uuid4())}).status_code == 302
    stay.refresh_from_db()
    assert (stay.end_reason, stay.ended_on) == ("own_wish", ago(0))
    assert StayRestriction.objects.get().ended_on == ago(0)
    assert residents(worker) == []
    assert "Own wish" in repr(make_copy(actor=case_manager, case=case, language="en"))


def test_no_other_house_and_nobody_who_is_shut_out_ends_it(case_manager: Actor, mechanism: Mechanism) -> None:
    case, consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    consents.withdraw(actor=case_manager, consent=consent)
    assert [one.pk for one in residents(worker)] == [stay.pk]
    for stranger in (mechanism.other_ngo.actor(Role.SHELTER_WORKER), case_manager):
        assert residents(stranger) == []
        with pytest.raises(Refused):
            leave_unshared(actor=stranger, pk=stay.pk, reason="own_wish", on=ago(0))
    for day in (ago(-1), ago(9)):
        with pytest.raises(InvalidInput):
            leave_unshared(actor=worker, pk=stay.pk, reason="own_wish", on=day)
    shut_out.shut_out(actor=case_manager, case=case, organisation=mechanism.shelter.organisation, why="interest")
    assert residents(worker) == []
    with pytest.raises(Refused):
        leave_unshared(actor=worker, pk=stay.pk, reason="own_wish", on=ago(0))


@pytest.fixture
def at_work(transactional_db: None) -> tuple[Mechanism, Actor]:
    mechanism = Mechanism(since=date(2020, 1, 1))
    return mechanism, mechanism.ngo.actor(Role.CASE_MANAGER)


def test_both_bodies_that_end_one_stay_at_once_end_it_once(at_work: tuple[Mechanism, Actor]) -> None:
    mechanism, manager = at_work
    case, _consent, worker = lent(manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    answers = _at_once(
        *(
            lambda who=who, how=how: leave(actor=who, stay=ShelterStay.objects.get(pk=stay.pk), reason=how, on=ago(0))
            for who, how in ((manager, "family"), (worker, "own_wish"))
        )
    )
    (won,) = [each for each in answers if isinstance(each, ShelterStay)]
    assert sum(isinstance(each, AlreadyDone) for each in answers) == 1
    stay.refresh_from_db()
    assert stay.end_reason == won.end_reason
    assert AuditEntry.objects.filter(act="shelter_stay.end").count() == 1


def test_the_holder_and_a_house_without_the_file_end_one_stay_once(at_work: tuple[Mechanism, Actor]) -> None:
    mechanism, manager = at_work
    case, consent, worker = lent(manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    consents.withdraw(actor=manager, consent=consent)
    answers = _at_once(
        lambda: leave(actor=manager, stay=ShelterStay.objects.get(pk=stay.pk), reason="family", on=ago(0)),
        lambda: leave_unshared(actor=worker, pk=stay.pk, reason="own_wish", on=ago(0)),
    )
    assert sum(isinstance(each, AlreadyDone) for each in answers) == 1
    assert AuditEntry.objects.filter(act__in=["shelter_stay.end", "house_stay.end"]).count() == 1


def test_the_admission_of_a_house_names_what_was_said(case_manager: Actor, mechanism: Mechanism) -> None:
    case, _consent, worker = lent(case_manager, mechanism)
    stay = stay_in(worker, case, mechanism)
    assert (stay.ground, stay.recorded_by_id) == (admission().ground, worker.user_id)
