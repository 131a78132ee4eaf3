"""Who may open a backup: public keys that the node knows, and the secret ones that it never has.

A custodian makes a key pair (``fener backup --keygen FILE``, or ``age-keygen``), keeps the file, and gives the public
key to whoever runs the node.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path

from pyrage import IdentityError, RecipientError, x25519

from fener.trust.backup.errors import BackupError

MOST_BYTES = 64 * 1024  # a key file is a few lines
SECRET = "AGE-SECRET-KEY-"  # noqa: S105 (what a secret key begins with)


def read_recipients(named: Iterable[str]) -> list[x25519.Recipient]:
    """Public keys from ``age1...`` words and from files that hold one a line (``#`` begins a remark). No doubles.

    Raises BackupError, naming the word or the file and line; for a secret key, without repeating it.
    """
    found: dict[str, x25519.Recipient] = {}
    for word in named:
        if word.startswith("age1"):
            lines = [(f"the recipient {word[:12]}…", word)]
        else:
            lines = [(f"{word}, line {number}", line) for number, line in _lines(Path(word))]
        for place, text in lines:
            found[text] = _recipient(place, text)
    return list(found.values())


def _recipient(place: str, text: str) -> x25519.Recipient:
    if text.upper().startswith(SECRET):
        raise BackupError(f"{place}: this is a secret key; the node may know the public one only (age1…)")
    try:
        return x25519.Recipient.from_str(text)
    except RecipientError:
        raise BackupError(f"{place}: is no public key of age (age1…)") from None


def read_identities(file: Path) -> list[x25519.Identity]:
    """The secret keys in a custodian's file. Raises BackupError, never repeating what the file holds."""
    found = []
    for number, line in _lines(file):
        if line.startswith("age1"):
            raise BackupError(f"{file}, line {number}: this is a public key; a restore needs the secret one")
        try:
            found.append(x25519.Identity.from_str(line))
        except IdentityError:
            raise BackupError(f"{file}, line {number}: is no secret key of age ({SECRET}1…)") from None
    if not found:
        raise BackupError(f"{file}: holds no key")
    return found


def _lines(file: Path) -> list[tuple[int, str]]:
    """The lines that say something, with their numbers."""
    try:
        with file.open("rb") as stream:
            text = stream.read(MOST_BYTES + 1).decode("ascii")
    except OSError as error:
        raise BackupError(f"{file}: {error.strerror or error}") from None
    except UnicodeDecodeError:
        raise BackupError(f"{file}: is no key file") from None
    if len(text) > MOST_BYTES:
        raise BackupError(f"{file}: is no key file")
    numbered = ((number, line.strip()) for number, line in enumerate(text.splitlines(), 1))
    return [(number, line) for number, line in numbered if line and not line.startswith("#")]


def make_identity(file: Path) -> str:
    """A new key pair: the secret key in ``file`` (for its owner alone, never written over), the public one returned."""
    identity = x25519.Identity.generate()
    public = str(identity.to_public())
    text = f"# created: {datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}\n# public key: {public}\n{identity}\n"
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise BackupError(f"{file}: is there already; a key is never written over") from None
    except OSError as error:
        raise BackupError(f"{file}: {error.strerror or error}") from None
    with os.fdopen(handle, "w", encoding="ascii") as out:
        out.write(text)
    return public
