"""To whom the rows of savings books belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.SavingsEntry": of_case()}
