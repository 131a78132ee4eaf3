"""The API: the pages' services for programs, with the pages' answers."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone, translation

from fener.casework.models import Case, Need
from fener.network.models import Service
from fener.trust.actor import Actor
from fener.trust.models import AuditEntry, Consent
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

pytestmark = pytest.mark.django_db
SignedIn = Callable[..., Client]


def get(client: Client, path: str, **params: Any) -> Any:
    return client.get(f"/api/v1/{path}", params)


def post(client: Client, path: str, body: Any = None, **headers: str) -> Any:
    return client.post(f"/api/v1/{path}", {} if body is None else body, "application/json", headers=headers)


@pytest.fixture
def case(case_manager: Actor) -> Case:
    made: Case = CaseFactory(actor=case_manager)
    return made


@pytest.fixture
def client(signed_in: SignedIn, case_manager: Actor) -> Client:
    return signed_in(case_manager)


def test_nobody_is_told_more_than_to_sign_in(case: Case) -> None:
    for answer in (
        get(Client(), "cases"),
        get(Client(), f"cases/{case.code}"),
        post(Client(), "search", {"text": "a"}),
    ):
        assert answer.status_code == 401
        assert answer.json() == {"error": "signed_out", "message": "Sign in first.", "fields": []}


def test_a_change_needs_the_csrf_token(signed_in: SignedIn, case_manager: Actor, case: Case) -> None:
    client = signed_in(case_manager)
    client.handler.enforce_csrf_checks = True
    answer = post(client, f"cases/{case.code}/needs", {"kind": "legal_advice"})
    assert (answer.status_code, answer.json()["error"]) == (403, "csrf")
    assert not Need.objects.exists()


def test_the_description_is_openapi_3_1_and_for_staff(client: Client) -> None:
    described = get(client, "openapi.json")
    assert described.json()["openapi"].startswith("3.1")
    assert get(Client(), "openapi.json").status_code == 302


def test_who_asks(client: Client, case_manager: Actor) -> None:
    assert get(client, "me").json() == {
        "username": case_manager.username,
        "roles": ["case_manager"],
        "organisation": str(case_manager.keeper_id),
        "unlocked": True,
    }


def test_the_list_and_the_case_hold_no_name(client: Client, case: Case) -> None:
    listed = get(client, "cases")
    assert [row["code"] for row in listed.json()["rows"]] == [case.code]
    shown = get(client, f"cases/{case.code}")
    assert shown.json()["removal_blocked_until"]
    for answer in (listed, shown):
        assert "Ilić" not in answer.content.decode()


def test_what_is_sealed_is_opened_as_an_act_with_a_purpose(client: Client, case: Case) -> None:
    opened = post(client, f"cases/{case.code}/sealed/identity/open", {"purpose": "keep"})
    assert opened.json()["content"]["second_name"] == "Ilić"
    assert "no-store" in opened["Cache-Control"]
    assert AuditEntry.objects.filter(act="item.open", purpose="keep", chain__chain_id=case.pk).count() == 1


def test_a_case_of_others_and_none_at_all_are_answered_alike(
    signed_in: SignedIn, mechanism: Mechanism, case: Case
) -> None:
    client = signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER))
    paths = ("cases/{}", "cases/{}/known", "cases/{}/needs")
    for path in paths:
        theirs, absent = get(client, path.format(case.code)), get(client, path.format("2222-2222"))
        assert (theirs.status_code, theirs.content) == (404, absent.content)
    theirs = post(client, f"cases/{case.code}/sealed/identity/open", {"purpose": "keep"})
    absent = post(client, "cases/2222-2222/sealed/identity/open", {"purpose": "keep"})
    assert (theirs.status_code, theirs.content) == (404, absent.content)


def test_a_name_is_found_in_another_script_and_stands_in_no_address(client: Client, case: Case) -> None:
    assert [row["code"] for row in post(client, "search", {"text": "Илић"}).json()] == [case.code]
    assert get(client, "search", text="Ilić").status_code == 405


def test_a_case_is_opened_with_what_the_page_asks(client: Client) -> None:
    body = {
        "language": "sr",
        "facts": {},
        "compartments": {"identity": {"first_name": "Mila"}},
        "keep_consent": {"until": "2027-01-01", "language": "sr", "compartments": ["identity"]},
        "information": {"items": [], "language": "sr"},
    }
    answer = post(client, "cases", body)
    assert answer.status_code in {409, 422}, "what the person must be told is missing"
    assert answer.json()["fields"]
    assert not Case.objects.unscoped(reason="the test looks at all rows").exists()


def test_a_request_that_arrives_twice_is_carried_out_once(client: Client, case: Case) -> None:
    key, body = str(uuid.uuid4()), {"kind": "legal_advice", "words": "A lawyer."}
    first = post(client, f"cases/{case.code}/needs", body, idempotency_key=key)
    second = post(client, f"cases/{case.code}/needs", body, idempotency_key=key)
    assert (first.status_code, second.status_code) == (201, 201)
    assert first.json() == second.json()
    assert Need.objects.count() == 1
    assert post(client, f"cases/{case.code}/needs", body, idempotency_key="x").status_code == 422


def test_somebody_elses_change_is_not_overwritten(client: Client, case: Case) -> None:
    body = {"version": case.version, "facts": {**case.facts, "age_at_contact": 41}}
    assert post(client, f"cases/{case.code}/facts", body).status_code == 200
    answer = post(client, f"cases/{case.code}/facts", body)
    assert (answer.status_code, answer.json()["error"]) == (409, "stale")


def test_what_cannot_be_used_is_named_and_not_sent_back(client: Client, case: Case) -> None:
    answer = post(client, f"cases/{case.code}/facts", {"version": "planted", "facts": {}})
    assert answer.status_code == 422
    assert [one["field"] for one in answer.json()["fields"]] == ["given.version"]
    assert "planted" not in answer.content.decode()
    broken = client.post("/api/v1/search", b"{", "application/json")
    assert (broken.status_code, broken.json()["error"]) == (400, "unreadable")


@pytest.mark.parametrize("text", ["a\\u0000b", "\\ud800"])
def test_a_character_that_no_database_keeps_is_refused(client: Client, case: Case, text: str) -> None:
    body = f'{{"kind": "legal_advice", "words": "{text}"}}'
    answer = client.post(f"/api/v1/cases/{case.code}/needs", body, "application/json")
    assert answer.status_code == 422


def test_a_number_beyond_every_database_is_refused(client: Client, case: Case) -> None:
    assert get(client, "cases", page=10**30).status_code == 422
    assert post(client, f"cases/{case.code}/facts", {"version": 10**30, "facts": {}}).status_code == 422
    assert get(client, "acts", page=-1).status_code == 422


def test_a_referral_is_offered_accepted_and_gone_after_the_withdrawal(
    client: Client, signed_in: SignedIn, mechanism: Mechanism, case: Case, case_manager: Actor
) -> None:
    service = Service.objects.filter(organisation=mechanism.shelter.organisation).first() or mechanism.shelter.service()
    consent = {
        "recipient": str(service.organisation_id),
        "purpose": "share_service",
        "compartments": ["contact"],
        "until": "2027-01-01",
        "language": "sr",
    }
    given = post(client, f"cases/{case.code}/consents", consent)
    assert given.status_code == 201, given.json()
    offer_body = {"service": service.pk, "compartments": ["contact"]}
    early = post(client, f"cases/{case.code}/referrals", offer_body)
    assert (early.status_code, [one["field"] for one in early.json()["fields"]]) == (409, ["need"])
    assert post(client, f"cases/{case.code}/needs", {"kind": service.kind}).status_code == 201
    sent = post(client, f"cases/{case.code}/referrals", offer_body)
    assert sent.status_code == 201, sent.json()
    shelter = signed_in(mechanism.shelter.actor(Role.SHELTER_WORKER))
    offer = get(shelter, f"referrals/{sent.json()['id']}").json()
    assert (offer["case_code"], offer["compartments"]) == ("", [])
    assert post(shelter, f"referrals/{sent.json()['id']}/accept").json()["case_code"] == case.code
    opening = f"cases/{case.code}/sealed/contact/open"
    assert post(shelter, opening, {"purpose": "share_service"}).status_code == 200
    assert post(shelter, f"cases/{case.code}/sealed/identity/open", {"purpose": "share_service"}).status_code == 404
    done = post(client, f"cases/{case.code}/consents/{given.json()['id']}/withdraw")
    assert done.json()["lost_access"], done.json()
    assert Consent.objects.get(pk=given.json()["id"]).withdrawn_at is not None
    assert post(shelter, opening, {"purpose": "share_service"}).status_code == 404
    assert get(shelter, f"cases/{case.code}").status_code == 404


def test_a_refused_attempt_is_kept_in_the_audit(signed_in: SignedIn, mechanism: Mechanism) -> None:
    client = signed_in(mechanism.ngo.actor(Role.ORGANISATION_ADMIN))
    assert get(client, "cases").status_code == 404
    assert AuditEntry.objects.filter(outcome="refused", act="case.list").exists()


def test_an_address_that_is_none_is_answered_in_json(client: Client) -> None:
    for answer in (get(client, "nothing"), get(client, "cases/%20%20"), post(client, "referrals/x/accept")):
        assert (answer.status_code, answer.json()["error"]) == (404, "absent")


def test_after_an_idle_time_a_program_is_told_to_unlock_first(client: Client, case: Case, settings: Any) -> None:
    get(client, "me")
    with time_machine.travel(timezone.now() + timedelta(minutes=settings.FENER_IDLE_MINUTES + 1), tick=False):
        for answer in (
            get(client, "cases"),
            post(client, f"cases/{case.code}/sealed/identity/open", {"purpose": "keep"}),
        ):
            assert (answer.status_code, answer.json()["error"]) == (403, "not_ready")
            assert case.code not in answer.content.decode()


def test_reading_a_case_is_kept_with_the_case(client: Client, case: Case, case_manager: Actor) -> None:
    get(client, f"cases/{case.code}")
    kept = AuditEntry.objects.filter(act="case.read", chain__chain_id=case.pk, actor_id=case_manager.user_id)
    assert [entry.detail for entry in kept] == [{"file": True}]


def test_a_covered_number_is_shown_on_purpose_and_never_sealed_covered(client: Client, case: Case) -> None:
    saved = post(client, f"cases/{case.code}/sealed/legal", {"version": 0, "content": {"permit_number": "P00123456"}})
    assert saved.status_code == 200, saved.json()
    opening = f"cases/{case.code}/sealed/legal/open"
    covered = post(client, opening, {"purpose": "keep"}).json()["content"]["permit_number"]
    assert covered == "•••••• 56"
    assert not AuditEntry.objects.filter(act="field.show").exists()
    sealed = post(client, f"cases/{case.code}/sealed/legal", {"version": 1, "content": {"permit_number": covered}})
    assert (sealed.status_code, sealed.json()["fields"][0]["field"]) == (422, "permit_number")
    shown = post(client, opening, {"purpose": "keep", "show": ["permit_number"]}).json()["content"]
    assert shown == {"permit_number": "P00123456"}
    assert AuditEntry.objects.get(act="field.show").detail == {"field": "legal.permit_number"}


def test_what_went_wrong_is_told_in_the_readers_language(client: Client) -> None:
    with translation.override("en"):  # the request leaves its language behind in this thread
        answer = client.get("/api/v1/cases/2222-2222", headers={"accept-language": "sr-latn"})
    assert answer.json()["error"] == "absent"
    assert answer.json()["message"] != "There is nothing here that you may see."
