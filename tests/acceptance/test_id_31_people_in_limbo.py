"""ID-31: every pending identification and decision on a stay runs a clock of 30 days; what is overdue is the
co-ordinator's, in codes and days."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from fener.casework.models import Case
from fener.casework.selectors.residence.limbo import PER_PAGE, limbo, overdue
from fener.casework.selectors.worklist import today
from fener.casework.services.residence import permits
from fener.casework.services.residence.limbo import late_since, waits_until
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from fener.trust.errors import Refused
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.residence import START
from tests.web.pages import words

OPENED = date(2026, 3, 2)  # the day of the tests; 30 days: 1 April
DUE = date(2026, 4, 1)


@pytest.fixture
def co_ordinator(mechanism: Mechanism) -> Actor:
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def found(actor: Actor, on: date, **asked: str) -> list[tuple[str, str, date, bool]]:
    return [(row.code, row.kind, row.until, row.late) for row in limbo(actor, asked, on).rows]


def decided(case: Case, status: str) -> None:
    Case.objects.unscoped(reason="test").filter(pk=case.pk).update(status=status)


def test_id_31_an_identification_waits_from_the_opening_until_it_is_decided(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    assert found(co_ordinator, OPENED) == [(case.code, "identification", DUE, False)]
    assert found(co_ordinator, DUE, overdue="1") == []
    assert found(co_ordinator, DUE + timedelta(days=1), overdue="1") == [(case.code, "identification", DUE, True)]
    assert overdue(co_ordinator, DUE) == 0
    assert overdue(co_ordinator, DUE + timedelta(days=1)) == 1
    for status in ("identified", "not_identified", "undetermined"):
        decided(case, status)
        assert found(co_ordinator, DUE) == []


def test_id_31_a_stay_waits_from_the_application_and_again_from_the_appeal(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    case = CaseFactory(actor=case_manager)
    decided(case, "identified")
    stay = begin_regime(actor=case_manager, case=case, code="HUMANITARIAN", starts_on=START)
    asked = date(2026, 1, 10)  # 30 days: 9 February
    permit = permits.apply_for_permit(actor=case_manager, stay=stay, phase="humanitarian", applicant="person", on=asked)
    assert found(co_ordinator, OPENED) == [(case.code, "legal_status", date(2026, 2, 9), True)]
    assert [overdue(co_ordinator, date(2026, 2, day)) for day in (9, 10)] == [0, 1]
    no = permits.Decided(decision="refused", on=date(2026, 2, 20), reason="not_said")
    permits.decide_permit(actor=case_manager, permit=permit, decided=no)
    assert found(co_ordinator, OPENED) == []
    permits.appeal_refusal(actor=case_manager, permit=permit, on=OPENED)
    assert found(co_ordinator, OPENED) == [(case.code, "legal_status", DUE, False)]
    permits.decide_appeal(actor=case_manager, permit=permit, outcome="won", on=OPENED)
    assert found(co_ordinator, OPENED) == []


def test_id_31_what_is_late_is_on_the_co_ordinators_today_and_page_without_a_rule(
    case_manager: Actor, co_ordinator: Actor, signed_in: Callable[[Actor], Client]
) -> None:
    case = CaseFactory(actor=case_manager)
    stay = begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    permits.apply_for_permit(
        actor=case_manager, stay=stay, phase="permanent", applicant="accredited", on=date(2026, 1, 10)
    )
    (task,) = [one for one in today(co_ordinator) if one.kind == "limbo"]
    assert task.url_name == "casework:limbo"
    page = signed_in(co_ordinator).get(reverse("casework:limbo"), {"kind": "legal_status"}).content.decode()
    assert case.code in page
    for hidden in ("Belg", "ermanent", "accredited", case.alias):
        assert hidden not in words(page)
    assert signed_in(case_manager).get(reverse("casework:limbo")).status_code == 404
    assert "limbo" not in [one.kind for one in today(case_manager)]
    with pytest.raises(Refused):
        limbo(case_manager, {}, OPENED)


def test_id_31_a_protected_case_is_not_in_the_list_and_pages_do_not_overlap(
    case_manager: Actor, co_ordinator: Actor
) -> None:
    cases = [CaseFactory(actor=case_manager) for _each in range(PER_PAGE + 2)]
    Case.objects.unscoped(reason="test").filter(pk=cases[0].pk).update(protected=True)
    with CaptureQueriesContext(connection) as asked:
        first = limbo(co_ordinator, {"page": "1"}, OPENED)
    assert len(asked) <= 3
    second = limbo(co_ordinator, {"page": "2"}, OPENED)
    codes = [row.code for row in (*first.rows, *second.rows)]
    assert sorted(codes) == sorted(case.code for case in cases[1:])
    assert (first.total, len(second.rows)) == (PER_PAGE + 1, 1)


def test_id_31_the_day_from_which_a_request_is_late_is_the_clocks() -> None:
    for days in range(400):
        on = date(2026, 1, 1) + timedelta(days=days)
        since = late_since("identification", on)
        assert waits_until("identification", since) < on <= waits_until("identification", since + timedelta(days=1))
