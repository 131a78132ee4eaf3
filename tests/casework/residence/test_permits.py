"""Permits on a case: who may apply, the paper and its renewal, a refusal and its appeal, and who sees it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from fener.casework.chapters.residence.permits import lines as made
from fener.casework.models import Case, Clock
from fener.casework.models.line import CaseLine
from fener.casework.models.residence.permit import Permit
from fener.casework.services.residence import permits
from fener.casework.services.residence.regimes import begin_regime
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone, InvalidInput, Refused
from fener.trust.models import SealedItem
from fener.trust.roles import Role
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism
from tests.factories.residence import START
from tests.web.pages import words

DAY = date(2026, 3, 1)


def applied(actor: Actor, case: Case, code: str = "IT-18-social", on: date = DAY) -> Permit:
    stay = begin_regime(actor=actor, case=case, code=code, starts_on=START)
    return permits.apply_for_permit(actor=actor, stay=stay, phase="permit", applicant="person", on=on)


def granted(until: date | None, number: str = "") -> permits.Decided:
    return permits.Decided(decision="granted", on=DAY, valid_from=DAY, valid_until=until, number=number)


def kept(case: Case) -> list[tuple[str, date | None]]:
    """What stands of permits, and that it equals what the rows give."""
    rows = CaseLine.objects.filter(case=case, record=permits.RECORD)
    assert sorted(row.what for row in rows) == sorted(line.what for line in made(case))
    return [(row.what, timezone.localdate(row.due) if row.due else None) for row in rows.order_by("pk")]


def test_rp_07_in_belgium_only_an_accredited_centre_applies(case_manager: Actor) -> None:
    stay = begin_regime(actor=case_manager, case=CaseFactory(actor=case_manager), code="BE", starts_on=START)
    for phase in permits.documents(stay):
        for who in set(Permit.Applicant.values) - {"accredited"}:
            with pytest.raises(InvalidInput):
                permits.apply_for_permit(actor=case_manager, stay=stay, phase=phase, applicant=who, on=DAY)
        permits.apply_for_permit(actor=case_manager, stay=stay, phase=phase, applicant="accredited", on=DAY)
        with pytest.raises(AlreadyDone):
            permits.apply_for_permit(actor=case_manager, stay=stay, phase=phase, applicant="accredited", on=DAY)
    for phase, on in (("nothing", DAY), ("permanent", START - timedelta(days=1)), ("permanent", date(2026, 3, 3))):
        with pytest.raises(InvalidInput):
            permits.apply_for_permit(actor=case_manager, stay=stay, phase=phase, applicant="accredited", on=on)


def test_a_paper_is_renewed_in_time_and_its_number_is_sealed(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    permit = applied(case_manager, case)
    assert kept(case) == [("waits", date(2026, 3, 31))]  # 30 days
    permits.decide_permit(actor=case_manager, permit=permit, decided=granted(date(2026, 9, 1), "AB 123456"))
    # Sixty days before 1 September is 3 July.
    assert kept(case) == [("valid", date(2026, 7, 3))]
    permit.refresh_from_db()
    assert permit.number is not None
    assert SealedItem.objects.filter(pk=permit.number_id, compartment="legal").exists()
    assert "123456" not in str([row.params for row in CaseLine.objects.filter(case=case)])
    with pytest.raises(AlreadyDone):
        permits.decide_permit(actor=case_manager, permit=permit, decided=granted(None))
    permits.apply_for_permit(actor=case_manager, stay=permit.stay, phase="renewal", applicant="person", on=DAY)
    assert dict(kept(case)) == {"valid": None, "waits": date(2026, 3, 31)}


def test_a_refusal_is_appealed_and_ends_no_period_and_no_help(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    clocks = list(Clock.objects.filter(case=case).values_list("pk", "due_on", "ended_at"))
    permit = applied(case_manager, case, on=date(2026, 1, 10))
    with pytest.raises(InvalidInput):
        permits.appeal_refusal(actor=case_manager, permit=permit, on=DAY)
    no = permits.Decided(decision="refused", on=date(2026, 2, 20), reason="cooperation", appeal_until=date(2026, 3, 20))
    permits.decide_permit(actor=case_manager, permit=permit, decided=no)
    assert kept(case) == [("refused", date(2026, 3, 20))]
    permits.appeal_refusal(actor=case_manager, permit=permit, on=DAY)
    assert kept(case) == [("waits", date(2026, 3, 31))]
    with pytest.raises(InvalidInput):
        permits.decide_appeal(actor=case_manager, permit=permit, outcome="won", on=DAY - timedelta(days=1))
    permits.decide_appeal(actor=case_manager, permit=permit, outcome="lost", on=DAY)
    with pytest.raises(AlreadyDone):
        permits.decide_appeal(actor=case_manager, permit=permit, outcome="won", on=DAY)
    assert kept(case) == []
    assert list(Clock.objects.filter(case=case).values_list("pk", "due_on", "ended_at")) == clocks


@pytest.mark.parametrize(
    "wrong",
    [
        {"decision": "granted"},
        {"decision": "granted", "valid_from": DAY, "valid_until": DAY - timedelta(days=1)},
        {"decision": "refused"},
        {"decision": "refused", "reason": "papers", "appeal_until": DAY - timedelta(days=1)},
        {"decision": "later"},
    ],
)
def test_what_cannot_be_is_not_decided(case_manager: Actor, wrong: dict[str, object]) -> None:
    permit = applied(case_manager, CaseFactory(actor=case_manager))
    with pytest.raises(InvalidInput):
        permits.decide_permit(actor=case_manager, permit=permit, decided=permits.Decided(on=DAY, **wrong))  # type: ignore[arg-type]
    permit.refresh_from_db()
    assert permit.decided_on is None


def test_the_pages_and_who_may(case_manager: Actor, mechanism: Mechanism, signed_in: Callable[[Actor], Client]) -> None:
    case, client = CaseFactory(actor=case_manager), signed_in(case_manager)
    stay = begin_regime(actor=case_manager, case=case, code="BE", starts_on=START)
    new = reverse("casework:regime_permit", args=[case.code, stay.pk])
    page = reverse("casework:chapter", args=[case.code, "residence"])
    assert new in client.get(page).content.decode()
    typed = {"once": str(uuid4()), "phase": "permanent", "applicant": "person", "on": "2026-03-01"}
    assert "Here only an accredited" in client.post(new, typed).content.decode()
    assert client.post(new, {**typed, "applicant": "accredited"}).status_code == 302
    permit = Permit.objects.get(case=case)
    decide = reverse("casework:permit_decide", args=[case.code, permit.pk])
    no = {"once": str(uuid4()), "decision": "refused", "on": "2026-03-02", "reason": "papers"}
    assert client.post(decide, {**no, "appeal_until": "2026-03-20"}).status_code == 302
    shown = words(client.get(page).content.decode())
    assert "for want of papers" in shown
    assert reverse("casework:permit_appeal", args=[case.code, permit.pk]) in client.get(page).content.decode()
    stranger = mechanism.shelter.actor(Role.CASE_MANAGER)
    assert signed_in(stranger).get(decide).status_code == 404
    with pytest.raises(Refused):
        permits.appeal_refusal(actor=mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR), permit=permit, on=DAY)
