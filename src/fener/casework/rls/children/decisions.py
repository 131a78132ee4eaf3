"""To whom the rows on a child's view and on decisions belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.ChildView": of_case(), "casework.ChildDecision": of_case()}
