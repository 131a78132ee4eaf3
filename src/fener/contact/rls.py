"""To whom the rows of contact belong (see ``trust.fence``)."""

from __future__ import annotations

from fener.trust.fence import USER, keeper_in, sql

REACHES = ()
RULES = {
    # A closed screening is seen by nobody, as ``ScreeningQuerySet`` says: the officer keeps the receipt.
    "contact.Screening": sql(f"({{row}}.officer_id = {USER} AND {{row}}.state <> 'closed')"),
    "contact.Intake": keeper_in("organisation"),
}
EXEMPT: dict[str, str] = {}
