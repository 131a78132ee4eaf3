"""Questions about PostgreSQL: its version, its role, and whether row-level security stands as the program says."""

from __future__ import annotations

from collections.abc import Iterator

from django.db import connection

from fener.trust import fence
from fener.trust.installation.finding import Finding

LEAST_VERSION = 15
ABOVE = {
    "superuser": "The database's role is a superuser, so row-level security does not hold it.",
    "bypassrls": "The database's role may go past row-level security (bypassrls).",
}


def row_level_security() -> Iterator[Finding]:
    """The second fence stands, and the program's role is not above it. Nothing to ask on the embedded engine."""
    if connection.vendor != "postgresql":
        return
    where = str(connection.settings_dict["NAME"])
    version = connection.pg_version // 10_000  # type: ignore[attr-defined]
    if version < LEAST_VERSION:
        yield Finding("fence", f"PostgreSQL {version} is too old.", f"Use {LEAST_VERSION} or later.", where)
    if above := fence.role_is_above_it(connection):
        remedy = "As a superuser: ALTER ROLE name NOSUPERUSER NOBYPASSRLS; or take a role of its own."
        yield Finding("fence", ABOVE[above], remedy, where)
    if wrong := fence.missing(connection):
        said = f"Row-level security is not as this program says: {', '.join(sorted(wrong))}."
        yield Finding("fence", said, "Put it back: fener upgrade", where)
