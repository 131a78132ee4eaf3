"""ID-16: a third party can flag somebody; what follows is an offer to that person, never a compulsion."""

from __future__ import annotations

import pytest

from fener.casework.models import Case
from fener.casework.services.consents import ConsentTerms
from fener.contact.models import Intake
from fener.contact.services import intakes
from fener.norms.packs import load_packs
from fener.trust.actor import Actor
from fener.trust.errors import DomainError
from fener.trust.models import Consent
from fener.trust.roles import Role
from tests.contact.visits import signed_in
from tests.factories.casework import keep_terms, told_everything
from tests.factories.contact import flagged
from tests.factories.network import Mechanism
from tests.web.pages import words


@pytest.fixture
def flag(mechanism: Mechanism) -> Intake:
    """A nurse noticed somebody who does not see it themselves."""
    return flagged(mechanism.health.actor(Role.HEALTH_WORKER), mechanism.ngo)


def test_id_16_a_flag_makes_no_case_no_consent_and_no_status(flag: Intake) -> None:
    assert (flag.state, flag.person_knows, flag.consent) == (Intake.State.SENT, False, None)
    assert not Case.objects.unscoped(reason="counting").exists()
    assert not Consent.objects.exists()


def test_id_16_the_desk_is_told_that_it_brings_an_offer(flag: Intake, case_manager: Actor) -> None:
    page = words(signed_in(case_manager).get(f"/first-contacts/{flag.code}/").content.decode())
    assert "What you bring is an offer; the person may say no." in page


def test_id_16_no_case_opens_without_the_persons_own_agreement(flag: Intake, case_manager: Actor) -> None:
    def opened_with(keep: ConsentTerms) -> Case:
        return intakes.open_case_from_intake(
            actor=case_manager,
            intake=flag,
            facts={},
            language="sr",
            keep_consent=keep,
            information=told_everything(),
            compartments={},
        )

    with pytest.raises(DomainError):
        opened_with(keep_terms(compartments=(), language=""))
    assert not Case.objects.unscoped(reason="counting").exists()
    assert opened_with(keep_terms()).status == "presumed"


def test_id_16_a_no_ends_it_and_the_offer_stays(flag: Intake, case_manager: Actor) -> None:
    intakes.close_intake(actor=case_manager, intake=flag, reason="does_not_wish")
    assert str(intakes.CLOSE_REASONS[flag.close_reason]) == "does not wish it now; the offer stays"
    assert not Case.objects.unscoped(reason="counting").exists()


def test_id_16_no_question_set_presumes_from_who_somebody_is() -> None:
    """Being in prostitution, a migrant or poor is no answer that any set asks for."""
    banks = load_packs().of_kind("screening_questions").values()
    asked = " ".join(q["text"].lower() for bank in banks for q in bank.data["questions"])
    assert not [word for word in ("prostitute", "sex worker", "roma", "nationality", "migrant") if word in asked]
