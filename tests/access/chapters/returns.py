"""Return: a journey that began, and an agreement to be contacted."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.utils import timezone

from fener.casework.access import user_id as require_user
from fener.casework.models import Case
from fener.casework.models.returns.journey import Journey
from fener.casework.models.returns.passing_on import PassedOn
from fener.casework.models.returns.second_entry import SecondEntry
from fener.casework.models.returns.tracing import FamilySearch
from fener.casework.services.returns import journeys, recontact
from fener.trust.actor import Actor
from fener.trust.models import Consent

OF = {
    "casework:journey": "journey",
    "casework:recontact": "agreement to be contacted",
    "casework:recontact_contact": "journey",
    "casework:passed_on_new": "journey",
    "casework:passed_on": "passed on",
    "casework:tracing": "search for the family",
    "casework:second_entry_new": "removal carried out",
    "casework:return_screening_new": "removal carried out",
    "casework:second_entry": "second entry",
}
PLACES = {"step": "tell"}


def things(holder: Actor, case: Case) -> dict[str, Any]:
    """Somebody asks to go, and agrees to be contacted."""
    today = timezone.localdate()
    journey = journeys.request(
        actor=holder, case=case, kind="assisted_voluntary", country="MD", on=today, words="To my sister."
    )
    removal = Journey.objects.create(
        case=case, kind="deportation", removal=True, state="under_way", country="MD", since=today, office="police",
        basis="law", departed_on=today, recorded_by_id=require_user(holder),
    )  # fmt: skip
    return {
        "removal carried out": removal,
        "second entry": SecondEntry.objects.create(case=case, removed_on=today, entered_on=today),
        "journey": journey,
        "search for the family": FamilySearch.objects.create(
            case=case,
            relative="sibling",
            by="own",
            asked_on=today,
            recorded_by_id=require_user(holder),
            words=journey.words,
        ),
        "passed on": PassedOn.objects.create(
            case=case,
            journey=journey,
            recipient_id=case.organisation_id,
            consent=Consent.objects.filter(subject_id=case.pk).earliest("given_on"),
            purpose="reception",
            fields=["name"],
            assurance=PassedOn.Assurance.PROTECTED,
            on=today,
            recorded_by_id=require_user(holder),
        ),
        "agreement to be contacted": recontact.agree(
            actor=holder,
            case=case,
            channel="telephone",
            how="Mornings.",
            on=today,
            until=today + timedelta(days=90),
            by_guardian=case.treated_as_child,
        ),
    }
