"""DA-07: an agreement between services and police or state takes effect only with data-protection terms, and a clause
that makes a provider hand over data or people is flagged."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from fener.network.models import Clause
from fener.network.services import agreements as services
from fener.norms.structures import missing_terms, terms
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, GateClosed, Refused
from fener.trust.roles import Role
from tests.factories.network import Body, BodyFactory, Mechanism
from tests.factories.network_map import SAID, co_ordinator, confirm, drafted


@pytest.fixture
def writes(mechanism: Mechanism) -> Actor:
    return co_ordinator(mechanism)


@pytest.mark.parametrize("missing", [term.code for term in terms()])
def test_da_07_one_missing_term_keeps_it_from_taking_effect(
    mechanism: Mechanism, writes: Actor, today: date, missing: str
) -> None:
    bodies = (mechanism.ngo, mechanism.police)
    draft = drafted(writes, *bodies, said={**SAID, missing: "  "})
    signed = confirm(draft, *bodies)
    with pytest.raises(GateClosed) as closed:
        services.start_agreement(actor=writes, agreement=signed, on=today)
    assert [one.code for one in closed.value.result.missing] == ["data_protection_terms"]
    signed.refresh_from_db()
    assert not signed.holds_on(today)


def test_da_07_with_every_term_it_takes_effect(mechanism: Mechanism, writes: Actor, today: date) -> None:
    bodies = (mechanism.ngo, mechanism.police)
    signed = confirm(drafted(writes, *bodies), *bodies)
    assert services.start_agreement(actor=writes, agreement=signed, on=today).holds_on(today)


def test_da_07_services_among_themselves_need_no_terms_unless_data_are_shared(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    bodies = (mechanism.ngo, mechanism.shelter)
    assert not services.needs_terms(drafted(writes, *bodies, said={}))
    signed = confirm(drafted(writes, *bodies, said={}), *bodies)
    assert services.start_agreement(actor=writes, agreement=signed, on=today)


@pytest.mark.parametrize("sector", ["police", "border", "prosecution", "immigration", "labour_inspection", "mechanism"])
@pytest.mark.parametrize("provider", ["ngo", "shelter", "health", "social_work", "migrants", "international"])
def test_da_07_every_service_with_every_authority_needs_them(
    mechanism: Mechanism, writes: Actor, sector: str, provider: str
) -> None:
    bodies: list[Body] = [BodyFactory(sector=sector, short_name="A"), BodyFactory(sector=provider, short_name="B")]
    assert services.needs_terms(drafted(writes, *bodies, said={}))


@pytest.mark.parametrize("what", [Clause.HandsOver.DATA, Clause.HandsOver.PEOPLE])
def test_da_07_a_clause_that_hands_over_data_or_people_is_flagged_and_takes_no_effect(
    mechanism: Mechanism, writes: Actor, signed_in: Callable[..., Client], what: str
) -> None:
    draft = drafted(writes, mechanism.ngo, mechanism.police)
    clause = services.add_clause(actor=writes, agreement=draft, text="A monthly list is sent.", hands_over=what)
    assert clause.flagged
    browser = signed_in(writes)
    assert "It takes no effect." in browser.get("/map/agreements/").content.decode()
    assert "No effect" in browser.get(f"/map/agreements/{draft.pk}/").content.decode()


def test_da_07_a_party_flags_a_clause_that_others_called_harmless(
    mechanism: Mechanism, writes: Actor, today: date
) -> None:
    draft = drafted(writes, mechanism.ngo, mechanism.police)
    clause = services.add_clause(actor=writes, agreement=draft, text="Information is exchanged on request.")
    assert not clause.flagged
    with pytest.raises(Refused):
        services.flag_clause(
            actor=mechanism.shelter.actor(Role.ORGANISATION_ADMIN), clause=clause, on=today, reason="Ours."
        )
    ours = mechanism.ngo.actor(Role.ORGANISATION_ADMIN)
    assert services.flag_clause(actor=ours, clause=clause, on=today, reason="A list of the persons helped.").flagged
    with pytest.raises(AlreadyDone):
        services.flag_clause(actor=ours, clause=clause, on=today, reason="Again.")


def test_da_07_nothing_in_an_agreement_can_open_anything() -> None:
    """A clause is words; a sharing rule only narrows (BO-02). Neither has a place for a key or a consent."""
    names = {field.name for field in Clause._meta.get_fields()}
    assert names == {
        "id", "agreement", "number", "text", "hands_over", "flagged_by", "flagged_on", "flag_reason",
    }  # fmt: skip


@given(st.dictionaries(st.sampled_from([term.code for term in terms()]), st.text(max_size=5)))
def test_da_07_a_term_counts_only_with_words(said: dict[str, str]) -> None:
    missing = {term.code for term in missing_terms(said)}
    assert missing == {term.code for term in terms() if not said.get(term.code, "").strip()}
