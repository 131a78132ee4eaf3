"""The copy that a person takes home says nothing of why their file is hidden, and from whom: a paper can be found."""

from __future__ import annotations

from fener.casework.services.person_copy import make_copy
from fener.casework.services.protection import shut_out
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.protection import protected, user_of


def test_the_reasons_of_protection_and_of_shutting_out_are_on_no_copy(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    case, second = CaseFactory(actor=case_manager), mechanism.ngo.actor(Role.CASE_MANAGER)
    named = mechanism.shelter.actor(Role.CASE_MANAGER)
    shut_out.shut_out(
        actor=case_manager, case=case, user=user_of(named), why="complicit", words="He warned the traffickers."
    )
    hidden = protected(case, case_manager, second, reason="She testifies against the mayor.")
    copy = repr(make_copy(actor=case_manager, case=hidden, language="en"))
    for told in ("He warned", "She testifies", user_of(named).full_name, "participants, article 14", "shut_out"):
        assert told not in copy
