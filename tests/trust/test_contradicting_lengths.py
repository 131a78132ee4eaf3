"""A request that says two different things about where it ends hides no second one: asked of the running node, byte for
byte, as a proxy or somebody on the machine may send it.

The server's parser (granian on hyper) does this; the test is for the day when it is another.
"""

from __future__ import annotations

import re
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.trust.nodes import FENER, environment, new_node

HEAD = b"POST /account/login/ HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/x-www-form-urlencoded\r\n"
HIDDEN = b"GET /hidden/ HTTP/1.1\r\nHost: localhost\r\n\r\n"
LENGTH = b"Content-Length: %d\r\n" % (5 + len(HIDDEN))
CHUNKED = b"Transfer-Encoding: chunked\r\n"
END = b"\r\n0\r\n\r\n" + HIDDEN


@pytest.fixture(scope="module")
def place() -> Iterator[Path]:
    """The socket of a node that serves."""
    with tempfile.TemporaryDirectory(prefix="fener-") as made:  # short enough for a socket
        home, place = new_node(Path(made) / "home"), Path(made) / "node.sock"
        words = [*FENER, "serve", "--socket", str(place)]
        server = subprocess.Popen(words, env=environment(home), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            for _try in range(600):
                try:
                    answers(place, b"GET /account/login/ HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
                    break
                except OSError:
                    time.sleep(0.1)
            yield place
        finally:
            server.send_signal(signal.SIGINT)
            server.wait(timeout=30)


def answers(place: Path, raw: bytes) -> list[int]:
    """The status of every answer to these bytes, until the node closes the connection."""
    got = b""
    with socket.socket(socket.AF_UNIX) as line:
        line.settimeout(30)
        line.connect(str(place))
        line.sendall(raw)
        try:
            while more := line.recv(65_536):
                got += more
        except ConnectionResetError:
            pass  # closed with something of ours unread
    return [int(status) for status in re.findall(rb"HTTP/1\.1 (\d{3}) ", got)]


def test_two_requests_one_after_the_other_are_two_answers(place: Path) -> None:
    """What the others would show, were the hidden request read."""
    last = HIDDEN.replace(b"\r\n\r\n", b"\r\nConnection: close\r\n\r\n")
    assert len(answers(place, HIDDEN + last)) == 2


@pytest.mark.parametrize(
    "raw",
    [
        HEAD + b"Content-Length: 0\r\n" + LENGTH + b"\r\n" + HIDDEN,
        HEAD + b"Content-Length: 0, %d\r\n\r\n" % len(HIDDEN) + HIDDEN,
        HEAD + b"Content-Length: +5\r\n\r\n12345" + HIDDEN,
        HEAD + b"Content-Length: -1\r\n\r\n" + HIDDEN,
        HEAD + b"Content-Length: five\r\n\r\n" + HIDDEN,
        HEAD + b"Transfer-Encoding: xchunked\r\n" + END,
        HEAD + b"Transfer-Encoding: chunked, identity\r\n" + END,
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding : chunked\r\n" + END,
        HEAD + b"Content-Length: 5\r\nTransfer-Encoding:\r\n chunked\r\n" + END,
        HEAD.replace(b"1.1", b"1.0") + b"Content-Length: 5\r\n" + CHUNKED + END,
    ],
    ids=[
        "two lengths", "a list of lengths", "a sign", "negative", "a word", "an unknown coding", "chunked not last",
        "a blank before the colon", "a folded line", "chunks in 1.0",
    ],
)  # fmt: skip
def test_a_request_whose_end_is_not_certain_is_refused_and_the_connection_closed(place: Path, raw: bytes) -> None:
    assert answers(place, raw) == [400]


@pytest.mark.parametrize("raw", [HEAD + LENGTH + CHUNKED + END, HEAD + CHUNKED + LENGTH + END], ids=["first", "last"])
def test_with_a_length_and_chunks_only_one_request_is_answered_and_the_connection_closed(
    place: Path, raw: bytes
) -> None:
    """RFC 9112, 6.3: the chunks count, and nothing that follows is read."""
    assert answers(place, raw) == [403]


@pytest.mark.parametrize("size", [b"-5", b"FFFFFFFFFFFFFFFFF", b"0x5", b"5 5"])
def test_a_chunk_of_no_certain_size_ends_the_connection(place: Path, size: bytes) -> None:
    assert len(answers(place, HEAD + CHUNKED + b"\r\n" + size + b"\r\nabcde" + END)) == 1
