"""What the pages of co-ordination and contact points show."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from fener.network import selectors as network
from fener.network.models import ContactPoint, CoordinationBody
from fener.network.selectors import coordination as selectors
from fener.network.selectors.coordination import Structure
from fener.network.views.map.common import finding, may, table
from fener.norms.structures import structures
from fener.trust.decorators import StaffRequest


def lacks_in_words(found: Structure) -> list[dict[str, Any]]:
    """What the structure lacks, each a sentence with its source."""
    known, names = structures(), {body.pk: body.name for body in found.bodies}
    lines = []
    for one in found.lacks:
        kind = known.kind(one.kind)
        values = {"kind": _(kind.label), "name": names.get(one.body, ""), "sectors": known.sectors}  # type: ignore[call-overload]
        sentences = {
            "missing": _("There is none: %(kind)s."),
            "vacant": _("%(name)s: a post is vacant."),
            "post": _("%(name)s: no post is recorded."),
            "rank": _("%(name)s is not led at the rank of a minister."),
            "full_time": _("%(name)s has no full-time staff."),
            "powers": _("%(name)s has no power that is recorded."),
            "child_specialist": _("%(name)s is not led by a child specialist."),
            "part_of_group": _("%(name)s is not a part of the working group."),
            "multidisciplinary": _(
                "%(name)s is not multidisciplinary: %(sectors)s kinds of bodies, the state and others among them."
            ),
            "not_met": _("%(name)s has not met for long."),
        }  # fmt: skip
        source = known.meeting_source if one.code == "not_met" else kind.source
        why = {"rule": "coordination/national_structure", "version": known.version, "source": source}
        level = "soon" if one.code in ("not_met", "part_of_group") else "overdue"
        lines.append(finding(sentences[one.code] % values, kind=level, why=why))
    return lines


def body_card(one: CoordinationBody, on: date, *, can: bool) -> dict[str, Any]:
    """One co-ordination body with its posts and last meetings."""
    known = structures()
    facts: list[dict[str, Any]] = [
        {"key": _("Level"), "value": one.area.name if one.area else str(one.get_level_display())},
        {"key": _("At"), "value": one.host.name if one.host else None},
        {"key": _("Rank"), "value": _(known.ranks[one.rank]) if one.rank else None},
        {"key": _("Full-time staff"), "value": one.full_time_staff},
        {"key": _("Powers"), "value": one.powers},
        {"key": _("Legal basis"), "value": one.legal_basis},
    ]
    asked = known.kind(one.kind).needs
    needed = {_("Rank"): "rank", _("Full-time staff"): "full_time", _("Powers"): "powers"}
    # What the standard does not ask of this kind is shown where somebody recorded it, and not as something missing.
    facts = [row for row in facts if row["value"] not in (None, "") or needed.get(row["key"]) in asked]
    if one.members.all():
        facts.append({"key": _("Members"), "value": [body.short_name for body in one.members.all()]})
    if one.led_by_child_specialist is not None:
        led = _("yes") if one.led_by_child_specialist else _("no")
        facts.append({"key": _("Led by a child specialist"), "value": led})
    return {
        "pk": one.pk,
        "name": one.name,
        "kind": _(known.kind(one.kind).label),
        "facts": facts,
        "posts": _posts(one, on, can=can),
        "meetings": [
            {"on": meeting.held_on, "present": len(meeting.present.all()), "decided": meeting.decided}
            for meeting in one.meetings.all()
        ][:3],
        "contacts": [contact.name for contact in one.contact_points.all()],
        "can": can,
    }


def _posts(one: CoordinationBody, on: date, *, can: bool) -> Any:
    rows = []
    for post in one.posts.all():
        if not post.holds_on(on):
            continue
        held: Any = post.office
        if post.vacant:
            held = {"tag": _("vacant"), "kind": "overdue"}
            if post.vacant_since:
                held = [held, post.vacant_since]
        title: Any = {"text": post.title, "sub": _("full-time") if post.full_time else ""}
        if can:
            title["href"] = reverse("network:post_change", args=[post.pk])
        rows.append({"title": title, "held": held})
    columns = [("title", _("Post")), ("held", _("Held by"))]
    return table(_("Posts of %(name)s") % {"name": one.name}, columns, rows, _("No post is recorded."))


def contact_card(request: StaffRequest, one: ContactPoint, stale: bool) -> dict[str, Any]:
    """A contact point; a stale one says so and since when."""
    of = one.organisation.name if one.organisation else one.coordination.name if one.coordination else ""
    return {
        "pk": one.pk,
        "name": one.name,
        "of": of if of != one.name else "",
        "kind": str(one.get_kind_display()),
        "office": one.office,
        "phone": one.phone,
        "email": one.email,
        "hours": one.hours,
        "area": one.area.name if one.area else "",
        "verified_on": one.verified_on,
        "stale": stale,
        "may_verify": may(request, "network.contact.verify", one.organisation_id),
        "may_change": may(request, "network.contact.change", one.organisation_id),
    }


def contact_why() -> dict[str, Any]:
    """Where the period comes from."""
    known = structures()
    text = _("A contact counts as right for %(days)s days after somebody made sure.") % {"days": known.contact_days}
    return {
        "rule": "coordination/contacts", "version": known.version, "source": known.contact_source, "text": text,
    }  # fmt: skip


def without_contact(request: StaffRequest) -> list[str]:
    """Active bodies that have no contact point."""
    reached = {one.organisation_id for one in selectors.contacts(request.actor)}
    today = timezone.localdate()
    bodies = network.organisations(request.actor)
    return [body.short_name for body in bodies if body.active_on(today) and body.pk not in reached]
