"""Cases as the services make them, with consent, information and sealed compartments."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import factory
from django.utils import timezone

from fener.casework.domain import told
from fener.casework.models import Case, Referral
from fener.casework.services import access, cases, consents
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.network.models import Organisation
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.models import Consent
from fener.trust.purposes import Purpose
from tests.factories.network import Body

IDENTITY = {"first_name": "Đorđe", "second_name": "Ilić"}
CONTACT = {"mobile_phone": "+381601234567", "safe_contact": "Mornings, never by message."}
NARRATIVE = {"account": "He says that his papers were taken on the first day."}


def keep_terms(**changes: Any) -> ConsentTerms:
    """The person agrees that the organisation keeps a file for a year."""
    terms: dict[str, Any] = {"until": timezone.localdate() + timedelta(days=365), "language": "sr", **changes}
    return ConsentTerms(**terms)


def told_everything(**changes: Any) -> InformationTerms:
    """Everything on the list was told, in the person's language."""
    return InformationTerms(**{"items": told.items(), "language": "sr", **changes})


class CaseFactory(factory.Factory):
    """``CaseFactory(actor=case_manager)``; traits ``child``, ``potential``, ``empty`` (nothing sealed)."""

    class Meta:
        model = Case

    class Params:
        child = factory.Trait(
            facts={"age_at_contact": 15, "age_at_contact_certainty": "document", "gender": "Feminine"},
            keep_consent=factory.LazyFunction(lambda: keep_terms(giver="guardian", child_assent=True)),
        )
        potential = factory.Trait(status="potential")
        empty = factory.Trait(compartments=factory.LazyFunction(dict))

    facts = factory.LazyFunction(
        lambda: {"age_at_contact": 34, "age_at_contact_certainty": "stated", "gender": "Masculine"}
    )
    language = "sr"
    keep_consent = factory.LazyFunction(keep_terms)
    information = factory.LazyFunction(told_everything)
    compartments = factory.LazyFunction(
        lambda: {
            Compartment.IDENTITY: dict(IDENTITY),
            Compartment.CONTACT: dict(CONTACT),
            Compartment.NARRATIVE: dict(NARRATIVE),
        }
    )

    @classmethod
    def _create(cls, model_class: type[Case], *args: Any, **kwargs: Any) -> Case:
        return cases.open_case(**kwargs)


def consent_to(
    actor: Actor,
    case: Case,
    body: Body | Organisation,
    *compartments: Compartment,
    purpose: Purpose = Purpose.SHARE_SERVICE,
    days: int = 90,
    **more: Any,
) -> Consent:
    """The person lets another organisation have these compartments."""
    return consents.record_consent(
        actor=actor,
        case=case,
        recipient=body.organisation if isinstance(body, Body) else body,
        purpose=purpose,
        compartments=compartments or (Compartment.IDENTITY, Compartment.CONTACT),
        until=timezone.localdate() + timedelta(days=days),
        language="sr",
        **more,
    )


def shared_with(
    actor: Actor, case: Case, body: Body, *compartments: Compartment, kind: str = "service", **more: Any
) -> tuple[Referral, Consent]:
    """An accepted referral with its consent, access and keys, without going through the desk."""
    purpose = Purpose.SHARE_SERVICE if kind == "service" else Purpose.IDENTIFICATION
    consent = consent_to(actor, case, body, *compartments, purpose=purpose, **more)
    receives = {"service": "service", "assessment": "assessment", "decision": "decision"}[kind]
    referral = Referral.objects.create(
        case=case,
        kind=kind,
        from_organisation=case.organisation,
        to_organisation=body.organisation,
        desk=body.desk(receives),
        state=Referral.State.ACCEPTED,
        consent=consent,
        compartments=consent.compartments,
        offered_at=timezone.now(),
        offered_by_id=actor.user_id,
        answer_due=timezone.now(),
        answered_at=timezone.now(),
    )
    access.give_access(actor=actor, case=case, organisation=body.organisation, ground=consent)
    for item in access.items_of(referral):
        access.hand_key(actor=actor, referral=referral, item=item)
    return referral, consent
