"""The ways in which trust's fields are handled."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from fener.trust.privacy.declaration import Controller, Erase, Mask, Personal, Whose

FILE = ("subject_id",)
STAFF = Personal(
    whose=Whose.STAFF,
    purposes=("access", "accountability"),
    controller=Controller.NODE,
    basis="staff",
    retention="staff_account",
    erasure=Erase.WITH_ACCOUNT,
)
KEY = STAFF.but(
    purposes=("access",), mask=Mask.NEVER, exported=False, why_not=_("A key tells nothing and protects others.")
)
SESSION = STAFF.but(
    purposes=("access",),
    retention="session",
    mask=Mask.NEVER,
    erasure=Erase.ROW,
    exported=False,
    why_not=_("It ends by itself within hours."),
)
WORKER = STAFF.but(purposes=("accountability",), retention="audit", erasure=Erase.AUDIT)
SAID = Personal(purposes=("help", "accountability"), retention="case_file", erasure=Erase.RESIDUE)
VAULT = Personal(
    purposes=("help",),
    consent="keep",
    retention="case_file",
    mask=Mask.SEALED,
    erasure=Erase.DESTROY_KEY,
)
RECORD = Personal(
    purposes=("accountability",),
    controller=Controller.NODE,
    basis="accountability",
    retention="audit",
    mask=Mask.OPEN,
    erasure=Erase.AUDIT,
)
# Why the copy for the person holds no attachment.
FILES_APART = _("The files themselves are handed over one by one, by whoever works with the person.")
