"""DA-04: every field states purpose, controller, legal basis and retention; no intimate detail that nobody needs."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
import yaml

from fener.norms import retention
from fener.norms.fields import compartment_fields, facts_fields
from fener.norms.intimate import REAL_NEEDS
from fener.norms.jurisdictions import jurisdiction_codes, legal_basis
from fener.norms.packs import DEFAULT_ROOT, PackError, load_packs, read_yaml
from fener.trust.privacy import registry
from fener.trust.privacy.declaration import BASES, PURPOSES


def test_da_04_every_personal_field_states_purpose_controller_basis_and_retention() -> None:
    declared = dict(registry.declared())
    assert len(declared) > 300
    for name, one in declared.items():
        assert one.purposes, name
        assert set(one.purposes) <= set(PURPOSES), name
        assert one.controller.label, name
        assert one.basis in BASES, name
        assert one.retention in retention.classes(), name


def test_da_04_no_field_is_without_a_declaration() -> None:
    assert registry.undeclared() == []


def test_da_04_a_legal_basis_comes_from_a_pack_or_is_unknown() -> None:
    for code in jurisdiction_codes():
        for kind in BASES:
            found = legal_basis(code, kind)
            assert (not found.text) == (found.source is None), (code, kind)


@pytest.mark.parametrize("spec", [*facts_fields(), *compartment_fields()], ids=lambda spec: spec.code)
def test_da_04_a_court_or_a_service_needs_every_field(spec: object) -> None:
    assert set(spec.needed_for) & REAL_NEEDS  # type: ignore[attr-defined]


def changed(tmp_path: Path, name: str, **field: object) -> Path:
    """The packs with one more field in the first place of ``name``."""
    shutil.copytree(DEFAULT_ROOT, tmp_path / "packs", ignore=shutil.ignore_patterns("locale"))
    file = tmp_path / "packs" / f"{name}.yaml"
    raw = read_yaml(file)
    places = raw["data"]["fields"] if name == "facts" else raw["data"]["compartments"][2]["fields"]
    places.insert(0, field)
    file.write_text(yaml.safe_dump(raw, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return tmp_path / "packs"


PLAIN = {"type": "text", "max_length": 100, "category": "story", "needed_for": ["court"]}


@pytest.mark.parametrize(
    ("code", "label"),
    [
        ("virginity", "State before it began"),
        ("experience", "Sexual experience before"),
        ("clients", "How many clients a day"),
        ("belief", "Religious belief"),
        ("lie_test", "Result of the polygraph"),
    ],
)
def test_da_04_a_pack_that_asks_for_what_nobody_needs_is_refused(tmp_path: Path, code: str, label: str) -> None:
    root = changed(tmp_path, "compartments", code=code, label=label, **PLAIN)
    with pytest.raises(PackError, match="Neither a court nor a service"):
        load_packs(root)


def test_da_04_an_intimate_field_says_who_needs_it(tmp_path: Path) -> None:
    root = changed(tmp_path, "compartments", code="abortions", label="Abortion", **PLAIN)
    with pytest.raises(PackError, match="say under 'intimate'"):
        load_packs(root)


def test_da_04_figures_alone_are_no_reason_to_ask(tmp_path: Path) -> None:
    only = {"group": "person", "type": "date", "category": "facts", "needed_for": ["statistics"], "residue": "drop"}
    root = changed(tmp_path, "facts", code="nice_to_know", label="Nice to know", **only)
    with pytest.raises(PackError, match="Neither a court nor a service"):
        load_packs(root)


def test_da_04_a_field_without_a_stated_need_is_no_field(tmp_path: Path) -> None:
    bare = {key: value for key, value in PLAIN.items() if key != "needed_for"}
    with pytest.raises(PackError, match="needed_for"):
        load_packs(changed(tmp_path, "compartments", code="bare", label="Bare", **bare))
