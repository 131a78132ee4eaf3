"""Files made in code: pictures and documents, honest ones and such as hide something."""

from __future__ import annotations

import io
import zipfile
import zlib

import pikepdf
from PIL import Image

PLACE = b"SECRET-PLACE"


def picture(*, size: tuple[int, int] = (40, 20), form: str = "JPEG", turned: bool = False) -> bytes:
    """Red on the left, blue on the right; EXIF, comment and profile name a place (``turned``: it lies on its side)."""
    made = Image.new("RGB", size, "red")
    made.paste("blue", (size[0] // 2, 0, size[0], size[1]))
    exif = Image.Exif()
    exif[0x010E] = PLACE.decode()  # description
    exif[0x9286] = PLACE.decode()
    exif.get_ifd(0x8825)[1] = "N"
    if turned:
        exif[0x0112] = 6
    out = io.BytesIO()
    made.save(out, form, exif=exif, comment=PLACE, icc_profile=PLACE)
    return out.getvalue()


def archive() -> bytes:
    """A small zip."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        made.writestr("program.exe", "MZ" * 50)
    return out.getvalue()


def huge_picture() -> bytes:
    """Some kilobytes that unfold to a picture of 400 million pixels."""
    wide = high = 20_000
    head = wide.to_bytes(4, "big") + high.to_bytes(4, "big") + b"\x01\x00\x00\x00\x00"
    rows = zlib.compress(bytes((wide // 8 + 1) * high), 9)

    def chunk(name: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4, "big") + name + data + zlib.crc32(name + data).to_bytes(4, "big")

    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def moving_picture() -> bytes:
    """A picture of two frames."""
    out = io.BytesIO()
    frames = [Image.new("RGB", (9, 9), colour) for colour in ("red", "blue")]
    frames[0].save(out, "WEBP", save_all=True, append_images=frames[1:])
    return out.getvalue()


def document(*, armed: bool = False, password: str = "", text: str = "Hello") -> bytes:
    """A PDF of a page with a line of text and a picture. ``armed``: with all that acts, carries or tells something."""
    made = pikepdf.new()
    page = made.add_blank_page(page_size=(200, 200))
    photo = made.make_stream(
        picture(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Image, Width=40, Height=20, BitsPerComponent=8,
        ColorSpace=pikepdf.Name.DeviceRGB, Filter=pikepdf.Name.DCTDecode,
    )  # fmt: skip
    font = pikepdf.Dictionary(Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica)
    page.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F1=font), XObject=pikepdf.Dictionary(A=photo))
    page.Contents = made.make_stream(f"BT /F1 12 Tf 20 100 Td ({text}) Tj ET q 40 0 0 20 20 20 cm /A Do Q".encode())
    if armed:
        _arm(made, page)
    out = io.BytesIO()
    if password:
        made.save(out, encryption=pikepdf.Encryption(owner=password, user=password))
    else:
        made.save(out)
    return out.getvalue()


def _arm(made: pikepdf.Pdf, page: pikepdf.Page) -> None:
    script = pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS=f"app.alert('{PLACE.decode()}')")
    made.Root.OpenAction = script
    made.Root.AA = pikepdf.Dictionary(WC=script)
    made.Root.Names = pikepdf.Dictionary(JavaScript=pikepdf.Dictionary(Names=["x", script]))
    made.attachments["notes.exe"] = b"MZ" + PLACE
    with made.open_metadata() as told:
        told["dc:title"] = PLACE.decode()
    made.docinfo["/Author"] = PLACE.decode()
    page.obj.AA = pikepdf.Dictionary(O=script)
    page.obj.PieceInfo = pikepdf.Dictionary(X=PLACE.decode())
    away = pikepdf.Dictionary(S=pikepdf.Name.Launch, F=PLACE.decode())
    link = pikepdf.Dictionary(
        Type=pikepdf.Name.Annot, Subtype=pikepdf.Name.Link, Rect=[0, 0, 200, 200], A=away, Border=[0, 0, 0]
    )
    page.obj.Annots = pikepdf.Array([made.make_indirect(link)])
