"""Health cards on a case: one line while a card is valid, due on its last day so that it is renewed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from fener.casework import access
from fener.casework.chapters.contract import Door, NewLine, Reader, Record
from fener.casework.chapters.health.departure import end_of
from fener.casework.models import Case
from fener.casework.models.health.card import HealthCard
from fener.casework.models.line import CaseLine
from fener.casework.selectors.health.cards import cards
from fener.casework.services.health.cards import CARDS
from fener.norms.vocab import vocabulary


def lines(case: Case) -> Iterator[NewLine]:
    """The card that was not ended."""
    for card in HealthCard.objects.filter(case=case, ended_on__isnull=True).order_by("given_on", "pk"):
        yield NewLine(what="card", about=card.pk, starts=card.given_on, ends=card.until, due=end_of(card.until))


def words(_line: CaseLine) -> str:
    """That there is a card."""
    return _("A card for care without a name")


def section(reader: Reader) -> Mapping[str, Any]:
    """Each card; the code is nowhere. One query."""
    may = access.allowed(reader.actor, "health_card.end", reader.found) is not None
    today = timezone.localdate(reader.at)
    return {
        "cards": [
            {
                "given_on": card.given_on,
                "until": card.until,
                "opens": [_(vocabulary("health_offer").label(code)) for code in card.opens],
                "tag": _("ended") if card.ended_on or card.until < today else _("valid"),
                "kind": "plain" if card.ended_on or card.until < today else "done",
                "end": reverse("casework:health_card_end", args=[reader.case.code, card.pk])
                if may and card.ended_on is None
                else "",
            }
            for card in cards(reader)
        ]
    }


RECORD = Record(
    code=CARDS,
    title=gettext_lazy("Health card"),
    list_act="health_card.list",
    lines=lines,
    words=words,
    section=section,
    template="casework/health/_cards.html",
    doors=(Door(act="health_card.give", text=gettext_lazy("Give a card"), url_name="casework:health_card_new"),),
    copy_words={"HealthCard.opens": lambda codes: ", ".join(_(vocabulary("health_offer").label(c)) for c in codes)},
)
