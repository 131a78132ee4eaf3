"""To whom the rows of reviews of non-punishment belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.Punishment": of_case()}
