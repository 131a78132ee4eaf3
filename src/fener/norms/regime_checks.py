"""What no residence regime may say, and what it has to say: checked when packs are loaded."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fener.norms.packs import Pack, PackError, Packs, cross_check
from fener.norms.regime_rules import protects


@cross_check
def check_protection(packs: Packs) -> None:
    """No phase that protects is removable; whoever may work gets education; what falls short names its critic.

    Rules RP-04, RP-08 and RP-09. A permit that rests on co-operation alone falls short, unless the same regime has a
    path beside it that does not; so does one that is tied to an employer.
    """
    for pack in packs.of_kind("regime").values():
        for index, phase in enumerate(pack.data["phases"]):
            if reason := _fault(pack, phase):
                raise PackError(pack.file, f"data/phases/{index}/{reason[0]}", reason[1])
        _check_paths(pack)


def _fault(pack: Pack, phase: Mapping[str, Any]) -> tuple[str, str] | None:
    work = phase["work"]
    if protects(phase) and phase["removable"] is not False:
        return "removable", "a phase that protects never makes anybody removable"
    if protects(phase) and phase.get("conditions"):
        return "conditions", "a recovery period depends on nothing"
    if work["status"] == "allowed" and "education" not in phase["entitlements"]:
        return "entitlements", "whoever stays lawfully gets education and vocational training"
    only_cooperation = phase.get("grounds") == ["cooperation"] and "path" not in pack.data
    if (only_cooperation or work.get("tied_to_employer")) and not phase.get("falls_short"):
        return "falls_short", "a permit against testimony alone or tied to an employer is shown with its critic"
    for shortfall in phase.get("falls_short", []):
        if not shortfall.get("generic"):
            return "falls_short", "lacks the generic standard to stand beside it"
    names = [p["phase"] for p in pack.data["phases"]]
    if phase.get("converts_to", phase["phase"]) not in names:
        return "converts_to", f"there is no phase {phase['converts_to']!r}"
    return None


def _check_paths(pack: Pack) -> None:
    paths = pack.data.get("paths", {})
    for key in ("path", "path_may_change_to"):
        if key in pack.data and pack.data[key] not in paths:
            raise PackError(pack.file, f"data/{key}", f"there is no path {pack.data[key]!r}")
    if any(phase.get("path_conditions") for phase in pack.data["phases"]) and "path" not in pack.data:
        raise PackError(pack.file, "data/path", "is missing, though a phase reads the conditions of a path")
