"""Gates: acts that are refused until a right is met. The gates themselves stand in ``packs/gates.yaml``.

Every fact is worded so that *yes* is what the right asks for; *unknown* never opens a gate, and one more met fact
never closes one.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from fener.norms.packs import Pack, PackError, Packs, Source, cross_check, load_packs
from fener.norms.why import Met, gettext_noop, met_by, word

NO_OVERRIDE = gettext_noop(
    "Nobody can override this. If it was done all the same, record what happened as an incident."
)
NOT_YOUR_ROLE = gettext_noop("Your role cannot override this.")
NO_LEGAL_BASIS = gettext_noop("Say which law or order this rests on.")
NO_REASON = gettext_noop("Say why.")
SECOND_PERSON = gettext_noop("A second person has to confirm this.")
ALREADY_OPEN = gettext_noop("All conditions are met; no override is needed.")


@dataclass(frozen=True)
class GateCondition:
    """One condition of a gate: ``met`` is True, False or None (unknown, which refuses); ``next`` says what to do."""

    code: str
    text: str
    met: Met
    next: str = ""

    def to_json(self) -> dict[str, Any]:
        """``met`` as yes, no or unknown."""
        return {"code": self.code, "text": self.text, "met": word(self.met), "next": self.next}


@dataclass(frozen=True)
class OverrideRule:
    """Who may pass a closed gate: roles, how many persons, with legal basis and reason, and who then sees it.

    ``conditions``: those that may be passed; any other keeps the gate closed to everybody. ``shown_as``: the gate as
    which it is named on pages and papers, empty for its own name.
    """

    roles: tuple[str, ...]
    persons: int
    visible_to: tuple[str, ...]
    conditions: tuple[str, ...]
    legal_basis: bool = True
    shown_as: str = ""

    def to_json(self) -> dict[str, Any]:
        """All fields as they are."""
        return {
            "roles": list(self.roles),
            "persons": self.persons,
            "visible_to": list(self.visible_to),
            "conditions": list(self.conditions),
            "legal_basis": self.legal_basis,
        }


@dataclass(frozen=True)
class GateResult:
    """Whether a gate is open, and each condition's answer. ``incident``: a forced act is kept as an incident."""

    gate: str
    title: str
    open: bool
    never: bool
    conditions: tuple[GateCondition, ...]
    override: OverrideRule | None
    incident: bool
    rule: str
    version: str
    source: tuple[Source, ...]

    @property
    def missing(self) -> tuple[GateCondition, ...]:
        """The conditions that are not met or not known."""
        return tuple(c for c in self.conditions if c.met is not True)

    def to_json(self) -> dict[str, Any]:
        """For ``--json`` and the audit entry; holds no personal data."""
        return {
            "gate": self.gate,
            "open": self.open,
            "never": self.never,
            "conditions": [c.to_json() for c in self.conditions],
            "override": self.override.to_json() if self.override else None,
            "incident": self.incident,
            "rule": self.rule,
            "version": self.version,
            "source": [str(s) for s in self.source],
        }


def gates_pack(packs: Packs | None = None) -> Pack:
    """The pack that holds the gates."""
    return (packs or load_packs()).get("gates", "gates")


def gate_codes(packs: Packs | None = None) -> tuple[str, ...]:
    """All gates, in the order of the pack."""
    return tuple(gates_pack(packs).data)


def shown_gate(gate_code: str, packs: Packs | None = None) -> str:
    """As which gate it is named on pages and papers: itself, or the one that the pack says instead."""
    override = gates_pack(packs).data.get(gate_code, {}).get("override") or {}
    return str(override.get("shown_as", gate_code))


def quiet_gates(packs: Packs | None = None) -> tuple[str, ...]:
    """The gates that are named as another one."""
    return tuple(code for code in gate_codes(packs) if shown_gate(code, packs) != code)


def gate_facts(gate_code: str, packs: Packs | None = None) -> tuple[str, ...]:
    """The names of the facts that a gate reads. Raises KeyError for an unknown gate."""
    return tuple(dict.fromkeys(_facts_of(gates_pack(packs).data[gate_code])))


def _alternatives(condition: Mapping[str, Any]) -> list[list[str]]:
    alternatives: list[list[str]] = condition.get("met_by", [[condition["code"]]])
    return alternatives


def _facts_of(gate: Mapping[str, Any]) -> list[str]:
    found = [names for c in gate["conditions"] for names in (*_alternatives(c), [c.get("not_needed_if", "")])]
    return [name for names in found for name in names if name]


def check(gate_code: str, facts: Mapping[str, Met], *, packs: Packs | None = None) -> GateResult:
    """Whether the gate is open for these facts (True, False, None = unknown; absent = unknown).

    Raises KeyError for an unknown gate and for a fact that the gate does not know, so that a misspelt fact is noticed.
    """
    pack = gates_pack(packs)
    gate = pack.data[gate_code]
    strange = sorted(set(facts) - set(_facts_of(gate)))
    if strange:
        raise KeyError(f"gate {gate_code!r} knows no fact {', '.join(strange)}")
    conditions = tuple(
        GateCondition(c["code"], c["text"], met_by(_alternatives(c), facts), c.get("next", ""))
        for c in gate["conditions"]
        if facts.get(c.get("not_needed_if", "")) is not True
    )
    never = gate.get("never", False)
    return GateResult(
        gate=gate_code,
        title=gate["title"],
        open=not never and all(c.met is True for c in conditions),
        never=never,
        conditions=conditions,
        override=_override(gate.get("override")),
        incident=gate.get("incident", False),
        rule=f"gates/{gate_code}",
        version=pack.version,
        source=tuple(Source.of(s) for s in gate["sources"]),
    )


def _override(raw: Mapping[str, Any] | None) -> OverrideRule | None:
    if raw is None:
        return None
    return OverrideRule(
        roles=tuple(raw["roles"]),
        persons=raw["persons"],
        visible_to=tuple(raw["visible_to"]),
        conditions=tuple(raw["conditions"]),
        shown_as=raw.get("shown_as", ""),
    )


def override_refused(
    result: GateResult, *, roles: Collection[str], legal_basis: str, reason: str, confirmed_by_second: bool
) -> str | None:
    """Why this override may not pass the gate (a translatable text), or None when it may.

    ``roles`` are those of the person who asks; ``confirmed_by_second`` is whether another person has confirmed it.
    """
    if result.open:
        return ALREADY_OPEN
    if result.override is None or not {one.code for one in result.missing} <= set(result.override.conditions):
        return NO_OVERRIDE
    if not set(roles) & set(result.override.roles):
        return NOT_YOUR_ROLE
    if result.override.legal_basis and not legal_basis.strip():
        return NO_LEGAL_BASIS
    if not reason.strip():
        return NO_REASON
    return SECOND_PERSON if result.override.persons > 1 and not confirmed_by_second else None


PROTECTED = ("child_departure", "locking_in", "voluntary_child", "end_assistance")
"""Gates that must exist and that no pack may open by an override: overriding them was decided against."""


@cross_check
def check_gates(packs: Packs) -> None:
    """The protected gates exist, are overridden by nobody, and every gate has a condition or is closed for ever."""
    for pack in packs.of_kind("gates").values():
        for code in PROTECTED:
            if code not in pack.data:
                raise PackError(pack.file, "data", f"the gate {code!r} is missing")
            if pack.data[code].get("override") is not None:
                raise PackError(pack.file, f"data/{code}/override", "this gate can have no override")
        for code, gate in pack.data.items():
            if not gate["conditions"] and not gate.get("never"):
                raise PackError(pack.file, f"data/{code}/conditions", "a gate without conditions would always be open")
            _check_override(pack, code, gate)


def _check_override(pack: Pack, code: str, gate: Mapping[str, Any]) -> None:
    rule = gate.get("override") or {}
    if strange := set(rule.get("conditions", ())) - {c["code"] for c in gate["conditions"]}:
        raise PackError(pack.file, f"data/{code}/override", f"the gate has no condition {sorted(strange)[0]!r}")
    if rule.get("shown_as", code) not in pack.data:
        raise PackError(pack.file, f"data/{code}/override", f"there is no gate {rule['shown_as']!r}")
