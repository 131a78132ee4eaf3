"""Logs hold no personal data: what is not known by name is dropped, whoever wrote the line."""

from __future__ import annotations

import ast
import io
import json
import logging
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import fener
from fener.trust import logs

NAME, CODE = "Милица Ђорђевић", "K-7F3Q"
PLACES = Path(fener.__file__).parent if fener.__file__ else Path(next(iter(fener.__path__)))


class Caught:
    """A logger with one of the product's formatters, and what it wrote."""

    def __init__(self, formatter: logging.Formatter) -> None:
        self.stream = io.StringIO()
        self.handler = logging.StreamHandler(self.stream)
        self.handler.setFormatter(formatter)

    @property
    def text(self) -> str:
        return self.stream.getvalue()


@pytest.fixture(params=[logs.JsonLines, logs.PlainLines])
def caught(request: pytest.FixtureRequest) -> Iterator[Caught]:
    found = Caught(request.param())
    for name in ("fener.x", "django.request", "elsewhere"):
        logger = logging.getLogger(name)
        logger.addHandler(found.handler)
        logger.setLevel(logging.DEBUG)
        logger.propagate = False
    yield found
    for name in ("fener.x", "django.request", "elsewhere"):
        logger = logging.getLogger(name)
        logger.removeHandler(found.handler)
        logger.propagate = True
        logger.setLevel(logging.NOTSET)


def fail(name: str) -> None:
    """Fails as a library would, with what it was given in its words and among its values."""
    local = f"{name} at home"
    try:
        raise KeyError(local)
    except KeyError as error:
        raise ValueError(f"no such person: {name}") from error


def test_what_is_put_into_a_line_is_not_written(caught: Caught) -> None:
    logging.getLogger("fener.x").warning("sealed for %s", NAME)
    assert "sealed for %s" in caught.text
    assert NAME not in caught.text


def test_the_words_of_others_are_not_written_only_where_they_come_from(caught: Caught) -> None:
    logging.getLogger("elsewhere").error(f"cannot send to {NAME}")
    logging.getLogger("django.request").error(
        "Internal Server Error: %s", f"/cases/{CODE}/", extra={"status_code": 500}
    )
    assert NAME not in caught.text
    assert CODE not in caught.text
    assert "test_logs" in caught.text


def test_an_error_keeps_its_class_and_places_and_neither_words_nor_values(caught: Caught) -> None:
    try:
        fail(NAME)
    except ValueError:
        logging.getLogger("django.request").exception("Internal Server Error: %s", f"/cases/{CODE}/")
    assert "builtins.ValueError" in caught.text
    assert "builtins.KeyError" in caught.text  # its cause
    assert " fail" in caught.text
    for hidden in (NAME, CODE, "at home", "no such person"):
        assert hidden not in caught.text


@pytest.mark.parametrize(
    "extra, kept",
    [
        ({"route": "casework:case"}, True),
        ({"status": 404}, True),
        ({"route": NAME}, False),
        ({"act": "Milica Djordjevic"}, False),
        ({"person": "milica"}, False),
        ({"request": CODE}, False),
        ({"count": [NAME]}, False),
    ],
)
def test_only_what_is_known_by_name_and_looks_like_a_code_is_kept(
    extra: dict[str, Any], kept: bool, caught: Caught
) -> None:
    logging.getLogger("fener.x").warning("done", extra=extra)
    (value,) = extra.values()
    assert (str(value) in caught.text) is kept


def test_a_line_is_one_json_object_with_the_number_of_its_request() -> None:
    record = logging.LogRecord("fener.x", logging.INFO, __file__, 1, "done", None, None)
    with logs.in_request("ab12"):
        told = json.loads(logs.JsonLines().format(record))
    assert told["event"] == "done"
    assert told["request_id"] == "ab12"
    assert "request_id" not in json.loads(logs.JsonLines().format(record))


def test_the_programs_own_lines_are_templates_that_nothing_was_put_into() -> None:
    """The template is written: it must be a constant, and extra keys must be known."""
    wrong = []
    for file in sorted(PLACES.rglob("*.py")):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)):
                continue
            if node.func.attr not in {"debug", "info", "warning", "error", "exception", "critical"} or not node.args:
                continue
            whose = ast.unparse(node.func.value)
            if ("log" in whose.lower()) and not isinstance(node.args[0], ast.Constant):
                wrong.append(f"{file.name}:{node.lineno}")
    assert wrong == []
