"""The map of the invented mechanism: duties, agreements, offices, contacts, areas; some things lack on purpose."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils import timezone

from fener.network.models import Agreement, Area, CoordinationBody, Organisation
from fener.network.services import agreements, contacts, coordination, coverage, duties
from fener.norms.structures import terms
from fener.trust.actor import SYSTEM
from fener.trust.compartments import Compartment as C
from fener.trust.purposes import Purpose

if TYPE_CHECKING:
    from fener.web.demo.mechanism import Mechanism

SINCE = date(2024, 1, 1)
LAW = "Invented rulebook of the demonstration, article 7"
SOURCE = "Invented situation analysis of the demonstration"

# code -> (name, neighbours that were named before)
AREAS: dict[str, tuple[str, tuple[str, ...]]] = {
    "KA": ("Kamenovo", ()),
    "NB": ("Novi Brod", ("KA",)),
    "SL": ("Stara Lipa", ("NB",)),
    "DR": ("Donja Rika", ("SL",)),
}
PLACES = {
    "lanterna": ("local", "KA"), "pristan": ("local", "KA"), "gnezdo": ("local", "KA"), "clinic": ("local", "SL"),
    "inspection": ("regional", "NB"), "police": ("national", ""), "centre": ("national", ""),
    "mechanism": ("national", ""),
}  # fmt: skip
# stage, body, role, what, what it rests on: law, an agreement's key, or nothing
DUTIES = (
    ("prevention", "inspection", "responsible", "Inspects agencies and work places.", "law"),
    ("first_contact", "police", "accountable", "Notices who may be trafficked and calls help.", "law"),
    ("first_contact", "lanterna", "responsible", "Help-line and first talk, day and night.", "police"),
    ("identification", "centre", "accountable", "Assesses with others and decides.", "law"),
    ("identification", "police", "accountable", "Decides within its own unit.", "law"),
    ("identification", "lanterna", "responsible", "Gives its own assessment.", "police"),
    ("registration", "centre", "accountable", "Keeps the numbered record.", "law"),
    ("recovery", "centre", "accountable", "Sees that the period is given.", "law"),
    ("accommodation", "pristan", "accountable", "Safe places for adults.", "shelters"),
    ("accommodation", "gnezdo", "responsible", "Safe places for children.", "shelters"),
    ("health", "clinic", "accountable", "Treats at once and without insurance.", "law"),
    ("legal_help", "lanterna", "responsible", "Lawyers who stay with the person.", ""),
    ("children", "centre", "accountable", "Guardian and best interests.", "law"),
    ("investigation", "police", "accountable", "Investigates; protection comes first.", "law"),
    ("return", "centre", "accountable", "Risk assessment before any departure.", ""),
    ("inclusion", "centre", "accountable", "Support where the person lives.", "law"),
    ("co_ordination", "mechanism", "accountable", "Co-ordinates all measures.", "law"),
)
COVERAGE = (
    ("prevention", "national", "mechanism"), ("identification", "national", "centre"),
    ("identification", "municipal", "police"), ("housing", "national", "pristan"), ("legal", "national", "lanterna"),
    ("children", "national", "centre"), ("health", "municipal", "clinic"), ("labour", "provincial", "inspection"),
    ("prosecution", "national", "police"),
)  # fmt: skip


def draw(made: Mechanism) -> None:
    """Everything through the services, as the command line may (a job); confirmations for each body."""
    areas = _areas()
    for key, (level, area) in PLACES.items():
        coverage.place_body(
            actor=SYSTEM, organisation=made.organisations[key], level=level, area=areas[area] if area else None
        )
    agreed = {"police": _with_police(made), "shelters": _with_shelters(made)}
    _duties(made, agreed)
    _coverage(made, areas)
    _contacts(made, _structure(made))


def _areas() -> dict[str, Area]:
    found: dict[str, Area] = {}
    for code, (name, neighbours) in AREAS.items():
        found[code] = coverage.record_area(
            actor=SYSTEM, code=code, name=name, neighbours=[found[one] for one in neighbours]
        )
    return found


def _in_force(agreement: Agreement, *bodies: Organisation) -> Agreement:
    agreement.refresh_from_db()
    for body in bodies:
        keeper: UUID = body.pk
        agreements.confirm_agreement(
            actor=replace(SYSTEM, keeper_id=keeper), agreement=agreement, on=SINCE, version=agreement.version
        )
    return agreements.start_agreement(actor=SYSTEM, agreement=agreement, on=SINCE)


def _with_police(made: Mechanism) -> Agreement:
    """In force, with complete terms, and one clause without effect."""
    police, lanterna, inspection, centre = (
        made.organisations[key] for key in ("police", "lanterna", "inspection", "centre")
    )
    bodies = [police, lanterna, inspection, centre]
    draft = agreements.draft_agreement(
        actor=SYSTEM, title="Memorandum on first contact and identification", kind="memorandum", parties=bodies,
        drafted_on=SINCE, aim="Whoever meets somebody calls help; everybody assesses apart.",
    )  # fmt: skip
    said = {term.code: f"As in article {place} of the annex." for place, term in enumerate(terms(), start=1)}
    agreements.change_agreement(actor=SYSTEM, agreement=draft, title=draft.title, aim=draft.aim, said=said)
    agreements.add_clause(actor=SYSTEM, agreement=draft, text="The police call the help-line at once.")
    agreements.add_clause(
        actor=SYSTEM, agreement=draft, text="The organisation sends the police a monthly list of the persons helped.",
        hands_over="data",
    )  # fmt: skip
    for receiver, parts in ((police, [C.IDENTITY]), (centre, [C.IDENTITY, C.NARRATIVE])):
        agreements.add_sharing_rule(
            actor=SYSTEM, agreement=draft, giver=lanterna, receiver=receiver, compartments=parts,
            purpose=Purpose.IDENTIFICATION,
        )  # fmt: skip
    return _in_force(draft, *bodies)


def _with_shelters(made: Mechanism) -> Agreement:
    """Signed by one of the two: its duties do not bind yet."""
    bodies = [made.organisations[key] for key in ("centre", "pristan", "gnezdo")]
    draft = agreements.draft_agreement(
        actor=SYSTEM, title="Agreement on safe places", kind="memorandum", parties=bodies,
        drafted_on=timezone.localdate() - timedelta(days=20), aim="Places, admission and what they cost.",
    )  # fmt: skip
    agreements.confirm_agreement(
        actor=replace(SYSTEM, keeper_id=bodies[1].pk), agreement=draft, on=timezone.localdate(), version=draft.version
    )
    return draft


def _duties(made: Mechanism, agreed: dict[str, Agreement]) -> None:
    for stage, body, role, what, basis in DUTIES:
        duties.record_duty(
            actor=SYSTEM, stage=stage, organisation=made.organisations[body], role=role, what=what, since=SINCE,
            legal_basis=LAW if basis == "law" else "", agreement=agreed.get(basis),
        )  # fmt: skip
    for body, towards, hours in (("police", "lanterna", 24), ("inspection", "centre", 48)):
        duties.record_duty(
            actor=SYSTEM, stage="first_contact", organisation=made.organisations[body], role="responsible",
            what=f"Calls {made.organisations[towards].short_name} when it meets somebody.", since=SINCE,
            agreement=agreed["police"], trigger="met", act="call", towards=made.organisations[towards],
            within_hours=hours,
        )  # fmt: skip


def _coverage(made: Mechanism, areas: dict[str, Area]) -> None:
    for sector, level, body in COVERAGE:
        coverage.record_coverage(
            actor=SYSTEM, sector=sector, level=level, organisation=made.organisations[body], source=SOURCE, since=SINCE
        )
    for kind, name, provider, sector, level, area in (
        ("violence_shelter", "Quiet House", "Women's Centre of Novi Brod", "ngo", "regional", "NB"),
        ("day_centre", "Open Door", "Children First", "ngo", "local", "KA"),
        ("social_aid", "Social aid", "Social Fund", "social_work", "national", ""),
        ("employment", "Employment office", "Employment Service", "other", "local", "NB"),
    ):
        coverage.map_service(
            actor=SYSTEM, kind=kind, name=name, provider=provider, provider_sector=sector, level=level,
            area=areas[area] if area else None, source=SOURCE, since=SINCE,
        )  # fmt: skip
    for area, risk in (("DR", "recruitment"), ("KA", "exploitation")):
        coverage.record_risk(actor=SYSTEM, area=areas[area], kind=risk, source=SOURCE, since=SINCE)


def _structure(made: Mechanism) -> CoordinationBody:
    today, bodies = timezone.localdate(), made.organisations
    office = coordination.record_body(
        actor=SYSTEM, kind="national_coordinator", name="National Co-ordinator", host=bodies["mechanism"],
        rank="director", full_time_staff=2, powers="Convenes the bodies; sees the country's board.", legal_basis=LAW,
        since=SINCE,
    )  # fmt: skip
    coordination.record_post(
        actor=SYSTEM, body=office, title="National Co-ordinator", office="Director of the Office", since=SINCE,
        full_time=True,
    )  # fmt: skip
    coordination.record_post(
        actor=SYSTEM, body=office, title="Deputy", since=SINCE, vacant_since=today - timedelta(days=70)
    )
    group = coordination.record_body(
        actor=SYSTEM, kind="working_group", name="Working group against trafficking", since=SINCE, legal_basis=LAW,
        members=[bodies[key] for key in ("mechanism", "police", "centre", "lanterna", "clinic")],
    )  # fmt: skip
    coordination.record_post(
        actor=SYSTEM, body=group, title="Chair", office="Office of the National Co-ordinator", since=SINCE
    )
    coordination.record_meeting(
        actor=SYSTEM, body=group, held_on=today - timedelta(days=150), present=list(group.members.all()),
        decided="The memorandum on first contact is applied in every region.",
    )  # fmt: skip
    children = coordination.record_body(
        actor=SYSTEM, kind="child_sub_group", name="Sub-group on children", parent=group, since=SINCE,
        led_by_child_specialist=False, members=[bodies["centre"], bodies["gnezdo"]],
    )  # fmt: skip
    coordination.record_post(actor=SYSTEM, body=children, title="Chair", office="Police Directorate", since=SINCE)
    return office


def _contacts(made: Mechanism, office: CoordinationBody) -> None:
    today, bodies = timezone.localdate(), made.organisations
    for body, name, phone, days in (
        ("lanterna", "Help-line of Lanterna", "0800 000 001", 12),
        ("police", "Unit for trafficking", "0800 000 002", 400),
        ("centre", "Reception of the Centre", "0800 000 003", 40),
        ("pristan", "Admission of Pristan", "0800 000 004", 200),
    ):
        contacts.record_contact(
            actor=SYSTEM, organisation=bodies[body], name=name, phone=phone, verified_on=today - timedelta(days=days)
        )
    contacts.record_contact(
        actor=SYSTEM, coordination=office, name="Office of the National Co-ordinator", email="office@example.org",
        verified_on=today - timedelta(days=5),
    )  # fmt: skip
    contacts.record_contact(
        actor=SYSTEM, kind="project", name="Safe Fields: advice for seasonal workers", email="fields@example.org"
    )
    contacts.record_contact(
        actor=SYSTEM, kind="coalition", name="Coalition of the eastern municipalities", email="east@example.org",
        verified_on=today - timedelta(days=90),
    )  # fmt: skip
