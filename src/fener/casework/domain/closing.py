"""Why a case is closed: codes that count. Some are here to be refused by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text

REASONS: dict[str, Text] = {
    "goals_reached": _("what was agreed has been reached"),
    "own_wish": _("the person wants to end it"),
    "keep_withdrawn": _("the person no longer wants a file to be kept"),
    "moved_away": _("the person moved away"),
    "lost_contact": _("contact was lost; the offer stays"),
    "referred_on": _("another organisation goes on"),
    "died": _("the person died"),
    "duplicate": _("the same person has another case here"),
}
# Said by an import alone; no form offers it.
IMPORTED: dict[str, Text] = {"closed_elsewhere": _("it was closed where it came from")}
# Reason -> exit of the path (pack ``path_exits``): what is kept there is said to whoever closes, and on a closed case.
EXIT_OF: dict[str, str] = {
    "goals_reached": "finished",
    "own_wish": "own_wish",
    "moved_away": "other_country",
    "lost_contact": "lost_contact",
    "referred_on": "transferred",
    "died": "died",
}
DIED = "died"
OWN_WISH = frozenset({"own_wish", "keep_withdrawn"})
# Never a reason (gate end_assistance). Not offered by forms; an import or a script that says so is refused, with words.
FORBIDDEN: dict[str, Text] = {
    "refuses_to_testify": _("the person does not testify"),
    "refuses_to_return": _("the person does not return"),
    "refuses_programme": _("the person does not join a programme or a course"),
}
# Nor these (gate end_by_term): help lasts as long as it is needed, whoever pays for it.
TERMS: dict[str, Text] = {
    "money_ended": _("the money has run out"),
    "programme_ended": _("the programme is over"),
    "turned_18": _("the person turned 18"),
}


def choices() -> list[tuple[str, Text]]:
    """For form fields."""
    return list(REASONS.items())
