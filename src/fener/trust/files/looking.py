"""What happens to a file before it is sealed: is it small enough, what is it, does a scanner object, clean it.

It takes seconds and no transaction: pages do it while they check the form, before anything is written.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy as _

from fener.trust.errors import InvalidInput
from fener.trust.files import cleaning, scanning
from fener.trust.files.cleaning import Clean
from fener.trust.files.scanning import Scan
from fener.trust.files.uploading import limit_bytes


@dataclass(frozen=True)
class Looked:
    """A file that may be sealed: as it came, its clean copy, and what a scanner said."""

    original: bytes = field(repr=False)
    clean: Clean
    scan: Scan


def look_into(content: bytes) -> Looked:
    """Look into a file in memory. Raises InvalidInput with what to do about it, ScannerSilent."""
    if not content:
        raise InvalidInput({"file": _("The file is empty. Choose another one.")})
    if len(content) > limit_bytes():
        raise too_large()
    cleaning.kind_of(content)  # what is not taken at all goes to no scanner
    scan = scanning.scan(content)
    return Looked(content, cleaning.clean(content), scan)


def too_large() -> InvalidInput:
    """The error for a file over the node's limit."""
    text = _("The file is larger than %(most)d MB. Make it smaller, or split it.")
    return InvalidInput({"file": text % {"most": limit_bytes() // 1024 // 1024}})
