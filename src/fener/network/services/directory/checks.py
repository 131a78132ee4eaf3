"""What an entry of the directory may hold. A concealed service holds nothing by which a house could be found."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from django.utils.translation import gettext_lazy as _

from fener.network.models import Service, ServiceEntry
from fener.network.models.directory import CONCEALED_GROUPS
from fener.norms.directory import looks_like_address
from fener.norms.services_catalogue import catalogue
from fener.trust.errors import InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

TEXTS = (
    "description", "eligibility", "hours_note", "cost_note", "apply", "accessibility", "interpretation",
    "contact_name", "contact_role", "email", "website",
)  # fmt: skip
LISTS = ("areas", "conditions", "documents")
PLACE = ("address", "postal_code", "town", "province")
FIELDS = frozenset({*TEXTS, *LISTS, *PLACE, "always_open", "closed_days", "time_zone", "cost", "concealed", "public"})
MOST_LINES, LONGEST_LINE, MOST_CLOSED, MOST_PHONES, MOST_ROWS = 30, 200, 100, 10, 42
_PHONE = re.compile(r"[+0-9][0-9 ()/.\-*#]{2,38}")
# Signs that show nothing and change how a text reads; a directory has no use for them.
_STRANGE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]")

LOOKS_LIKE = _(
    "This looks like an address. The place is concealed: write the area in words, such as a region, and nothing by "
    "which a house can be found."
)


def is_concealed_kind(kind: str) -> bool:
    """Whether a service of this kind is concealed until somebody says that it is not."""
    return kind in catalogue().codes() and catalogue().get(kind).group in CONCEALED_GROUPS


def refuse_address_in_name(service: Service) -> None:
    """A shelter's name is no place for its address either. Raises InvalidInput."""
    entry = ServiceEntry.objects.filter(pk=service.pk).first() if service.pk else None
    concealed = entry.concealed if entry is not None else is_concealed_kind(service.kind)
    if concealed and looks_like_address(service.name):
        raise InvalidInput({"name": LOOKS_LIKE})


def check_entry(entry: ServiceEntry, service: Service, phones: Iterable[tuple[str, str]]) -> None:
    """Everything at once, one text a field. Raises InvalidInput."""
    errors: dict[str, Text] = {**_shapes(entry), **_phones(phones)}
    if entry.concealed:
        errors |= _of_a_concealed(entry, service, phones)
    if entry.website and not entry.website.lower().startswith(("https://", "http://")):
        errors["website"] = _("Write the whole address of the page, beginning with https://.")
    if entry.cost == ServiceEntry.Cost.COSTS and not entry.cost_note:
        errors["cost_note"] = _("Say what it costs, so that nobody is surprised.")
    if errors:
        raise InvalidInput(errors)


def _of_a_concealed(entry: ServiceEntry, service: Service, phones: Iterable[tuple[str, str]]) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    for name in ("address", "postal_code", "town"):
        if getattr(entry, name):
            errors[name] = _("The address is concealed, so it is kept nowhere here. Leave this empty.")
    if entry.public:
        errors["public"] = _("A concealed service does not stand in the public list.")
    errors |= {name: LOOKS_LIKE for name in (*TEXTS, "province") if looks_like_address(getattr(entry, name))}
    errors |= {name: LOOKS_LIKE for name in LISTS if any(looks_like_address(line) for line in getattr(entry, name))}
    if any(looks_like_address(note) for _number, note in phones):
        errors["phones"] = LOOKS_LIKE
    if any(looks_like_address(str(one.get("note", ""))) for one in entry.closed_days):
        errors["closed_days"] = LOOKS_LIKE
    if looks_like_address(service.name):
        errors[""] = _("The name of the service looks like an address. Give the service another name first.")
    return errors


def _shapes(entry: ServiceEntry) -> dict[str, Text]:
    errors: dict[str, Text] = {}
    for name in LISTS:
        lines = getattr(entry, name)
        if not isinstance(lines, list) or len(lines) > MOST_LINES or not all(_is_line(line) for line in lines):
            errors[name] = _("At most %(lines)d lines of at most %(signs)d signs.") % {
                "lines": MOST_LINES, "signs": LONGEST_LINE,
            }  # fmt: skip
    if len(entry.closed_days) > MOST_CLOSED or not all(_is_closed_day(one) for one in entry.closed_days):
        errors["closed_days"] = _("One day a line, such as 1.5.2026 and then why.")
    for name in (*TEXTS, *PLACE):
        most = getattr(
            ServiceEntry._meta.get_field(name), "max_length", None
        )  # the database itself does not count the signs of a text
        if most is not None and len(getattr(entry, name)) > most:
            errors[name] = _("At most %(signs)d signs. Say it shorter.") % {"signs": most}
        if _STRANGE.search(getattr(entry, name)):
            errors[name] = _("This holds signs that cannot be shown. Write it anew.")
    if not _is_zone(entry.time_zone):
        errors["time_zone"] = _("Write the time zone as in Europe/Belgrade.")
    return errors


def _is_line(line: Any) -> bool:
    return isinstance(line, str) and 0 < len(line.strip()) <= LONGEST_LINE and not _STRANGE.search(line)


def _is_closed_day(one: Any) -> bool:
    if not isinstance(one, Mapping) or set(one) - {"day", "note"}:
        return False
    try:
        date.fromisoformat(one["day"])
    except (KeyError, TypeError, ValueError):
        return False
    return one.get("note", "") == "" or _is_line(one["note"])


def _is_zone(name: str) -> bool:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        return False
    return True


def _phones(phones: Iterable[tuple[str, str]]) -> dict[str, Text]:
    listed = list(phones)
    if len(listed) > MOST_PHONES:
        return {"phones": _("At most %(most)d numbers.") % {"most": MOST_PHONES}}
    if any(
        not _PHONE.fullmatch(number) or len(note) > LONGEST_LINE or _STRANGE.search(note) for number, note in listed
    ):
        return {"phones": _("One number a line, such as +381 11 000 0000, and after a comma what it is for.")}
    return {}
