"""A file as an item of the vault: the item holds its name, what it is and the keys; the ciphertexts lie beside it.

Whoever gets the item (by a referral on consent, say) gets the file; whoever loses it loses both. When the item's key is
destroyed, nothing opens the ciphertexts any more.
"""

from __future__ import annotations

import base64
import hashlib
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from fener.trust import vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NotGranted
from fener.trust.files import store
from fener.trust.files.cleaning import Clean
from fener.trust.models import SealedFile, SealedItem

SLOT = "file:"
LONGEST_NAME, LONGEST_NOTE = 120, 500
ORPHAN_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Opened:
    """What an item says about its file, once it is open."""

    name: str
    note: str
    media: str
    ending: str
    size: int
    original_size: int
    about: dict[str, Any]
    digest: str  # SHA-256 of the original, in hexadecimal: to show later that it is the same file
    raw: dict[str, Any] = field(repr=False)


def is_file(item: SealedItem) -> bool:
    """Whether an item of the vault belongs to a file."""
    return item.slot.startswith(SLOT)


@transaction.atomic
def seal_file(
    *,
    actor: Actor,
    subject_id: UUID,
    compartment: Compartment,
    original: bytes,
    clean: Clean,
    name: str,
    note: str,
    for_keepers: Iterable[UUID],
) -> SealedItem:
    """Seal a file and its clean copy for these keepers. Needs no key. When it returns, both are on the disk.

    Raises NotGranted for keepers that are not there.
    """
    with store.kept_only_if_done() as written:
        parts, rows = {}, []
        for part, content in ((SealedFile.Part.ORIGINAL, original), (SealedFile.Part.CLEAN, clean.content)):
            file_id = uuid4()
            written.append(file_id)
            data_keys, stored = store.write(file_id, content)
            encoded = [base64.b64encode(key).decode("ascii") for key in data_keys]
            parts[part.value] = {"id": str(file_id), "size": len(content), "keys": encoded}
            rows.append(SealedFile(pk=file_id, part=part, stored=stored))
        content_of_item = {
            "name": safe_name(name),
            "note": note.strip()[:LONGEST_NOTE],
            "type": clean.media,
            "ending": clean.ending,
            "about": clean.about,
            "sha256": hashlib.sha256(original).hexdigest(),
            **parts,
        }
        item = vault.seal(
            actor=actor,
            subject_id=subject_id,
            compartment=compartment,
            content=content_of_item,
            for_keepers=for_keepers,
            slot=f"{SLOT}{uuid4()}",
        )
        for row in rows:
            row.item = item
        SealedFile.objects.bulk_create(rows)
    return item


def open_file(*, actor: Actor, item: SealedItem, purpose: str) -> Opened:
    """What the file is called and what it is; the vault keeps the read. Raises NotGranted, Locked."""
    raw = vault.open_item(actor=actor, item=item, purpose=purpose)
    if not is_file(item):
        raise NotGranted
    return Opened(
        name=str(raw["name"]),
        note=str(raw["note"]),
        media=str(raw["type"]),
        ending=str(raw["ending"]),
        size=int(raw["clean"]["size"]),
        original_size=int(raw["original"]["size"]),
        about=dict(raw["about"]),
        digest=str(raw["sha256"]),
        raw=raw,
    )


def content_of(opened: Opened, part: SealedFile.Part) -> bytes:
    """The content itself, in memory. Raises NotGranted if the ciphertext is gone or is not what was written."""
    told = opened.raw[part.value]
    content = store.read(UUID(told["id"]), [base64.b64decode(key) for key in told["keys"]], int(told["size"]))
    if part is SealedFile.Part.ORIGINAL and hashlib.sha256(content).hexdigest() != opened.digest:
        raise NotGranted
    return content


def safe_name(name: str) -> str:
    """A file's name to be shown: no folders, no signs that steer, not too long. It is sealed like the content."""
    base = " ".join(name.split()).replace("\\", "/").rpartition("/")[2]
    shown = "".join(
        sign for sign in unicodedata.normalize("NFC", base) if unicodedata.category(sign)[0] not in "CZ" or sign == " "
    )
    return " ".join(shown.split())[:LONGEST_NAME].strip(" .")


def sweep(at: datetime | None = None) -> int:
    """Take away ciphertexts that belong to no row (left by a crash) after a day; how many. Needs no key."""
    known = set(SealedFile.objects.values_list("pk", flat=True))
    return store.sweep(known=known, before=(at or timezone.now()) - ORPHAN_AFTER)
