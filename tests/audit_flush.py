"""Lets Django's tests empty the database between transactional tests, which the audit's triggers rightly refuse.

Imported by ``tests/conftest.py``. Only the flush of the test runner gets through: the triggers are back before the
next test.
"""

from __future__ import annotations

from typing import Any

from django.db import models  # noqa: F401  (first: Django imports these two in a circle)
from django.db.backends.base.operations import BaseDatabaseOperations

from fener.trust import triggers

_flush = BaseDatabaseOperations.execute_sql_flush


def _flush_with_audit(self: Any, sql_list: list[str]) -> Any:
    triggers.remove(self.connection)
    try:
        return _flush(self, sql_list)
    finally:
        triggers.install(self.connection)


def allow_flush() -> None:
    """Idempotent."""
    BaseDatabaseOperations.execute_sql_flush = _flush_with_audit  # type: ignore[method-assign]
