"""What a file is, by its content and never by its name, and the clean copy of it, made by a process apart."""

from __future__ import annotations

import json
import subprocess
import sys
import threading
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

from fener.trust.errors import InvalidInput

if TYPE_CHECKING:
    from fener.trust.errors import Text

WORKER = Path(__file__).with_name("worker.py")
WAIT = 60  # seconds
# One at a time: it may take as much memory as a large picture.
_AT_ONCE = threading.BoundedSemaphore(1)

PICTURE, DOCUMENT = "picture", "document"
WHAT_TO_DO = _("Pictures (JPEG, PNG, WebP) and PDF documents are taken. Save a text or a table as PDF first.")
WHY: dict[str, Text] = {
    "unknown": WHAT_TO_DO,
    "broken": _("The file is damaged: it cannot be read to its end. Save or photograph it anew."),
    "two_in_one": _(
        "Something else hangs on this file: an archive, a film or a page. Open it, and save only the picture or the "
        "document anew."
    ),
    "too_many_pixels": _("The picture is too large to be opened safely. Make it smaller, or photograph it anew."),
    "moving": _("Moving pictures are not taken. Save the one picture that matters."),
    "locked": _("The document is locked with a password. Save it without one; here it is sealed anyhow."),
    "too_long": _("The document is too long to be opened safely. Split it."),
    "too_much": _("The file takes too much to be opened safely. Save it anew, smaller."),
}


@dataclass(frozen=True)
class Clean:
    """A file that was looked into. ``content`` is the clean copy, ``media`` its type, ``about`` pages or pixels."""

    kind: str
    media: str
    ending: str
    content: bytes = field(repr=False)
    about: dict[str, Any] = field(default_factory=dict)


def kind_of(content: bytes) -> str:
    """By its first bytes: PICTURE or DOCUMENT. Raises InvalidInput for everything else, archives and pages among it."""
    if content.startswith((b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")) or (content[:4], content[8:12]) == (
        b"RIFF",
        b"WEBP",
    ):
        return PICTURE
    if content.startswith(b"%PDF-"):
        return DOCUMENT
    raise refused("unknown")


def clean(content: bytes) -> Clean:
    """Look into a file and make its clean copy. Raises InvalidInput with what to do."""
    kind = kind_of(content)
    with _AT_ONCE:
        head, made = _run(kind, content)
    if "refused" in head:
        raise refused(str(head["refused"]))
    about = {name: value for name, value in head.items() if name not in ("type", "ending")}
    return Clean(kind=kind, media=str(head["type"]), ending=str(head["ending"]), content=made, about=about)


def _run(kind: str, content: bytes) -> tuple[dict[str, Any], bytes]:
    """The worker with nothing of this process: no environment, no handles, nothing on disk."""
    try:
        done = subprocess.run(  # noqa: S603 - our own program, no word of it from outside
            [sys.executable, "-I", "-B", str(WORKER)],
            input=kind.encode("ascii") + b"\n" + content,
            capture_output=True, timeout=WAIT, env={"LC_ALL": "C.UTF-8"}, close_fds=True, cwd="/", check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired:
        return {"refused": "too_much"}, b""
    head, _line, made = done.stdout.partition(b"\n")
    try:
        told = json.loads(head)
    except ValueError:
        told = None
    # Killed by a limit, or by the file itself: what it may have said of it is not kept anywhere.
    if done.returncode or not isinstance(told, dict):
        return {"refused": "too_much"}, b""
    return told, made


def refused(code: str) -> InvalidInput:
    """The error for a file that is not taken."""
    return InvalidInput({"file": WHY.get(code, WHY["broken"])})
