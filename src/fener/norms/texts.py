"""In which words is somebody asked and told? Consent sentences and rights information, versioned.

The words are English msgids with named placeholders: translate the template first, then fill it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from string import Formatter

from fener.norms.packs import PackError, Packs, Source, cross_check, load_packs

PLACEHOLDERS = frozenset({"giver", "recipient", "compartments", "until"})
ASIDES = {
    "told_with_interpreter": {"language", "interpreter"},
    "told_without_interpreter": {"language"},
    "guardian_line": {"giver", "assent"},
    "withdrawal": set(),
    "no_effect": set(),
}


@dataclass(frozen=True)
class ConsentText:
    """The words for one purpose. ``text_id`` and ``version`` tie a consent to them."""

    text_id: str
    version: str
    purpose: str
    label: str
    sentence: str
    plain: str
    if_refused: str
    told_with_interpreter: str
    told_without_interpreter: str
    guardian_line: str
    withdrawal: str
    no_effect: str
    adults_only: bool
    source: Source

    def templates(self, *, interpreter: bool, guardian: bool) -> tuple[str, ...]:
        """The msgids of the whole sentence, in order."""
        told = self.told_with_interpreter if interpreter else self.told_without_interpreter
        return (self.sentence, *([self.guardian_line] if guardian else []), told)


@dataclass(frozen=True)
class RightsItem:
    """One thing that a person is told before something happens."""

    code: str
    label: str
    text: str
    told_before: tuple[str, ...]
    source: Source
    person: str | None = None


@dataclass(frozen=True)
class RightsCard:
    """The short card that a person can be given, or read to: nothing on it names why."""

    version: str
    title: str
    lines: tuple[str, ...]
    sources: tuple[Source, ...]


def consent_purposes(packs: Packs | None = None) -> tuple[tuple[str, str], ...]:
    """Pairs of purpose and label, in order."""
    data = (packs or load_packs()).get("consent_texts", "texts").data
    return tuple((raw["code"], raw["label"]) for raw in data["purposes"])


def consent_text(purpose: str, packs: Packs | None = None) -> ConsentText:
    """The words for a purpose. Raises KeyError for a purpose that is not there."""
    pack = (packs or load_packs()).get("consent_texts", "texts")
    for raw in pack.data["purposes"]:
        if raw["code"] == purpose:
            return ConsentText(
                text_id=f"{pack.id}/{purpose}",
                version=pack.version,
                purpose=purpose,
                label=raw["label"],
                sentence=raw["sentence"],
                plain=raw["plain"],
                if_refused=raw["if_refused"],
                adults_only=raw.get("adults_only", False),
                source=Source.of(raw["source"]),
                **{key: pack.data[key] for key in ASIDES},
            )
    raise KeyError(f"no consent text for {purpose!r}")


def consent_sentence(
    purpose: str,
    *,
    giver: str,
    recipient: str,
    compartments: str,
    until: str,
    language: str,
    interpreter: str = "",
    assent: str | None = None,
    translate: Callable[[str], str] = str,
    packs: Packs | None = None,
) -> str:
    """The whole consent as sentences. All values are already words in the reader's language.

    ``assent`` is given when a guardian speaks: whether the child agrees, in words.
    Raises KeyError for an unknown purpose.
    """
    text = consent_text(purpose, packs)
    values = {
        "giver": giver,
        "recipient": recipient,
        "compartments": compartments,
        "until": until,
        "language": language,
        "interpreter": interpreter,
        "assent": assent or "",
    }
    templates = text.templates(interpreter=bool(interpreter), guardian=assent is not None)
    return " ".join(translate(template).format_map(values) for template in templates)


def rights_items(before: str, *, child: bool | None = None, packs: Packs | None = None) -> tuple[RightsItem, ...]:
    """What is told before a screening, assessment, decision or signature. An unknown age leaves nothing out."""
    data = (packs or load_packs()).get("rights_information", "rights").data
    items = (
        RightsItem(
            code=raw["code"],
            label=raw["label"],
            text=raw["text"],
            told_before=tuple(raw["told_before"]),
            source=Source.of(raw["source"]),
            person=raw.get("for"),
        )
        for raw in data["items"]
    )
    others = {True: "adult", False: "child", None: ""}[child]
    return tuple(item for item in items if before in item.told_before and item.person != others)


def rights_version(packs: Packs | None = None) -> str:
    """The version of the rights information, to be kept with what was told."""
    return (packs or load_packs()).get("rights_information", "rights").version


def rights_card(packs: Packs | None = None) -> RightsCard:
    """The short card."""
    pack = (packs or load_packs()).get("rights_information", "rights")
    card = pack.data["card"]
    return RightsCard(
        version=pack.version,
        title=card["title"],
        lines=tuple(line["text"] for line in card["lines"]),
        sources=tuple(Source.of(source) for source in card["sources"]),
    )


def _names(template: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(template) if name is not None}


@cross_check
def check_consent_texts(packs: Packs) -> None:
    """Each sentence names who, whom, what and until when, and no purpose is there twice."""
    for pack in packs.of_kind("consent_texts").values():
        codes = [raw["code"] for raw in pack.data["purposes"]]
        for raw in pack.data["purposes"]:
            where = f"data/purposes/{raw['code']}/sentence"
            if codes.count(raw["code"]) > 1:
                raise PackError(pack.file, where, "occurs twice")
            if _names(raw["sentence"]) != PLACEHOLDERS:
                raise PackError(pack.file, where, f"must name exactly {', '.join(sorted(PLACEHOLDERS))}")
        for key, names in ASIDES.items():
            if _names(pack.data[key]) != names:
                raise PackError(pack.file, f"data/{key}", f"must name exactly {', '.join(sorted(names)) or 'nothing'}")
