"""QM-02: supervision is due at set intervals, logged apart from case data; a worker without it is shown."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
import time_machine
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.quality.work import Supervision
from fener.casework.selectors.quality.team import team
from fener.casework.services.quality.supervision import set_limits
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.roles import Role
from tests.factories.network import Mechanism
from tests.factories.quality import supervised
from tests.factories.returns import days_ago
from tests.web.pages import words

SignIn = Callable[..., Client]


@pytest.fixture
def boss(mechanism: Mechanism) -> Actor:
    return mechanism.ngo.actor(Role.ORGANISATION_ADMIN)


def without(boss: Actor) -> set[object]:
    return {row.user.pk for row in team(boss) if any(flag.rule == "QM-02" for flag in row.flags)}


def test_qm_02_a_worker_who_never_had_it_or_has_it_late_is_shown_to_whoever_looks_after_the_body(
    boss: Actor, case_manager: Actor, signed_in: SignIn
) -> None:
    assert without(boss) == {case_manager.user_id}
    supervised(boss, case_manager)
    assert without(boss) == set()
    with time_machine.travel(timezone.now() + timedelta(days=40), tick=False):
        assert without(boss) == {case_manager.user_id}
        page = words(signed_in(boss).get(reverse("web:today")).content.decode())
        assert "1 worker is without supervision" in page


def test_qm_02_an_organisation_sets_its_own_interval(boss: Actor, case_manager: Actor) -> None:
    supervised(boss, case_manager, ago=9)
    assert without(boss) == set()
    set_limits(actor=boss, caseload=None, administration=None, supervision_days=7)
    (row,) = team(boss)
    assert row.due == days_ago(2)
    assert without(boss) == {case_manager.user_id}
    for wrong in (0, 400):
        with pytest.raises(InvalidInput):
            set_limits(actor=boss, caseload=None, administration=None, supervision_days=wrong)


def test_qm_02_the_log_has_no_place_for_a_case_or_for_words(boss: Actor, case_manager: Actor) -> None:
    names = {field.name for field in Supervision._meta.get_fields()}
    assert names == {"id", "organisation", "worker", "on", "kind", "minutes", "recorded_by"}
    assert not any(field.related_model is Case for field in Supervision._meta.get_fields())
    supervised(boss, case_manager)
    with pytest.raises(AlreadyDone):
        supervised(boss, case_manager)
    for wrong in ({"on": days_ago(-1)}, {"kind": "telling_off"}, {"minutes": 0}):
        with pytest.raises(InvalidInput):
            supervised(boss, case_manager, **{"ago": 1, **wrong} if "on" not in wrong else wrong)


def test_qm_02_the_pages_record_it_and_show_no_case(boss: Actor, case_manager: Actor, signed_in: SignIn) -> None:
    client = signed_in(boss)
    path = reverse("casework:supervision_record", args=[case_manager.user_id])
    typed = {"once": str(uuid4()), "on": days_ago(1), "kind": "external", "minutes": "45"}
    assert client.post(path, typed).status_code == 302
    page = words(client.get(reverse("casework:team_member", args=[case_manager.user_id])).content.decode())
    assert "With somebody from outside" in page
    own = words(signed_in(case_manager).get(reverse("casework:own_work")).content.decode())
    assert "Your next supervision is due by" in own


def test_qm_02_nobody_else_reads_or_writes_the_log(
    boss: Actor, case_manager: Actor, mechanism: Mechanism, signed_in: SignIn
) -> None:
    path = reverse("casework:team_member", args=[case_manager.user_id])
    for actor in (
        case_manager,
        mechanism.shelter.actor(Role.ORGANISATION_ADMIN),
        mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR),
    ):
        with pytest.raises(Refused):
            supervised(actor, case_manager)
        assert signed_in(actor).get(path).status_code in (403, 404)
