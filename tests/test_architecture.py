"""The house stands as it was drawn: imports point one way, services know no pages, pages write nothing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

SOURCE = Path(__file__).parent.parent / "src" / "fener"
ROOMS = ("trust", "network", "casework", "contact")
PAGES = {"django.http", "django.shortcuts", "django.forms", "django.contrib.messages"}
# Writing is the services' business. A queryset that a view holds is for reading.
WRITES = {"save", "create", "bulk_create", "update", "delete", "update_or_create", "get_or_create", "bulk_update"}


def imports(file: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{name.name}" for name in node.names)
        elif isinstance(node, ast.Import):
            yield from (name.name for name in node.names)


def files_of(*parts: str) -> list[Path]:
    return [file for room in ROOMS for part in parts for file in sorted((SOURCE / room).glob(part))]


@pytest.mark.parametrize(
    "file", files_of("services/**/*.py", "services.py", "selectors/**/*.py", "selectors.py"), ids=str
)
def test_services_and_selectors_know_no_pages(file: Path) -> None:
    assert not PAGES & set(imports(file))


@pytest.mark.parametrize(
    "file", [*files_of("views/**/*.py", "views.py"), *sorted((SOURCE / "web/views").glob("*.py"))], ids=str
)
def test_views_write_nothing(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    writes = [
        ast.unparse(node)
        for node in ast.walk(tree)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in WRITES
        and "objects" in ast.unparse(node.func)
    ]
    assert writes == []


@pytest.mark.parametrize("file", sorted((SOURCE / "norms").rglob("*.py")), ids=str)
def test_norms_is_pure(file: Path) -> None:
    assert not [name for name in imports(file) if name.split(".")[0] in {"django", "sqlcipher3", "allauth"}]
    assert not re.search(r"\b(datetime\.now|date\.today|time\.time)\(", file.read_text(encoding="utf-8"))


def test_no_country_stands_in_code() -> None:
    names = re.compile(
        r"\b(Serbia|Albania|Croatia|Bulgaria|Romania|Macedonia|Montenegro|Kosovo|Belgium|Italy|Bosnia)\b"
    )
    found = [
        f"{file.relative_to(SOURCE)}:{number}"
        for file in sorted(SOURCE.rglob("*.py"))
        if "migrations" not in file.parts and "locale" not in file.parts and "demo" not in file.parts
        for number, line in enumerate(_code_lines(file), start=1)
        if names.search(line)
    ]
    assert found == []


def _code_lines(file: Path) -> list[str]:
    """The file's lines without comments and docstrings: what runs."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node):
            node.body = node.body[1:] or [ast.Pass()]
    return ast.unparse(tree).splitlines()
