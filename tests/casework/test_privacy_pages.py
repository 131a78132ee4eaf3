"""The copy for the person, erasures and periods, as pages: who sees what, and what is handed over."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from uuid import uuid4

import pikepdf
import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services import erasure as services
from fener.casework.services.compartments import save_compartment
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import AuditEntry, Consent, Erasure, RetentionPeriod
from fener.trust.roles import Role
from tests.casework.erasing import PLANTED, full_file
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"once": str(uuid4()), **data})


@pytest.fixture
def case(case_manager: Actor, mechanism: Mechanism) -> Case:
    found = full_file(case_manager, mechanism)
    content = {"safe_contact": "Mornings.", "mobile_phone": PLANTED[2], "trusted_person": "Sestra Thirdovna"}
    save_compartment(actor=case_manager, case=found, compartment=Compartment.CONTACT, version=1, content=content)
    return found


def copy(client: Client, case: Case, form: str = "json", language: str = "en", **data: Any) -> Any:
    return post(client, at("person_copy", case.code), form=form, language=language, **data)


def test_the_copy_holds_everything_that_is_kept_and_who_has_known_it(
    case_manager: Actor, signed_in: SignIn, case: Case
) -> None:
    answer = copy(signed_in(case_manager), case)
    assert answer.status_code == 200, answer.content.decode()[:500]
    made = json.loads(answer.content)
    told = json.dumps(made, ensure_ascii=False)
    for planted in (PLANTED[0], PLANTED[1], PLANTED[2], PLANTED[4], vocabulary("gender").label("Feminine")):
        assert planted in told, planted
    codes = {section["code"] for section in made["sections"]}
    assert {"identity", "contact", "narrative", "casework.Case", "casework.Need", "trust.Consent", "words"} <= codes
    assert f"Not near {PLANTED[1]}." in told, "the person's own words"
    assert any("opened" in line["what"] for line in made["who_has_known"])
    assert made["rights"]


def test_what_is_about_others_is_left_out_and_said_so(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    told = copy(signed_in(case_manager), case).content.decode()
    assert "Thirdovna" not in told
    assert PLANTED[3] not in told, "the interpreter"
    missing = json.loads(told)["left_out"]
    assert any("Somebody the person trusts" in each["what"] and "somebody else" in each["why"] for each in missing)


def test_what_the_worker_ticks_is_left_out_and_said_so(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    made = json.loads(copy(signed_in(case_manager), case, leave_out=["narrative.account", "words"]).content)
    assert PLANTED[4] not in json.dumps(made["sections"])
    assert {"Account", "Words that were written beside records"} <= {each["what"] for each in made["left_out"]}


def test_health_leaves_in_no_file(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case) -> None:
    from fener.casework.services.cases import assign
    from fener.trust.models import User

    nurse = mechanism.ngo.actor(Role.HEALTH_WORKER)
    assign(actor=case_manager, case=case, user=User.objects.get(pk=nurse.user_id))
    save_compartment(
        actor=nurse, case=case, compartment=Compartment.HEALTH, version=0, content={"conditions": "HEALTHPLANTED"}
    )
    answer = copy(signed_in(case_manager), case)
    assert b"HEALTHPLANTED" not in answer.content
    assert any("health worker" in each["why"] for each in json.loads(answer.content)["left_out"])


@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_the_paper_has_both_scripts(
    case_manager: Actor, signed_in: SignIn, mechanism: Mechanism, language: str
) -> None:
    case = CaseFactory(
        actor=case_manager,
        compartments={Compartment.IDENTITY: {"first_name": "Ђорђе #read *x*", "second_name": "Đilas"}},
    )
    answer = copy(signed_in(case_manager), case, "pdf", language)
    assert answer["Content-Type"] == "application/pdf"
    assert "no-store" in answer["Cache-Control"]
    assert case.code not in answer["Content-Disposition"]
    with pikepdf.open(BytesIO(answer.content)) as pdf:
        assert len(pdf.pages) >= 1


def test_the_page_to_print_is_kept_nowhere(case_manager: Actor, signed_in: SignIn, case: Case, tmp_path: Path) -> None:
    client = signed_in(case_manager)
    before = set(Path(tempfile.gettempdir()).glob("*"))
    for form in ("page", "pdf", "json"):
        answer = copy(client, case, form)
        assert answer.status_code == 200
        assert "no-store" in answer["Cache-Control"]
    new = [path for path in set(Path(tempfile.gettempdir()).glob("*")) - before if path.is_file()]
    assert [path for path in new if PLANTED[0].encode() in path.read_bytes()] == []


def test_making_it_is_kept_in_the_audit_without_words(case_manager: Actor, signed_in: SignIn, case: Case) -> None:
    copy(signed_in(case_manager), case)
    entry = AuditEntry.objects.get(act="person_copy.export")
    assert entry.chain.chain_id == case.pk
    assert set(entry.detail) == {"sections", "left_out", "language"}


@pytest.mark.parametrize("role", [Role.CASE_MANAGER, Role.AUDITOR, Role.MECHANISM_COORDINATOR])
def test_for_others_the_page_is_not_there(mechanism: Mechanism, signed_in: SignIn, case: Case, role: Role) -> None:
    body = mechanism.shelter if role is Role.CASE_MANAGER else mechanism.co_ordination
    client = signed_in(body.actor(role))
    for name in ("person_copy", "erasure_propose"):
        assert client.get(at(name, case.code)).status_code in (403, 404)
        assert copy(client, case).status_code in (403, 404)


# Erasures -------------------------------------------------------------------------------------------------------------


def test_proposed_on_one_page_agreed_on_another(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    client = signed_in(case_manager)
    answer = post(client, at("erasure_propose", case.code))
    assert answer.status_code == 302
    erasure = Erasure.objects.get()
    own = client.get(answer.url).content.decode()
    assert "Another person than the one who proposed it looks at it." in own
    assert "Agree: erase" not in own
    second = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    listed = second.get(at("erasures")).content.decode()
    assert case.code in listed
    assert PLANTED[0] not in listed
    assert post(second, at("erasure", erasure.pk)).status_code == 302
    erasure.refresh_from_db()
    assert erasure.state == "approved"
    assert "Stop it" in client.get(at("who_knows", case.code)).content.decode()
    assert post(client, at("erasure_stop", erasure.pk), because="person").status_code == 302
    erasure.refresh_from_db()
    assert erasure.state == "stopped"


def test_put_off_with_a_reason_and_a_day(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=case, ground="asked")
    second = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER))
    past = post(second, at("erasure_refuse", erasure.pk), hold="proceedings", look_again_on="2026-03-01")
    assert past.status_code == 422
    assert "Name a later day" in past.content.decode()
    day = (timezone.localdate() + timedelta(days=60)).isoformat()
    assert post(second, at("erasure_refuse", erasure.pk), hold="proceedings", look_again_on=day).status_code == 302
    assert Erasure.objects.get().state == "refused"


def test_another_organisation_finds_no_erasure(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=case, ground="asked")
    stranger = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert case.code not in stranger.get(at("erasures")).content.decode()
    for name in ("erasure", "erasure_refuse", "erasure_stop"):
        assert stranger.get(at(name, erasure.pk)).status_code == 404


def test_a_hidden_file_stands_in_no_list_of_erasures(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    services.propose_erasure(actor=case_manager, case=case, ground="asked")
    Case.objects.unscoped(reason="put under protection").filter(pk=case.pk).update(protected=True)
    for role in (Role.CASE_MANAGER, Role.ORGANISATION_ADMIN):
        assert case.code not in signed_in(mechanism.ngo.actor(role)).get(at("erasures")).content.decode()


def test_whoever_looks_after_an_organisation_sees_no_code_of_a_file(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    erasure = services.propose_erasure(actor=case_manager, case=case, ground="asked")
    client = signed_in(mechanism.ngo.actor(Role.ORGANISATION_ADMIN))
    assert case.code not in client.get(at("erasures")).content.decode()
    assert client.get(at("erasure", erasure.pk)).status_code == 404


def test_an_organisation_sets_its_own_period(mechanism: Mechanism, signed_in: SignIn) -> None:
    client = signed_in(mechanism.ngo.actor(Role.ORGANISATION_ADMIN))
    before = client.get(at("erasures")).content.decode()
    assert "not set" in before
    wrong = post(client, at("retention") + "?of=case_file", months="24", reason="")
    assert wrong.status_code == 422
    assert (
        post(client, at("retention") + "?of=case_file", months="24", reason="Claims are rare later.").status_code == 302
    )
    assert RetentionPeriod.objects.get().months == 24
    assert "own rule: Claims are rare later." in client.get(at("erasures")).content.decode()


def test_a_withdrawn_consent_leads_to_a_proposal_that_the_list_shows(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn, case: Case
) -> None:
    keep = Consent.objects.get(subject_id=case.pk, purpose="keep")
    assert post(signed_in(case_manager), at("consent_withdraw", case.code, keep.pk)).status_code == 302
    listed = signed_in(mechanism.ngo.actor(Role.CASE_MANAGER)).get(at("erasures")).content.decode()
    assert "no longer agrees" in listed
