"""Asks a virus scanner that listens (ClamAV's INSTREAM) where ``FENER_CLAMAV`` names one: host:port or a socket's path.

The content goes over that connection as it is, so the scanner stands on this machine or in the same closed network.
"""

from __future__ import annotations

import socket
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fener.trust.errors import DomainError, InvalidInput

CONNECT, ANSWER = 5.0, 60.0  # seconds
PIECE = 256 * 1024


class Scan(StrEnum):
    """What is known of a file."""

    CLEAN = "clean"
    NOT_SCANNED = "not_scanned"


class ScannerSilent(DomainError):
    """A scanner is named and does not answer. Nothing is taken meanwhile, unless the node says so."""

    message = _(
        "The virus scanner does not answer, so no file is taken now. Try again, or tell whoever runs the server."
    )


def scan(content: bytes) -> Scan:
    """Whether a scanner finds nothing. NOT_SCANNED without a scanner, or where one is silent and may be.

    Raises InvalidInput for a find; ScannerSilent.
    """
    where = settings.FENER_CLAMAV
    if not where:
        return Scan.NOT_SCANNED
    try:
        said = _ask(where, content)
    except (OSError, ValueError):
        said = ""
    if said.endswith(" FOUND"):
        raise InvalidInput({"file": _("The virus scanner found something in this file. It was not kept.")})
    if said == "stream: OK":
        return Scan.CLEAN
    if settings.FENER_CLAMAV_OPTIONAL:
        return Scan.NOT_SCANNED
    raise ScannerSilent


def answers() -> bool | None:
    """Whether the scanner answers; None where none is named. For ``fener check``."""
    if not settings.FENER_CLAMAV:
        return None
    try:
        with _connect(settings.FENER_CLAMAV) as line:
            line.sendall(b"zPING\0")
            return _line(line) == "PONG"
    except (OSError, ValueError):
        return False


def _ask(where: str, content: bytes) -> str:
    with _connect(where) as line:
        line.settimeout(ANSWER)
        line.sendall(b"zINSTREAM\0")
        for start in range(0, len(content), PIECE):
            piece = content[start : start + PIECE]
            line.sendall(len(piece).to_bytes(4, "big") + piece)
        line.sendall((0).to_bytes(4, "big"))
        return _line(line)


def _connect(where: str) -> socket.socket:
    if where.startswith("/"):
        line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        line.settimeout(CONNECT)
        try:
            line.connect(where)
        except OSError:
            line.close()
            raise
        return line
    host, _colon, port = where.rpartition(":")
    return socket.create_connection((host.strip("[]"), int(port)), timeout=CONNECT)


def _line(line: socket.socket) -> str:
    """One answer: it ends with a zero byte, and is short."""
    said = b""
    while not said.endswith(b"\0") and len(said) < 1000:
        more = line.recv(1000)
        if not more:
            break
        said += more
    return said.rstrip(b"\0\n").decode("utf-8", "replace")
