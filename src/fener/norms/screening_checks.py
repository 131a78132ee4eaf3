"""What a screening set may not do: checked when packs are loaded, so that a bad set never meets a person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from fener.norms.fields import facts_fields
from fener.norms.packs import Pack, PackError, Packs, cross_check
from fener.norms.screening import BLOCKS, questions, rules
from fener.norms.vocab import vocabulary


@cross_check
def check_forbidden_grounds(packs: Packs) -> None:
    """No question, sign or rule may rest on ethnic belonging or nationality (rule ID-15)."""
    for grounds in packs.of_kind("forbidden_grounds").values():
        codes = set(grounds.data["codes"])
        words = re.compile(r"\b(" + "|".join(map(re.escape, grounds.data["words"])) + r")\b", re.IGNORECASE)
        for pack in _screening_packs(packs):
            for where, raw in _parts(pack):
                used = codes & {str(raw.get("indicator")), *raw.get("suggests", {})} if "block" in raw else set()
                said = words.search(" ".join(str(raw.get(k, "")) for k in ("id", "text", "help")).replace("-", " "))
                if used or said:
                    ground = sorted(used)[0] if used else said.group(0) if said else ""
                    raise PackError(pack.file, where, f"uses {ground!r}: {grounds.data['reason']}")
        lists = packs.of_kind("vocabulary")
        for pack in (p for key, p in lists.items() if "indicator" in (key, p.data.get("extends"))):
            for entry in pack.data["entries"]:
                if entry["code"] in codes or words.search(entry["label"]):
                    raise PackError(pack.file, f"data/entries/{entry['code']}", grounds.data["reason"])


def _screening_packs(packs: Packs) -> Iterable[Pack]:
    return [*packs.of_kind("screening_questions").values(), *packs.of_kind("screening_set").values()]


def _parts(pack: Pack) -> Iterable[tuple[str, Mapping[str, Any]]]:
    for key in ("questions", "rules"):
        for index, raw in enumerate(pack.data.get(key, [])):
            if isinstance(raw, dict):
                yield f"data/{key}/{index}", raw


@cross_check
def check_screening(packs: Packs) -> None:
    """Codes exist, question packs have the version that a set was written for, and no strong sign is lost."""
    for bank in packs.of_kind("screening_questions").values():
        _check_bank(bank, packs)
    for pack in packs.of_kind("screening_set").values():
        _check_banks_of(pack, packs)
        _check_questions_of(pack, packs)
        _check_doors_of(pack, packs)


def _check_bank(bank: Pack, packs: Packs) -> None:
    ids = [raw["id"] for raw in bank.data["questions"]]
    lists = {f.code: f.vocabulary for f in facts_fields(packs)}
    for raw in bank.data["questions"]:
        where = f"data/questions/{raw['id']}"
        if ids.count(raw["id"]) > 1:
            raise PackError(bank.file, where, "occurs twice")
        if "indicator" in raw and raw["indicator"] not in vocabulary("indicator", packs):
            raise PackError(bank.file, where, f"{raw['indicator']!r} is not a known sign")
        if "skip_if" in raw and raw["skip_if"]["question"] not in ids:
            raise PackError(bank.file, where, f"is skipped by {raw['skip_if']['question']!r}, which is not there")
        for fact, codes in raw.get("suggests", {}).items():
            if fact not in lists:
                raise PackError(bank.file, where, f"suggests the fact {fact!r}, which is not there")
            for code in codes:
                if code not in vocabulary(lists[fact], packs):
                    raise PackError(bank.file, where, f"suggests {code!r}, which is not in the list {lists[fact]!r}")
    for rule in bank.data.get("rules", []):
        _check_rule(bank, rule, set(ids))


def _check_rule(pack: Pack, rule: Mapping[str, Any], known: set[str]) -> None:
    ((how, what),) = rule["when"].items()
    group = what["of"] if how == "at_least" else what
    for question in [] if isinstance(group, str) else group:
        if question not in known:
            raise PackError(
                pack.file, f"data/rules/{rule['id']}", f"names the question {question!r}, which is not there"
            )


def _check_banks_of(pack: Pack, packs: Packs) -> None:
    for bank_id, version in pack.data["banks"].items():
        bank = packs.of_kind("screening_questions").get(bank_id)
        if bank is None:
            raise PackError(pack.file, f"data/banks/{bank_id}", "there is no such question pack")
        if bank.version != version:
            reason = (
                f"was written for version {version}; there is {bank.version}. Review the set and give it a new version"
            )
            raise PackError(pack.file, f"data/banks/{bank_id}", reason)
    other = pack.data.get("child_set")
    sets = packs.of_kind("screening_set")
    if other is not None and (other not in sets or sets[other].data["person"] != "child"):
        raise PackError(pack.file, "data/child_set", f"{other!r} is not a set for children")


def _check_questions_of(pack: Pack, packs: Packs) -> None:
    known: set[str] = set()
    for bank_id in pack.data["banks"]:
        for raw in packs.get("screening_questions", bank_id).data["questions"]:
            if raw["id"] in known:
                raise PackError(pack.file, f"data/banks/{bank_id}", f"question {raw['id']!r} is in two question packs")
            known.add(raw["id"])
    uses = [raw if isinstance(raw, str) else raw["use"] for raw in pack.data["questions"]]
    for use in uses:
        if use not in known:
            raise PackError(pack.file, "data/questions", f"there is no question {use!r}")
        if uses.count(use) > 1:
            raise PackError(pack.file, "data/questions", f"question {use!r} occurs twice")
    for rule in pack.data.get("rules", []):
        _check_rule(pack, rule, set(uses))
    asked = questions(pack, packs)
    if asked[0].block != BLOCKS[0]:
        raise PackError(pack.file, "data/questions", "no question about immediate needs comes first")
    if not any(q.urgent_when for q in asked):
        raise PackError(pack.file, "data/questions", "no question finds out whether there is danger or illness now")
    if pack.data["person"] == "child" and any(q.use_set_when for q in asked):
        raise PackError(pack.file, "data/questions", "a set for children cannot send on to another set")


def _check_doors_of(pack: Pack, packs: Packs) -> None:
    """Each strong sign alone presumes, each sign alone is noted: no threshold closes the door."""
    when = [(rule.suggests, rule.when.get("any")) for rule in rules(pack, packs)]
    presumes = any(s == "presumed" and g in ("strong", "every") for s, g in when)
    notes = any(g == "every" for _, g in when)
    if not presumes:
        raise PackError(pack.file, "data/rules", "no rule presumes on one strong sign alone")
    if not notes:
        raise PackError(pack.file, "data/rules", "no rule notes every sign")
