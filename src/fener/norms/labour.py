"""Forced labour, debt bondage and unpaid wages: three tests over facts, in Decimal, with their figures shown.

The result indicates and never proves; there is no numeric threshold. What is not recorded stays unknown.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from fener.norms.answers import Answer, Finding, all_found, any_found, any_yes, as_verdict
from fener.norms.facts_input import DebtFacts, LabourFacts, WageFacts, read_debt, read_labour, read_wages
from fener.norms.packs import Packs, load_packs
from fener.norms.reasons import Reason, explain


@dataclass(frozen=True)
class LabourResult:
    """The result of the forced-labour test: menace of a penalty, and not voluntary."""

    finding: Finding
    menace: Finding
    not_voluntary: Finding
    signs: tuple[str, ...]
    reasons: tuple[Reason, ...]

    @property
    def verdict(self) -> str:
        """``found``, ``not_found`` or ``undetermined``."""
        return as_verdict(self.finding)

    def to_json(self) -> dict[str, Any]:
        """Verdict, both elements, the signs that were recorded, and the reasons."""
        return {
            "forced_labour": self.verdict,
            "menace": self.menace.value,
            "not_voluntary": self.not_voluntary.value,
            "signs": list(self.signs),
            "reasons": [reason.to_json() for reason in self.reasons],
        }


@dataclass(frozen=True)
class DebtResult:
    """The result of the 1956 test with the sums that it used; a sum that is None was not recorded."""

    finding: Finding
    value_not_applied: Finding
    not_limited_or_defined: Finding
    figures: Mapping[str, Decimal | None]
    currency: str
    reasons: tuple[Reason, ...] = field(default=())

    @property
    def verdict(self) -> str:
        """``found``, ``not_found`` or ``undetermined``."""
        return as_verdict(self.finding)

    def to_json(self) -> dict[str, Any]:
        """Verdict, both limbs, the figures as text (exact) or null, and the reasons."""
        return {
            "debt_bondage": self.verdict,
            "value_not_applied": self.value_not_applied.value,
            "not_limited_or_defined": self.not_limited_or_defined.value,
            "figures": figures_json(self.figures),
            "currency": self.currency or None,
            "reasons": [reason.to_json() for reason in self.reasons],
        }


@dataclass(frozen=True)
class WageGap:
    """What was owed, what was paid and what is outstanding, in one currency; None where a figure is missing."""

    owed: Decimal | None
    owed_by_minimum: Decimal | None
    paid: Decimal | None
    gap: Decimal | None
    currency: str

    def to_json(self) -> dict[str, str | None]:
        """Sums as exact text, or null."""
        sums = {"owed": self.owed, "owed_by_minimum": self.owed_by_minimum, "paid": self.paid, "gap": self.gap}
        return {**figures_json(sums), "currency": self.currency or None}


def figures_json(figures: Mapping[str, Decimal | None]) -> dict[str, str | None]:
    """Sums as plain decimal text (never a float), null where nothing is recorded."""
    return {name: None if value is None else plain(value) for name, value in figures.items()}


def plain(value: Decimal) -> str:
    """A sum without exponent and without needless zeros: ``1200``, ``0.5``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def money(value: Decimal | None, currency: str = "") -> str:
    """A sum in words for a reason; one that was not recorded says so."""
    return "not recorded" if value is None else f"{plain(value)} {currency}".strip()


def forced_labour(
    facts: LabourFacts | Mapping[str, Any] | None,
    *,
    debt: Finding = Finding.UNKNOWN,
    means: Mapping[str, Answer] | None = None,
    child: bool = False,
    packs: Packs | None = None,
) -> LabourResult:
    """The test of ILO Convention 29: menace of any penalty, and not offered voluntarily.

    ``debt`` is the result of the debt-bondage test and stands in where that indicator is not recorded. ``means``
    are those of the trafficking test: an agreement under deception or fraud is not honoured. Raises InputError for
    bad facts.
    """
    packs = packs or load_packs()
    pack = packs.get("definition", "forced_labour")
    section = facts if isinstance(facts, LabourFacts) else read_labour(facts, packs)
    menace, signs, menace_reasons = _menace(section, debt, packs)
    not_voluntary, voluntary_reason = _not_voluntary(section, means or {}, child, packs)
    finding = all_found([menace, not_voluntary])
    missing = ", ".join(
        name for name, part in (("menace", menace), ("voluntary", not_voluntary)) if part is Finding.UNKNOWN
    )
    closing = explain(pack, as_verdict(finding), **({"items": missing} if finding is Finding.UNKNOWN else {}))
    return LabourResult(finding, menace, not_voluntary, signs, (*menace_reasons, voluntary_reason, closing))


def _menace(section: LabourFacts, debt: Finding, packs: Packs) -> tuple[Finding, tuple[str, ...], list[Reason]]:
    pack = packs.get("definition", "forced_labour")
    labels = {entry["code"]: entry["label"] for entry in pack.data["indicators"]}
    indicators, reasons = dict(section.indicators), []
    if debt is Finding.FOUND and indicators["debt_bondage"] is not Answer.YES:
        key = "debt_from_figures" if indicators["debt_bondage"] is Answer.UNKNOWN else "debt_contradicted"
        reasons.append(explain(pack, key))
        indicators["debt_bondage"] = Answer.YES
    finding = any_yes([*indicators.values(), section.other_penalty])
    signs = [code for code, answer in indicators.items() if answer is Answer.YES]
    items = [labels[code] for code in signs]
    if section.other_penalty is Answer.YES:
        signs.append("other_penalty")
        items.append(section.other_penalty_text or pack.data["other_penalty"]["label"])
        reasons.append(explain(pack, "other_penalty", items=items[-1]))
    params = {"items": ", ".join(items)} if finding is Finding.FOUND else {}
    return finding, tuple(signs), [explain(pack, f"menace_{finding.value}", **params), *reasons]


def _not_voluntary(
    section: LabourFacts, means: Mapping[str, Answer], child: bool, packs: Packs
) -> tuple[Finding, Reason]:
    pack = packs.get("definition", "forced_labour")
    if section.voluntary is Answer.NO:
        return Finding.FOUND, explain(pack, "not_voluntary")
    if section.voluntary is Answer.UNKNOWN:
        return Finding.UNKNOWN, explain(pack, "voluntary_unknown")
    hidden = [code for code in pack.data["agreement"]["not_honoured_with"] if means.get(code) is Answer.YES]
    if section.conditions_known is Answer.NO:
        hidden.append("conditions_known: no")
    if hidden:
        return Finding.FOUND, explain(pack, "agreement_not_honoured", items=", ".join(hidden))
    if child:
        return Finding.UNKNOWN, explain(pack, "agreement_of_a_child")
    return Finding.NOT_FOUND, explain(pack, "voluntary")


def debt_bondage(
    debt: DebtFacts | Mapping[str, Any] | None, *, indicator: Answer = Answer.UNKNOWN, packs: Packs | None = None
) -> DebtResult:
    """The test of the Supplementary Convention of 1956; either limb suffices.

    Limb 1: the value of the services is not applied to the debt. What the work should have taken off is the smaller
    of the value and the principal; what it did take off is the credit less the deductions (deductions recorded as
    fair do not reduce it).
    Limb 2: length or nature is not limited and defined. Sums are in the currency of the section; a missing sum is
    unknown. ``indicator`` is the answer of the forced-labour section, used where the figures say nothing. Raises
    InputError.
    """
    packs = packs or load_packs()
    pack = packs.get("definition", "debt_bondage")
    section = debt if isinstance(debt, DebtFacts) else read_debt(debt)
    figures = _debt_figures(section)
    applied, applied_reason = _value_not_applied(section, figures, packs)
    defined, defined_reason = _not_limited(section, packs)
    finding = any_found([applied, defined])
    reasons = [applied_reason, defined_reason] if section.recorded else []
    if section.recorded:
        sums = ("principal", "services_value", "credited", "deductions")
        shown = {name: money(figures[name], section.currency) for name in sums}
        reasons.insert(0, explain(pack, "figures", **shown))
    no_debt = figures["principal"] == 0 and figures["deductions"] == 0 and section.still_claimed is not Answer.YES
    if no_debt and finding is Finding.FOUND:
        finding = Finding.UNKNOWN
        reasons.append(explain(pack, "no_debt"))
    if finding is not Finding.FOUND and indicator is Answer.YES:
        excluded = finding is Finding.NOT_FOUND or no_debt
        finding = Finding.UNKNOWN if excluded else Finding.FOUND
        reasons.append(explain(pack, "indicator_contradicted" if excluded else "indicator_only"))
    elif not section.recorded and indicator is Answer.NO:
        finding = Finding.NOT_FOUND
    if section.recorded or indicator is not Answer.UNKNOWN:
        reasons.append(explain(pack, as_verdict(finding)))
    return DebtResult(finding, applied, defined, figures, section.currency, tuple(reasons))


def _debt_figures(debt: DebtFacts) -> dict[str, Decimal | None]:
    """The recorded sums and the derived ones; a derived sum is None as soon as one of its inputs is."""
    value, credited, principal = debt.services_value, debt.credited, debt.principal
    deducted = Decimal(0) if debt.deductions_fair is Answer.YES else debt.deductions
    due = None if value is None or principal is None else min(value, principal)
    net = None if credited is None or deducted is None else credited - deducted
    return {
        "principal": principal,
        "services_value": value,
        "credited": credited,
        "deductions": debt.deductions,
        "due": value if debt.still_claimed is Answer.YES else due,
        "applied": net,
        "shortfall": None if due is None or net is None else max(due - net, Decimal(0)),
    }


def _value_not_applied(debt: DebtFacts, figures: Mapping[str, Decimal | None], packs: Packs) -> tuple[Finding, Reason]:
    pack = packs.get("definition", "debt_bondage")
    due, net, gross = figures["due"], figures["applied"], debt.credited
    finding = Finding.UNKNOWN
    if due is not None and gross is not None:
        if gross < due or (net is not None and net < due):
            finding = Finding.FOUND
        elif net is not None:
            finding = Finding.NOT_FOUND
    if finding is Finding.UNKNOWN:
        sums = ("principal", "services_value", "credited", "deductions")
        missing = ", ".join(name for name in sums if figures[name] is None)
        return finding, explain(pack, "value_not_applied_unknown", items=missing)
    params = {"due": money(due, debt.currency), "applied": money(net if net is not None else gross, debt.currency)}
    return finding, explain(pack, f"value_not_applied_{finding.value}", **params)


def _not_limited(debt: DebtFacts, packs: Packs) -> tuple[Finding, Reason]:
    pack = packs.get("definition", "debt_bondage")
    parts = {"length": debt.length_defined, "nature": debt.nature_defined}
    open_ended = [name for name, answer in parts.items() if answer is Answer.NO]
    if open_ended:
        return Finding.FOUND, explain(pack, "not_limited_or_defined_found", items=", ".join(open_ended))
    if all(answer is Answer.YES for answer in parts.values()):
        return Finding.NOT_FOUND, explain(pack, "not_limited_or_defined_not_found")
    return Finding.UNKNOWN, explain(pack, "not_limited_or_defined_unknown")


def wage_gap(wages: WageFacts | Mapping[str, Any] | None) -> WageGap:
    """Wages owed (the higher of agreed and legal minimum, times periods) less wages paid, never below zero.

    A missing figure leaves the gap None: unpaid because nobody asked is not unpaid by zero. Raises InputError.
    """
    section = wages if isinstance(wages, WageFacts) else read_wages(wages)
    periods = section.periods
    agreed = None if section.agreed is None or periods is None else section.agreed * periods
    minimum = None if section.minimum is None or periods is None else section.minimum * periods
    known = [total for total in (agreed, minimum) if total is not None]
    owed = max(known) if known else None
    gap = None if owed is None or section.paid is None else max(owed - section.paid, Decimal(0))
    return WageGap(owed, minimum, section.paid, gap, section.currency)
