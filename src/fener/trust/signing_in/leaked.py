"""Passwords that leaked elsewhere: looked up in a file that the operator brings (``FENER_PASSWORD_LIST``).

A node may have no way out, and nothing about a password is told to another machine, not even the beginning of its hash.
So no service is asked. The list of Have I Been Pwned is one sorted file of tens of gigabytes; it is searched in place,
by halves. Nothing of what is looked up is kept.
"""

from __future__ import annotations

import hashlib
import logging
import os
import re
from pathlib import Path
from typing import Any, BinaryIO

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

log = logging.getLogger("fener.passwords")
HASHED = re.compile(rb"^[0-9A-Fa-f]{40}(:[0-9]+)?\s*$")
MOST_BYTES_OF_WORDS = 200_000_000  # words are read through from the beginning
LONGEST_LINE = 4096
SAMPLES = 64


class LeakedPasswordValidator:
    """Refuses a password that stands in the list. Without a list, or while it cannot be read, it refuses nothing:
    ``fener check`` says so, and nobody is kept out of a changed password by a missing file.
    """

    def validate(self, password: str, user: Any = None) -> None:
        """Raises ValidationError."""
        place = str(settings.FENER_PASSWORD_LIST)
        if not place:
            return
        try:
            found = is_listed(password, Path(place))
        except OSError:
            log.warning("password_list_unreadable")
            return
        if found:
            raise ValidationError(
                _("This password is in a list of passwords that were stolen elsewhere. Choose another one."),
                code="password_leaked",
            )

    def get_help_text(self) -> str:
        """One line for the form, where there is a list."""
        if not settings.FENER_PASSWORD_LIST:
            return ""
        return _("It must not be a password that was stolen elsewhere; a list of those is asked.")


def is_listed(password: str, place: Path) -> bool:
    """Whether ``password`` stands in the file. Raises OSError."""
    with place.open("rb") as file:
        if not HASHED.match(file.readline(LONGEST_LINE)):
            return _among_words(password, file)
        wanted = hashlib.sha1(password.encode(), usedforsecurity=False).hexdigest().upper().encode()
        return _among_hashes(wanted, file)


def what_is_wrong(place: Path) -> str:
    """Why the file cannot serve, in words; empty when it can. Looks at a sample of lines, however large it is."""
    try:
        with place.open("rb") as file:
            if HASHED.match(file.readline(LONGEST_LINE)):
                return _sample(file)
            size = os.fstat(file.fileno()).st_size
    except OSError as error:
        return f"the list cannot be read ({error.strerror})."
    if not size:
        return "the list is empty."
    if size > MOST_BYTES_OF_WORDS:
        return "a list of words this long would be read through for each password; take sorted SHA-1 hashes."
    return ""


def _sample(file: BinaryIO) -> str:
    size = os.fstat(file.fileno()).st_size
    before = b""
    for step in range(SAMPLES):
        line = _line_after(file, size * step // SAMPLES)
        if line and not HASHED.match(line):
            return "a line of the list is no SHA-1 hash."
        if line and line[:40].upper() < before:
            return "its hashes are not sorted, so that most would not be found."
        before = line[:40].upper() or before
    return ""


def _among_words(password: str, file: BinaryIO) -> bool:
    wanted = password.casefold()
    file.seek(0)
    return any(line.decode("utf-8", "replace").rstrip("\r\n").casefold() == wanted for line in file)


def _among_hashes(wanted: bytes, file: BinaryIO) -> bool:
    """By halves: the beginning of the first line whose hash is not smaller lies between ``low`` and ``high``."""
    low, high = 0, os.fstat(file.fileno()).st_size
    while low < high:
        middle = (low + high) // 2
        line = _line_after(file, middle)
        if line and line[:40].upper() < wanted:
            low = middle + 1
        else:
            high = middle
    return _line_after(file, low)[:40].upper() == wanted


def _line_after(file: BinaryIO, place: int) -> bytes:
    """The first line that begins at ``place`` or after it; empty at the end."""
    file.seek(max(place - 1, 0))
    if place:
        file.readline()
    return file.readline()
