"""A file with something in every part of it, and a way through its erasure."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.services import assessments, assistance, cases
from fener.casework.services import erasure as services
from fener.casework.services.compartments import save_compartment
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import Erasure
from fener.trust.privacy import erasures
from fener.trust.roles import Role
from tests.casework.paths import accepted, need_of
from tests.factories.casework import CaseFactory, keep_terms
from tests.factories.network import Mechanism

# What must not be found anywhere afterwards. Spelt so that no word of the program holds one of them.
PLANTED = ("Zdravkoslava", "Qorilaj", "+381609998877", "Interpretović", "NOCLIENTSLEFT")
FACTS = {
    "age_at_contact": 27,
    "age_at_contact_certainty": "stated",
    "gender": "Feminine",
    "citizenships": ["MD"],
    "primary_language": "ro",
    "contacted_on": "2026-02-11",
    "exploitation": ["ForcedLabour"],
}


def full_file(manager: Actor, mechanism: Mechanism) -> Case:
    """A case with sealed parts, a need, a plan, services, a view of the person, and an accepted referral."""
    case: Case = CaseFactory(
        actor=manager,
        facts=dict(FACTS),
        language="ro",
        interpreter=PLANTED[3],
        keep_consent=keep_terms(interpreter=PLANTED[3]),
        compartments={
            Compartment.IDENTITY: {"first_name": PLANTED[0], "second_name": PLANTED[1]},
            Compartment.CONTACT: {"mobile_phone": PLANTED[2]},
        },
    )
    story = {"account": PLANTED[4]}
    save_compartment(actor=manager, case=case, compartment=Compartment.NARRATIVE, version=0, content=story)
    need = need_of(manager, case, words=f"Not near {PLANTED[1]}.")
    assessments.record_own_view(actor=manager, case=case, view="own_view_agrees", words=f"{PLANTED[0]} says so.")
    record = assistance.offer_service(actor=manager, case=case, need=need, kind="shelter", provider=case.organisation)
    assistance.record_answer(actor=manager, record=record, accepted=True)
    accepted(manager, mechanism.shelter, case)
    return case


def close(manager: Actor, case: Case, at: datetime | None = None) -> Case:
    """The file is closed at the person's wish."""
    case.refresh_from_db()
    return cases.close_case(actor=manager, case=case, version=case.version, reason="own_wish", at=at)


def erased(manager: Actor, case: Case, mechanism: Mechanism) -> Erasure:
    """Proposed by one, agreed by another, carried out after the days of grace."""
    erasure = services.propose_erasure(actor=manager, case=case, ground=Erasure.Ground.ASKED)
    second = mechanism.ngo.actor(Role.CASE_MANAGER)
    services.approve_erasure(actor=second, erasure=erasure)
    assert erasures.carry_out_due(timezone.now() + timedelta(days=31)) == 1
    erasure.refresh_from_db()
    return erasure


__all__ = ["FACTS", "PLANTED", "close", "erased", "full_file"]
