"""ID-27 (contact half): police, border guard and labour inspector cannot close a presumed result without an offer."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fener.contact.models import Screening
from fener.contact.services import offers
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from fener.trust.models import AuditEntry
from fener.trust.roles import Role
from tests.contact.visits import signed_in, to, token
from tests.factories.contact import finished, ready, sent
from tests.factories.network import BodyFactory, Mechanism
from tests.web.pages import words

AUTHORITIES = {"police": "adult-police", "border": "adult-border", "labour_inspection": "adult-labour-inspection"}


def officer_of(sector: str) -> Actor:
    body = BodyFactory(sector=sector, short_name=sector.title(), mandates=("refer",))
    found: Actor = body.actor(Role.FRONTLINE_OFFICER)
    return found


@pytest.mark.parametrize("sector,set_id", AUTHORITIES.items())
def test_id_27_a_presumed_result_of_an_authority_does_not_close(mechanism: Mechanism, sector: str, set_id: str) -> None:
    officer = officer_of(sector)
    screening = finished(officer, set_id)
    assert screening.suggestion["status_suggested"] == "presumed"
    with pytest.raises(GateClosed, match="condition that protects"):
        offers.close_without_offer(actor=officer, screening=screening, at=timezone.now())
    screening.refresh_from_db()
    assert screening.state == Screening.State.SUGGESTED


@pytest.mark.parametrize("answer", ["agreed", "declined"])
def test_id_27_an_offer_closes_it_whatever_the_person_answers(mechanism: Mechanism, answer: str) -> None:
    officer = officer_of("police")
    screening = ready(officer, "adult-police")
    if answer == "agreed":
        sent(officer, mechanism.ngo, screening)
    else:
        offers.record_decline(actor=officer, screening=screening, reason="", at=timezone.now())
    screening.refresh_from_db()
    assert (screening.state, screening.offer_answer) == (Screening.State.CLOSED, answer)


def test_id_27_the_page_says_what_is_missing_and_the_attempt_is_kept(mechanism: Mechanism) -> None:
    officer = officer_of("labour_inspection")
    browser = signed_in(officer)
    screening = ready(officer)
    assert to("screening_close", screening) not in browser.get(to("screening_result", screening)).content.decode()
    mark = token(browser.get(to("screening_declined", screening)))
    answer = browser.post(to("screening_close", screening), {"once": mark})
    assert answer.status_code == 409
    assert "A referral to a specialised organisation was offered to the person." in words(answer.content.decode())
    assert AuditEntry.objects.filter(outcome="refused", actor_id=officer.user_id).exists()


def test_id_27_others_and_results_without_a_sign_close_by_themselves(mechanism: Mechanism) -> None:
    outreach = mechanism.ngo.actor(Role.CASE_MANAGER)
    inspector = officer_of("labour_inspection")
    for actor, screening in (
        (outreach, finished(outreach, "adult-outreach")),
        (inspector, finished(inspector, signs={})),
    ):
        closed = offers.close_without_offer(actor=actor, screening=screening, at=timezone.now())
        assert (closed.state, closed.offer_answer) == (Screening.State.CLOSED, Screening.Answer.NOT_NEEDED)


def test_id_27_every_authority_that_screens_is_meant() -> None:
    assert {str(sector) for sector in offers.MUST_OFFER} == set(AUTHORITIES)
    assert set(AUTHORITIES) <= set(Organisation.Sector.values)
