"""RT-10: a second entry after a removal is matched under a pseudonym and rings; the share back is a figure."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.second_entry import RemovalPseudonym, SecondEntry
from fener.casework.selectors.returns.second_entry import back_again
from fener.casework.services.person_copy import make_copy
from fener.casework.services.protection import shut_out
from fener.casework.services.returns import removals, second_entry
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry
from fener.trust.pseudonyms import pseudonym
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.returns import announced, days_ago
from tests.web.pages import words

WHO = {"first_name": "Ana", "second_name": "Ђорђевић", "birth_date": "1999-03-04"}
SAME = {
    "first_name": "Đorđević",
    "second_name": "ANA",
    "birth_date": "1999-03-04",
}  # another script, the other way round


def case_of(actor: Actor, identity: dict[str, str], **more: Any) -> Case:
    case: Case = CaseFactory(actor=actor, facts={}, compartments={Compartment.IDENTITY: identity}, **more)
    return case


def removed(actor: Actor, case: Case, ago: int = 3) -> Journey:
    removal = announced(actor, case, on=days_ago(ago + 1))
    return removals.carry_out_removal(actor=actor, journey=removal, on=days_ago(ago), happened=True)


def test_rt_10_a_second_entry_at_another_body_rings_there_and_says_nothing_of_whom_or_where(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    before = case_of(case_manager, WHO)
    removed(case_manager, before)
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    now = case_of(other, SAME)
    entry = SecondEntry.objects.get(case=now)
    assert (entry.removed_on, entry.entered_on, entry.removal) == (days_ago(3), timezone.localdate(), None)
    line = CaseLine.objects.get(case=now, record="returns.second_entry")
    assert line.urgent
    assert line.for_node
    assert line.params == {}
    assert not SecondEntry.objects.filter(case=before).exists()  # the other body learns of nothing
    kept = AuditEntry.objects.get(act="second_entry.notice")
    assert (kept.chain.chain_id, kept.detail) == (now.pk, {})
    copy = str(make_copy(actor=case_manager, case=before, language="en"))
    assert "was here again" not in copy
    second_entry.answer(actor=other, entry=entry, on=timezone.localdate())
    assert CaseLine.objects.get(case=now, record="returns.second_entry").due is None


@pytest.mark.parametrize(
    "identity",
    [
        {**WHO, "birth_date": "1999-03-05"},
        {**WHO, "first_name": "Anja"},
        {"first_name": "Ana", "second_name": "Ђорђевић"},
        {"first_name": "Ana", "birth_date": "1999-03-04"},
    ],
)
def test_rt_10_nobody_else_is_taken_for_the_person(
    case_manager: Actor, mechanism: Mechanism, identity: dict[str, str]
) -> None:
    removed(case_manager, case_of(case_manager, WHO))
    case_of(mechanism.shelter.actor(Role.CASE_MANAGER), identity)
    assert not SecondEntry.objects.exists()


def test_rt_10_only_who_was_removed_has_a_pseudonym_and_nobody_protected(case_manager: Actor) -> None:
    case = case_of(case_manager, WHO)
    assert not RemovalPseudonym.objects.exists()
    removed(case_manager, case)
    (kept,) = RemovalPseudonym.objects.all()
    assert bytes(kept.token) == second_entry.token_of(WHO) == second_entry.token_of(SAME)
    assert bytes(kept.token) != pseudonym("another", called=["Ana", "Ђорђевић"], birth_date=date(1999, 3, 4))
    hidden = case_of(case_manager, {**WHO, "first_name": "Eva"})
    removal = announced(case_manager, hidden)
    Case.objects.unscoped(reason="test").filter(pk=hidden.pk).update(protected=True)
    hidden.refresh_from_db()
    second_entry.removal_took_place(case=hidden, removal=removal, identity=WHO)
    assert RemovalPseudonym.objects.count() == 1


def test_rt_10_a_name_that_is_learned_only_later_is_looked_up_then(case_manager: Actor, mechanism: Mechanism) -> None:
    removed(case_manager, case_of(case_manager, WHO))
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    case = CaseFactory(actor=other, empty=True)
    second_entry.identity_sealed(actor=other, case=case, identity=WHO)
    second_entry.identity_sealed(actor=other, case=case, identity=WHO)
    assert SecondEntry.objects.filter(case=case).count() == 1


def test_rt_10_names_typed_one_after_the_other_are_looked_up_once_and_a_mistyped_one_leaves_nothing(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    removed(case_manager, case_of(case_manager, WHO))
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    case = case_of(other, {**WHO, "first_name": "Iva"})
    second_entry.identity_sealed(actor=other, case=case, identity=WHO)
    assert not SecondEntry.objects.exists()
    assert AuditEntry.objects.filter(act="second_entry.look", chain__chain_id=case.pk).count() == 1
    mistyped = case_of(other, WHO)
    second_entry.identity_sealed(actor=other, case=mistyped, identity={**SAME, "middle_name": "Eva"})
    assert SecondEntry.objects.filter(case=mistyped).exists()  # still the same person
    second_entry.identity_sealed(actor=other, case=mistyped, identity={**WHO, "first_name": "Iva"})
    assert not SecondEntry.objects.exists()
    assert not CaseLine.objects.filter(case=mistyped, record="returns.second_entry").exists()


def test_rt_10_whoever_is_shut_out_of_the_first_case_learns_nothing(case_manager: Actor, mechanism: Mechanism) -> None:
    before = case_of(case_manager, WHO)
    removed(case_manager, before)
    shut_out.shut_out(actor=case_manager, case=before, why="wish", organisation=mechanism.shelter.organisation)
    case_of(mechanism.shelter.actor(Role.CASE_MANAGER), WHO)
    assert not SecondEntry.objects.exists()


def test_rt_10_no_page_tells_when_another_body_saw_the_removal(
    case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]
) -> None:
    removed(case_manager, case_of(case_manager, WHO))
    other = mechanism.shelter.actor(Role.CASE_MANAGER)
    case = case_of(other, WHO)
    page = words(signed_in(other).get(reverse("casework:chapter", args=[case.code, "returns"])).content.decode())
    copy = str(make_copy(actor=other, case=case, language="en"))
    assert "Talk about an earlier removal" in page
    for told in ("days after a removal", "Removed on", date_format(days_ago(3))):
        assert told not in page + copy


def test_rt_10_the_share_back_within_thirty_days_is_a_figure(case_manager: Actor, mechanism: Mechanism) -> None:
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    soon = removed(case_manager, case_of(case_manager, WHO), 40)
    second_entry.came_back(actor=case_manager, removal=soon, on=days_ago(12))
    second_entry.came_back(actor=case_manager, removal=soon, on=days_ago(11))  # once
    late = removed(case_manager, case_of(case_manager, {**WHO, "first_name": "Iva"}), 40)
    second_entry.came_back(actor=case_manager, removal=late, on=days_ago(2))
    removed(case_manager, case_of(case_manager, {**WHO, "first_name": "Eva"}), 5)
    removed(case_manager, CaseFactory(actor=case_manager, empty=True), 50)
    found = back_again(co_ordinator)
    assert (found.days, found.count, found.base, found.unknown, found.too_early) == (30, 1, 2, 1, 1)
    with pytest.raises(Refused):
        back_again(case_manager)
    with pytest.raises(InvalidInput):
        second_entry.came_back(actor=case_manager, removal=soon, on=days_ago(41))


def test_rt_10_its_pages(case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]) -> None:
    case = case_of(case_manager, WHO)
    removal, client = removed(case_manager, case), signed_in(case_manager)
    new = reverse("casework:second_entry_new", args=[case.code, removal.pk])
    page = reverse("casework:chapter", args=[case.code, "returns"])
    assert new in client.get(page).content.decode()
    sent = client.post(new, {"once": "4c9a4a8e-1111-4222-8333-944445555666", "on": days_ago(1).isoformat()})
    assert sent.status_code == 302
    assert "talk about it" in words(client.get(page).content.decode())
    answer = reverse("casework:second_entry_answer", args=[case.code, SecondEntry.objects.get().pk])
    assert client.get(answer).status_code == 200
    figures = reverse("casework:returns_figures")
    assert client.get(figures).status_code in (403, 404)
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    assert "back within 30 days" in words(node.get(figures).content.decode())
    assert "2 days after a removal" in words(node.get(page).content.decode()) or "Here again" in words(
        node.get(page).content.decode()
    )
