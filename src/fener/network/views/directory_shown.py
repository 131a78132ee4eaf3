"""What the pages of the directory show of a service, in words: hours, cost, gaps, places."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.network import access
from fener.network.hours import by_days
from fener.network.models.directory import DAYS, ServiceEntry
from fener.network.selectors.directory import Found
from fener.network.views.shown import whom
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor

GAP_WORDS = {
    "eligibility": gettext_lazy("for whom it is"),
    "languages": gettext_lazy("the languages"),
    "hours": gettext_lazy("when it is open"),
    "cost": gettext_lazy("what it costs"),
    "area": gettext_lazy("where it helps"),
}


def unknown(what: str) -> dict[str, str]:
    """What is not stated is shown as that: people cannot use what they cannot read (rule AS-12)."""
    return {"tag": _("not stated"), "kind": "soon"}


def kind_label(one: Found) -> str:
    known = catalogue()
    return _(known.label(one.service.kind)) if one.service.kind in known.codes() else one.service.kind


def languages_of(one: Found) -> str:
    listed = vocabulary("languages")
    return ", ".join(_(listed.label(code)) if code in listed else code for code in one.languages)


def hours_lines(one: Found) -> list[str]:
    """The week in a few lines, the closed days that are still to come, and what else is said about the hours."""
    week, lines = one.week, []
    if week.always:
        lines.append(_("day and night"))
    else:
        for first, last, times in by_days(week.rows):
            days = str(DAYS[first]) if first == last else f"{DAYS[first]} – {DAYS[last]}"
            lines.append(f"{days}: {times}")
    entry = one.entry
    if entry is None:
        return lines
    if entry.hours_note:
        lines.append(entry.hours_note)
    today = timezone.localdate()
    for closed in entry.closed_days:
        day = date.fromisoformat(closed["day"])
        if day >= today:
            said = _("closed on %(day)s") % {"day": date_format(day)}
            lines.append(f"{said}: {closed['note']}" if closed.get("note") else said)
    if lines and entry.time_zone != timezone.get_current_timezone_name():
        lines.append(_("times of %(zone)s") % {"zone": entry.time_zone})
    return lines


def open_tag(one: Found, now: datetime) -> dict[str, str]:
    """Open now, or when next."""
    state = one.week.open_at(now)
    if state is None:
        return unknown("hours")
    if state:
        return {"tag": _("open now"), "kind": "done"}
    opens = one.week.next_opening(now)
    if opens is None:
        return {"tag": _("closed"), "kind": "plain"}
    local = timezone.localtime(opens)
    words = {"day": str(DAYS[local.weekday()]), "time": f"{local:%H:%M}"}
    return {"tag": _("opens %(day)s, %(time)s") % words, "kind": "plain"}


def cost_words(one: Found) -> str:
    entry = one.entry
    if entry is None or not (entry.cost or entry.cost_note):
        return ""
    said = str(ServiceEntry.Cost(entry.cost).label) if entry.cost else ""
    return ": ".join(part for part in (said, entry.cost_note) if part)


def places_words(one: Found, now: datetime) -> list[Any]:
    service, free = one.service, one.free(now)
    if service.capacity is None:
        return [_("not limited by places")]
    said: list[Any] = [_("%(places)d places") % {"places": service.capacity}]
    if free is not None and one.entry is not None and one.entry.free_at is not None:
        at = date_format(timezone.localtime(one.entry.free_at), "DATETIME_FORMAT")
        said.append(_("%(free)d free, as of %(at)s") % {"free": free, "at": at})
    return said


def directory_table(found: Iterable[Found], form: Any, now: datetime) -> dict[str, Any]:
    """One line a service."""
    rows = [{"cells": _line(one, now)} for one in found]
    return {
        "caption": _("Services"),
        "caption_hidden": True,
        "columns": [
            {"key": "name", "label": _("Service")},
            {"key": "whom", "label": _("For whom")},
            {"key": "area", "label": _("Where")},
            {"key": "hours", "label": _("When")},
            {"key": "languages", "label": _("Languages and cost")},
        ],
        "rows": rows,
        "filters": form,
        "empty": _("No service is listed yet."),
    }


def _line(one: Found, now: datetime) -> dict[str, Any]:
    href = reverse("network:directory_service", args=[one.service.pk])
    said = one.entry.eligibility if one.entry is not None else ""
    return {
        "name": {"text": one.service.name, "href": href, "sub": f"{kind_label(one)}, {one.service.organisation.name}"},
        "whom": [said or unknown("eligibility"), *_limits(one)],
        "area": one.areas or unknown("area"),
        "hours": [_open_words(open_tag(one, now)), *([] if not _at_night(one) else [_("also at night")])],
        "languages": [languages_of(one) or unknown("languages"), cost_words(one) or _("cost: not stated")],
    }


def _open_words(said: dict[str, str]) -> Any:
    """A tag where it is short; "opens Wednesday, 09:00" as plain words, which a narrow column can break."""
    return said["tag"] if said["kind"] == "plain" else said


def _limits(one: Found) -> list[str]:
    """Age and gender, where the service has such limits or says nothing else."""
    service, said = one.service, one.entry is not None and one.entry.eligibility
    limited = service.genders or service.min_age is not None or service.max_age is not None
    return whom(service) if limited or not said else []


def _at_night(one: Found) -> bool:
    return one.week.stated and one.week.at_night


def service_rows(one: Found, now: datetime | None) -> list[dict[str, Any]]:
    """Everything that the directory says about a service, what is not stated among it.

    ``now`` None: for paper, without what is true only at the moment of reading.
    """
    entry = one.entry
    text = (lambda name: getattr(entry, name)) if entry is not None else (lambda _name: "")
    rows: list[dict[str, Any]] = [
        {"key": _("What it is"), "value": [kind_label(one), *([text("description")] if text("description") else [])]},
        {"key": _("For whom"), "value": [text("eligibility") or unknown("eligibility"), *_limits(one)]},
        # What somebody on the telephone asks first stands first.
        {"key": _("When"), "value": [open_tag(one, now), *hours_lines(one)] if now else _week(one)},
        {"key": _("Telephone"), "value": _phones(entry) or unknown("phones")},
        {"key": _("Children come along"), "value": _("yes") if one.takes_children else _("no")},
        {"key": _("Where it helps"), "value": one.areas or unknown("area")},
        {"key": _("Languages"), "value": [languages_of(one) or unknown("languages"), *_given(text("interpretation"))]},
        {"key": _("Cost"), "value": cost_words(one) or unknown("cost")},
        *([{"key": _("Places"), "value": places_words(one, now)}] if now else []),
        {"key": _("How to apply"), "value": text("apply") or unknown("apply")},
    ]
    if entry is not None:
        rows += _more(entry)
    rows.append({"key": _("Address"), "value": _address(one)})
    rows.append({"key": _("Last checked"), "value": entry.verified_on if entry is not None else None})
    return rows


def _week(one: Found) -> Any:
    return hours_lines(one) or unknown("hours")


def _given(text: str) -> list[str]:
    return [text] if text else []


def _phones(entry: ServiceEntry | None) -> list[Any]:
    if entry is None:
        return []
    return [{"text": phone.number, "href": _call(phone.number), "sub": phone.note} for phone in entry.phones.all()]


def _call(number: str) -> str:
    return "tel:" + "".join(sign for sign in number if sign.isdigit() or sign == "+")


def _more(entry: ServiceEntry) -> list[dict[str, Any]]:
    contact = ", ".join(part for part in (entry.contact_name, entry.contact_role) if part)
    given = (
        (_("Conditions"), list(entry.conditions)),
        (_("Papers that are asked for"), list(entry.documents)),
        (_("For people who see, hear or walk with difficulty"), entry.accessibility),
        (_("Contact for colleagues"), contact),
        (_("E-mail"), entry.email),
        (_("Web site"), entry.website),
    )
    return [{"key": key, "value": value} for key, value in given if value]


def _address(one: Found) -> Any:
    if one.concealed:
        return {"tag": _("concealed"), "kind": "sealed", "text": ""}
    entry = one.entry
    parts = [] if entry is None else [entry.address, " ".join(p for p in (entry.postal_code, entry.town) if p)]
    return ", ".join(part for part in parts if part) or unknown("address")


def findings(one: Found, today: date) -> list[dict[str, str]]:
    """What is wrong or missing, each with what to do about it. None of it keeps anybody from being referred."""
    found = [{"kind": "danger", "title": _(kind.label), "text": _(kind.next)} for kind in one.forbidden]
    if one.names_a_place:
        found.append(
            {
                "kind": "danger",
                "title": _("The name tells where it is"),
                "text": _("The place is concealed. Give the service a name without a street or a number."),
            }
        )
    if one.gaps:
        missing = ", ".join(str(GAP_WORDS[name]) for name in one.gaps)
        found.append(
            {
                "kind": "soon",
                "title": _("A service that is not described is unknown to those it is for"),
                "text": _("Not stated in words: %(missing)s.") % {"missing": missing},
            }
        )
    if one.unverified(today):
        found.append(
            {
                "kind": "info",
                "title": _("Nobody has checked this within half a year"),
                "text": _("Ask the service whether all of it is still true, and say so on its entry."),
            }
        )
    return found


def findings_table(found: Iterable[Found], today: date, actor: Actor) -> dict[str, Any]:
    """One line a service, with what has to be done."""
    rows = []
    for one in found:
        href = reverse("network:directory_service", args=[one.service.pk])
        told: list[Any] = [{"tag": _(kind.label), "kind": "refused"} for kind in one.forbidden]
        if one.names_a_place:
            told.append({"tag": _("the name tells where it is"), "kind": "refused"})
        checked = one.entry.verified_on if one.entry is not None else None
        rows.append(
            {
                "cells": {
                    "name": {"text": one.service.name, "href": href, "sub": one.service.organisation.name},
                    "missing": [str(GAP_WORDS[name]) for name in one.gaps] or "–",
                    "wrong": told or "–",
                    "checked": checked or _("never"),
                    "act": {"text": _("Describe"), "href": reverse("network:directory_edit", args=[one.service.pk]),
                            "about": one.service.name}
                    if access.may(actor, "directory.change", one.service.organisation_id)
                    else "–",
                }
            }
        )  # fmt: skip
    return {
        "caption": _("Services with something missing"),
        "caption_hidden": True,
        "columns": [
            {"key": "name", "label": _("Service")},
            {"key": "missing", "label": _("Not stated in words")},
            {"key": "wrong", "label": _("May not be")},
            {"key": "checked", "label": _("Last checked")},
            {"key": "act", "label": _("Change")},
        ],
        "rows": rows,
        "empty": {
            "title": _("Every service is described"),
            "text": _("Nothing is missing, and no condition is one that help may not hang on."),
        },
    }
