"""To whom the rows of promises belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Promise": of_case()}
