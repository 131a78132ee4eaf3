"""RI-08: wages and savings of residents are personal books, held until exit, never pooled and never overdrawn."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from fener.casework.models import Case
from fener.casework.models.line import CaseLine
from fener.casework.models.reintegration.savings import SavingsEntry
from fener.casework.services.person_copy import make_copy
from fener.casework.services.reintegration import savings
from fener.casework.services.shelter.stays import leave
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.models import AuditEntry, User
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.reintegration import days_ago, put_in, taken
from tests.factories.shelter import admitted, house
from tests.web.pages import words

SignIn = Callable[[Actor], Client]
MONEY = st.decimals(min_value="0.01", max_value="300", places=2)


def held(case: Case) -> dict[str, Decimal]:
    return savings.balances(SavingsEntry.objects.filter(case=case))


def second(mechanism: Mechanism) -> User:
    return User.objects.get(pk=mechanism.ngo.actor(Role.SHELTER_WORKER).user_id)


def stands(case: Case) -> set[str]:
    return set(CaseLine.objects.filter(case=case, record=savings.RECORD).values_list("what", flat=True))


def test_ri_08_each_person_has_a_book_of_their_own_in_each_currency(case_manager: Actor) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    put_in(case_manager, case, "100.00")
    put_in(case_manager, case, "9000.00", currency="RSD", kind="deposit")
    put_in(case_manager, other, "500.00")
    assert held(case) == {"EUR": Decimal("100.00"), "RSD": Decimal("9000.00")}
    with pytest.raises(InvalidInput):  # nobody lives on what another person saved
        taken(case_manager, case, "100.01")
    with pytest.raises(InvalidInput):
        taken(case_manager, case, "1", currency="USD")
    assert held(other) == {"EUR": Decimal("500.00")}


def test_ri_08_on_no_day_was_more_taken_than_there_was(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    put_in(case_manager, case, "100.00", on=days_ago(9))
    with pytest.raises(InvalidInput):
        taken(case_manager, case, "40.00", on=days_ago(10))
    taken(case_manager, case, "80.00", on=days_ago(2))
    with pytest.raises(InvalidInput):  # written later, though of an earlier day
        taken(case_manager, case, "30.00", on=days_ago(5))
    assert held(case) == {"EUR": Decimal("20.00")}


def test_ri_08_money_goes_out_only_as_the_person_confirms(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    put_in(case_manager, case)
    colleague = User.objects.get(pk=mechanism.ngo.actor(Role.SHELTER_WORKER).user_id)
    stranger = User.objects.get(pk=mechanism.shelter.actor(Role.SHELTER_WORKER).user_id)
    own = User.objects.get(pk=case_manager.user_id)
    for receipt, witness in (("", None), ("mark", None), ("spoken", own), ("mark", stranger), ("signed", stranger)):
        with pytest.raises(InvalidInput):
            taken(case_manager, case, receipt=receipt, witness=witness)
    assert taken(case_manager, case, receipt="spoken", witness=colleague).witness == colleague
    with pytest.raises(IntegrityError):
        SavingsEntry.objects.filter(kind="withdrawal").update(receipt="")


def test_ri_08_a_mistake_is_met_by_a_counter_entry_and_stays(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    wrong, seen = put_in(case_manager, case, "1000.00"), second(mechanism)
    out = taken(case_manager, case, "50.00")
    with pytest.raises(InvalidInput):  # it would leave less than what the person has taken already
        savings.correct(actor=case_manager, entry=wrong, amount=Decimal("49.99"), on=days_ago(0), witness=seen)
    made = savings.correct(actor=case_manager, entry=wrong, amount=Decimal("100.00"), on=days_ago(0), witness=seen)
    assert (made.kind, made.amount) == ("correction_out", Decimal("900.00"))
    assert savings.correct(actor=case_manager, entry=out, amount=Decimal("0"), on=days_ago(0)).kind == "correction_in"
    assert held(case) == {"EUR": Decimal("100.00")}
    assert SavingsEntry.objects.filter(case=case).count() == 4
    for entry, amount in ((wrong, "100.00"), (made, "5"), (wrong, "-1"), (wrong, "NaN")):
        with pytest.raises(InvalidInput):
            savings.correct(actor=case_manager, entry=entry, amount=Decimal(amount), on=days_ago(0), witness=seen)


def test_ri_08_no_book_is_emptied_by_a_correction_that_nobody_else_saw(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    put, out = put_in(case_manager, case, "500.00"), taken(case_manager, case, "10.00")
    own, stranger = (User.objects.get(pk=each.user_id) for each in (case_manager, mechanism.police.actor()))
    for entry, amount in ((put, "10"), (out, "500")):
        for witness in (None, own, stranger):
            with pytest.raises(InvalidInput, match="second colleague"):
                savings.correct(
                    actor=case_manager, entry=entry, amount=Decimal(amount), on=days_ago(0), witness=witness
                )
    assert held(case) == {"EUR": Decimal("490.00")}
    seen = second(mechanism)
    made = savings.correct(actor=case_manager, entry=put, amount=Decimal("50"), on=days_ago(0), witness=seen)
    assert (made.kind, made.receipt, made.witness) == ("correction_out", "", seen)


def test_ri_08_it_is_held_until_the_stay_ends_and_then_it_waits_to_be_paid_out(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case = CaseFactory(actor=case_manager)
    stay = admitted(case_manager, case, house(case_manager, mechanism.ngo), since=days_ago(20))
    put_in(case_manager, case)
    assert stands(case) == {"held"}
    with pytest.raises(InvalidInput):
        taken(case_manager, case, "100.00", kind="paid_out", on=days_ago(0))
    leave(actor=case_manager, stay=stay, reason="own_wish", on=days_ago(0))
    line = CaseLine.objects.get(case=case, record=savings.RECORD)
    assert (line.what, line.urgent, line.params) == ("pay_out", True, {"currency": "EUR"})
    assert line.due is not None
    assert timezone.localdate(line.due) == days_ago(0)
    with pytest.raises(InvalidInput):  # to whom
        taken(case_manager, case, "60.00", kind="handed_over", on=days_ago(0))
    taken(case_manager, case, "60.00", kind="handed_over", on=days_ago(0), words="To my sister Ana")
    assert stands(case) == {"pay_out"}
    taken(case_manager, case, "40.00", kind="paid_out", on=days_ago(0))
    assert stands(case) == set()


@time_machine.travel("2026-06-01 12:00", tick=False)
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(st.tuples(st.sampled_from(["in", "out", "right"]), MONEY, st.integers(0, 6)), max_size=8))
def test_ri_08_whatever_is_tried_no_book_was_ever_below_nought(
    case_manager: Actor, mechanism: Mechanism, steps: list[tuple[str, Decimal, int]]
) -> None:
    case, seen = CaseFactory(actor=case_manager), second(mechanism)
    for what, amount, ago in steps:
        try:
            if what == "in":
                put_in(case_manager, case, str(amount), on=days_ago(ago))
            elif what == "out":
                taken(case_manager, case, str(amount), on=days_ago(ago))
            elif (entry := SavingsEntry.objects.filter(case=case, corrects=None).last()) is not None:
                savings.correct(actor=case_manager, entry=entry, amount=amount, on=days_ago(0), witness=seen)
                assert savings.counted(entry) == amount
        except InvalidInput:
            pass
        for day in range(7):
            rows = SavingsEntry.objects.filter(case=case, on__lte=timezone.localdate() - timedelta(days=day))
            assert all(each >= 0 for each in savings.balances(rows).values())


def test_ri_08_the_book_is_on_the_case_and_in_the_persons_copy_and_nowhere_else(
    case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)

    def post(name: str, status: int = 302, **typed: Any) -> str:
        path = reverse(f"casework:{name}", args=[case.code])
        assert client.get(path).status_code == 200
        answer = client.post(path, {"once": str(uuid4()), "currency": "EUR", "on": days_ago(1), **typed})
        assert answer.status_code == status, words(answer.content.decode())[:600]
        return words(answer.content.decode())

    post("savings_in", kind="wage", amount="120.50", words="Laundry of Goran")
    assert "More would be taken out" in post(
        "savings_out", status=422, kind="withdrawal", amount="120.51", receipt="signed"
    )
    post("savings_out", kind="withdrawal", amount="20.50", receipt="signed")
    post("savings_correct", entry=SavingsEntry.objects.get(kind="wage").pk, amount="130.50")
    page = words(client.get(reverse("casework:chapter", args=[case.code, "reintegration"])).content.decode())
    assert "Held for the person: 110 EUR" in page
    assert "−20.5 EUR (the person signed a receipt)" in page
    assert "Goran" not in page
    assert "Savings are held for the person (EUR)" in words(
        client.get(reverse("casework:case", args=[case.code])).content.decode()
    )
    assert "130.50" in repr(make_copy(actor=case_manager, case=case, language="en")) or "120.50" in repr(
        make_copy(actor=case_manager, case=case, language="en")
    )
    assert "120.50" not in repr(list(AuditEntry.objects.values()))
    node = signed_in(mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR))
    seen = node.get(reverse("casework:chapter", args=[case.code, "reintegration"]))
    assert "Savings" not in words(seen.content.decode())
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    for name in ("savings_in", "savings_out", "savings_correct"):
        path = reverse(f"casework:{name}", args=[case.code])
        assert node.get(path).status_code in (403, 404)
        assert signed_in(stranger).get(path).status_code == 404
    with pytest.raises(Refused):
        put_in(stranger, case)


def test_ri_08_an_entry_of_another_person_cannot_be_chosen(case_manager: Actor, signed_in: SignIn) -> None:
    case, other = CaseFactory(actor=case_manager), CaseFactory(actor=case_manager)
    theirs = put_in(case_manager, other)
    path = reverse("casework:savings_correct", args=[case.code])
    typed = {"once": str(uuid4()), "entry": theirs.pk, "amount": "1", "on": days_ago(0)}
    assert signed_in(case_manager).post(path, typed).status_code == 422
    assert held(other) == {"EUR": Decimal("100.00")}
