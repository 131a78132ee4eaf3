"""To whom the rows of contact belong (see ``trust.fence``)."""

from __future__ import annotations

from fener.trust.fence import USER, keeper_in, sql

REACHES = ()
RULES = {
    # A closed screening is seen by nobody, as ``ScreeningQuerySet`` says: the officer keeps the receipt.
    "contact.Screening": sql(f"({{row}}.officer_id = {USER} AND {{row}}.state <> 'closed')"),
    "contact.Intake": keeper_in("organisation"),
    "trust.SealedItem": sql("EXISTS (SELECT 1 FROM contact_intake i WHERE i.sealed_id = {row}.id)"),
}
EXEMPT: dict[str, str] = {}
