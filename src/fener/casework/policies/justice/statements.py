"""Who may do what with a person's lawyer, legal advice and statements (rules WP-05, JU-06, JU-07).

Narrower than the rest of the file: a shelter is no place for testimony.
"""

from __future__ import annotations

from fener.casework.policies.children.common import BROUGHT, HOLDS
from fener.trust.policy import Row
from fener.trust.roles import Role


def _of_the_law(act: str, note: str = "") -> tuple[Row, Row]:
    return (
        Row(act, {Role.CASE_MANAGER}, HOLDS, note=note),
        Row(act, {Role.LAWYER, Role.GUARDIAN}, BROUGHT, note=note),
    )


ROWS: tuple[Row, ...] = (
    *_of_the_law("legal_advice.list", note="what was told, when and in which language; the lawyer's name is sealed"),
    *_of_the_law("legal_advice.record"),
    *_of_the_law("legal_mandate.record"),
    *_of_the_law("legal_mandate.end"),
    *_of_the_law("statement.list", note="kind, before whom and when; the reference of the file is sealed"),
    *_of_the_law("statement.record", note="by the gate alone; what was said is not kept"),
    *_of_the_law("statement.weigh", note="the opinion of guardian and prosecutor, each with reasons"),
    *_of_the_law("statement.adapt", note="a procedure fit for a child"),
)
