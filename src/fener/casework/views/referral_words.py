"""The words of a referral: what is asked, the masked preview, the sentence of what is told and what is not."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.models import Referral
from fener.casework.services.referral_check import Check
from fener.casework.views.assistance_context import kind_label
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment
from fener.trust.models import Consent, DisclosureOverride

ASKED = {
    Referral.Kind.SERVICE: gettext_lazy("A service"),
    Referral.Kind.ASSESSMENT: gettext_lazy("An assessment"),
    Referral.Kind.DECISION: gettext_lazy("A decision on status"),
}
URGENT = {
    Referral.Urgency.IMMEDIATE: ("overdue", gettext_lazy("Danger now")),
    Referral.Urgency.URGENT: ("soon", gettext_lazy("Today")),
    Referral.Urgency.NORMAL: ("plain", gettext_lazy("In the coming days")),
}
SAFETY = {
    "danger_now": gettext_lazy("There is danger now"),
    "age_disputed": gettext_lazy("The age is in doubt: treated as a child"),
}


def urgency_tag(urgency: str) -> dict[str, Any]:
    """How soon, as a tag: word and sign."""
    kind, words = URGENT.get(Referral.Urgency(urgency), ("plain", urgency))
    return {"tag": words, "kind": kind}


def asked(kind: str, service: str) -> str:
    """What is asked for: the service by its name, or the kind of help."""
    return service or str(ASKED.get(Referral.Kind(kind), kind))


def parts_left_out(parts: Iterable[str]) -> list[str]:
    """What is not told, in the order in which every page names compartments."""
    named = set(parts)
    return [str(part.label) for part in Compartment if part.value not in named]


def ground_in_words(ground: Consent | DisclosureOverride | None) -> str:
    """Why it may be told: "because the person agreed on 3 May 2026, until 1 August 2026"."""
    if isinstance(ground, Consent):
        days = {"day": date_format(ground.given_on), "until": date_format(ground.until)}
        if ground.giver == Consent.Giver.GUARDIAN:
            return _("because the guardian agreed, and the child too, on %(day)s, until %(until)s") % days
        return _("because the person agreed on %(day)s, until %(until)s") % days
    if isinstance(ground, DisclosureOverride):
        return _("without the person's consent, on the ground of %(law)s, until %(until)s") % {
            "law": ground.legal_basis,
            "until": date_format(ground.until),
        }
    return ""


def preview_rows(preview: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The masked preview as a summary list. Only what is in it, never anything of the case."""
    if not preview:
        return []
    languages, children = preview.get("languages") or [], preview.get("children") or 0
    spoken: Any = [_label("languages", code) for code in languages]
    rows: list[dict[str, Any]] = [
        {"key": _("Gender"), "value": _label("gender", preview.get("gender"))},
        {"key": _("Age"), "value": _label("age_band", preview.get("age_band"))},
        {"key": _("Languages"), "value": spoken or None},
        {"key": _("Interpreter"), "value": _("One is named") if preview.get("interpreter") else _("None is named")},
        {"key": _("Children who come along"), "value": str(children) if children else _("none known of")},
        {"key": _("Needs"), "value": [kind_label(code) for code in preview.get("needs") or []] or None},
    ]
    if preview.get("treated_as_child"):
        rows.insert(2, {"key": _("Child"), "value": _("Yes, or treated as one")})
    if preview.get("urgent_needs"):
        rows.append({"key": _("Urgent needs"), "value": [kind_label(code) for code in preview["urgent_needs"]]})
    if preview.get("safety"):
        rows.append({"key": _("Safety"), "value": [str(SAFETY.get(code, code)) for code in preview["safety"]]})
    return rows


def person_in_words(preview: Mapping[str, Any]) -> str:
    """The masked picture in one line, to tell the rows of a desk apart: gender and age group."""
    told = (_label("gender", preview.get("gender")), _label("age_band", preview.get("age_band")))
    return ", ".join(words for words in told if words)


def _label(vocabulary_id: str, code: Any) -> str | None:
    """A code in the reader's language; None (not recorded) for none."""
    if not code:
        return None
    known = vocabulary(vocabulary_id)
    return _(known.label(code)) if code in known else str(code)


def conditions_shown(check: Check, *, without: Iterable[str] = ()) -> list[dict[str, Any]]:
    """Each condition of a check: its sentence, yes / no / not known, and what to do about a no. A no comes first."""
    hidden = set(without)
    found = [
        {
            "code": one.code,
            "text": one.text,
            "met": one.met,
            "flag": one.met is False and not one.stops,
            "todo": one.what_to_do if one.met is not True else "",
        }
        for one in check.conditions
        if one.code not in hidden
    ]
    return sorted(found, key=lambda one: one["met"] is not False)
