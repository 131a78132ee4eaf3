"""The elements of the definition as an assessor answers them: each by itself, with how sure and on which evidence."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from fener.network.models import Organisation
from fener.norms import gates
from fener.norms.packs import load_packs
from fener.norms.vocab import vocabulary
from fener.trust.errors import GateClosed, InvalidInput

if TYPE_CHECKING:
    from fener.casework.models import Case
    from fener.trust.errors import Text

SECTIONS = {"acts": "act", "means": "means", "purposes": "purpose"}
ANSWERS = ("yes", "no", "unknown")
CONFIDENCE: dict[str, Text] = {"low": _("not sure"), "medium": _("fairly sure"), "high": _("sure")}

_S = Organisation.Sector
HELPING_SECTORS = frozenset({_S.NGO, _S.SHELTER, _S.SOCIAL_WORK, _S.SCHOOL, _S.HEALTH})

Elements = dict[str, dict[str, dict[str, Any]]]


def known(section: str) -> dict[str, str]:
    """Codes and labels of one section, from the definition pack."""
    entries = load_packs().get("definition", "palermo").data["elements"][SECTIONS[section]]["codes"]
    return {entry["code"]: entry["label"] for entry in entries}


def clean(raw: Mapping[str, Mapping[str, Mapping[str, Any]]]) -> Elements:
    """Elements as they are stored. What was not asked is left out, and unknown is an answer.

    Raises InvalidInput by code.
    """
    errors: dict[str, Any] = {}
    cleaned: Elements = {}
    for section, answers in raw.items():
        if section not in SECTIONS:
            errors[section] = _("There is no such part.")
            continue
        codes = known(section)
        for code, answer in answers.items():
            problem = _("There is no such element.") if code not in codes else _problem(answer)
            if problem:
                errors[f"{section}.{code}"] = problem
            else:
                cleaned.setdefault(section, {})[code] = {
                    "answer": answer["answer"],
                    "confidence": answer.get("confidence") or "low",
                    "evidence": sorted(set(answer.get("evidence") or ())),
                }
    if errors:
        raise InvalidInput(errors)
    return cleaned


def _problem(answer: Mapping[str, Any]) -> Any:
    if answer.get("answer") not in ANSWERS:
        return _("Answer yes, no or unknown.")
    if (answer.get("confidence") or "low") not in CONFIDENCE:
        return _("Say how sure you are.")
    evidence = vocabulary("evidence_type")
    if any(code not in evidence for code in answer.get("evidence") or ()):
        return _("Choose the evidence from the list.")
    return None


def as_facts(elements: Elements, *, case: Case, more: Mapping[str, Any]) -> dict[str, Any]:
    """A facts file for norms: the answers, and the person's age when it began (else at first contact; else unknown).

    Co-operation with anybody is no fact here and has no place to be put (rule NC-01).
    """
    facts: dict[str, Any] = {
        section: {code: answer["answer"] for code, answer in answers.items()} for section, answers in elements.items()
    }
    stated = case.facts
    age = stated.get("age_at_recruitment", stated.get("age_at_contact"))
    disputed = "disputed" in (stated.get("age_at_recruitment_certainty"), stated.get("age_at_contact_certainty"))
    person: dict[str, Any] = {"age_disputed": disputed or case.age_disputes.filter(decided_on__isnull=True).exists()}
    if age is not None:
        person["age"] = age
    return {**facts, **{key: value for key, value in more.items() if key not in SECTIONS}, "person": person}


def refuse_consenting_child(facts: Mapping[str, Any], *, child: bool) -> None:
    """Nobody under 18, or treated so, is recorded as consenting or as working voluntarily (rule CH-02).

    Raises GateClosed.
    """
    age = facts.get("person", {}).get("age")
    adult = int(load_packs().get("facts", "facts").data["adult_age"])
    if not (child or (age is not None and age < adult)):
        return
    agreed = (facts.get("consent"), (facts.get("forced_labour") or {}).get("voluntary"))
    if any(answer in ("yes", True) for answer in agreed):
        raise GateClosed(gates.check("voluntary_child", {"is_adult": False}))


def counts_as_independent(organisation: Organisation) -> bool:
    """A trained NGO, shelter, social-work, school or health body: what must stand beside police (rule ID-18)."""
    return (
        organisation.trained_assessor and organisation.sector in HELPING_SECTORS and not organisation.is_law_enforcement
    )
