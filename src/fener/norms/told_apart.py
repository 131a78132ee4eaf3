"""Other qualifications that the facts leave open: smuggling, labour exploitation, prostitution and the like.

Each stands on its own: none implies another, and none is a finding.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from fener.norms.packs import Packs, load_packs
from fener.norms.reasons import Reason


def _matches(conditions: Mapping[str, Any], values: Mapping[str, str]) -> bool:
    """Whether every fact has (one of) the value(s) asked for. A fact that is not there is unknown."""
    return all(
        values.get(path, "unknown") in ([wanted] if isinstance(wanted, str) else wanted)
        for path, wanted in conditions.items()
    )


def alternatives(values: Mapping[str, str], packs: Packs | None = None) -> tuple[list[str], list[Reason]]:
    """The codes to be considered beside trafficking, in the order of the pack, with what speaks against each.

    ``values`` are facts and results by path. None of the codes is a finding, and none implies another: the rules
    read facts only.
    """
    pack = (packs or load_packs()).get("concepts", "told_apart")
    codes, reasons = [], []
    for code, concept in pack.data["concepts"].items():
        if not any(_matches(conditions, values) for conditions in concept["listed_when"]):
            continue
        against = [entry["text"] for entry in concept.get("against", []) if _matches(entry["when"], values)]
        codes.append(code)
        template = pack.data["reasons"]["listed_against" if against else "listed"]["text"]
        params = {"label": concept["label"], "meaning": concept["meaning"], "items": ", ".join(against)}
        source = concept["source"]
        reasons.append(
            Reason(
                rule=f"{pack.id}.{code}",
                version=pack.version,
                source=f"{source['id']} {source.get('at', '')}".strip(),
                text=template.format(**params),
                template=template,
                params=params,
            )
        )
    return codes, reasons
