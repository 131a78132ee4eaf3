"""Does what an officer saw and heard suggest that this person needs help? Screening sets, read rule by rule.

A set suggests and shows its reasons; it sets no status (rule ID-13). There are no weights: an answer either supports a
sign or adds nothing, so that holding papers, being paid or distrusting the police can lower nothing (ID-14). Who the
person is (nationality, ethnic belonging) is not read at all (ID-15); only whether it is a child, who has sets of their
own (CH-03).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from fener.norms.packs import Pack, Packs, Source, load_packs
from fener.norms.vocab import Vocabulary, vocabulary

BLOCKS = ("immediate", "situation", "work", "movement", "control", "child")
ANSWERS = ("yes", "no", "unknown")
ADULT_AGE = 18  # Convention on the Rights of the Child, article 1; the same in every jurisdiction for this purpose
_ORDER: Mapping[str | None, int] = {None: 0, "potential": 1, "presumed": 2}


class InvalidAnswers(ValueError):
    """An answer to a question that the set does not have, or other than yes, no or unknown."""


@dataclass(frozen=True)
class Question:
    """One question of a set. ``to``: read aloud to the person, or answered by the officer."""

    id: str
    text: str
    help: str
    block: str
    to: str
    asked: str
    source: Source
    indicator: str | None = None
    supports_when: str | None = None
    strength: str | None = None
    urgent_when: str | None = None
    use_set_when: str | None = None
    protective: bool = False
    skip_if: tuple[str, str] | None = None
    suggests: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Rule:
    """A rule of a set: when it holds, which status it suggests, in which words, from which source."""

    id: str
    suggests: str
    text: str
    source: Source
    when: Mapping[str, Any]


@dataclass(frozen=True)
class Reason:
    """One answer that fired one rule."""

    question: str
    answer: str
    indicator: str
    rule: str
    version: str
    source: str
    text: str


@dataclass(frozen=True)
class Step:
    """What to do next: a code and the words for it."""

    code: str
    text: str


@dataclass(frozen=True)
class Suggestion:
    """What the answers suggest, tied to the version of the set they were given under. It decides nothing.

    ``status_suggested``: ``presumed``, ``potential`` or None (no sign was noted, which closes nothing).
    ``unanswered``: questions that apply and have no answer, or ``unknown``.
    ``facts``: codes that the answers point at, to be confirmed by hand in the case.
    ``use_set``: the set to go on with when the person, or somebody with them, may be a child.
    """

    set: str
    version: str
    status_suggested: str | None
    urgent: bool
    reasons: tuple[Reason, ...]
    unanswered: tuple[str, ...]
    next: tuple[Step, ...]
    facts: Mapping[str, tuple[str, ...]]
    use_set: str | None
    disclaimer: str

    def to_json(self) -> dict[str, Any]:
        return asdict(self)


@dataclass(frozen=True)
class Progress:
    """How many of the questions that apply have an answer (``unknown`` is an answer)."""

    answered: int
    total: int


def screening_set(setting: str, *, child: bool, packs: Packs | None = None) -> Pack:
    """The set of a setting for adults or for children. Raises KeyError when there is none."""
    person = "child" if child else "adult"
    for pack in (packs or load_packs()).of_kind("screening_set").values():
        if pack.data["setting"] == setting and pack.data["person"] == person:
            return pack
    raise KeyError(f"no screening set for {setting!r} and {person!r}")


def questions(set_pack: Pack, packs: Packs | None = None) -> tuple[Question, ...]:
    """All questions of a set in the order in which they are asked: immediate needs first."""
    bank = _bank(set_pack, packs or load_packs())
    chosen = [
        _question({**bank[use["use"]], **{k: use[k] for k in ("text", "help") if k in use}}) for use in _uses(set_pack)
    ]
    return tuple(sorted(chosen, key=lambda q: BLOCKS.index(q.block)))


def rules(set_pack: Pack, packs: Packs | None = None) -> tuple[Rule, ...]:
    """The rules of a set: those of its question packs, then its own."""
    packs = packs or load_packs()
    raws = [
        r for bank_id in set_pack.data["banks"] for r in packs.get("screening_questions", bank_id).data.get("rules", [])
    ]
    raws += set_pack.data.get("rules", [])
    return tuple(Rule(r["id"], r["suggests"], r["text"], Source.of(r["source"]), r["when"]) for r in raws)


def next_question(set_pack: Pack, answers: Mapping[str, str], packs: Packs | None = None) -> Question | None:
    """The first question that applies and has no answer yet; None when all are answered."""
    asked = questions(set_pack, packs)
    _check_answers(asked, answers)
    return next((q for q in asked if q.id not in answers and not _skipped(q, answers)), None)


def progress(set_pack: Pack, answers: Mapping[str, str], packs: Packs | None = None) -> Progress:
    """Answered and applying questions. Answers to questions that no longer apply count on neither side."""
    applying = [q.id for q in questions(set_pack, packs) if not _skipped(q, answers)]
    return Progress(answered=sum(q in answers for q in applying), total=len(applying))


def evaluate(
    set_pack: Pack,
    answers: Mapping[str, str],
    person: Mapping[str, Any] | None = None,
    packs: Packs | None = None,
) -> Suggestion:
    """What these answers suggest, rule by rule, with sources.

    ``person`` may hold ``age`` (whole years) and ``age_disputed``; anything else in it is not read.
    Raises InvalidAnswers for an answer that the set cannot have.
    """
    signs = vocabulary("indicator", packs)
    packs = packs or load_packs()
    asked = questions(set_pack, packs)
    _check_answers(asked, answers)
    supported = [q for q in asked if q.supports_when is not None and answers.get(q.id) == q.supports_when]
    fired = [(rule, hits) for rule in rules(set_pack, packs) if (hits := _hits(rule, asked, supported))]
    status = max((rule.suggests for rule, _ in fired), key=lambda s: _ORDER[s], default=None)
    urgent = any(q.urgent_when is not None and answers.get(q.id) == q.urgent_when for q in asked)
    use_set = _other_set(set_pack, asked, answers, person or {})
    return Suggestion(
        set=set_pack.id,
        version=set_pack.version,
        status_suggested=status,
        urgent=urgent,
        reasons=tuple(_reason(set_pack, q, answers[q.id], rule, signs) for rule, hits in fired for q in hits),
        unanswered=tuple(q.id for q in asked if answers.get(q.id, "unknown") == "unknown" and not _skipped(q, answers)),
        next=_next_steps(set_pack, status, urgent, use_set, packs),
        facts=_facts(supported),
        use_set=use_set,
        disclaimer=packs.get("screening_advice", "advice").data["disclaimer"],
    )


def _uses(set_pack: Pack) -> list[Mapping[str, str]]:
    return [{"use": raw} if isinstance(raw, str) else raw for raw in set_pack.data["questions"]]


def _bank(set_pack: Pack, packs: Packs) -> dict[str, Mapping[str, Any]]:
    found = [packs.get("screening_questions", bank_id).data["questions"] for bank_id in set_pack.data["banks"]]
    return {raw["id"]: raw for bank in found for raw in bank}


def _question(raw: Mapping[str, Any]) -> Question:
    skip = raw.get("skip_if")
    values = {**raw, "help": raw.get("help", ""), "source": Source.of(raw["source"])}
    values["skip_if"] = (skip["question"], skip["is"]) if skip else None
    return Question(**values)


def _check_answers(asked: Sequence[Question], answers: Mapping[str, str]) -> None:
    known = {q.id for q in asked}
    for question, answer in answers.items():
        if question not in known:
            raise InvalidAnswers(f"this set has no question {question!r}")
        if answer not in ANSWERS:
            raise InvalidAnswers(f"{question!r} is answered with yes, no or unknown, not {answer!r}")


def _skipped(question: Question, answers: Mapping[str, str]) -> bool:
    return question.skip_if is not None and answers.get(question.skip_if[0]) == question.skip_if[1]


def _group(group: str | Sequence[str], asked: Iterable[Question]) -> set[str]:
    if isinstance(group, str):
        return {q.id for q in asked if q.strength is not None and group in ("every", q.strength)}
    return set(group)


def _hits(rule: Rule, asked: Sequence[Question], supported: Sequence[Question]) -> list[Question]:
    """The supporting answers that make a rule hold; empty when it does not."""
    (how, what), *_ = rule.when.items()
    group = _group(what["of"] if how == "at_least" else what, asked)
    hits = [q for q in supported if q.id in group]
    needed = {"any": 1, "all": len(group), "at_least": what["n"] if how == "at_least" else 0}[how]
    return hits if hits and len(hits) >= needed else []


def _reason(set_pack: Pack, question: Question, answer: str, rule: Rule, signs: Vocabulary) -> Reason:
    return Reason(
        question=question.id,
        answer=answer,
        indicator=signs.label(question.indicator or ""),
        rule=rule.id,
        version=set_pack.version,
        source=f"{rule.source}; {question.source}",
        text=rule.text,
    )


def _facts(supported: Sequence[Question]) -> dict[str, tuple[str, ...]]:
    found: dict[str, list[str]] = {}
    for question in supported:
        for fact, codes in question.suggests.items():
            found.setdefault(fact, []).extend(c for c in codes if c not in found.get(fact, []))
    return {fact: tuple(codes) for fact, codes in found.items()}


def _other_set(
    set_pack: Pack, asked: Sequence[Question], answers: Mapping[str, str], person: Mapping[str, Any]
) -> str | None:
    other = set_pack.data.get("child_set")
    if other is None:
        return None
    age = person.get("age")
    child = bool(person.get("age_disputed")) or (isinstance(age, int) and age < ADULT_AGE)
    child = child or any(q.use_set_when is not None and answers.get(q.id) == q.use_set_when for q in asked)
    return str(other) if child else None


def _next_steps(
    set_pack: Pack, status: str | None, urgent: bool, use_set: str | None, packs: Packs
) -> tuple[Step, ...]:
    advice = packs.get("screening_advice", "advice").data
    parts = ["urgent"] if urgent else []
    parts += ["child"] if set_pack.data["person"] == "child" else []
    parts += ["use_other_set"] if use_set else []
    parts += [status or "no_sign", "always"]
    steps = [step for part in parts for step in advice[part]] + set_pack.data.get("next", [])
    return tuple(Step(s["code"], s["text"]) for s in steps)
