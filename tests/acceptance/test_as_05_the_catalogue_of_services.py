"""AS-05: the catalogue holds every kind of help, offered to every nationality and fitted to the person."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from fener.norms.packs import DEFAULT_ROOT, PackError, load_packs, read_yaml
from fener.norms.services_catalogue import catalogue
from tests.norms.packs_made_up import copy_of

NEEDED = {
    "housing",
    "counselling",
    "medical",
    "psychological",
    "legal",
    "social",
    "material",
    "language",
    "education",
    "work",
    "documents",
    "children",
}


def test_as_05_every_kind_of_help_is_there_and_cited() -> None:
    found = catalogue()
    assert {service.group for service in found.services} >= NEEDED
    assert {"rights_information", "interpretation", "child_care", "identity_documents"} <= set(found.codes())
    assert all(service.source.id for service in found.services)


def test_as_05_it_is_offered_to_every_nationality() -> None:
    assert "every_nationality" in {principle.code for principle in catalogue().principles}
    schema = json.loads((DEFAULT_ROOT / "schema" / "services.json").read_text(encoding="utf-8"))
    allowed = schema["properties"]["services"]["items"]["properties"]
    assert set(allowed) == {"code", "label", "group", "plan_type", "ages", "fit", "source"}


@pytest.mark.parametrize("condition", ["nationality", "status", "testifies", "condition"])
def test_as_05_a_service_with_a_condition_is_refused(tmp_path: Path, condition: str) -> None:
    root = copy_of(tmp_path, "vocabularies")
    pack: dict[str, Any] = read_yaml(DEFAULT_ROOT / "services.yaml")
    pack["data"]["services"][0][condition] = "RS"
    (root / "services.yaml").write_text(json.dumps(pack), encoding="utf-8")
    with pytest.raises(PackError, match=condition):
        load_packs(root)


def test_as_05_services_are_fitted_to_age_gender_special_needs_and_language() -> None:
    fits = {fit for service in catalogue().services for fit in service.fit}
    assert fits == {"age", "gender", "special_needs", "language"}
    assert all(service.fit for service in catalogue().services)


def test_as_05_children_have_their_own_and_an_unknown_age_excludes_nothing() -> None:
    found = catalogue()
    child = {s.code for s in found.for_person(child=True)}
    adult = {s.code for s in found.for_person(child=False)}
    assert "guardianship" in child - adult
    assert "micro_grant" in adult - child
    assert {s.code for s in found.for_person(child=None)} == set(found.codes())
