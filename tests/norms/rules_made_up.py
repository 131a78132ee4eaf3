"""Packs with one body changed, so that a test can try a rule that no shipped pack has."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from fener.norms.packs import Packs


def with_pack(packs: Packs, kind: str, pack_id: str, **changed: Any) -> Packs:
    """The same packs, with some keys of one pack's body replaced."""
    pack = packs.get(kind, pack_id)
    new = replace(pack, data={**pack.data, **changed})
    kinds: dict[str, Mapping[str, Any]] = {k: packs.of_kind(k) for k in {p.kind for p in packs.all()}}
    return Packs(root=packs.root, _by_kind={**kinds, kind: {**kinds[kind], pack_id: new}})
