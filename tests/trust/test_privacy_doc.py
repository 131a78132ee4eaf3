"""The page about personal data is generated, and not older than what it is generated from."""

from __future__ import annotations

from pathlib import Path

from fener.trust.privacy import doc

PAGE = Path(__file__).parents[2] / "docs" / "personal-data.md"


def test_the_page_is_not_older_than_the_declaration() -> None:
    assert PAGE.read_text(encoding="utf-8") == doc.render(), "python -m fener.trust.privacy.doc docs/personal-data.md"
