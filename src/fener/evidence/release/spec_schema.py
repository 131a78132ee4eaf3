"""What a release specification may say (JSON Schema 2020-12). What must fit together is checked in ``spec``."""

from __future__ import annotations

from typing import Any

_TEXT: dict[str, Any] = {"type": "string", "minLength": 1, "maxLength": 200}
_CODE: dict[str, Any] = {"type": ["string", "integer"], "minLength": 1, "maxLength": 100}
_ANSWER: dict[str, Any] = {"enum": ["yes", "no", True, False]}
_DATE: dict[str, Any] = {"type": "string", "pattern": r"^\d{4}-\d{2}-\d{2}$"}
_CODES: dict[str, Any] = {"type": "array", "items": _CODE, "minItems": 1, "maxItems": 2000}

_GROUPS: dict[str, Any] = {
    "type": "object",
    "minProperties": 1,
    "additionalProperties": {"anyOf": [_CODES, {"$ref": "#/$defs/groups"}]},
}

_COLUMN: dict[str, Any] = {
    "type": "object",
    "required": ["codes"],
    "additionalProperties": False,
    "properties": {
        "codes": _CODES,
        "title": _TEXT,
        "missing": _CODE,
        "several": _CODE,
        "hierarchy": {"$ref": "#/$defs/groups"},
        "htcds": _TEXT,
        "ctdc": _TEXT,
        "ctdc_codes": {"type": "object", "additionalProperties": {"type": ["string", "integer", "null"]}},
    },
}

_BY: dict[str, Any] = {"type": "array", "items": _TEXT, "minItems": 1, "maxItems": 16, "uniqueItems": True}

_TABLE: dict[str, Any] = {
    "anyOf": [
        _BY,
        {
            "type": "object",
            "required": ["by"],
            "additionalProperties": False,
            "properties": {
                "by": _BY,
                "name": {"type": "string", "pattern": "^[a-z0-9][a-z0-9_-]{0,60}$"},
                "where": {"type": "object", "additionalProperties": _CODE},
            },
        },
    ]
}

_NATIONAL: dict[str, Any] = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "minimum": {"type": "integer", "minimum": 1, "maximum": 1000},
        "method": {"enum": ["suppress", "round"]},
        "base": {"enum": [3, 5]},
        "protection": {"type": "integer", "minimum": 1, "maximum": 1000},
        "contributor": _TEXT,
        "dominance": {"type": "integer", "minimum": 50, "maximum": 100},
        "groups": {"enum": ["suppress", "report"]},
    },
}

_PRIVATE: dict[str, Any] = {
    "type": "object",
    "required": ["epsilon", "ledger"],
    "additionalProperties": False,
    "properties": {
        "epsilon": {"type": ["number", "string"]},
        "delta": {"type": ["number", "string"]},
        "budget": {
            "type": "object",
            "required": ["epsilon"],
            "additionalProperties": False,
            "properties": {"epsilon": {"type": ["number", "string"]}, "delta": {"type": ["number", "string"]}},
        },
        "ledger": _TEXT,
        "method": {"enum": ["geometric", "marginals"]},
        "synthetic": _ANSWER,
        "synthetic_rows": {"type": "integer", "minimum": 1, "maximum": 10_000_000},
        "rows_per_person": {"type": "integer", "minimum": 1, "maximum": 1000},
        "level": {"type": ["number", "string"]},
        "attack_runs": {"type": "integer", "minimum": 0, "maximum": 100_000},
    },
}

SCHEMA: dict[str, Any] = {
    "$schema": "https://json-schema.org/draft/2020-12/schema",
    "$defs": {"groups": _GROUPS},
    "type": "object",
    "required": ["family", "columns", "tables", "history"],
    "additionalProperties": False,
    "properties": {
        "family": {"enum": ["national", "private"]},
        "title": _TEXT,
        "publisher": _TEXT,
        "population": _TEXT,
        "period": {
            "type": "object",
            "required": ["start", "end"],
            "additionalProperties": False,
            "properties": {"start": _DATE, "end": _DATE},
        },
        "as_of": _DATE,
        "columns": {"type": "object", "minProperties": 1, "maxProperties": 64, "additionalProperties": _COLUMN},
        "tables": {"type": "array", "items": _TABLE, "minItems": 1, "maxItems": 2000},
        "person": _TEXT,
        "rows": {"enum": ["persons"]},
        "history": _TEXT,
        "national": _NATIONAL,
        "private": _PRIVATE,
    },
}
