"""To whom the rows belong: what was left behind."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {"casework.LeftBehind": of_case()}
