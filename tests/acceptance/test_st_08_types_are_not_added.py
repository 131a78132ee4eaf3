"""ST-08: stock and flow, persons and cases, calls and consultations, attendances and people."""

from __future__ import annotations

from pathlib import Path

import pytest

from fener.evidence.claims import derive
from tests.evidence.claims.made_up import Row, book, row, year

TYPES: dict[str, tuple[Row, Row]] = {
    "stock and flow": (row("a", 3), row("b", 4, measure="pending", **year(2004))),
    "persons and cases": (row("a", 3), row("b", 4, unit="case", **year(2004))),
    "calls and consultations": (row("a", 3, measure="calls"), row("b", 4, measure="consultations", **year(2004))),
    "attendances and people": (row("a", 3), row("b", 4, unit="attendance", **year(2004))),
}


@pytest.mark.parametrize("name", TYPES)
@pytest.mark.parametrize("kind", ["sum", "change", "difference", "rate"])
def test_st_08_across_types_nothing_is_computed_whoever_answers(name: str, kind: str, tmp_path: Path) -> None:
    made = book(tmp_path, *TYPES[name])
    for by in (None, "A. Statistician"):
        (value,) = derive(made, kind=kind, inputs=["a", "b"], acknowledged_by=by)
        assert value.value is None
        assert value.refused
