"""Who may read and write the service directory. Everybody who signs in reads it; each body writes its own entries."""

from __future__ import annotations

from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

ROWS: tuple[Row, ...] = (
    Row("directory.read", frozenset(Role), {R.NODE}, note="services in words; no person, no concealed address"),
    Row(
        "directory.change",
        {Role.ORGANISATION_ADMIN},
        {R.SAME_ORGANISATION},
        elevated=True,
        note="what its own services are",
    ),
    Row(
        "directory.change",
        {Role.SYSTEM_ADMIN},
        {R.NODE},
        elevated=True,
        note="also by the command line, from a file",
        job=True,
    ),
    Row(
        "directory.say_places",
        {Role.ORGANISATION_ADMIN, *CASEWORK},
        {R.SAME_ORGANISATION},
        note="how many places are free now, by those who work there",
        job=True,
    ),
    Row(
        "directory_gap.list",
        {Role.MECHANISM_COORDINATOR, Role.SYSTEM_ADMIN},
        {R.NODE},
        note="what is not stated (rule AS-12), and conditions that may not be",
    ),
    Row("directory_gap.list", {Role.ORGANISATION_ADMIN}, {R.SAME_ORGANISATION}, note="of its own services"),
    Row("directory.export", {Role.SYSTEM_ADMIN}, {R.NODE}, note="to a file of HSDS 3.0, no concealed place", job=True),
)
