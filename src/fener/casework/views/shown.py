"""How codes of a case read on its pages: statuses, facts, sentences, assessments and decisions as plain dicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework.domain import closing
from fener.casework.domain import elements as el
from fener.casework.domain.own_view import OWN_VIEW
from fener.casework.models import Assessment, Case, RefusalOfHelp, ReviewRequest, StatusDecision
from fener.casework.selectors.file import CaseFile, ConsentShown, OverrideShown
from fener.casework.services.refusals import OF, REASONS
from fener.casework.views.common import as_dates
from fener.norms.fields import facts_fields
from fener.norms.packs import load_packs
from fener.norms.path.exits import exits
from fener.norms.services_catalogue import catalogue
from fener.norms.status import ladder
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment
from fener.trust.models import SealedItem
from fener.trust.privacy import masking

ANSWERS = {"yes": gettext_lazy("yes"), "no": gettext_lazy("no"), "unknown": gettext_lazy("not known")}
SECTIONS = {
    "acts": gettext_lazy("What was done"),
    "means": gettext_lazy("By which means"),
    "purposes": gettext_lazy("For which exploitation"),
}
VERDICTS = {
    "trafficking": gettext_lazy("By these answers the definition is met."),
    "not_trafficking": gettext_lazy("By these answers the definition is not met."),
    "undetermined": gettext_lazy("These answers do not decide it yet."),
}


def status_label(code: str) -> str:
    """A status of the ladder in the reader's language."""
    known = ladder().statuses.get(code)
    return _(known.label) if known else code


def language_label(code: str) -> str:
    """A language by its code; a code that the list does not know stays as it is."""
    names = vocabulary("languages")
    return _(names.label(code)) if code in names else code


def alternative_label(code: str) -> str:
    """What a downgrade calls it instead, from the pack ``concepts``."""
    entry = load_packs().get("concepts", "told_apart").data["concepts"].get(code)
    return _(str(entry["label"])) if entry else code


def evidence_labels(codes: Iterable[str]) -> str:
    """Kinds of evidence in words."""
    names = vocabulary("evidence_type")
    return ", ".join(_(names.label(code)) for code in codes if code in names)


def fact_rows(facts: Mapping[str, Any]) -> list[dict[str, Any]]:
    """The open facts that are recorded, in the order of the form."""
    return [
        {"key": _(spec.label), "value": _value(spec.type, spec.vocabulary, facts[spec.code])}
        for spec in facts_fields()
        if facts.get(spec.code) not in (None, "", [])
    ]


def content_rows(
    specs: Iterable[Any], content: Mapping[str, Any], *, covered: bool = False, show: str = ""
) -> list[dict[str, Any]]:
    """What an opened compartment holds, in the order of its form.

    With ``covered``, what stays covered by its declaration is, but for the field ``show``; the row then has its code.
    """
    rows = []
    for spec in specs:
        if content.get(spec.code) in (None, "", []):
            continue
        row = {"key": _(spec.label), "value": _value(spec.type, spec.vocabulary, content[spec.code])}
        if covered and spec.code != show and masking.is_covered(f"{spec.compartment}.{spec.code}"):
            row |= {"value": masking.cover(str(content[spec.code])), "covered": spec.code}
        rows.append(row)
    return rows


def _value(kind: str, words: str, value: Any) -> Any:
    match kind:
        case "country":
            return {"country": value}
        case "multi" if words == "countries":
            return [{"country": code} for code in value]
        case "multi":
            names = vocabulary(words)
            return ", ".join(_(names.label(code)) for code in value)
        case "choice":
            return _(vocabulary(words).label(value))
        case "boolean":
            return _("yes") if value else _("no")
        case "date":
            return as_dates(value)
        case _:
            return str(value)


def words_link(case: Case, item: SealedItem | None) -> str:
    """Where sealed words are opened on purpose; empty when nothing was written."""
    return reverse("casework:words_open", args=[case.code, item.pk]) if item else ""


def consent_sentences(file: CaseFile, *, may_withdraw: bool) -> list[dict[str, Any]]:
    """Consents as the sentences that they are, those that hold first."""
    ordered = sorted(file.consents, key=lambda shown: not shown.live)
    return [_sentence(file.case, shown, may_withdraw) for shown in ordered]


def _sentence(case: Case, shown: ConsentShown, may_withdraw: bool) -> dict[str, Any]:
    actions = []
    if shown.live and may_withdraw:
        href = reverse("casework:consent_withdraw", args=[case.code, shown.consent.pk])
        actions.append({"text": _("Withdraw"), "href": href, "about": shown.recipient})
    note = _("Recorded by %(who)s.") % {"who": shown.consent.recorded_by.full_name}
    return {"text": shown.sentence, "state": "live" if shown.live else "ended", "note": note, "actions": actions}


def assessment_card(case: Case, row: Assessment) -> dict[str, Any]:
    """One assessment, or the person's own view, as it stands beside the others."""
    if row.by_person:
        return {
            "id": row.pk,
            "by_person": True,
            "title": _("The person's own view"),
            "on": row.assessed_on,
            "opinion": OWN_VIEW.get(row.opinion, row.opinion),
            "heard_by": row.assessor.full_name,
            "body": row.organisation.name,
            "words": words_link(case, row.reasons),
        }
    answer = row.qualification or {}
    return {
        "id": row.pk,
        "by_person": False,
        "title": row.organisation.name,
        "sector": row.organisation.get_sector_display(),
        "on": row.assessed_on,
        "opinion": status_label(row.opinion),
        "assessor": row.assessor.full_name,
        "criteria": row.criteria_version,
        "verdict": VERDICTS.get(answer.get("qualification", ""), ""),
        "entitled": bool(answer.get("entitled_to_protection")),
        "elements": element_groups(row),
        "reasons": [_reason(reason) for reason in answer.get("reasons", [])],
        "alternatives": [alternative_label(code) for code in answer.get("alternatives", [])],
        "words": words_link(case, row.reasons),
        "earlier": row.earlier_id,
    }


def _reason(reason: Mapping[str, Any]) -> dict[str, Any]:
    """One reason of norms: its sentence, the rule and the source."""
    source = reason.get("source") or ""
    return {
        "text": reason.get("text") or reason.get("english") or "",
        "rule": reason.get("rule", ""),
        "version": reason.get("version", ""),
        "source": source if isinstance(source, str) else str(source.get("id", "")),
    }


def element_groups(row: Assessment) -> list[dict[str, Any]]:
    """The elements that were answered, by part of the definition, each with how sure and on what evidence."""
    groups = []
    for section, title in SECTIONS.items():
        answers = row.elements.get(section) or {}
        names = el.known(section)
        lines = [
            {
                "text": _(names.get(code, code)),
                "answer": ANSWERS.get(answer["answer"], answer["answer"]),
                "kind": answer["answer"],
                "sure": el.CONFIDENCE.get(answer.get("confidence", ""), ""),
                "evidence": evidence_labels(answer.get("evidence") or ()),
            }
            for code, answer in answers.items()
        ]
        if lines:
            groups.append({"title": title, "lines": lines})
    return groups


def decision_card(case: Case, row: StatusDecision) -> dict[str, Any]:
    """One decision on status: what, by whom on which mandate, whether it was told, and the reviews asked for."""
    return {
        "id": row.pk,
        "status": status_label(row.status),
        "previous": status_label(row.previous_status),
        "on": row.decided_on,
        "body": row.organisation.name,
        "by": row.decided_by.full_name,
        "legal_basis": row.legal_basis,
        "mandate": row.mandate.legal_basis,
        "criteria": row.criteria_version,
        "downgrade": row.is_downgrade,
        "alternative": alternative_label(row.alternative) if row.alternative else "",
        "evidence": evidence_labels(row.evidence),
        "considered": [
            _("the person's own view") if one.by_person else one.organisation.short_name for one in row.considered.all()
        ],
        "told_on": row.told_on,
        "told_language": language_label(row.told_language) if row.told_language else "",
        "told_interpreter": row.told_interpreter,
        "review_of": row.review_of.decided_on if row.review_of else None,
        "words": words_link(case, row.reasons),
        "reviews": [review_line(one) for one in row.review_requests.all()],
    }


def review_line(row: ReviewRequest) -> dict[str, Any]:
    """A request for review and whether it was answered."""
    return {
        "id": row.pk,
        "kind": row.get_kind_display(),
        "on": row.requested_on,
        "by_person": row.asked_by_person,
        "answered": row.outcome.decided_on if row.outcome else None,
    }


def refusal_line(case: Case, row: RefusalOfHelp) -> dict[str, Any]:
    """What the person did not want, with their reason."""
    labels = {service.code: service.label for service in catalogue().services}
    return {
        "of": OF[row.of] if row.of in OF else _(labels.get(row.of, row.of)),
        "reason": REASONS.get(row.reason_code, row.reason_code),
        "on": row.refused_on,
        "words": words_link(case, row.reason),
    }


def override_line(shown: OverrideShown) -> dict[str, Any]:
    """A disclosure without consent, told in one sentence."""
    row = shown.override
    parts = ", ".join(str(Compartment(part).label) for part in row.compartments)
    return {
        "id": row.pk,
        "text": _("%(recipient)s may be told, without the person's consent: %(parts)s, until %(until)s.")
        % {"recipient": shown.recipient, "parts": parts, "until": _day(row.until)},
        "basis": row.legal_basis,
        "reason": row.reason,
        "requested_by": row.requested_by.full_name,
        "confirmed_by": row.confirmed_by.full_name if row.confirmed_by else "",
        "live": shown.live,
        "may_confirm": shown.may_confirm,
    }


def _day(value: Any) -> str:
    return date_format(value)


def what_is_kept(reason: str) -> str:
    """What goes on after a case was closed for this reason; empty where no exit of the path is meant."""
    found = exits().get(closing.EXIT_OF.get(reason, ""))
    return _(found.text) if found else ""


def close_reason_label(code: str) -> str:
    """Why a case was closed, in words."""
    return str({**closing.REASONS, **closing.IMPORTED}.get(code, code))
