"""What the documents say is true: commands exist, settings are listed, links lead somewhere, rules have tests."""

from __future__ import annotations

import ast
import csv
import re
from functools import cache
from pathlib import Path

import click
import pytest

from fener.cli import main

ROOT = Path(__file__).parent.parent
DOCS = [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
SETTINGS = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
# Set in the settings module, not by the operator.
INTERNAL = {"FENER_ARGON2", "FENER_IDLE_MINUTES", "FENER_ROOMS", "FENER_CONSENT_MAX_DAYS", "FENER_OVERRIDE_MAX_DAYS"}


def commands(group: click.Group, prefix: str = "fener") -> dict[str, click.Command]:
    """Every command by its whole name."""
    found: dict[str, click.Command] = {}
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            found |= commands(command, f"{prefix} {name}")
        else:
            found[f"{prefix} {name}"] = command
    return found


def test_every_setting_of_the_environment_is_listed() -> None:
    read = {
        name
        for file in (ROOT / "src" / "fener").rglob("*.py")
        for name in re.findall(r"\bFENER_[A-Z0-9_]+", file.read_text(encoding="utf-8"))
    }
    listed = set(re.findall(r"`(FENER_[A-Z0-9_]+)`", SETTINGS))
    assert read - INTERNAL == listed


def test_every_command_is_listed_and_no_other() -> None:
    listed = set(re.findall(r"^\| `(fener [a-z ]+)` \|", SETTINGS, re.MULTILINE))
    assert listed == set(commands(main))


@pytest.mark.parametrize("name", sorted(commands(main)))
def test_every_command_has_help_with_an_example(name: str) -> None:
    command = commands(main)[name]
    text = command.get_help(click.Context(command, info_name=name))
    assert "xample" in text
    assert name in text


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_links_lead_somewhere(file: Path) -> None:
    targets = re.findall(r"\]\(([^)#]+)\)", file.read_text(encoding="utf-8"))
    missing = [t for t in targets if "://" not in t and not (file.parent / t).exists()]
    assert missing == []


@pytest.mark.parametrize("file", DOCS, ids=lambda file: file.name)
def test_commands_in_the_documents_exist(file: Path) -> None:
    known = {*commands(main), *(" ".join(name.split()[:2]) for name in commands(main))}
    named = re.findall(r"`(fener [a-z]+(?: [a-z]+)?)", file.read_text(encoding="utf-8"))
    assert [n for n in named if n not in known and " ".join(n.split()[:2]) not in known] == []


def test_make_targets_in_the_documents_exist() -> None:
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    for file in DOCS:
        for target in re.findall(r"(?:`|^)make ([a-z]+)", file.read_text(encoding="utf-8"), re.MULTILINE):
            assert target in targets, f"{file.name}: make {target}"


def test_the_readme_names_two_commands() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    assert "make run" in text
    assert "make test" in text
    assert len(text.splitlines()) < 90


# -- rules ------------------------------------------------------------------------------------------------------------


@cache
def functions_of(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    return frozenset(
        node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")
    )


def rules() -> list[dict[str, str]]:
    with (ROOT / "docs" / "rules.csv").open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_each_rule_stands_once_and_in_order() -> None:
    ids = [row["id"] for row in rules()]
    assert ids == sorted(set(ids))
    assert len(ids) >= 54


def exists(place: str) -> bool:
    """A module, or something in one (``fener.norms.qualify``), or a file or folder of packs with a ``#`` part."""
    path, _, part = place.partition("#")
    source = ROOT / "src" / "fener"
    if not place.startswith("fener."):
        return (source / path).exists() and part in ((source / path).read_text(encoding="utf-8") if part else "")
    names = path.split(".")[1:]
    for depth in range(len(names), 0, -1):
        base = source.joinpath(*names[:depth])
        for file in (base.with_suffix(".py"), base / "__init__.py"):
            if file.exists():
                return all(name in file.read_text(encoding="utf-8") for name in names[depth:])
    return False


@pytest.mark.parametrize("row", rules(), ids=lambda row: row["id"])
def test_a_rule_names_where_it_is_enforced(row: dict[str, str]) -> None:
    places = [place.strip() for place in row["enforced"].split(";")]
    assert places
    assert [place for place in places if not exists(place)] == []


@pytest.mark.parametrize("row", rules(), ids=lambda row: row["id"])
def test_a_rule_names_tests_that_exist(row: dict[str, str]) -> None:
    for named in row["test"].split(";"):
        file, _, name = named.strip().partition("::")
        assert (ROOT / file).is_file(), f"{row['id']}: {file}"
        assert name.split("[")[0] in functions_of(ROOT / file), f"{row['id']}: {named}"
