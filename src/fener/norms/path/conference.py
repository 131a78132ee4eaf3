"""Case conferences on children: who was there, who was missing, and does it hold? (Rule CH-13; packs/path.)"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from fener.norms.packs import PackError, Packs, cross_check, load_packs
from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

NOT_CHAIRED = gettext_noop("The worker of child protection did not chair it.")
SECTOR_ABSENT = gettext_noop("A sector that is needed was absent (%(sector)s).")
NO_QUORUM = gettext_noop("%(present)s of %(members)s sectors were there; more than half are needed.")


@dataclass(frozen=True)
class Conference:
    """What a list of those present amounts to. ``missing`` are the absent sectors; ``holds``: chaired, complete, many
    enough. A conference that does not hold is kept all the same, with ``flags`` that say why."""

    present: tuple[str, ...]
    missing: tuple[str, ...]
    quorum: bool
    flags: tuple[Flag, ...]

    @property
    def holds(self) -> bool:
        return not self.flags


def members(packs: Packs | None = None) -> tuple[str, ...]:
    """The sectors that belong to a conference, in the order of the pack."""
    return tuple((packs or load_packs()).get("conference", "conference").data["members"])


def needs_conference(level: str | None, packs: Packs | None = None) -> bool:
    """Whether a child at this level of risk comes before the monthly conference."""
    return level in (packs or load_packs()).get("conference", "conference").data["levels"]


def check_conference(present: Collection[str], *, chaired_by: str | None, packs: Packs | None = None) -> Conference:
    """Missing sectors, quorum and chair. Raises ValueError for a sector that the list does not have."""
    data = (packs or load_packs()).get("conference", "conference").data
    sectors = vocabulary(data["vocabulary"], packs)
    for code in present:
        sectors.entry(code)
    there = [code for code in data["members"] if code in present]
    quorum = len(there) * data["quorum"]["of"] > len(data["members"]) * data["quorum"]["more_than"]
    flags = []
    if chaired_by != data["chair"] or data["chair"] not in present:
        flags.append(Flag("not_chaired", Step(NOT_CHAIRED), "CH-13"))
    flags += [
        Flag("sector_absent", Step(SECTOR_ABSENT, {"sector": code}), "CH-13")
        for code in data["required"]
        if code not in present
    ]
    if not quorum:
        numbers = {"present": len(there), "members": len(data["members"])}
        flags.append(Flag("no_quorum", Step(NO_QUORUM, numbers), "CH-13"))
    return Conference(
        present=tuple(code for code in sectors.codes() if code in present),
        missing=tuple(code for code in data["members"] if code not in present),
        quorum=quorum,
        flags=tuple(flags),
    )


@cross_check
def check_conference_pack(packs: Packs) -> None:
    """Every sector and level is a code of its list, and chair and needed sectors are members."""
    for pack in packs.of_kind("conference").values():
        if pack.data["vocabulary"] not in packs.of_kind("vocabulary"):
            raise PackError(pack.file, "data/vocabulary", f"no vocabulary {pack.data['vocabulary']!r}")
        sectors, risks = vocabulary(pack.data["vocabulary"], packs), vocabulary("risk_level", packs)
        for code in pack.data["members"]:
            if code not in sectors:
                raise PackError(pack.file, "data/members", f"{code!r} is no sector")
        for code in (pack.data["chair"], *pack.data["required"]):
            if code not in pack.data["members"]:
                raise PackError(pack.file, "data/members", f"{code!r} is needed and no member")
        for code in pack.data["levels"]:
            if code not in risks:
                raise PackError(pack.file, "data/levels", f"{code!r} is no level of risk")
