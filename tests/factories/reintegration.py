"""Reintegration plans as the services make them."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from fener.casework.models import Case
from fener.casework.models.reintegration.family import FamilyAgreement
from fener.casework.models.reintegration.plan import ReintegrationEntry, ReintegrationPlan
from fener.casework.models.reintegration.programme import Participation, Programme
from fener.casework.models.reintegration.savings import SavingsEntry
from fener.casework.models.shelter.house import Shelter
from fener.casework.models.shelter.stay import ShelterStay
from fener.casework.services import needs
from fener.casework.services.reintegration import family, outcomes, participation, plan, programmes, savings
from fener.casework.services.shelter import stays
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from tests.factories import shelter as shelter_made


def days_ago(days: int) -> date:
    return timezone.localdate() - timedelta(days=days)


def drawn_up(actor: Actor, case: Case, **changes: Any) -> ReintegrationPlan:
    """A version that nobody decided on."""
    starts = dict.fromkeys(vocabulary("plan_basis").codes(), "To sew, near my sister Ana.")
    terms: dict[str, Any] = {"starts": starts, "therapy": "yes", "on": days_ago(0), **changes}
    return plan.draw_up(actor=actor, case=case, **terms)


def agreed(actor: Actor, case: Case, *, ago: int = 0, **changes: Any) -> ReintegrationPlan:
    """A version that the person agreed to, after they said what they need."""
    if not case.needs.exists():
        needs.record_need(actor=actor, case=case, kind="shelter", words="A door of my own.", on=days_ago(ago))
    made = drawn_up(actor, case, **{"on": days_ago(ago), **changes})
    return plan.decide(actor=actor, plan=made, agreed=True, on=days_ago(ago))


def entered(actor: Actor, case: Case, **changes: Any) -> ReintegrationEntry:
    """Something on a line: a course of work that runs."""
    terms: dict[str, Any] = {"line": "work", "kind": "enrolment", "on": days_ago(0), **changes}
    return plan.record_entry(actor=actor, case=case, terms=plan.EntryTerms(**terms))


def put_in(actor: Actor, case: Case, amount: str = "100.00", **changes: Any) -> SavingsEntry:
    """Money in the savings book."""
    terms: dict[str, Any] = {"kind": "wage", "currency": "EUR", "on": days_ago(9), **changes}
    return savings.put_in(actor=actor, case=case, amount=Decimal(amount), **terms)


def taken(actor: Actor, case: Case, amount: str = "40.00", **changes: Any) -> SavingsEntry:
    """Money that the person took, with a receipt."""
    terms: dict[str, Any] = {
        "kind": "withdrawal",
        "currency": "EUR",
        "on": days_ago(5),
        "receipt": "signed",
        "amount": Decimal(amount),
        **changes,
    }
    return savings.take_out(actor=actor, case=case, terms=savings.OutTerms(**terms))


def left(actor: Actor, case: Case, shelter: Shelter, *, ago: int = 400) -> ShelterStay:
    """A stay that ended so many days ago, at the person's own wish."""
    stay = shelter_made.admitted(actor, case, shelter, since=days_ago(ago + 30), until=None)
    return stays.leave(actor=actor, stay=stay, reason="own_wish", on=days_ago(ago))


def living(**changes: Any) -> outcomes.OutcomeTerms:
    """A person who came by and is well."""
    good = {"home": "own", "work": "employed", "income": "enough", "school": "finished", "safety": "safe"}
    terms: dict[str, Any] = {
        "on": days_ago(0),
        "how": "came",
        "areas": {**good, "re_trafficked": "no", **changes.pop("areas", {})},
        "in_programme": False,
        "own_view": "better",
        **changes,
    }
    return outcomes.OutcomeTerms(**terms)


def asked_about_family(actor: Actor, case: Case, **changes: Any) -> FamilyAgreement:
    """The person agrees to contact with a relative."""
    terms: dict[str, Any] = {"agreed": True, "relative": "My sister Ana, on Sundays.", "on": days_ago(3), **changes}
    return family.ask(actor=actor, case=case, **terms)


def programme(actor: Actor, pipeline: str = "wage_subsidy", **changes: Any) -> Programme:
    """A programme of the own body."""
    terms: dict[str, Any] = {
        "pipeline": pipeline,
        "name": f"Lasta {pipeline}",
        "groups": ["returnees", "long_unemployed"],
        "since": days_ago(900),
        **({"demand_source": "employment_office", "standard_course": False} if pipeline == "training" else {}),
        **changes,
    }
    return programmes.enter_programme(actor=actor, terms=programmes.ProgrammeTerms(**terms))


def begun(actor: Actor, case: Case, where: Programme, *, ago: int = 300, fits: str = "yes") -> Participation:
    """The person was selected."""
    return participation.begin(actor=actor, case=case, programme=where, fits_profile=fits, on=days_ago(ago))


def stepped(actor: Actor, row: Participation, step: str, *, ago: int) -> Participation:
    """The next step."""
    return participation.advance(actor=actor, participation=row, step=step, on=days_ago(ago))


def safe(actor: Actor, enterprise: Programme, *, ago: int = 500, **changes: str) -> Programme:
    """Every safeguard is done, and the split of a profit agreed."""
    states = {item: "given" for item in programmes.safeguard_items() if item != programmes.SPLIT}
    return programmes.record_safeguards(
        actor=actor, programme=enterprise, states={**states, **changes}, on=days_ago(ago), workers_share=60
    )
