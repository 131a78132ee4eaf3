"""The pack loader: a bad pack is refused with file, path and reason."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from fener.norms.packs import PackError, load_packs, read_yaml
from tests.norms.packs_made_up import copy_of, write_pack


def refused(root: Path) -> PackError:
    with pytest.raises(PackError) as error:
        load_packs(root)
    assert "\n" not in f"{error.value.file}{error.value.path}"
    return error.value


def changed(root: Path, file: str, change: Any) -> None:
    path = root / file
    raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    change(raw)
    path.write_text(yaml.safe_dump(raw, allow_unicode=True), encoding="utf-8")


def test_the_shipped_packs_load_once_and_every_one_is_cited() -> None:
    packs = load_packs()
    assert load_packs() is packs
    for pack in packs.all():
        assert pack.version
        assert pack.sources


def test_asking_for_a_pack_that_is_not_there_says_which() -> None:
    with pytest.raises(KeyError, match="no pack 'x' of kind 'definition'"):
        load_packs().get("definition", "x")
    assert load_packs().of_kind("nothing") == {}


def test_a_copy_of_the_definitions_loads(tmp_path: Path) -> None:
    packs = load_packs(copy_of(tmp_path, "definition", "concepts", "status"))
    assert set(packs.of_kind("definition")) == {"palermo", "forced_labour", "debt_bondage"}


@pytest.mark.parametrize(
    ("content", "path", "reason"),
    [
        (b"pack: {kind: definition", "line ", "expected"),
        (b"a: 1\na: 2\n", "line 2", "occurs twice"),
        (b"a: {b: 1, b: 2}\n", "line 1", "occurs twice"),
        ("title: \u0161".encode("cp1250"), "", "is not UTF-8"),
        (b"\xff\xfep\x00", "", "is not UTF-8"),
        (b"a: !!python/object:os.system {}\n", "line 1", "could not determine a constructor"),
        (b"", "", "is not of type 'object'"),
        (b"just words", "", "is not of type 'object'"),
        (b"a: 1", "", "'pack' is a required property"),
    ],
)
def test_a_file_that_is_no_pack_is_refused(tmp_path: Path, content: bytes, path: str, reason: str) -> None:
    root = copy_of(tmp_path)
    (root / "bad.yaml").write_bytes(content)
    error = refused(root)
    assert error.file.endswith("bad.yaml")
    assert path in error.path
    assert reason in error.reason


@pytest.mark.parametrize(
    ("head", "path", "reason"),
    [
        ({"kind": "recipe"}, "pack/kind", "is not a kind of pack"),
        ({"id": "../x"}, "pack/id", "does not match"),
        ({"version": 1.0}, "pack/version", "is not of type 'string'"),
        ({"sources": []}, "pack/sources", ""),
        ({"sources": [{"id": "hearsay"}]}, "pack/sources", "is not in the bibliography"),
        ({"colour": "red"}, "pack", "was unexpected"),
    ],
)
def test_a_bad_header_is_refused(tmp_path: Path, head: dict[str, Any], path: str, reason: str) -> None:
    root = copy_of(tmp_path)
    write_pack(root / "bad.yaml", kind="sources", pack_id="more", data={"x": {"title": "t", "year": 1}})
    raw = yaml.safe_load((root / "bad.yaml").read_text())
    raw["pack"].update(head)
    (root / "bad.yaml").write_text(yaml.safe_dump(raw))
    error = refused(root)
    assert error.file.endswith("bad.yaml")
    assert error.path == path
    assert reason in error.reason


def test_an_id_that_two_files_claim_is_refused(tmp_path: Path) -> None:
    root = copy_of(tmp_path, "status")
    (root / "status" / "second.yaml").write_bytes((root / "status" / "ladder.yaml").read_bytes())
    error = refused(root)
    assert error.file.endswith("second.yaml")
    assert error.path == "pack/id"
    assert "also in ladder.yaml" in error.reason


def test_a_citation_inside_a_body_must_be_in_the_bibliography(tmp_path: Path) -> None:
    root = copy_of(tmp_path, "definition")
    changed(root, "definition/palermo.yaml", lambda raw: raw["data"]["adult"]["source"].update(id="hearsay"))
    error = refused(root)
    assert error.file.endswith("palermo.yaml")
    assert error.path == "data/adult/source"


@pytest.mark.parametrize(
    ("file", "change", "path"),
    [
        ("definition/palermo.yaml", lambda raw: raw["data"].update(test="guess"), "data/test"),
        ("definition/palermo.yaml", lambda raw: raw["data"]["child"].update(needs=["age"]), "data/child/needs/0"),
        ("definition/palermo.yaml", lambda raw: raw["data"]["reasons"].pop("adult"), "data/reasons"),
        (
            "definition/palermo.yaml",
            lambda raw: raw["data"]["reasons"]["adult"].update(text="{nationality}"),
            "data/reasons/adult/text",
        ),
        (
            "definition/palermo.yaml",
            lambda raw: raw["data"]["reasons"]["adult"].update(text="{"),
            "data/reasons/adult/text",
        ),
        (
            "definition/palermo.yaml",
            lambda raw: raw["data"]["elements"]["act"]["codes"].append({"code": "receipt", "label": "Again"}),
            "data/elements/act/codes/5/code",
        ),
        (
            "definition/palermo.yaml",
            lambda raw: raw["data"]["entitlement"]["reads"].append("label"),
            "data/entitlement/reads/8",
        ),
        ("definition/forced_labour.yaml", lambda raw: raw["data"].update(threshold=3), "data/threshold"),
        (
            "definition/forced_labour.yaml",
            lambda raw: raw["data"]["agreement"].update(not_honoured_with=["luck"]),
            "data/agreement/not_honoured_with/0",
        ),
        (
            "concepts/told_apart.yaml",
            lambda raw: raw["data"]["concepts"]["smuggling"].update(implies=["trafficking"]),
            "data/concepts/smuggling",
        ),
        (
            "concepts/told_apart.yaml",
            lambda raw: raw["data"]["concepts"]["smuggling"].update(listed_when=[{"result/smuggling": "yes"}]),
            "data/concepts/smuggling/listed_when/0",
        ),
    ],
)
def test_a_bad_definition_is_refused_with_its_path(tmp_path: Path, file: str, change: Any, path: str) -> None:
    root = copy_of(tmp_path, "definition", "concepts")
    changed(root, file, change)
    error = refused(root)
    assert Path(error.file).name == Path(file).name
    assert error.path == path


def test_yaml_is_read_without_guesses(tmp_path: Path) -> None:
    file = tmp_path / "plain.yaml"
    file.write_text("a: no\nb: yes\nc: 2026-01-01\nd: true\ne: NO\n", encoding="utf-8")
    assert read_yaml(file) == {"a": "no", "b": "yes", "c": "2026-01-01", "d": True, "e": "NO"}
