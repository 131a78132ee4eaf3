"""Who may do what with files beside a case: what holds for the part of the file that they belong to, holds for them."""

from __future__ import annotations

from fener.casework.policies.identification import _OPENS, _WRITES, HOLDER, TEAM
from fener.trust.policy import Relationship as R
from fener.trust.policy import Row
from fener.trust.roles import CASEWORK, Role

ROWS: tuple[Row, ...] = (
    Row("attachment.list", CASEWORK, TEAM | {R.GUARDIAN}, note="kind, size and day; no name, nothing of the content"),
    *(Row("attachment.open", roles, how, compartments=parts, note=note) for parts, roles, how, note in _OPENS),
    *(
        Row("attachment_original.open", roles, how, compartments=parts, note="on purpose, with a reason; kept")
        for parts, roles, how, _note in _OPENS
    ),
    *(Row("attachment.add", roles, how, compartments=parts) for parts, roles, how in _WRITES),
    Row("attachment.remove", {Role.CASE_MANAGER}, HOLDER, note="keys and ciphertexts go; that it was there stays"),
)
