"""Who may do what with a person's lawyer, legal advice and statements (rules WP-05, JU-06, JU-07).

Narrower than the rest of the file: a shelter is no place for testimony.
"""

from __future__ import annotations

from fener.casework.policies.justice.common import of_the_law
from fener.trust.policy import Row

ROWS: tuple[Row, ...] = (
    *of_the_law("legal_advice.list", note="what was told, when and in which language; the lawyer's name is sealed"),
    *of_the_law("legal_advice.record"),
    *of_the_law("legal_mandate.record"),
    *of_the_law("legal_mandate.end"),
    *of_the_law("statement.list", note="kind, before whom and when; the reference of the file is sealed"),
    *of_the_law("statement.record", note="by the gate alone; what was said is not kept"),
    *of_the_law("statement.weigh", note="the opinion of guardian and prosecutor, each with reasons"),
    *of_the_law("statement.adapt", note="a procedure fit for a child"),
)
