"""Requests to see a protected case are forgotten by their age alone, whatever their code stood for."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone

from fener.casework.models import OpeningRequest, ProtectedAccess
from fener.casework.services.protection import opening
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.protection import protected


def test_what_stood_for_something_and_what_did_not_go_on_the_same_day(
    case_manager: Actor, mechanism: Mechanism
) -> None:
    hidden = protected(CaseFactory(actor=case_manager), case_manager, mechanism.ngo.actor(Role.CASE_MANAGER))
    keepers = ProtectedAccess.objects.count()
    asker, at = mechanism.other_ngo.actor(Role.CASE_MANAGER), timezone.now()
    for code in (hidden.code, "2222-2222"):
        opening.request_opening(actor=asker, code=code, why="care", words="I take over.", at=at)
    assert opening.forget_old(at + opening.KEPT) == 0
    opening.forget_old(at + opening.KEPT + timedelta(seconds=1))
    assert not OpeningRequest.objects.exists()
    assert ProtectedAccess.objects.count() == keepers, "who is named stays named"
