"""The co-ordinator reads kinds, states and days of a child's records: no name, no legal basis, no place, no reason."""

from __future__ import annotations

from collections.abc import Callable

from django.test import Client

from fener.casework.models.returns.journey import Journey
from fener.trust.actor import Actor
from fener.trust.models import User
from fener.trust.roles import Role
from tests.acceptance.test_ch_06_one_person_is_accountable import part
from tests.acceptance.test_ch_11_a_childs_place import placed
from tests.casework.children.test_guardians import at, read
from tests.factories.children import child, guarded
from tests.factories.network import Body, Mechanism
from tests.factories.returns import announced, asked

SignIn = Callable[[Actor], Client]


def test_names_bases_places_and_reasons_are_for_whoever_works_with_the_file(
    case_manager: Actor, ngo: Body, mechanism: Mechanism, signed_in: SignIn
) -> None:
    case, guardian = child(case_manager), ngo.actor(Role.GUARDIAN)
    User.objects.filter(pk=guardian.user_id).update(full_name="Vesna Ilić")
    guarded(case_manager, case, person_id=guardian.user_id)
    placed(case_manager, case, organisation_id=mechanism.shelter.organisation.pk)
    part(case_manager, case, "accountable", mechanism.ngo, person_id=guardian.user_id)
    asked(case_manager, case)
    removal = announced(case_manager, case)
    Journey.objects.filter(removal=False).update(
        refusal="fear", provider=mechanism.other_ngo.organisation, state="declined"
    )
    told = {
        "children": ("Vesna", "Family Act, article 124", mechanism.shelter.organisation.name),
        "returns": (removal.basis, mechanism.other_ngo.organisation.name, "Why the person does not want to go"),
    }
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    for chapter, sentences in told.items():
        pages = [signed_in(one).get(at("chapter", case.code, chapter)) for one in (case_manager, co_ordinator)]
        holder, node = map(read, pages)
        for sentence in sentences:
            assert sentence in holder
            assert sentence not in node
    page = read(signed_in(co_ordinator).get(at("chapter", case.code, "children")))
    assert "The whole of the child" in page
    assert "Foster family" in page
