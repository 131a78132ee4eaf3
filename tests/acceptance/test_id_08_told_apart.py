"""ID-08: separate codes, none of which implies another or is given to a whole group."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from fener.norms.packs import PackError, load_packs
from fener.norms.qualify import qualify
from tests.norms.facts_made_up import ADULT, CHILD
from tests.norms.packs_made_up import copy_of

EIGHT = {
    "trafficking",
    "smuggling",
    "irregular_migration",
    "labour_exploitation",
    "prostitution",
    "commercial_sexual_exploitation_of_children",
    "begging_out_of_poverty",
    "forced_begging",
}


def test_id_08_each_concept_is_a_code_of_its_own_with_a_source() -> None:
    concepts = load_packs().get("concepts", "told_apart").data["concepts"]
    assert set(concepts) >= EIGHT
    assert len({concept["label"] for concept in concepts.values()}) == len(concepts)
    assert all(concept["source"]["id"] for concept in concepts.values())


def test_id_08_no_concept_is_read_by_another() -> None:
    concepts = load_packs().get("concepts", "told_apart").data["concepts"]
    for code, concept in concepts.items():
        read = {fact for conditions in concept["listed_when"] for fact in conditions}
        assert not {f"result/{other}" for other in EIGHT} & read - {f"result/{code}"}


@pytest.mark.parametrize("extra", [{"implies": ["trafficking"]}, {"group": "everybody in the raid"}])
def test_id_08_a_pack_cannot_make_one_imply_another_or_give_it_to_a_group(
    tmp_path: Path, extra: dict[str, object]
) -> None:
    root = copy_of(tmp_path, "definition", "concepts")
    file = root / "concepts" / "told_apart.yaml"
    raw = yaml.safe_load(file.read_text(encoding="utf-8"))
    raw["data"]["concepts"]["prostitution"].update(extra)
    file.write_text(yaml.safe_dump(raw), encoding="utf-8")
    with pytest.raises(PackError, match="was unexpected"):
        load_packs(root)


def test_id_08_being_smuggled_or_irregular_is_not_trafficking() -> None:
    facts = {**ADULT, "smuggling": {"paid_for_entry": "yes"}, "movement": {"entry": "irregular"}}
    result = qualify(facts)
    assert result.qualification == "undetermined"
    assert set(result.alternatives) == {"smuggling", "irregular_migration"}
    assert qualify({**ADULT, "smuggling": {"paid_for_entry": "yes"}}).alternatives == ("smuggling",)
    assert qualify({**ADULT, "movement": {"entry": "irregular"}}).alternatives == ("irregular_migration",)


def test_id_08_prostitution_is_neither_trafficking_nor_sexual_exploitation_of_a_child() -> None:
    result = qualify({**ADULT, "purposes": {"prostitution": "yes"}})
    assert (result.qualification, result.alternatives) == ("undetermined", ("prostitution",))


def test_id_08_a_child_in_prostitution_is_exploited_and_not_by_that_alone_trafficked() -> None:
    result = qualify({**CHILD, "purposes": {"prostitution": "yes"}})
    assert result.qualification == "undetermined"
    assert result.alternatives == ("commercial_sexual_exploitation_of_children",)
    assert result.entitled_to_protection is True


def test_id_08_begging_in_poverty_and_forced_begging_stand_side_by_side() -> None:
    result = qualify({**ADULT, "purposes": {"begging": "yes"}})
    assert result.alternatives == ("begging_out_of_poverty", "forced_begging")
    assert result.qualification == "undetermined"


def test_id_08_underpaid_work_is_not_trafficking() -> None:
    result = qualify({**ADULT, "forced_labour": {"wages_withheld": "yes", "voluntary": "yes"}})
    assert (result.qualification, result.forced_labour) == ("undetermined", "not_found")
    assert "labour_exploitation" in result.alternatives
