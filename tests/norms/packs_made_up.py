"""Pack folders of the tests: copies of shipped packs, and made-up ones."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from fener.norms import packs


def copy_of(tmp_path: Path, *folders: str) -> Path:
    """A pack root with the bibliography, the schemas and these folders of the shipped packs."""
    shipped = Path(packs.__file__).resolve().parent.parent / "packs"
    root = tmp_path / "packs"
    root.mkdir()
    shutil.copy(shipped / "sources.yaml", root)
    for folder in ("schema", *folders):
        shutil.copytree(shipped / folder, root / folder)
    return root


def write_pack(file: Path, kind: str, pack_id: str, data: Any, **head: Any) -> Path:
    """Write a pack file (JSON is YAML), with a header that is right unless ``head`` says otherwise."""
    header = {"kind": kind, "id": pack_id, "version": "1.0", "title": "Made up", "sources": [{"id": "fener"}], **head}
    file.write_text(json.dumps({"pack": header, "data": data}), encoding="utf-8")
    return file


def packs_with_words(words: dict[str, dict[str, list[str]]]) -> packs.Packs:
    """The shipped ladder beside made-up jurisdictions, each with its own words for a status (status -> words)."""
    made_up = {
        code: packs.Pack(
            kind="jurisdiction",
            id=code,
            version="1.0",
            title=code,
            data={
                "status_terms": {status: [{"term": t, "language": "en"} for t in own] for status, own in terms.items()}
            },
            sources=(packs.Source("fener"),),
            file=f"{code}.yaml",
        )
        for code, terms in words.items()
    }
    ladders = packs.load_packs().of_kind("status_ladder")
    return packs.Packs(root=Path("made-up"), _by_kind={"status_ladder": ladders, "jurisdiction": made_up})
