"""Looks into a file from a stranger and writes a clean copy: a program of its own, in a process of its own.

It gets the content on its standard input and gives the answer on its standard output. It knows no key, no database and
no network, may write no file and has little memory and time, so that a file made to break a parser breaks this process
and nothing else. It imports no other module of this program.

Input: the kind in a line ("picture" or "document"), then the content. Output: a line of JSON, then the clean copy.
"""

from __future__ import annotations

import io
import json
import resource
import sys
import warnings
from typing import Any, NoReturn

MEMORY = 1536 * 1024 * 1024  # of address space
SECONDS = 40  # of processor time
MOST_PIXELS = 60_000_000  # a picture of a recent telephone has 12 to 50 million
MOST_PAGES = 1_000
MOST_OBJECTS = 200_000
LONGEST_TAIL = 64 * 1024
QUALITY = 90

PICTURES = {"JPEG": ("image/jpeg", "jpg"), "MPO": ("image/jpeg", "jpg"), "PNG": ("image/png", "png"),
            "WEBP": ("image/webp", "webp")}  # fmt: skip
# What may not hang on a picture: archives, documents, programs, pages.
STRANGE = (b"PK\x03\x04", b"PK\x05\x06", b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"%PDF-", b"\x7fELF", b"MZ\x90\x00",
           b"<html", b"<script", b"<svg", b"<?php", b"<!doctype", b"\xd0\xcf\x11\xe0", b"\x1f\x8b\x08")  # fmt: skip


class Refused(Exception):
    """The file is not taken. The argument is a code; the words for it stand in ``cleaning``."""


def limit() -> None:
    """From here on this process writes nothing, leaves no picture of its memory, and stays small."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))


# -- pictures ----------------------------------------------------------------------------------------------------------


def clean_picture(content: bytes) -> tuple[dict[str, Any], bytes]:
    """Decoded and written anew: right side up, without EXIF, place, comments, profiles and whatever hung on it."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("error", Image.DecompressionBombWarning)
    check_ends(content)
    try:
        with Image.open(io.BytesIO(content), formats=["JPEG", "PNG", "WEBP"]) as picture:
            kind = str(picture.format)
            if picture.width * picture.height > MOST_PIXELS:
                raise Refused("too_many_pixels")
            if getattr(picture, "n_frames", 1) > 1 and kind != "MPO":
                raise Refused("moving")
            picture.load()
            ImageOps.exif_transpose(picture, in_place=True)
            alpha = kind in {"PNG", "WEBP"} and ("A" in picture.getbands() or "transparency" in picture.info)
            wanted = "RGBA" if alpha else "RGB"
            # Another mode makes another picture; the same one would keep its notes.
            plain = picture.convert(wanted) if picture.mode != wanted else picture.copy()
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("too_many_pixels") from None
    except UnidentifiedImageError:
        raise Refused("unknown") from None
    except (OSError, SyntaxError, ValueError, EOFError, IndexError, TypeError, KeyError):
        raise Refused("broken") from None
    plain.info = {}
    out = io.BytesIO()
    written = "PNG" if kind == "PNG" else "WEBP" if kind == "WEBP" else "JPEG"
    plain.save(out, written, quality=QUALITY)
    media, ending = PICTURES[kind]
    return {"type": media, "ending": ending, "width": plain.width, "height": plain.height}, out.getvalue()


def check_ends(content: bytes) -> None:
    """A picture ends where its own format says. Behind it may stand another picture of the same camera, or a little
    that is nothing known; an archive, a film or a page behind it makes two files of one.
    """
    try:
        if content.startswith(b"\xff\xd8\xff"):
            end = jpeg_end(content)
            while content[end : end + 3] == b"\xff\xd8\xff":  # a preview or a second exposure (MPF)
                end += jpeg_end(content[end:])
        elif content.startswith(b"\x89PNG\r\n\x1a\n"):
            end = png_end(content)
        elif content[:4] == b"RIFF" and content[8:12] == b"WEBP":
            end = int.from_bytes(content[4:8], "little") + 8
        else:
            raise Refused("unknown")
    except (IndexError, ValueError):
        raise Refused("broken") from None
    if end > len(content) + 1:
        raise Refused("broken")
    tail = content[end:]
    if len(tail) > LONGEST_TAIL or any(sign in tail.lower() or sign in tail for sign in STRANGE):
        raise Refused("two_in_one")


def jpeg_end(content: bytes) -> int:
    """The place behind a JPEG's end mark."""
    place = 2
    while True:
        if content[place] != 0xFF:
            raise ValueError
        while content[place + 1] == 0xFF:
            place += 1
        mark = content[place + 1]
        place += 2
        if mark == 0xD9:
            return place
        if 0xD0 <= mark <= 0xD7 or mark == 0x01:
            continue
        place += int.from_bytes(content[place : place + 2], "big")
        if mark == 0xDA:  # compressed data: until a mark that is no stuffing and no restart
            while True:
                place = content.index(b"\xff", place)
                if content[place + 1] == 0 or 0xD0 <= content[place + 1] <= 0xD7:
                    place += 2
                elif content[place + 1] == 0xFF:
                    place += 1
                else:
                    break


def png_end(content: bytes) -> int:
    """The place behind a PNG's last chunk."""
    place = 8
    while True:
        length, name = int.from_bytes(content[place : place + 4], "big"), content[place + 4 : place + 8]
        if len(name) < 4:
            raise ValueError
        place += 12 + length
        if name == b"IEND":
            return place


def without_marks(content: bytes) -> bytes:
    """A JPEG without its application data and comments: EXIF and place are there. The picture itself is not touched."""
    out, place = bytearray(content[:2]), 2
    while content[place] == 0xFF and content[place + 1] != 0xDA:
        mark = content[place + 1]
        length = int.from_bytes(content[place + 2 : place + 4], "big") if mark != 0xFF else -1
        step = 2 + length
        keep = mark in (0xE0, 0xEE) or not (0xE0 <= mark <= 0xEF or mark == 0xFE)  # JFIF and Adobe say how to read it
        if keep:
            out += content[place : place + step]
        place += step
    return bytes(out + content[place:])


# -- documents ---------------------------------------------------------------------------------------------------------

# What a page needs to be seen. Everything else of a page is left behind.
PAGE_KEYS = {"/Type", "/Parent", "/Resources", "/MediaBox", "/CropBox", "/BleedBox", "/TrimBox", "/ArtBox", "/Rotate",
             "/Contents", "/Group", "/UserUnit"}  # fmt: skip
# What acts, carries something along or tells about whoever wrote it, wherever it hangs.
ACTIVE = {"/JS", "/JavaScript", "/AA", "/OpenAction", "/Launch", "/EmbeddedFiles", "/EF", "/AF", "/Metadata",
          "/PieceInfo", "/Annots", "/RichMedia", "/XFA", "/AcroForm", "/LastModified", "/Thumb", "/OPI", "/Ref",
          "/Perms"}  # fmt: skip


def clean_document(content: bytes) -> tuple[dict[str, Any], bytes]:
    """The pages alone, in a new document: forms and notes are drawn onto them, everything that acts is left behind."""
    import pikepdf

    check_one_document(content)
    try:
        with pikepdf.open(io.BytesIO(content), suppress_warnings=True) as source, pikepdf.new() as made:
            if source.is_encrypted:
                raise Refused("locked")
            pages = len(source.pages)
            if not pages or pages > MOST_PAGES or len(source.objects) > MOST_OBJECTS:
                raise Refused("too_long" if pages else "broken")
            if "/AcroForm" in source.Root:
                source.generate_appearance_streams()
            source.flatten_annotations("screen")
            made.pages.extend(source.pages)
            for page in made.pages:
                for key in [key for key in page.obj.keys() if key not in PAGE_KEYS]:  # noqa: SIM118 - a pikepdf object
                    del page.obj[key]
            for thing in made.objects:
                _disarm(pikepdf, thing)
            made.remove_unreferenced_resources()
            if "/Info" in made.trailer:
                del made.trailer["/Info"]
            out = io.BytesIO()
            made.save(out, deterministic_id=True, object_stream_mode=pikepdf.ObjectStreamMode.disable)
    except pikepdf.PasswordError:
        raise Refused("locked") from None
    except (
        pikepdf.PdfError,
        ValueError,
        TypeError,
        KeyError,
        AttributeError,
        IndexError,
        RuntimeError,
        RecursionError,
    ):
        raise Refused("broken") from None
    return {"type": "application/pdf", "ending": "pdf", "pages": pages}, out.getvalue()


def check_one_document(content: bytes) -> None:
    """A PDF begins with its mark, ends with its end, and is nothing else besides."""
    import zipfile

    if not content.startswith(b"%PDF-"):
        raise Refused("unknown")
    end = content.rfind(b"%%EOF")
    if end < 0:
        raise Refused("broken")
    if content[end + 5 :].strip(b"\r\n\t \0") or zipfile.is_zipfile(io.BytesIO(content)):
        raise Refused("two_in_one")


def _disarm(pikepdf: Any, thing: Any) -> None:
    if not isinstance(thing, pikepdf.Dictionary | pikepdf.Stream):
        return
    for key in [key for key in thing.keys() if key in ACTIVE]:  # noqa: SIM118 - a pikepdf object is no mapping
        del thing[key]
    if not isinstance(thing, pikepdf.Stream):
        return
    if thing.get("/Subtype") == pikepdf.Name.PS:
        thing.write(b"")
    if thing.get("/Filter") in (pikepdf.Name.DCTDecode, pikepdf.Array([pikepdf.Name.DCTDecode])):
        raw = thing.read_raw_bytes()
        try:
            thing.write(without_marks(raw), filter=pikepdf.Name.DCTDecode, decode_parms=thing.get("/DecodeParms"))
        except IndexError:
            raise Refused("broken") from None


# -- the program -------------------------------------------------------------------------------------------------------


def answer(head: dict[str, Any], content: bytes = b"") -> NoReturn:
    sys.stdout.buffer.write(json.dumps(head).encode("ascii") + b"\n" + content)
    sys.stdout.buffer.flush()
    raise SystemExit(0)


def main() -> NoReturn:
    kind, _line, content = sys.stdin.buffer.read().partition(b"\n")
    limit()
    try:
        head, clean = (clean_picture if kind == b"picture" else clean_document)(content)
    except Refused as refused:
        answer({"refused": str(refused)})
    except MemoryError:
        answer({"refused": "too_much"})
    answer(head, clean)


if __name__ == "__main__":
    main()
