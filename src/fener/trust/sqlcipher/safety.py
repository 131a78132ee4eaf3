"""Which SQLite libraries may open a database in WAL mode without losing acknowledged writes."""

from __future__ import annotations

Version = tuple[int, ...]

# The WAL-reset race (a checkpoint and a writer that restarts the log at once can drop acknowledged commits) is fixed in
# 3.51.3 and was carried back to these two older lines.
FIXED_SINCE: Version = (3, 51, 3)
FIXED_IN_OLDER_LINES: tuple[Version, ...] = ((3, 44, 6), (3, 50, 7))


def wal_is_safe(version: Version) -> bool:
    """Whether a library of this version may be used in WAL mode."""
    if version >= FIXED_SINCE:
        return True
    return any(version[:2] == fixed[:2] and version >= fixed for fixed in FIXED_IN_OLDER_LINES)
