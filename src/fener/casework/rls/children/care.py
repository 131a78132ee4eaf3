"""To whom the rows on marks, checklists, what parents owe and dependants belong."""

from __future__ import annotations

from fener.casework.rls.cases import of_case

RULES = {
    "casework.ChildMarks": of_case(),
    "casework.ChildChecklist": of_case(),
    "casework.ParentsPlan": of_case(),
    "casework.Dependant": of_case(),
}
