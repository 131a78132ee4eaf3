"""What a requester is told when an opening is not granted: sentences that are true whatever the code stands for."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text

# Each of them is also told, drawn at random, for a code that stands for nothing: none says that there is something.
REASONS: dict[str, Text] = {
    "not_shown": _("What you wrote does not show why you would have to know."),
    "other_way": _("What you need can be reached another way: ask the organisation that you work with on this."),
    "nothing_due": _("Nothing is known here that would wait for you."),
}
OWN_WORDS = "own_words"


def drawn() -> str:
    """One of them, by chance."""
    return secrets.choice(sorted(REASONS))
