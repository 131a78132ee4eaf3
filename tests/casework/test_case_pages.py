"""The pages of a case, as somebody at work sees and uses them."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case, InformationGiven
from fener.casework.services import compartments as sealed
from fener.casework.services import facts as facts_service
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import AuditEntry, Consent
from fener.trust.roles import Role
from tests.casework.paths import accepted, case_with_need
from tests.factories.casework import CaseFactory, consent_to, shared_with
from tests.factories.network import Mechanism
from tests.web.pages import words

SignIn = Callable[[Actor], Client]


def at(name: str, *args: Any) -> str:
    return reverse(f"casework:{name}", args=args)


def post(client: Client, path: str, **data: Any) -> Any:
    return client.post(path, {"once": str(uuid4()), **data})


def read(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, words(answer.content.decode())[:600]
    return words(answer.content.decode())


# The list -------------------------------------------------------------------------------------------------------------


def test_the_list_shows_code_alias_status_and_what_is_due(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    told = read(signed_in(case_manager).get(at("cases")))
    assert case.code in told
    assert case.alias in told
    assert "Presumed" in told


def test_two_hundred_cases_cost_as_few_queries_as_one(case_manager: Actor, signed_in: SignIn) -> None:
    first = CaseFactory(actor=case_manager, empty=True)
    _copies(first, 199)
    client = signed_in(case_manager)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        told = read(client.get(at("cases"), {"sort": "-code", "page": "2"}))
    assert len(asked) <= 15, [q["sql"][:120] for q in asked.captured_queries]
    assert "26 to 50 of 200" in told


def _copies(first: Case, number: int) -> None:
    from fener.casework.models import CaseAccess

    rows = [
        Case(
            code=f"{n:04d}-0000", alias=first.alias, organisation_id=first.organisation_id, opened_on=first.opened_on,
            opened_by_id=first.opened_by_id,
        )
        for n in range(number)
    ]  # fmt: skip
    Case.objects.bulk_create(rows)
    CaseAccess.objects.bulk_create(
        CaseAccess(case=row, organisation_id=first.organisation_id, relationship="same_organisation") for row in rows
    )


def test_the_list_filters_and_sorts_by_its_address(case_manager: Actor, signed_in: SignIn) -> None:
    one = CaseFactory(actor=case_manager, empty=True)
    child = CaseFactory(actor=case_manager, child=True, compartments={})
    client = signed_in(case_manager)
    told = read(client.get(at("cases"), {"only": "child"}))
    assert child.code in told
    assert one.code not in told
    assert "Nothing matches" in read(client.get(at("cases"), {"status": "identified"}))
    assert one.code in read(client.get(at("cases"), {"sort": "nonsense", "page": "x", "state": "unheard"}))


def test_an_empty_list_says_what_will_come(case_manager: Actor, signed_in: SignIn) -> None:
    assert "No open case." in read(signed_in(case_manager).get(at("cases")))


def test_another_organisation_sees_neither_list_nor_case(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    client = signed_in(mechanism.other_ngo.actor(Role.CASE_MANAGER))
    assert case.code not in read(client.get(at("cases")))
    absent = client.get(at("case", "0000-0000"))
    hidden = client.get(at("case", case.code))
    assert hidden.status_code == absent.status_code == 404
    assert len(hidden.content) == len(absent.content)


# Opening --------------------------------------------------------------------------------------------------------------

OPENING = {
    "language": "sr", "told": ["who_we_are"], "keep_giver": "person", "keep_compartments": ["identity", "contact"],
    "keep_until": "1.9.2026", "status": "presumed", "first_name": "Đorđe", "age_at_contact": "34",
}  # fmt: skip


def test_a_case_is_opened_and_a_second_click_opens_no_second_one(case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(case_manager)
    assert "Open a case with the person" in read(client.get(at("case_open")))
    form = {**OPENING, "once": str(uuid4())}
    first, second = client.post(at("case_open"), form), client.post(at("case_open"), form)
    case = Case.objects.unscoped(reason="test").get()
    assert first["Location"] == second["Location"] == at("case", case.code)
    told = read(client.get(first["Location"]))
    assert "Đorđe" not in told
    assert "Nobody may remove this person" in told


def test_what_was_not_agreed_to_is_not_kept_and_nothing_typed_is_lost(case_manager: Actor, signed_in: SignIn) -> None:
    answer = post(signed_in(case_manager), at("case_open"), **{**OPENING, "own_view": "He was afraid."})
    assert "did not agree to keep this" in read(answer, 422)
    assert "He was afraid." in answer.content.decode()
    assert not Case.objects.unscoped(reason="test").exists()


# The page -------------------------------------------------------------------------------------------------------------


def test_the_page_of_a_case_costs_at_most_thirty_queries(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = case_with_need(case_manager)
    accepted(case_manager, mechanism.shelter, case)
    for _n in range(3):
        consent_to(case_manager, case, mechanism.other_ngo)
    client = signed_in(case_manager)
    with CaptureQueriesContext(connection) as asked:
        read(client.get(at("case", case.code)))
    assert len(asked) <= 30, [q["sql"][:150] for q in asked.captured_queries]


def test_the_page_shows_no_sealed_word_and_says_who_agreed_to_what(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    consent_to(case_manager, case, mechanism.shelter)
    told = read(signed_in(case_manager).get(at("case", case.code)))
    for secret in ("Đorđe", "Ilić", "+381601234567", "papers were taken"):
        assert secret not in told
    assert "lets Harbour House (invented) receive" in told
    assert "Withdraw" in told


def test_a_child_is_said_at_the_top(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager, child=True, compartments={})
    told = read(signed_in(case_manager).get(at("case", case.code)))
    assert told.index("This is a child") < told.index("The path")


def test_a_language_that_nobody_speaks_is_said_at_the_top(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager, facts={"interpreter_needed": "yes"})
    client = signed_in(case_manager)
    assert "needs an interpreter" in read(client.get(at("case", case.code)))
    named = {"version": str(case.version), "language": "sr", "interpreter": "Vesna", "interpreter_needed": "yes"}
    assert post(client, at("case_facts", case.code), **named).status_code == 302
    told = read(client.get(at("case", case.code)))
    assert "needs an interpreter" not in told
    assert "Interpreter: Vesna." in told


def test_the_co_ordinator_sees_facts_and_clocks_and_nothing_of_the_file(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    consent_to(case_manager, case, mechanism.shelter)
    answer = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)).get(at("case", case.code))
    told = read(answer)
    assert "Recovery and reflection period" in told
    assert "Masculine" in told or "Man" in told or "Male" in told
    for hidden in ("Agreed", "Sealed", "lets ", "Harbour House", "Open the reasons", case_manager.username):
        assert hidden not in told
    assert "casework/case_node.html" in {template.name for template in answer.templates}


# Compartments ---------------------------------------------------------------------------------------------------------


def test_a_compartment_opens_by_post_for_a_purpose_and_the_opening_is_kept(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    client = signed_in(case_manager)
    where = at("compartment_open", case.code, "identity")
    assert client.get(where).status_code == 405
    assert client.post(where).status_code == 422  # without a purpose nothing opens
    answer = client.post(where, {"purpose": "keep"})
    assert "Ilić" in read(answer)
    assert "no-store" in answer["Cache-Control"]
    entry = AuditEntry.objects.filter(act="item.open", chain__chain_id=case.pk).latest("seq")
    assert entry.purpose == "keep"
    assert 'http-equiv="refresh"' in answer.content.decode()  # closes by itself without scripts, too


def test_a_compartment_that_does_not_exist_looks_absent(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    assert (
        signed_in(case_manager).post(at("compartment_open", case.code, "soul"), {"purpose": "keep"}).status_code == 404
    )


def test_a_compartment_is_opened_changed_and_sealed_again(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    client, where = signed_in(case_manager), at("compartment_edit", case.code, "identity")
    assert "Ilić" not in read(client.get(where))
    begun = client.post(where, {"begin": "1"})
    assert "Ilić" in begun.content.decode()
    version = re.search(r'name="version" value="(\d+)"', begun.content.decode())
    assert version is not None
    done = post(client, where, version=version[1], first_name="Đorđe", second_name="Petrović")
    assert done.status_code == 302
    assert "Petrović" in read(client.post(at("compartment_open", case.code, "identity"), {"purpose": "keep"}))


def test_a_stale_edit_shows_what_is_current_beside_what_was_typed(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    client, where = signed_in(case_manager), at("compartment_edit", case.code, "identity")
    sealed.save_compartment(
        actor=case_manager, case=case, compartment=Compartment.IDENTITY, version=1, content={"first_name": "Meanwhile"}
    )
    answer = post(client, where, version="1", first_name="Typed")
    told = read(answer, 422)
    assert "Meanwhile" in told
    assert 'value="Typed"' in answer.content.decode()
    assert 'name="version" value="2"' in answer.content.decode()
    assert post(client, where, version="2", first_name="Both").status_code == 302


def test_facts_from_an_old_page_are_not_saved_over_newer_ones(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    client, where = signed_in(case_manager), at("case_facts", case.code)
    assert case.code in read(client.get(where))
    facts_service.update_facts(actor=case_manager, case=case, version=case.version, facts={"number_of_children": 3})
    answer = post(client, where, version=str(case.version), number_of_children="1", language="sr")
    assert "What stands there now" in read(answer, 422)
    newer = Case.objects.unscoped(reason="test").get()
    assert newer.facts["number_of_children"] == 3
    again = post(client, where, version=str(newer.version), number_of_children="1", language="sr")
    assert again["Location"] == at("case", case.code) + "#facts"


def test_a_child_cannot_be_recorded_as_having_agreed_and_the_page_says_why(
    case_manager: Actor, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager, child=True, compartments={})
    form = {"version": str(case.version), "age_at_contact": "15", "sees_it_as_voluntary": "yes"}
    answer = post(signed_in(case_manager), at("case_facts", case.code), **form)
    assert "Error:" in read(answer, 422)
    assert "sees_it_as_voluntary" not in Case.objects.unscoped(reason="test").get().facts


def test_a_wrong_date_is_named_at_its_field_and_stays_on_the_page(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    where = at("compartment_edit", case.code, "legal")
    answer = post(
        signed_in(case_manager), at("compartment_edit", case.code, "identity"), version="1", birth_date="1.1.2031"
    )
    assert "This date lies in the future" in read(answer, 422)
    assert 'value="1.1.2031"' in answer.content.decode()
    assert "Seal" in read(signed_in(case_manager).get(where))  # nothing was written there: the form opens at once


# Consents -------------------------------------------------------------------------------------------------------------


def _consent(mechanism: Mechanism, **changes: Any) -> dict[str, Any]:
    return {
        "recipient": str(mechanism.shelter.organisation.pk), "purpose": "share_service",
        "compartments": ["identity", "contact"], "until": "1.6.2026", "giver": "person", "language": "sr",
        "given_on": "2.3.2026", **changes,
    }  # fmt: skip


def test_a_consent_is_read_as_a_sentence_before_it_is_recorded(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    client, where = signed_in(case_manager), at("consent_new", case.code)
    assert "Show the sentence" in read(client.get(where))
    before = Consent.objects.count()
    told = read(post(client, where, **_consent(mechanism)))
    assert "The person lets Harbour House (invented) receive from Lighthouse (invented), and use," in told
    assert Consent.objects.count() == before
    done = post(client, where, **_consent(mechanism), confirmed="1")
    assert done["Location"] == at("case", case.code) + "#agreed"
    assert Consent.objects.count() == before + 1


def test_a_consent_can_be_changed_before_it_is_recorded(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    answer = post(signed_in(case_manager), at("consent_new", case.code), **_consent(mechanism), change="1")
    assert "Show the sentence" in read(answer)
    assert 'value="1.6.2026"' in answer.content.decode()


def test_what_a_consent_may_not_say_comes_back_on_the_form(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    answer = post(
        signed_in(case_manager), at("consent_new", case.code), **_consent(mechanism, until="1.1.2020"), confirmed="1"
    )
    read(answer, 422)
    assert 'value="1.1.2020"' in answer.content.decode()


def test_withdrawing_is_one_act_that_says_what_it_does_and_the_recipient_is_out_at_once(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    _referral, consent = shared_with(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    worker = mechanism.shelter.actor(Role.CASE_MANAGER)
    theirs, ours = signed_in(worker), signed_in(case_manager)
    opening = {"purpose": "share_service"}
    assert "Ilić" in read(theirs.post(at("compartment_open", case.code, "identity"), opening))
    where = at("consent_withdraw", case.code, consent.pk)
    assert "cannot be unread" in read(ours.get(where))
    done = post(ours, where)
    assert "It is withdrawn" in read(ours.get(done["Location"]))
    assert theirs.post(at("compartment_open", case.code, "identity"), opening).status_code == 404
    assert theirs.get(at("case", case.code)).status_code == 404


def test_a_recipient_withdraws_the_own_sentence_and_lands_on_its_list(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case = CaseFactory(actor=case_manager)
    _referral, consent = shared_with(case_manager, case, mechanism.shelter, Compartment.IDENTITY)
    client = signed_in(mechanism.shelter.actor(Role.CASE_MANAGER))
    assert post(client, at("consent_withdraw", case.code, consent.pk))["Location"] == at("cases")


def test_a_consent_of_another_case_is_not_withdrawn_through_this_one(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    one, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    consent = consent_to(case_manager, other, mechanism.shelter)
    assert post(signed_in(case_manager), at("consent_withdraw", one.code, consent.pk)).status_code == 404
    consent.refresh_from_db()
    assert consent.withdrawn_at is None


def test_a_locked_session_keeps_what_was_typed(case_manager: Actor, mechanism: Mechanism, signed_in: SignIn) -> None:
    from fener.trust import session

    case = CaseFactory(actor=case_manager)
    client = signed_in(case_manager)
    del client.cookies[session.COOKIE]
    answer = client.post(at("compartment_open", case.code, "identity"), {"purpose": "keep"})
    assert answer.status_code == 403
    assert "locked" in read(answer, 403).lower()


def test_what_was_told_is_recorded_with_language_and_interpreter(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    form = {
        "items": ["who_we_are", "options"],
        "information_language": "sr",
        "interpreter": "Vesna",
        "told_on": "2.3.2026",
    }
    assert post(signed_in(case_manager), at("information", case.code), **form).status_code == 302
    row = InformationGiven.objects.filter(case=case).latest("pk")
    assert (row.items, row.interpreter) == (["who_we_are", "options"], "Vesna")


def test_every_sign_in_is_asked_for(client: Client, case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    for name, args in (("cases", ()), ("case_open", ()), ("case", (case.code,)), ("who_knows", (case.code,))):
        assert client.get(at(name, *args))["Location"].startswith("/account/login/")


def test_a_code_typed_in_small_letters_leads_to_its_case(case_manager: Actor, signed_in: SignIn) -> None:
    case = CaseFactory(actor=case_manager)
    assert signed_in(case_manager).get(at("case", case.code.lower()))["Location"] == at("case", case.code)


@pytest.mark.parametrize("path", ["nothing", "%2e%2e", "0"])
def test_a_code_that_is_none_looks_absent(path: str, case_manager: Actor, signed_in: SignIn) -> None:
    assert signed_in(case_manager).get(f"/cases/{path}/").status_code == 404


def test_somebody_who_goes_back_after_opening_a_case_is_led_to_it(case_manager: Actor, signed_in: Any) -> None:
    case = CaseFactory(actor=case_manager)
    shown = words(signed_in(case_manager).get(reverse("casework:case_open")).content.decode())
    assert "You opened a case a moment ago" in shown
    assert case.code in shown


def test_aliases_do_not_repeat_while_words_are_free(case_manager: Actor) -> None:
    aliases = [CaseFactory(actor=case_manager, empty=True).alias for _ in range(12)]
    assert len(set(aliases)) == 12
