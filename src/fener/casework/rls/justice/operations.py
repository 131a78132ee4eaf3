"""To whom operations belong: numbers of a body; who was met, to the case."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

REGISTER = "the register of operations: numbers, rights and lessons; nobody who was met"
EXEMPT = {"casework.Operation": REGISTER}
RULES = {"casework.OperationPerson": of_case()}
