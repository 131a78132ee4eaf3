"""Checklists: each line is answered with a code of the list's own vocabulary (``packs/checklists``).

A line that nobody answered is missing. What was denied needs the one who denied it (rule AS-11).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs
from fener.norms.vocab import vocabulary


@dataclass(frozen=True)
class Item:
    """One line of a checklist; ``text`` is a msgid."""

    code: str
    text: str
    source: Source
    help: str = ""


@dataclass(frozen=True)
class Checklist:
    """A list with the vocabulary of its answers; ``answered`` are those that settle a line."""

    id: str
    version: str
    title: str
    about: str
    states: str
    answered: frozenset[str]
    items: tuple[Item, ...]


@dataclass(frozen=True)
class Gaps:
    """What is open: lines without an answer, lines whose answer settles nothing, denials that nobody stands for."""

    unanswered: tuple[str, ...]
    open: tuple[str, ...]
    denied_by_nobody: tuple[str, ...] = ()

    @property
    def filled(self) -> bool:
        """Whether every line has an answer, whatever it is."""
        return not self.unanswered

    @property
    def settled(self) -> bool:
        """Whether nothing is left to do."""
        return not (self.unanswered or self.open or self.denied_by_nobody)


def checklist_ids(packs: Packs | None = None) -> tuple[str, ...]:
    """All checklists by id."""
    return tuple(sorted((packs or load_packs()).of_kind("checklist")))


def checklist(checklist_id: str, packs: Packs | None = None) -> Checklist:
    """The list of that id. Raises KeyError when there is none."""
    pack = (packs or load_packs()).get("checklist", checklist_id)
    return Checklist(
        id=pack.id,
        version=pack.version,
        title=pack.title,
        about=pack.data["for"],
        states=pack.data["states"],
        answered=frozenset(pack.data["answered"]),
        items=tuple(
            Item(raw["code"], raw["text"], Source.of(raw["source"]), raw.get("help", "")) for raw in pack.data["items"]
        ),
    )


def gaps(
    checklist_id: str,
    answers: Mapping[str, str],
    *,
    denied_by: Collection[str] | None = None,
    packs: Packs | None = None,
) -> Gaps:
    """What is open in a list that was answered so far (code of the line → code of the answer).

    ``denied_by``: the lines for which it is recorded who denied them; without it denials are not looked at. Raises
    KeyError for a line that the list has not, ValueError for an answer that its vocabulary has not.
    """
    found = checklist(checklist_id, packs)
    lines = [item.code for item in found.items]
    if strange := sorted(set(answers) - set(lines)):
        raise KeyError(f"the checklist {checklist_id!r} has no line {', '.join(strange)}")
    states = vocabulary(found.states, packs)
    for answer in answers.values():
        states.entry(answer)
    nobody = [c for c, a in answers.items() if a == "denied" and denied_by is not None and c not in denied_by]
    return Gaps(
        unanswered=tuple(code for code in lines if code not in answers),
        open=tuple(code for code in lines if code in answers and answers[code] not in found.answered),
        denied_by_nobody=tuple(code for code in lines if code in nobody),
    )


def rights_protected(answers: Mapping[str, str], *, of: str = "case_rights", packs: Packs | None = None) -> bool | None:
    """Whether rights were protected by a list of rights: False with one no, None while a line is open (rule AC-02)."""
    found = gaps(of, answers, packs=packs)
    if "no" in answers.values():
        return False
    return True if found.settled else None


@cross_check
def check_checklists(packs: Packs) -> None:
    """The list of answers exists and holds what settles a line, no line stands twice, and a gate has its list."""
    for pack in packs.of_kind("checklist").values():
        if pack.data["states"] not in packs.of_kind("vocabulary"):
            raise PackError(pack.file, "data/states", f"no vocabulary {pack.data['states']!r}")
        states = vocabulary(pack.data["states"], packs)
        for code in pack.data["answered"]:
            if code not in states:
                raise PackError(pack.file, "data/answered", f"{code!r} is not in the list {states.id!r}")
        codes = [item["code"] for item in pack.data["items"]]
        if twice := sorted(code for code in set(codes) if codes.count(code) > 1):
            raise PackError(pack.file, "data/items", f"{twice[0]!r} occurs twice")
    _check_enterprise(packs)


def _check_enterprise(packs: Packs) -> None:
    """The safeguards on the page are the conditions of the gate, no more and no less."""
    gates = packs.of_kind("gates").get("gates")
    safeguards = packs.of_kind("checklist").get("enterprise_safeguards")
    if gates is None or safeguards is None or "launch_enterprise" not in gates.data:
        return
    asked = {condition["code"] for condition in gates.data["launch_enterprise"]["conditions"]}
    if asked != {item["code"] for item in safeguards.data["items"]}:
        raise PackError(safeguards.file, "data/items", "differs from the conditions of the gate launch_enterprise")
