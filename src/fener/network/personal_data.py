"""What the network keeps: bodies, places and agreements; of people only who works where, and whom to call."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from fener.trust.privacy.declaration import About, Controller, Erase, Mask, Personal, Whose, body, link
from fener.trust.privacy.kinds import Kind

if TYPE_CHECKING:
    from fener.trust.errors import Text

_STAFF = Personal(
    whose=Whose.STAFF,
    purposes=("access", "accountability"),
    basis="staff",
    retention="staff_account",
    erasure=Erase.AUDIT,
)
_WORKER = _STAFF.but(purposes=("accountability",), retention="audit")
_CONTACT = Personal(
    whose=Whose.CONTACT,
    purposes=("coordination",),
    controller=Controller.NODE,
    basis="network",
    retention="network",
    erasure=Erase.BLANK,
)


def kinds() -> tuple[Kind, ...]:
    """Accounts of people who left, as trust erases them."""
    from fener.network.services.staff_erasure import KIND

    return (KIND,)


def _bodies(model: str, what: Text, *names: str) -> About:
    """A table about bodies, places or papers, in which nobody is named."""
    return About(model, what, fields=body(*names))


_TIMED = ("id", "since", "until")

MODELS = (
    About(
        "network.Membership",
        _("who works where, in which role"),
        fields={
            **link("id", "organisation"),
            **_STAFF.on(
                user=_("worker"),
                roles=_("roles"),
                since=_("since when"),
                until=_("until when"),
                left_at=_("when leaving was carried out"),
            ),
        },
    ),
    About(
        "network.Invitation",
        _("invitations to an account"),
        fields={
            **link("id", "organisation"),
            **body("body"),
            **_STAFF.but(erasure=Erase.WITH_ACCOUNT).on(
                full_name=_("name of whoever is invited"), roles=_("roles"), since=_("since when")
            ),
            **_STAFF.but(mask=Mask.NEVER, exported=False, why_not=_("A hash; it tells nothing.")).on(
                code_hash=_("the code, as a keyed hash")
            ),
            **_WORKER.on(
                made_by=_("who invited"),
                made_at=_("when"),
                expires_at=_("until when"),
                used_at=_("when it was taken up"),
                used_by=_("by whom"),
                revoked_at=_("when it was taken back"),
            ),
        },
    ),
    About(
        "network.ContactPoint",
        _("whom to call at a body"),
        fields={
            **body("id", "kind", "organisation", "coordination", "office", "languages", "hours", "area", "closed_on"),
            **_CONTACT.on(name=_("name"), phone=_("telephone"), email=_("e-mail"), verified_on=_("last verified")),
            **_WORKER.on(verified_by=_("who verified it")),
        },
    ),
    About(
        "network.ServiceEntry",
        _("a service as the directory describes it"),
        fields={
            **body(
                "service", "standard_id", "description", "eligibility", "areas", "always_open", "hours_note",
                "closed_days", "time_zone", "cost", "cost_note", "conditions", "documents", "apply", "accessibility",
                "interpretation", "free_now", "free_at", "website", "concealed", "address", "postal_code", "town",
                "province", "public", "verified_on", "ids",
            ),
            **_CONTACT.on(
                contact_name=_("name of the contact"), contact_role=_("function of the contact"), email=_("e-mail")
            ),
            **_WORKER.on(verified_by=_("who verified it")),
        },
    ),
    _bodies("network.OpeningHours", _("hours of a service"), "id", "entry", "weekday", "opens", "closes", "note"),
    _bodies("network.ServicePhone", _("numbers of a service"), "id", "entry", "number", "note", "place"),
    _bodies(
        "network.Organisation", _("bodies"), "keeper", "name", "short_name", "sector", "htcds_type", "country",
        "languages", "trained_assessor", "level", "area", "active_from", "active_until",
    ),
    _bodies(
        "network.Mandate", _("mandates of bodies"), "id", "organisation", "function", "legal_basis", "since", "until"
    ),
    _bodies(
        "network.Desk", _("desks"), "id", "organisation", "name", "receives", "escalates_to", "open", "redirects_to"
    ),
    _bodies(
        "network.Service", _("services"), "id", "organisation", "desk", "kind", "name", "capacity", "genders",
        "min_age", "max_age", "accepts_children_of_person", "languages", "active",
    ),
    _bodies(
        "network.Duty", _("duties of bodies"), *_TIMED, "stage", "organisation", "role", "what", "legal_basis",
        "agreement", "trigger", "act", "towards", "within_hours", "carried_from", "awaits_confirmation",
    ),
    About(
        "network.DutyKept",
        _("agreed duties that were kept for a person"),
        file=("subject_id",),
        fields={
            **link("id", "duty", "subject_id"),
            **Personal(purposes=("help", "statistics"), retention="case_file", erasure=Erase.YEAR).on(
                kept_on=_("on which day")
            ),
            **_WORKER.on(recorded_by=_("who wrote it down")),
        },
    ),
    _bodies(
        "network.Succession", _("which body follows which"), "organisation", "successor", "last_day", "legal_basis"
    ),
    _bodies("network.Area_neighbours", _("areas"), "id", "from_area", "to_area"),
    _bodies(
        "network.Area", _("areas"), "id", "code", "name", "level", "parent", "latitude", "longitude", "neighbours"
    ),
    _bodies("network.RiskArea", _("where the risk is"), *_TIMED, "area", "kind", "source"),
    _bodies(
        "network.CoverageEntry", _("who works where"), *_TIMED, "sector", "level", "organisation", "area", "source"
    ),
    _bodies(
        "network.MappedService", _("services on the map"), *_TIMED, "kind", "name", "organisation", "provider",
        "provider_sector", "level", "area", "capacity", "is_shelter", "takes_trafficked", "source",
    ),
    _bodies(
        "network.Agreement", _("agreements between bodies"), "id", "title", "kind", "status", "aim", "terms",
        "version", "drafted_on", "signed_on", "in_force_since", "ends_on", "ended_on", "replaces",
    ),
    About(
        "network.AgreementParty",
        _("parties to an agreement"),
        fields={
            **body("id", "agreement", "organisation", "confirmed_on", "left_on", "succeeds"),
            **_WORKER.on(confirmed_by=_("who confirmed it")),
        },
    ),
    About(
        "network.Clause",
        _("clauses of an agreement"),
        fields={
            **body("id", "agreement", "number", "text", "hands_over", "flagged_on", "flag_reason"),
            **_WORKER.on(flagged_by=_("who flagged it")),
        },
    ),
    _bodies(
        "network.SharingRule", _("what may be shared under an agreement"), "id", "agreement", "giver", "receiver",
        "compartments", "purpose", "until", "onward", "carried_from",
    ),
    _bodies(
        "network.ReturnTerms", _("what an agreement says about return"), "id", "agreement", "kind", "country",
        "covers_children", "screening_step", "support", "answer_days",
    ),
    _bodies(
        "network.CoordinationBody", _("bodies of co-ordination"), *_TIMED, "kind", "name", "level", "area", "host",
        "parent", "rank", "full_time_staff", "powers", "legal_basis", "led_by_child_specialist", "members",
    ),
    _bodies("network.CoordinationBody_members", _("their members"), "id", "coordinationbody", "organisation"),
    _bodies(
        "network.CoordinationPost", _("posts, by office and not by name"), *_TIMED, "body", "title", "office",
        "full_time", "vacant_since",
    ),
    _bodies("network.CoordinationMeeting_present", _("who met"), "id", "coordinationmeeting", "organisation"),
    _bodies("network.CoordinationMeeting", _("meetings"), "id", "body", "held_on", "decided", "present"),
)  # fmt: skip
