"""The register of processing: every declared field with purpose, controller, legal basis and retention (rule DA-04).

For the auditor, the co-ordinator and whoever answers for data protection in an organisation. It names nobody. What the
sources do not say about the law stands there as unknown.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from fener.norms import retention
from fener.norms.fields import compartment_fields, compartment_label
from fener.norms.jurisdictions import legal_basis
from fener.norms.packs import Source, load_packs
from fener.trust.privacy import registry
from fener.trust.privacy.declaration import BASES, PURPOSES, Personal
from fener.trust.purposes import Purpose

COLUMNS = (
    ("activity", gettext_noop("Where")),
    ("field", gettext_noop("Field")),
    ("what", gettext_noop("What")),
    ("whose", gettext_noop("About whom")),
    ("purposes", gettext_noop("Why")),
    ("controller", gettext_noop("Who answers for it")),
    ("basis", gettext_noop("Legal basis")),
    ("consent", gettext_noop("Also on the person's consent")),
    ("retention", gettext_noop("How long")),
    ("shown", gettext_noop("How it is shown")),
    ("erasure", gettext_noop("What an erasure does")),
    ("exported", gettext_noop("In the copy for the person")),
)
FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")


@dataclass(frozen=True)
class Line:
    """One field in the register, in words of the active language."""

    activity: str
    field: str
    what: str
    whose: str
    purposes: str
    controller: str
    basis: str
    consent: str
    retention: str
    shown: str
    erasure: str
    exported: str

    def cells(self) -> list[str]:
        """In the order of ``COLUMNS``."""
        return [getattr(self, key) for key, _label in COLUMNS]


@dataclass(frozen=True)
class Activity:
    """One table or sealed part with its personal fields."""

    code: str
    title: str
    lines: tuple[Line, ...]


def activities(own: Mapping[str, retention.Own] | None = None) -> list[Activity]:
    """The whole register. ``own``: an organisation's periods by class of data, where one reads it."""
    periods = dict(own or {})
    found = []
    for label, about in registry.models().items():
        lines = tuple(_line(str(about.what), f"{label}.{n}", one, periods) for n, one in about.personal.items())
        if lines:
            found.append(Activity(label, str(about.what), lines))
    packs = registry.pack_fields()
    for part in dict.fromkeys(name.split(".")[0] for name in packs):
        title = _("Facts without a name") if part == "facts" else _(compartment_label(part))
        mine = {name: one for name, one in packs.items() if name.startswith(f"{part}.")}
        found.append(Activity(part, title, tuple(_line(title, name, one, periods) for name, one in mine.items())))
    return found


def _line(activity: str, name: str, one: Personal, own: Mapping[str, retention.Own]) -> Line:
    return Line(
        activity=activity,
        field=name,
        what=str(one.what),
        whose=str(one.whose.label),
        purposes=", ".join(str(PURPOSES[code]) for code in one.purposes),
        controller=str(one.controller.label),
        basis=basis_words(one.basis),
        consent=str(Purpose(one.consent).label) if one.consent else "",
        retention=period_words(one.retention, own.get(one.retention)),
        shown=str(one.mask.label),
        erasure=str(one.erasure.label),
        exported=_("yes") if one.exported else _("no: %(why)s") % {"why": one.why_not},
    )


def basis_words(kind: str) -> str:
    """What the packs know of the law, with its source; or that it is unknown."""
    found = legal_basis(settings.FENER_JURISDICTION, kind)
    if not found.text:
        return _("unknown for %(kind)s: the sources do not say") % {"kind": BASES[kind]}
    words = f"{_(found.text)} ({_cited(found.source)})"
    return f"{words} {_('The country’s own law is unknown here.')}" if found.generic else words


def _cited(source: Source | None) -> str:
    """A source by its short title, with the place in it."""
    if source is None:
        return ""
    known = load_packs().get("sources", "bibliography").data.get(source.id, {})
    return f"{_(known.get('short', source.id))}, {source.at}".rstrip(", ")


def period_words(data_class: str, own: retention.Own | None = None) -> str:
    """How long a class of data is kept, and by whose rule."""
    known = retention.classes()[data_class]
    law = retention.law(data_class, settings.FENER_JURISDICTION)
    if known.days is not None:
        return _("%(days)s days from %(start)s") % {"days": known.days, "start": _(known.starts)}
    if law.known:
        said = [f"{_('at least')} {law.least}"] if law.least is not None else []
        said += [f"{_('at most')} {law.most}"] if law.most is not None else []
        return _("%(said)s months from %(start)s, by law (%(source)s)") % {
            "said": ", ".join(said),
            "start": _(known.starts),
            "source": _cited(law.source),
        }
    if own is not None:
        return _("%(months)s months from %(start)s; the organisation's own rule: %(reason)s") % {
            "months": own.months,
            "start": _(known.starts),
            "reason": own.reason,
        }
    if not known.erases:
        return _("unknown; it stays as long as this installation does")
    return _("unknown in law; each organisation sets its own from %(start)s") % {"start": _(known.starts)}


def neutral(text: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(FORMULA) else text


def _rows(found: Iterable[Activity]) -> list[list[str]]:
    head = [_(label) for _key, label in COLUMNS]
    return [head, *([neutral(cell) for cell in line.cells()] for each in found for line in each.lines)]


def to_csv(found: Iterable[Activity]) -> bytes:
    """Comma-separated, UTF-8 with its mark, so that spreadsheets read both scripts."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerows(_rows(found))
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def to_xlsx(found: Iterable[Activity]) -> bytes:
    """A workbook with one sheet; every cell is text."""
    out = io.BytesIO()
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, options) as book:
        sheet = book.add_worksheet("register")
        bold, wrap = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for number, row in enumerate(_rows(found)):
            sheet.write_row(number, 0, row, wrap if number else bold)
        sheet.set_column(0, len(COLUMNS) - 1, 28)
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def to_json(found: Iterable[Activity]) -> bytes:
    """The same for a machine."""
    keys = [key for key, _label in COLUMNS]
    lines = [dict(zip(keys, line.cells(), strict=True)) for each in found for line in each.lines]
    body: dict[str, Any] = {"format": "fener-processing-register", "version": 1, "fields": lines}
    return json.dumps(body, ensure_ascii=False, indent=2).encode()


def needs_of(part: str) -> tuple[str, ...]:
    """The purposes of a sealed part, each once."""
    return tuple(dict.fromkeys(code for spec in compartment_fields(part) for code in spec.needed_for))
