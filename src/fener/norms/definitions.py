"""Cross-checks of the definition and concept packs: what the tests read from them must be there, and be readable."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from string import Formatter
from typing import Any

from fener.norms.facts_input import read_facts
from fener.norms.packs import Pack, PackError, Packs, cross_check

# The reasons that the tests give, with the placeholders that they can fill.
REASONS: Mapping[str, Mapping[str, str]] = {
    "palermo": {
        **{f"{element}_found": "items" for element in ("act", "means", "purpose")},
        **{f"{element}_{end}": "" for element in ("act", "means", "purpose") for end in ("not_found", "unknown")},
        **dict.fromkeys(("means_not_asked", "age_disputed", "age_unknown", "consent_child", "consent_means"), ""),
        **dict.fromkeys(("consent_open", "consent_without_means", "movement", "smuggled_first"), ""),
        **dict.fromkeys(("organ_child", "organ_no_means", "not_yet_entitled"), ""),
        **dict.fromkeys(("organ_adult", "violence_without_means", "purpose_open_list", "entitled"), "items"),
        **dict.fromkeys(("trafficking", "not_trafficking", "undetermined"), "items"),
        **dict.fromkeys(("purpose_derived", "purpose_contradicted"), "item section"),
        **dict.fromkeys(("adult", "child"), "age"),
        "organ_figures": "promised received",
    },
    "forced_labour": {
        **dict.fromkeys(("menace_found", "other_penalty", "agreement_not_honoured", "undetermined"), "items"),
        **dict.fromkeys(("menace_not_found", "menace_unknown", "not_voluntary", "voluntary", "voluntary_unknown"), ""),
        **dict.fromkeys(("agreement_of_a_child", "debt_from_figures", "debt_contradicted", "found", "not_found"), ""),
        "wage_gap": "owed paid gap",
    },
    "debt_bondage": {
        **dict.fromkeys(("value_not_applied_found", "value_not_applied_not_found"), "due applied"),
        **dict.fromkeys(("value_not_applied_unknown", "not_limited_or_defined_found"), "items"),
        **dict.fromkeys(("not_limited_or_defined_not_found", "not_limited_or_defined_unknown"), ""),
        **dict.fromkeys(("indicator_only", "indicator_contradicted", "no_debt"), ""),
        **dict.fromkeys(("found", "not_found", "undetermined"), ""),
        "figures": "principal services_value credited deductions",
    },
    "told_apart": {"listed": "label meaning", "listed_against": "label meaning items"},
}
RESULTS = ("child", "means", "forced_labour", "debt_bondage", "labour_sign")


def _placeholders(pack: Pack, key: str) -> set[str]:
    try:
        return {name for _, name, _, _ in Formatter().parse(pack.data["reasons"][key]["text"]) if name is not None}
    except ValueError as error:
        raise PackError(pack.file, f"data/reasons/{key}/text", str(error)) from error


def _check_reasons(pack: Pack) -> None:
    for key, allowed in REASONS.get(pack.id, {}).items():
        if key not in pack.data["reasons"]:
            raise PackError(pack.file, "data/reasons", f"reason {key!r} is missing")
        if unknown := _placeholders(pack, key) - set(allowed.split()):
            raise PackError(pack.file, f"data/reasons/{key}/text", f"{{{min(unknown)}}} cannot be filled")


def _check_unique(pack: Pack, path: str, codes: Iterable[str]) -> None:
    seen: set[str] = set()
    for index, code in enumerate(codes):
        if code in seen:
            raise PackError(pack.file, f"{path}/{index}/code", f"{code!r} occurs twice")
        seen.add(code)


def _check_elements(pack: Pack) -> None:
    for name, element in pack.data["elements"].items():
        _check_unique(pack, f"data/elements/{name}/codes", [entry["code"] for entry in element["codes"]])


@cross_check
def check_definitions(packs: Packs) -> None:
    """Reasons are complete, codes are unique, and the labour test names means that exist."""
    for pack in packs.of_kind("definition").values():
        _check_reasons(pack)
        if pack.data["test"] == "elements":
            _check_elements(pack)
        if pack.data["test"] == "menace_and_not_voluntary":
            _check_unique(pack, "data/indicators", [entry["code"] for entry in pack.data["indicators"]])
    definitions = packs.of_kind("definition")
    if not {"palermo", "forced_labour"} <= set(definitions):
        return
    means = {entry["code"] for entry in definitions["palermo"].data["elements"]["means"]["codes"]}
    labour = definitions["forced_labour"]
    for index, code in enumerate(labour.data["agreement"]["not_honoured_with"]):
        if code not in means:
            raise PackError(labour.file, f"data/agreement/not_honoured_with/{index}", f"{code!r} is not a means")


@cross_check
def check_concepts(packs: Packs) -> None:
    """A concept reads facts and results that exist, never another concept: none implies another."""
    if not {"palermo", "forced_labour"} <= set(packs.of_kind("definition")):
        return
    known = set(read_facts({}, packs).values()) | {f"result/{name}" for name in RESULTS}
    for pack in packs.of_kind("concepts").values():
        _check_reasons(pack)
        for code, concept in pack.data["concepts"].items():
            for path, conditions in _conditions(concept, f"data/concepts/{code}"):
                for fact in conditions:
                    if fact not in known:
                        raise PackError(pack.file, path, f"{fact!r} is not a fact")


def _conditions(concept: Mapping[str, Any], path: str) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for index, conditions in enumerate(concept["listed_when"]):
        yield f"{path}/listed_when/{index}", conditions
    for index, entry in enumerate(concept.get("against", [])):
        yield f"{path}/against/{index}/when", entry["when"]
