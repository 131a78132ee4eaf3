"""Agreements and duties of the invented mechanism, through the services."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from fener.network.models import Agreement, Duty
from fener.network.services import agreements, contacts, coordination, coverage, duties
from fener.norms.structures import terms
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.factories.network import Body, Mechanism

FIRST_DAY = date(2026, 1, 1)
LAW = "Act on the mechanism, article 9"
SAID = {term.code: "As in the annex." for term in terms()}


def co_ordinator(mechanism: Mechanism) -> Actor:
    """Whoever writes the map."""
    return mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)


def drafted(actor: Actor, *bodies: Body, said: dict[str, str] | None = None, **more: Any) -> Agreement:
    """A draft between bodies, with complete data-protection terms unless ``said`` has others."""
    kind = "memorandum" if len(bodies) > 1 else "directive"
    draft = agreements.draft_agreement(
        actor=actor, title=more.pop("title", "Memorandum"), kind=kind, drafted_on=FIRST_DAY,
        parties=[body.organisation for body in bodies], **more,
    )  # fmt: skip
    words = SAID if said is None else said
    return agreements.change_agreement(
        actor=actor, agreement=draft, title=draft.title, aim="", ends_on=draft.ends_on, said=words
    )


def allows(
    actor: Actor,
    agreement: Agreement,
    giver: Body,
    receiver: Body,
    *parts: Compartment,
    purpose: Purpose = Purpose.SHARE_SERVICE,
    **more: Any,
) -> None:
    """A data-sharing rule."""
    agreements.add_sharing_rule(
        actor=actor, agreement=agreement, giver=giver.organisation, receiver=receiver.organisation,
        compartments=parts, purpose=purpose, **more,
    )  # fmt: skip


def confirm(agreement: Agreement, *bodies: Body, on: date = FIRST_DAY) -> Agreement:
    """Each body confirms the text as it stands."""
    agreement.refresh_from_db()
    for body in bodies:
        agreements.confirm_agreement(
            actor=body.actor(Role.ORGANISATION_ADMIN), agreement=agreement, on=on, version=agreement.version
        )
    agreement.refresh_from_db()
    return agreement


def in_force(actor: Actor, agreement: Agreement, bodies: Iterable[Body], on: date = FIRST_DAY) -> Agreement:
    """Confirmed by everybody and put in force."""
    return agreements.start_agreement(actor=actor, agreement=confirm(agreement, *bodies), on=on)


def duty(actor: Actor, body: Body, stage: str = "identification", role: str = "accountable", **more: Any) -> Duty:
    """A duty by law, unless ``agreement`` or another basis is given."""
    given: dict[str, Any] = {"what": f"{role} at {stage}", "since": FIRST_DAY, "legal_basis": LAW, **more}
    if "agreement" in more:
        given["legal_basis"] = ""
    return duties.record_duty(actor=actor, stage=stage, organisation=body.organisation, role=role, **given)


def one_of_each(mechanism: Mechanism, body: Body) -> dict[str, Any]:
    """One of everything that an address of the map can name, with ``body`` as its party, holder or provider."""
    actor, code = co_ordinator(mechanism), body.organisation.short_name[:8]
    draft = drafted(actor, body, mechanism.police, title=f"Memorandum {code}")
    clause = agreements.add_clause(actor=actor, agreement=draft, text="Information is exchanged.")
    allows(actor, draft, body, mechanism.police, Compartment.IDENTITY, purpose=Purpose.IDENTIFICATION)
    group = coordination.record_body(actor=actor, kind="local_committee", name=code, since=FIRST_DAY)
    area = coverage.record_area(actor=actor, code=code, name=code)
    timed = duty(
        actor, body, "recovery", "responsible", trigger="opened", act="tell_rights", within_hours=24,
        what="Tells the person their rights.",
    )  # fmt: skip
    return {
        "agreement": draft,
        "clause": clause,
        "rule": draft.sharing_rules.get(),
        "duty": timed,
        "co_ordination": group,
        "post": coordination.record_post(actor=actor, body=group, title="Chair", since=FIRST_DAY),
        "contact point": contacts.record_contact(
            actor=actor, organisation=body.organisation, name="Reception", phone="0800 1"
        ),
        "area": area,
        "entry": coverage.record_coverage(
            actor=actor, sector="legal", level="national", organisation=body.organisation, source="S", since=FIRST_DAY
        ),
    }
