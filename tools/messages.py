"""The catalogues: every string of code, templates and packs is found, Serbian is kept once, Cyrillic made of it.

``python -m tools.messages update`` writes new strings into the Latin catalogues (translations that are there are kept),
``... build`` makes the Cyrillic ones and compiles all. Two catalogues a language: pages under ``src/fener/locale``,
packs under ``src/fener/packs/locale``, since a pack may be replaced without the program.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

import cyrtranslit
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po
from django.conf import settings
from django.utils.translation.template import templatize

SOURCE = Path(__file__).resolve().parent.parent / "src" / "fener"
HAND, MADE = "sr_Latn", "sr"
PAGES, PACKS = SOURCE / "locale", SOURCE / "packs" / "locale"
# Translated twice is translated differently: these names are all that marks a string in this code base.
KEYWORDS: dict[str, tuple[object, ...] | None] = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "_now": None,
    "now_gettext": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "npgettext": ((1, "c"), 2, 3),
}
CALL = re.compile(r"""\b(?:(?:np|n|p)?gettext|_)\((?:[^()'"]|u?'(?:\\.|[^'\\])*'|u?"(?:\\.|[^"\\])*")*\)""")
# What transliteration must leave alone: placeholders, tags, entities, addresses, and words set in code.
KEEP = re.compile(r"%\([A-Za-z_]+\)[sd]|%[sd%]|\{[A-Za-z0-9_.]*\}|<[^>]+>|&[a-z]+;|https?://\S+|`[^`]+`")
# Words of other languages and codes that stay in Latin letters.

LATIN_WORDS = re.compile(
    r"\b(?:HTCDS|IOM|ISO|TOTP|XLSX|PDF|SVG|OSCE|UNICEF|UNHCR|ILO|URL|HTML|JSON|CSV|GTZ|GIZ|QR|Fener(?= ·)"
    r"|[A-Z]{2,}-\d+)\b"
)


def _found_in(file: Path) -> Iterator[tuple[int, object, list[str]]]:
    text = file.read_text(encoding="utf-8")
    if file.suffix == ".html":
        # What Django leaves of a template is no Python; the calls in it are.
        text = "\n".join(CALL.findall(templatize(text, origin=str(file))))
    for line, _function, message, comments in extract_text(text):
        yield line, message, comments


def extract_text(text: str) -> Iterator[tuple[int, str, object, list[str]]]:
    """Babel's Python extractor over a source; templates come here as Django's own ``templatize`` rewrites them."""
    for line, message, comments, _context in extract(
        "python", BytesIO(text.encode("utf-8")), keywords=KEYWORDS, comment_tags=["Translators:"]
    ):
        yield line, "", message, list(comments)


def page_strings() -> Catalog:
    """Every string of code and templates, in the order of the files."""
    catalog = Catalog(project="Fener", charset="utf-8")
    files = [f for f in sorted(SOURCE.rglob("*")) if f.suffix in {".py", ".html"} and "migrations" not in f.parts]
    for file in files:
        for _line, message, comments in _found_in(file):
            if message and message != ("",):
                catalog.add(message, auto_comments=comments, locations=[(file.relative_to(SOURCE).as_posix(), 0)])
    return catalog


def pack_strings() -> Catalog:
    """Every string of the packs that a screen may show."""
    from fener.norms.messages import messages

    catalog = Catalog(project="Fener packs", charset="utf-8")
    for text in sorted({message.text for message in messages()}):
        catalog.add(text)
    return catalog


def path(root: Path, language: str, kind: str = "po") -> Path:
    """Where a catalogue stands."""
    return root / language / "LC_MESSAGES" / f"django.{kind}"


def load(root: Path, language: str) -> Catalog:
    """A catalogue as it is kept; empty when there is none."""
    file = path(root, language)
    if not file.exists():
        return Catalog(locale=language, charset="utf-8")
    with file.open("rb") as stream:
        return read_po(stream, locale=language)


def merged(template: Catalog, kept: Catalog) -> Catalog:
    """The strings of ``template`` with the translations that are kept; what is not used any more goes."""
    result = Catalog(locale=HAND, project=template.project, charset="utf-8")
    for message in template:
        if not message.id:
            continue
        known = kept.get(message.id, message.context)
        translation = (
            known.string
            if known is not None and known.string
            else ("" if isinstance(message.id, str) else ("", "", ""))
        )
        if isinstance(message.id, tuple) and isinstance(translation, str):
            translation = (translation, "", "")
        result.add(message.id, translation, locations=message.locations, auto_comments=message.auto_comments)
    return result


def cyrillic(text: str) -> str:
    """A Serbian text in Cyrillic; placeholders, tags, addresses and marked words stay as they are."""
    pieces: list[str] = []
    last = 0
    for kept in re.finditer(f"{KEEP.pattern}|{LATIN_WORDS.pattern}", text):
        pieces += [_letters(text[last : kept.start()]), kept.group()]
        last = kept.end()
    return "".join([*pieces, _letters(text[last:])])


def _letters(text: str) -> str:
    # "injekcija" has n and j, not nj: a zero-width joiner keeps them apart while the letters are exchanged.
    apart = re.sub(r"(?i)\b(i)(n)(j)(ek)", "\\1\\2\u200d\\3\\4", text)
    apart = re.sub(r"(?i)\b(na)(d)(ž)", "\\1\\2\u200d\\3", apart)
    return str(cyrtranslit.to_cyrillic(apart, "sr")).replace("\u200d", "")


def in_cyrillic(catalog: Catalog) -> Catalog:
    """The Cyrillic catalogue of a Latin one."""
    result = Catalog(locale=MADE, project=catalog.project, charset="utf-8")
    for message in catalog:
        if message.id:
            string = message.string
            made = tuple(map(cyrillic, string)) if isinstance(string, tuple | list) else cyrillic(string or "")
            result.add(message.id, made, locations=message.locations)
    return result


def _head(catalog: Catalog) -> Catalog:
    """The same head for every catalogue, without dates and addresses that change by themselves."""
    catalog.header_comment = "# Serbian words of Fener."
    catalog.project, catalog.version, catalog.fuzzy = "Fener", "1", False
    catalog.msgid_bugs_address = catalog.last_translator = catalog.language_team = ""
    catalog.creation_date = catalog.revision_date = datetime(2026, 1, 1, tzinfo=UTC)
    return catalog


def as_po(catalog: Catalog) -> bytes:
    """The file's bytes."""
    catalog = _head(catalog)
    out = BytesIO()
    write_po(out, catalog, omit_header=False, sort_output=True, include_lineno=False, width=120)
    return b"\n".join(
        line for line in out.getvalue().split(b"\n") if not line.startswith((b'"POT-Creation', b'"PO-Revision'))
    )


def as_mo(catalog: Catalog) -> bytes:
    """The compiled catalogue."""
    out = BytesIO()
    write_mo(out, _head(catalog))
    return out.getvalue()


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def missing(catalog: Catalog) -> list[Message]:
    """Strings without a translation."""

    def empty(message: Message) -> bool:
        strings = message.string if isinstance(message.string, tuple | list) else (message.string,)
        return not all(strings)

    return [message for message in catalog if message.id and empty(message)]


def update() -> None:
    """Write new strings into the Latin catalogues."""
    for root, template in ((PAGES, page_strings()), (PACKS, pack_strings())):
        catalog = merged(template, load(root, HAND))
        _write(path(root, HAND), as_po(catalog))
        print(f"{root.relative_to(SOURCE)}: {len(catalog)} strings, {len(missing(catalog))} without a translation")


def build() -> None:
    """Make the Cyrillic catalogues and compile both."""
    for root in (PAGES, PACKS):
        latin = load(root, HAND)
        made = in_cyrillic(latin)
        _write(path(root, MADE), as_po(made))
        for language, catalog in ((HAND, latin), (MADE, made)):
            _write(path(root, language, "mo"), as_mo(catalog))


if __name__ == "__main__":
    if not settings.configured:
        settings.configure(USE_I18N=False)
    {"update": update, "build": build}[sys.argv[1]]()
