"""The trafficking test: facts in; elements, qualification, alternatives, entitlement and reasons out.

Article 3 of the Palermo Protocol, read from ``packs/definition/palermo.yaml``. Movement, way of entry and
nationality are not read by any rule of the test; consent is read only to be explained. Entitlement follows
exploitation and need, whatever the label.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from fener.norms.answers import Answer, Finding, all_found, any_yes
from fener.norms.facts_input import Facts, read_facts
from fener.norms.labour import (
    DebtResult,
    LabourResult,
    WageGap,
    debt_bondage,
    figures_json,
    forced_labour,
    money,
    wage_gap,
)
from fener.norms.packs import Pack, Packs, load_packs
from fener.norms.reasons import Reason, explain
from fener.norms.told_apart import alternatives

Child = bool | Literal["presumed"]

_VERDICTS = {Finding.FOUND: "trafficking", Finding.NOT_FOUND: "not_trafficking", Finding.UNKNOWN: "undetermined"}


@dataclass(frozen=True)
class Qualification:
    """The answer of ``fener norms qualify``. It suggests; nobody's status is set by it."""

    elements: Mapping[str, Finding]
    qualification: str
    child: Child
    consent_relevant: bool
    forced_labour: str
    debt_bondage: str
    alternatives: tuple[str, ...]
    entitled_to_protection: bool
    reasons: tuple[Reason, ...]
    labour: LabourResult
    debt: DebtResult
    wages: WageGap

    def to_json(self) -> dict[str, Any]:
        """The keys of the contract, and ``figures`` (sums as exact text, null where nothing is recorded)."""
        return {
            "elements": {name: finding.value for name, finding in self.elements.items()},
            "qualification": self.qualification,
            "child": self.child,
            "consent_relevant": self.consent_relevant,
            "forced_labour": self.forced_labour,
            "debt_bondage": self.debt_bondage,
            "alternatives": list(self.alternatives),
            "entitled_to_protection": self.entitled_to_protection,
            "reasons": [reason.to_json() for reason in self.reasons],
            "figures": {
                "debt": {**figures_json(self.debt.figures), "currency": self.debt.currency or None},
                "wages": self.wages.to_json(),
            },
        }


def qualify(facts: Mapping[str, Any] | Facts, packs: Packs | None = None) -> Qualification:
    """Apply the definition to facts (as parsed from a facts file).

    Raises InputError naming the path of a bad fact.
    """
    packs = packs or load_packs()
    pack = packs.get("definition", "palermo")
    checked = facts if isinstance(facts, Facts) else read_facts(facts, packs)
    child, age_reason = _child(checked, pack)
    debt, labour, wages = _work(checked, child, packs)
    purposes, purpose_reasons = _purposes(checked, labour, debt, pack)
    means, organ_reasons = _organ(checked, purposes, child, pack)
    answers = {"act": checked.acts, "means": means, "purpose": purposes}
    elements = {name: any_yes(given.values()) for name, given in answers.items()}
    verdict, verdict_reason = _verdict(elements, child, pack)
    consent_relevant, consent_reasons = _consent(checked, elements["means"], child, pack)
    others, other_reasons = alternatives(_values(checked, purposes, child, elements, labour, debt), packs)
    entitled, entitled_reason = _entitlement(checked, elements, child, labour, debt, pack)
    definition = [age_reason, *_element_reasons(answers, elements, child, pack), *purpose_reasons, *organ_reasons]
    beside = [*_movement_reasons(checked, pack), *_menace_without_means(elements, labour, child, pack)]
    work = _work_reasons(checked, debt, labour, wages, packs)
    reasons = [*definition, *consent_reasons, verdict_reason, *beside, *work, *other_reasons, entitled_reason]
    return Qualification(
        elements=elements,
        qualification=verdict,
        child=child,
        consent_relevant=consent_relevant,
        forced_labour=labour.verdict,
        debt_bondage=debt.verdict,
        alternatives=tuple(others),
        entitled_to_protection=entitled,
        reasons=tuple(reasons),
        labour=labour,
        debt=debt,
        wages=wages,
    )


def _child(facts: Facts, pack: Pack) -> tuple[Child, Reason]:
    """Under 18, or presumed to be while the age is disputed or unknown."""
    when = pack.data["presumption"]["when"]
    if facts.age_disputed is Answer.YES and "age_disputed" in when:
        return "presumed", explain(pack, "age_disputed")
    if facts.age is None:
        return "presumed", explain(pack, "age_unknown")
    if facts.age < pack.data["child"]["under"]:
        return True, explain(pack, "child", age=str(facts.age))
    return False, explain(pack, "adult", age=str(facts.age))


def _labels(pack: Pack, element: str) -> dict[str, str]:
    return {entry["code"]: entry["label"] for entry in pack.data["elements"][element]["codes"]}


def _listed(answers: Mapping[str, Answer], labels: Mapping[str, str]) -> str:
    return ", ".join(labels[code] for code, answer in answers.items() if answer is Answer.YES)


def _purposes(
    facts: Facts, labour: LabourResult, debt: DebtResult, pack: Pack
) -> tuple[dict[str, Answer], list[Reason]]:
    """The purposes as recorded, with those that other sections show where nothing was recorded.

    A purpose recorded as no that another section shows is a contradiction: it becomes unknown, and the reason says
    so.
    """
    shown = {
        "forced_labour": labour.finding is Finding.FOUND,
        "debt_bondage": debt.finding is Finding.FOUND,
        "organ": facts.organ.removed is Answer.YES,
    }
    sections = {"forced_labour": "forced_labour", "debt_bondage": "debt", "organ": "organ"}
    purposes, reasons = dict(facts.purposes), []
    for entry in pack.data["elements"]["purpose"]["codes"]:
        origin = entry.get("derived_from")
        if origin is None or not shown[origin] or purposes[entry["code"]] is Answer.YES:
            continue
        contradicted = purposes[entry["code"]] is Answer.NO
        purposes[entry["code"]] = Answer.UNKNOWN if contradicted else Answer.YES
        key = "purpose_contradicted" if contradicted else "purpose_derived"
        reasons.append(explain(pack, key, item=entry["label"], section=sections[origin]))
    return purposes, reasons


def _organ(
    facts: Facts, purposes: Mapping[str, Answer], child: Child, pack: Pack
) -> tuple[dict[str, Answer], list[Reason]]:
    """Organ removal: a payment that was promised and not made is a deception, also where none is recorded yet."""
    means, organ = dict(facts.means), facts.organ
    if organ.promised is not None and organ.received is not None and organ.received < organ.promised:
        means["deception"] = Answer.YES
    if purposes["organ_removal"] is not Answer.YES:
        return means, []
    reasons = []
    if organ.promised is not None or organ.received is not None:
        sums = {"promised": money(organ.promised, organ.currency), "received": money(organ.received, organ.currency)}
        reasons.append(explain(pack, "organ_figures", **sums))
    found = any_yes(means.values()) is Finding.FOUND
    if child is not False:
        reasons.append(explain(pack, "organ_child"))
    elif found:
        reasons.append(explain(pack, "organ_adult", items=_listed(means, _labels(pack, "means"))))
    else:
        reasons.append(explain(pack, "organ_no_means"))
    return means, reasons


def _element_reasons(
    answers: Mapping[str, Mapping[str, Answer]], elements: Mapping[str, Finding], child: Child, pack: Pack
) -> list[Reason]:
    reasons = []
    for name, finding in elements.items():
        labels = _labels(pack, name)
        if name == "means" and child is not False:
            reasons.append(explain(pack, "means_not_asked"))
            if finding is not Finding.FOUND:
                continue
        params = {"items": _listed(answers[name], labels)} if finding is Finding.FOUND else {}
        reasons.append(explain(pack, f"{name}_{finding.value}", **params))
    unnamed = {entry["code"] for entry in pack.data["elements"]["purpose"]["codes"] if not entry.get("named", True)}
    beyond = {code: answer for code, answer in answers["purpose"].items() if code in unnamed}
    if items := _listed(beyond, _labels(pack, "purpose")):
        reasons.append(explain(pack, "purpose_open_list", items=items))
    return reasons


def _verdict(elements: Mapping[str, Finding], child: Child, pack: Pack) -> tuple[str, Reason]:
    needs = pack.data["adult" if child is False else "child"]["needs"]
    finding = all_found([elements[name] for name in needs])
    deciding = [name for name in needs if elements[name] is finding]
    return _VERDICTS[finding], explain(pack, _VERDICTS[finding], items=", ".join(deciding))


def _consent(facts: Facts, means: Finding, child: Child, pack: Pack) -> tuple[bool, list[Reason]]:
    """Consent is relevant only for an adult against whom no means is recorded; it decides nothing by itself."""
    if child is not False:
        return False, [explain(pack, "consent_child")]
    if means is Finding.FOUND:
        return False, [explain(pack, "consent_means")]
    if facts.consent is Answer.UNKNOWN:
        return True, []
    return True, [explain(pack, "consent_without_means" if means is Finding.NOT_FOUND else "consent_open")]


def _work(facts: Facts, child: Child, packs: Packs) -> tuple[DebtResult, LabourResult, WageGap]:
    """The tests about work; what the debt test finds is an indicator of the forced-labour test."""
    debt = debt_bondage(facts.debt, indicator=facts.labour.indicators["debt_bondage"], packs=packs)
    minor = child is not False
    labour = forced_labour(facts.labour, debt=debt.finding, means=facts.means, child=minor, packs=packs)
    return debt, labour, wage_gap(facts.wages)


def _values(
    facts: Facts,
    purposes: Mapping[str, Answer],
    child: Child,
    elements: Mapping[str, Finding],
    labour: LabourResult,
    debt: DebtResult,
) -> dict[str, str]:
    """Facts and results by path, for the rules that tell concepts apart."""
    return {
        **facts.values(),
        **{f"purposes/{code}": answer.value for code, answer in purposes.items()},
        "result/child": child if isinstance(child, str) else str(child).lower(),
        "result/means": elements["means"].value,
        "result/forced_labour": labour.verdict,
        "result/debt_bondage": debt.verdict,
        "result/labour_sign": "yes" if labour.signs else "unknown",
    }


def _work_reasons(facts: Facts, debt: DebtResult, labour: LabourResult, wages: WageGap, packs: Packs) -> list[Reason]:
    spoken = labour.reasons if _says_something(labour, facts) else ()
    return [*debt.reasons, *spoken, *_wage_reasons(wages, packs)]


def _says_something(labour: LabourResult, facts: Facts) -> bool:
    """Reasons about labour are given once anything about it is recorded."""
    section = facts.labour
    recorded = {*section.indicators.values(), section.other_penalty, section.voluntary}
    return bool(labour.signs) or recorded != {Answer.UNKNOWN}


def _movement_reasons(facts: Facts, pack: Pack) -> list[Reason]:
    reasons = []
    if facts.cross_border is not Answer.UNKNOWN or facts.entry != "unknown":
        reasons.append(explain(pack, "movement"))
    if facts.paid_for_entry is Answer.YES:
        reasons.append(explain(pack, "smuggled_first"))
    return reasons


def _menace_without_means(
    elements: Mapping[str, Finding], labour: LabourResult, child: Child, pack: Pack
) -> list[Reason]:
    if child is not False or elements["means"] is Finding.FOUND or not labour.signs:
        return []
    return [explain(pack, "violence_without_means", items=", ".join(labour.signs))]


def _wage_reasons(wages: WageGap, packs: Packs) -> list[Reason]:
    if wages.owed is None and wages.paid is None:
        return []
    sums = {"owed": wages.owed, "paid": wages.paid, "gap": wages.gap}
    params = {name: money(value, wages.currency) for name, value in sums.items()}
    return [explain(packs.get("definition", "forced_labour"), "wage_gap", **params)]


def _entitlement(
    facts: Facts, elements: Mapping[str, Finding], child: Child, labour: LabourResult, debt: DebtResult, pack: Pack
) -> tuple[bool, Reason]:
    """Exploitation or need, and a person who may be on the way into it; nothing else is read."""
    purpose_open = elements["purpose"] is not Finding.NOT_FOUND
    grounds = {
        "purpose": elements["purpose"] is Finding.FOUND,
        "forced_labour": labour.finding is Finding.FOUND,
        "debt_bondage": debt.finding is Finding.FOUND,
        "act_and_means": purpose_open and elements["act"] is Finding.FOUND and elements["means"] is Finding.FOUND,
        "child_act": purpose_open and child is not False and elements["act"] is Finding.FOUND,
        "labour_sign": bool(labour.signs),
        "organ": facts.organ.removed is Answer.YES,
        "need": facts.need is Answer.YES,
    }
    met = [ground for ground in pack.data["entitlement"]["reads"] if grounds[ground]]
    if met:
        return True, explain(pack, "entitled", items=", ".join(met))
    return False, explain(pack, "not_yet_entitled")
