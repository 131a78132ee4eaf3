"""How the person sees it: codes that stand beside what authorities think, apart from the person's own sealed words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text

AGREES, PARTLY, DISAGREES = "own_view_agrees", "own_view_partly", "own_view_disagrees"
NOT_ASKED, DOES_NOT_WISH = "own_view_not_asked", "own_view_does_not_wish"

OWN_VIEW: dict[str, Text] = {
    AGREES: _("sees it the same way"),
    PARTLY: _("sees a part of it the same way"),
    DISAGREES: _("sees it differently"),
    NOT_ASKED: _("has not been asked"),
    DOES_NOT_WISH: _("does not want to say"),
}


def choices() -> list[tuple[str, Text]]:
    """For form fields."""
    return list(OWN_VIEW.items())
