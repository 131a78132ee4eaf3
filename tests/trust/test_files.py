"""Files: what is taken, what is left of it in the clean copy, what lies on the disk, what a scanner says."""

from __future__ import annotations

import io
import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

import pikepdf
import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image

from fener.trust.errors import InvalidInput, NotGranted
from fener.trust.files import cleaning, scanning, store
from fener.trust.files.scanning import Scan, ScannerSilent
from fener.trust.files.sealed import safe_name
from tests.factories.files import PLACE, archive, document, huge_picture, moving_picture, picture


@pytest.fixture(autouse=True)
def _media(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def why(content: bytes) -> str:
    with pytest.raises(InvalidInput) as refused:
        cleaning.clean(content)
    told = refused.value.errors["file"]
    return next(code for code, text in cleaning.WHY.items() if text == told)


# -- pictures ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
def test_a_clean_picture_tells_no_place_and_looks_the_same(form: str) -> None:
    content = picture(form=form)
    assert PLACE in content
    made = cleaning.clean(content)
    assert PLACE not in made.content
    assert b"Exif" not in made.content
    with Image.open(io.BytesIO(made.content)) as seen:
        assert seen.format == form
        assert not {"exif", "icc_profile", "comment", "xmp"} & set(seen.info)
        assert seen.size == (40, 20)
        assert seen.convert("RGB").getpixel((2, 10))[0] > 200  # type: ignore[index]


def test_a_picture_on_its_side_is_upright_afterwards() -> None:
    with Image.open(io.BytesIO(cleaning.clean(picture(turned=True)).content)) as seen:
        assert seen.size == (20, 40)
        assert seen.convert("RGB").getpixel((10, 2))[0] > 200  # type: ignore[index]  # red is above now


def test_a_bomb_of_pixels_is_not_unfolded() -> None:
    content = huge_picture()
    assert len(content) < 100_000
    assert why(content) == "too_many_pixels"


def test_a_moving_picture_is_refused() -> None:
    assert why(moving_picture()) == "moving"


@pytest.mark.parametrize("form", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("more", [archive(), b"<html><script>alert(1)</script>", b"%PDF-1.4", b"x" * 100_000])
def test_a_picture_with_something_behind_it_is_refused(form: str, more: bytes) -> None:
    assert why(picture(form=form) + more) == "two_in_one"


def test_a_second_picture_of_the_camera_may_stand_behind() -> None:
    assert cleaning.clean(picture() + picture(size=(10, 10))).about["width"] == 40


def test_a_picture_that_breaks_off_is_refused() -> None:
    assert why(picture(size=(400, 400))[:900]) == "broken"


# -- documents ---------------------------------------------------------------------------------------------------------


def test_a_clean_document_shows_its_pages_and_does_nothing() -> None:
    content = document(armed=True, text="Shown")
    assert all(word in content for word in (b"/JavaScript", b"/Launch", b"/EmbeddedFile"))
    made = cleaning.clean(content)
    with pikepdf.open(io.BytesIO(made.content)) as seen:
        whole = b"".join(
            thing.read_raw_bytes() + str(thing.keys()).encode()
            if isinstance(thing, pikepdf.Stream)
            else repr(thing).encode()
            for thing in seen.objects
        )
        assert set(seen.Root.keys()) == {"/Type", "/Pages"}
        assert b"(Shown)" in seen.pages[0].Contents.read_bytes()
        assert "/A" in seen.pages[0].Resources.XObject
        assert not seen.docinfo.keys()
    for word in (PLACE, b"JavaScript", b"/JS", b"OpenAction", b"Launch", b"EmbeddedFile", b"/AA", b"Exif", b"Annot"):
        assert word not in whole
        assert word not in made.content


def test_a_document_that_is_an_archive_too_is_refused() -> None:
    assert why(document() + archive()) == "two_in_one"
    assert why(document()[:-6] + b"%%EOF\n" + b"x" * 10) == "two_in_one"


def test_a_locked_document_is_refused() -> None:
    assert why(document(password="owl")) == "locked"


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"plain words",
        archive(),
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"<!doctype html><script>",
        b"GIF89a",
        b"\x00" + document(),
        b"MZ\x90\x00",
        b"\xd0\xcf\x11\xe0",
    ],
)
def test_everything_else_is_refused_whatever_it_is_called(content: bytes) -> None:
    assert why(content) == "unknown"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n%%EOF", b"\xff\xd8\xff\xe0", b"\x89PNG\r\n\x1a\n"])
def test_a_beginning_alone_is_no_file(content: bytes) -> None:
    assert why(content) == "broken"


def test_the_worker_has_nothing_of_this_process(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """It gets no environment, may write no file, and an answer that is none is a refusal."""
    spy = tmp_path / "spy.py"
    spy.write_text(
        "import json, os, resource, sys\n"
        "sys.path.insert(0, sys.argv[0] and '')\n"
        f"exec(open({str(cleaning.WORKER)!r}).read().split('if __name__')[0])\n"
        "limit()\n"
        f"to = os.open({str(tmp_path / 'plain')!r}, os.O_WRONLY | os.O_CREAT)\n"
        "import signal; signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "try:\n    os.write(to, b'x'); wrote = True\n"
        "except OSError:\n    wrote = False\n"
        "answer({'type': ' '.join(sorted(os.environ)), 'ending': str(wrote)})\n",
        encoding="utf-8",
    )
    monkeypatch.setenv("FENER_SECRET_KEY", "much")
    monkeypatch.setattr(cleaning, "WORKER", spy)
    made = cleaning.clean(picture())
    assert "FENER" not in made.media
    assert made.ending == "False"
    spy.write_text("print('no json')", encoding="utf-8")
    assert why(picture()) == "too_much"


# -- on the disk -------------------------------------------------------------------------------------------------------


@hypothesis_settings(max_examples=20, deadline=None)
@given(st.integers(0, 3 * store.PIECE + 5), st.binary(min_size=1, max_size=64))
def test_what_is_written_reads_the_same_whatever_its_length(length: int, seed: bytes) -> None:
    content, file_id = (seed * (length // len(seed) + 1))[:length], uuid4()
    data_keys, stored = store.write(file_id, content)
    assert store.read(file_id, data_keys, length) == content
    assert stored >= length
    assert stored % store.PAD_TO == 28 * len(data_keys) % store.PAD_TO, "its length is rounded up"
    store.remove(file_id)


def written(content: bytes) -> tuple[UUID, list[bytes]]:
    file_id = uuid4()
    return file_id, store.write(file_id, content)[0]


def test_on_the_disk_lies_nothing_but_ciphertext_for_the_owner_alone() -> None:
    file_id, _keys = written(PLACE * 100_000)
    place = store.path_of(file_id)
    assert PLACE not in place.read_bytes()
    assert place.stat().st_mode & 0o077 == 0


Change = Callable[[bytes], bytes]
SEALED = store.PIECE + 28


@pytest.mark.parametrize(
    "change",
    [
        lambda raw: raw[:100] + bytes([raw[100] ^ 1]) + raw[101:],
        lambda raw: raw[SEALED:] + raw[:SEALED],
        lambda raw: raw[:SEALED],
        lambda raw: raw + b"more",
        lambda raw: b"",
    ],
    ids=["one bit", "swapped", "cut off", "longer", "empty"],
)
def test_a_ciphertext_that_was_changed_does_not_open(change: Change) -> None:
    content = os.urandom(2 * store.PIECE)
    file_id, data_keys = written(content)
    place = store.path_of(file_id)
    place.write_bytes(change(place.read_bytes()))
    with pytest.raises(NotGranted):
        store.read(file_id, data_keys, len(content))


def test_one_file_is_not_put_in_the_place_of_another() -> None:
    first, keys_of_first = written(b"first")
    second, _keys = written(b"second")
    store.path_of(second).write_bytes(store.path_of(first).read_bytes())
    with pytest.raises(NotGranted):
        store.read(second, keys_of_first, 5)


def test_what_belongs_to_nothing_is_swept_after_a_while() -> None:
    orphan, kept = written(b"orphan")[0], written(b"kept")[0]
    now = timezone.now()
    assert store.sweep(known={kept}, before=now - timedelta(days=1)) == 0
    assert store.sweep(known={kept}, before=now + timedelta(minutes=1)) == 1
    assert not store.path_of(orphan).exists()
    assert store.path_of(kept).exists()


@pytest.mark.parametrize(
    ("given_name", "shown"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\ana\\пасош Ђорђе.jpg", "пасош Ђорђе.jpg"),
        ("a\u202egpj.exe", "agpj.exe"),
        ("x\r\nSet-Cookie: a", "x Set-Cookie: a"),
        ("  .. ", ""),
        ("y" * 500, "y" * 120),
    ],
)
def test_names_are_made_harmless(given_name: str, shown: str) -> None:
    assert safe_name(given_name) == shown


# -- the scanner -------------------------------------------------------------------------------------------------------

EICAR = rb"X5O!P%@AP[4\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*"


@contextmanager
def clamd(answer: Callable[[bytes], bytes]) -> Iterator[str]:
    """A scanner that listens, and answers as told to what it was sent."""
    server = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        line, _address = server.accept()
        with line:
            said = line.recv(10)
            if said != b"zINSTREAM\0":
                line.sendall(b"PONG\0")
                return
            content = b""
            while size := int.from_bytes(_exactly(line, 4), "big"):
                content += _exactly(line, size)
            line.sendall(answer(content))

    worker = threading.Thread(target=serve, daemon=True)
    worker.start()
    try:
        yield f"127.0.0.1:{server.getsockname()[1]}"
    finally:
        server.close()
        worker.join(5)


def _exactly(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        more = line.recv(count - len(got))
        assert more
        got += more
    return got


def said_of(content: bytes) -> bytes:
    return b"stream: Eicar-Test-Signature FOUND\0" if EICAR in content else b"stream: OK\0"


def test_without_a_scanner_nothing_is_said(settings: Any) -> None:
    settings.FENER_CLAMAV = ""
    assert scanning.scan(b"x") is Scan.NOT_SCANNED
    assert scanning.answers() is None


def test_a_scanner_sees_the_whole_file_and_says_what_it_found(settings: Any) -> None:
    with clamd(said_of) as settings.FENER_CLAMAV:
        assert scanning.scan(b"x" * 700_000) is Scan.CLEAN
    with clamd(said_of) as settings.FENER_CLAMAV, pytest.raises(InvalidInput, match="virus scanner"):
        scanning.scan(b"x" * 300_000 + EICAR)
    with clamd(said_of) as settings.FENER_CLAMAV:
        assert scanning.answers()


@pytest.mark.parametrize("said", [b"", b"INSTREAM size limit exceeded. ERROR\0", b"stream: OK, or not\0"])
def test_any_other_answer_takes_no_file(settings: Any, said: bytes) -> None:
    with clamd(lambda _content: said) as settings.FENER_CLAMAV, pytest.raises(ScannerSilent):
        scanning.scan(b"x")


def test_a_silent_scanner_takes_no_file_unless_the_node_says_so(settings: Any) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    settings.FENER_CLAMAV = f"127.0.0.1:{port}"
    with pytest.raises(ScannerSilent):
        scanning.scan(b"x")
    assert scanning.answers() is False
    settings.FENER_CLAMAV_OPTIONAL = True
    assert scanning.scan(b"x") is Scan.NOT_SCANNED
