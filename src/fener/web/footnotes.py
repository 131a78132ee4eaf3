"""Names that carry a footnote wherever a page or a print shows them.

Which names, and what the footnote says, stands in the packs (vocabulary ``countries``); this module only sees to it
that the note is there. It reads the finished page, so a name that somebody typed into free text is noted too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from fener.norms import vocab

MARK = "*"
_MARKUP = re.compile(r"<(script|style)\b.*?</\1>|<!--.*?-->|<[^>]*>", re.S | re.I)


@dataclass(frozen=True)
class Note:
    """A footnote: the name it belongs to, in the reader's language, and its text."""

    name: str
    text: str


def country_name(code: str) -> str:
    """The country's name in the reader's language; the code itself where the packs do not know it."""
    try:
        return gettext(vocab.vocabulary("countries").label(code))
    except (KeyError, ValueError):
        return code


def plain_name(code: str) -> str:
    """The name with its mark, for places that take no markup (a choice of a list, a sheet, an SVG text)."""
    return f"{country_name(code)}{MARK}" if _note(code) else country_name(code)


def name_with_mark(request: Any, code: str) -> SafeString | str:
    """The name for a page; the mark leads to the note at the page's end."""
    if not code:
        return gettext("not known")
    name = country_name(code)
    if not _note(code):
        return name
    return format_html('{}<span class="fener-footnote-mark">{}</span>', name, MARK)


def notes_for(html: str) -> list[Note]:
    """The footnotes that the names in this page's text call for, each once."""
    text = _MARKUP.sub(" ", html)
    return [note for note, needle in _all_notes() if needle.search(text)]


def _note(code: str) -> Note | None:
    try:
        entry = vocab.vocabulary("countries").entry(code)
    except (KeyError, ValueError):
        return None
    return Note(gettext(entry.label), gettext(vocab.footnote(entry.footnote))) if entry.footnote else None


def _all_notes() -> list[tuple[Note, re.Pattern[str]]]:
    """Every noted name with a pattern for its stem: languages decline names, so the last letter is left open."""
    found = []
    for entry in vocab.vocabulary("countries").entries:
        note = _note(entry.code) if entry.footnote else None
        if note is not None:
            stems = {re.escape(name[:-1]) for name in (note.name, entry.label) if len(name) > 4}
            found.append((note, re.compile(r"\b(?:" + "|".join(sorted(stems)) + r")\w?", re.I)))
    return found
