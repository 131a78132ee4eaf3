"""NC-01 (the rules): no rule on status, service or admission reads co-operation or what stands for it."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fener.norms.facts_input import InputError
from fener.norms.independence import KINDS, check_independence
from fener.norms.packs import PackError, load_packs
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import trafficked_adult
from tests.norms.packs_made_up import copy_of


def test_nc_01_no_shipped_rule_on_status_service_or_admission_reads_co_operation() -> None:
    packs = load_packs()
    assert {"definition", "status_ladder", "screening_set", "services"} <= set(KINDS)
    assert all(packs.of_kind(kind) for kind in ("definition", "concepts", "status_ladder"))
    check_independence(packs)


@pytest.mark.parametrize(
    "fact", ["cooperates", "co_operates", "testifies", "source_value", "in_database", "passport_stamp"]
)
def test_nc_01_the_facts_of_the_test_have_no_place_for_it(fact: str) -> None:
    with pytest.raises(InputError):
        qualify(trafficked_adult(**{fact: "yes"}))
    with pytest.raises(InputError):
        qualify(trafficked_adult(person={"age": 30, fact: "yes"}))


@pytest.mark.parametrize("word", ["cooperates", "co-operation", "testifies", "in_database", "passport_stamp"])
def test_nc_01_a_pack_whose_status_rule_reads_it_is_refused(tmp_path: Path, word: str) -> None:
    root = copy_of(tmp_path, "definition", "concepts", "status")
    file = root / "concepts" / "told_apart.yaml"
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    raw["data"]["concepts"]["smuggling"]["listed_when"] = [{"consent": word}]
    file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(PackError, match="never depend on co-operation") as refused:
        load_packs(root)
    assert refused.value.path == "data/concepts/smuggling/listed_when/0/consent"


def test_nc_01_every_downgrade_names_what_it_needs_and_co_operation_is_not_among_it() -> None:
    needs = load_packs().get("status_ladder", "ladder").data["downgrade"]["needs"]
    assert set(needs) == {"decision_maker", "reason", "evidence", "date"}
