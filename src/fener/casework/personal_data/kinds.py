"""The ways in which casework's fields are handled: each field takes one of these."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.privacy.declaration import Erase, Mask, Personal, Whose

CASE = ("case_id",)

# A code or a yes: it stays as a count, because it names nobody once the person's own facts are gone.
COUNTED = Personal(purposes=("help", "statistics"), consent="keep", retention="case_file", erasure=Erase.RESIDUE)
DAY = COUNTED.but(erasure=Erase.YEAR)
GONE = COUNTED.but(purposes=("help",), erasure=Erase.BLANK)
# Words beside a record: sealed in the vault, here only the key to the row.
WORDS = COUNTED.but(purposes=("help",), mask=Mask.SEALED, erasure=Erase.DESTROY_KEY)
# Which colleague did it. The person may know; it stays when the person's data go.
WORKER = Personal(
    whose=Whose.STAFF, purposes=("accountability",), basis="staff", retention="audit", erasure=Erase.AUDIT
)
INTERPRETER = Personal(
    whose=Whose.THIRD,
    purposes=("help",),
    consent="keep",
    retention="case_file",
    erasure=Erase.BLANK,
    what=_("name of the interpreter"),
)
# Rows that only say who may come near a file: gone with it.
DOOR = Personal(purposes=("access",), retention="case_file", erasure=Erase.ROW, consent="keep")
HIDDEN = DOOR.but(
    purposes=("access", "safety"),
    exported=False,
    why_not=_("Who sees a hidden file is told by word of mouth: a paper that says so is a danger."),
)
