"""Small signs that stand beside a word, drawn inline so that they take the word's colour and need no download."""

from __future__ import annotations

from django.utils.safestring import SafeString, mark_safe

# Strokes on a 24 by 24 grid.
PATHS = {
    "check": "M5 12.5l4.5 4.5L19 7.5",
    "clock": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 7.5V12l3 2",
    "alert": "M12 3.5L2.5 20h19zM12 10v4.5M12 17.2v.1",
    "info": "M12 3a9 9 0 100 18 9 9 0 000-18zM12 11v5.5M12 7.7v.1",
    "lock": "M6 11h12v9H6zM8.5 11V8a3.5 3.5 0 017 0v3",
    "arrow": "M5 12h14M13 6l6 6-6 6",
    "dot": "M12 8.5a3.5 3.5 0 100 7 3.5 3.5 0 000-7z",
    "cross": "M6 6l12 12M18 6L6 18",
    "ban": "M12 3a9 9 0 100 18 9 9 0 000-18zM5.7 5.7l12.6 12.6",
    "up": "M12 19V5M6 11l6-6 6 6",
    "down": "M12 5v14M6 13l6 6 6-6",
    "fold": "M5 9l7 7 7-7",
}


def icon_svg(name: str, classes: str = "") -> SafeString:
    """The sign of that name. Raises KeyError for an unknown one, so that a misspelt sign is found at once."""
    extra = f" {classes}" if classes else ""
    return mark_safe(  # noqa: S308 - constants of this module only
        f'<svg class="fener-icon{extra}" viewBox="0 0 24 24" aria-hidden="true" focusable="false">'
        f'<path d="{PATHS[name]}"/></svg>'
    )
