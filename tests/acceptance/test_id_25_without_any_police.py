"""ID-25: a case can be opened, assessed, served and referred with no police contact at all."""

from __future__ import annotations

from fener.casework.models import Referral
from fener.casework.services import assistance
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.models import Consent
from tests.casework.paths import accepted, need_of
from tests.factories.assessing import asked_to_decide, assess, decide
from tests.factories.casework import CaseFactory
from tests.factories.network import Mechanism


def test_id_25_the_whole_path_without_police(case_manager: Actor, mechanism: Mechanism) -> None:
    case = CaseFactory(actor=case_manager)
    need = need_of(case_manager, case)
    assess(case_manager, case)
    assistance.offer_service(actor=case_manager, case=case, kind=need.kind, provider=case.organisation, need=need)
    referral, _worker = accepted(case_manager, mechanism.shelter, case)
    decide(asked_to_decide(case_manager, case, mechanism.decider), case)
    case.refresh_from_db()
    assert (case.status, referral.state) == ("identified", Referral.State.ACCEPTED)
    assert not any(body.is_law_enforcement for body in Organisation.objects.all())
    assert not Consent.objects.filter(purpose="share_police").exists()
