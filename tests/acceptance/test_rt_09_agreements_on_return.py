"""RT-09: agreements on return with parties, dates and terms; screened against returned is a figure for each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from fener.casework.selectors.returns.screening import screened_against_returned
from fener.casework.services.returns import removals, screening
from fener.network.models import Agreement
from fener.network.selectors import agreements as selectors
from fener.network.services import agreements
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories import returns as made
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.web.pages import words

DAY = made.days_ago
TERMS: dict[str, Any] = {
    "kind": "readmission",
    "country": "MD",
    "covers_children": "no",
    "screening_step": "yes",
    "support": "unknown",
    "answer_days": 14,
}


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


@pytest.fixture
def drafted(co_ordinator: Actor, mechanism: Mechanism) -> Agreement:
    parties = [mechanism.police.organisation, mechanism.co_ordination.organisation]
    return agreements.draft_agreement(
        actor=co_ordinator, title="Readmission with Moldova", kind="memorandum", parties=parties, drafted_on=DAY(90)
    )


def in_force(agreement: Agreement) -> Agreement:
    Agreement.objects.filter(pk=agreement.pk).update(status="in_force", in_force_since=DAY(60), signed_on=DAY(60))
    return Agreement.objects.get(pk=agreement.pk)


def test_rt_09_what_it_says_about_return_is_kept_beside_parties_and_dates(
    co_ordinator: Actor, case_manager: Actor, drafted: Agreement
) -> None:
    said = agreements.set_return_terms(actor=co_ordinator, agreement=drafted, **TERMS)
    assert (said.country, said.covers_children, said.screening_step, said.support, said.answer_days) == (
        "MD", "no", "yes", "unknown", 14,
    )  # fmt: skip
    assert drafted.parties.count() == 2
    for wrong in ({"kind": "secret"}, {"country": "XX"}, {"support": "maybe"}):
        with pytest.raises(InvalidInput):
            agreements.set_return_terms(actor=co_ordinator, agreement=drafted, **{**TERMS, **wrong})
    with pytest.raises(Refused):
        agreements.set_return_terms(actor=case_manager, agreement=drafted, **TERMS)
    with pytest.raises(InvalidInput):  # what is agreed is not changed
        agreements.set_return_terms(actor=co_ordinator, agreement=in_force(drafted), **TERMS)


def test_rt_09_a_change_asks_every_party_again(co_ordinator: Actor, drafted: Agreement) -> None:
    drafted.parties.update(confirmed_on=DAY(80))
    agreements.set_return_terms(actor=co_ordinator, agreement=drafted, **TERMS)
    assert not drafted.parties.filter(confirmed_on__isnull=False).exists()


def test_rt_09_screened_against_returned_for_each(case_manager: Actor, co_ordinator: Actor, drafted: Agreement) -> None:
    agreements.set_return_terms(actor=co_ordinator, agreement=drafted, **TERMS)
    assert not selectors.agreements_on_return(case_manager).exists()  # nobody returns under a draft
    used = in_force(drafted)
    assert list(selectors.agreements_on_return(case_manager)) == [used]
    for outcome in ("refused", ""):
        removal = made.announced(case_manager, CaseFactory(actor=case_manager), kind="readmission", agreement=used)
        gone = removals.carry_out_removal(actor=case_manager, journey=removal, on=DAY(5), happened=True)
        if outcome:
            screening.record_screening(actor=case_manager, journey=gone, outcome=outcome, on=DAY(0))
    case = CaseFactory(actor=case_manager)
    removals.depart(actor=case_manager, journey=made.ready(case_manager, case), on=DAY(5))  # under no agreement
    (one,) = screened_against_returned(co_ordinator).by_agreement
    assert (one.key, one.returned, one.screened, one.refused, one.without) == (str(used.pk), 2, 0, 1, 1)


def test_rt_09_its_pages(co_ordinator: Actor, drafted: Agreement, signed_in: Callable[[Actor], Client]) -> None:
    client = signed_in(co_ordinator)
    page, form = (reverse(f"network:{name}", args=[drafted.pk]) for name in ("agreement", "agreement_return"))
    assert form in client.get(page).content.decode()
    typed = {"once": "4c9a4a8e-1111-4222-8333-944445555668", **{key: str(value) for key, value in TERMS.items()}}
    assert client.post(form, typed).status_code == 302
    assert "14 days" in words(client.get(page).content.decode())
    figures = words(client.get(reverse("casework:returns_figures")).content.decode())
    assert "Readmission with Moldova" in figures
