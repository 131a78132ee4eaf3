"""A card with a code: urgent, specialist and maternity care without a name, and without a word to the police (HE-05).

Whoever shows it is asked nothing else. The body that types the code learns what it opens and until when; whose it is,
or that there is a case, is never said. A use is kept with the body that typed the code, and names neither card nor
case: nobody reads from a case when and where the person sought care.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.health.card_code import canonical, new_code
from fener.casework.models import Case
from fener.casework.models.health.card import HealthCard
from fener.casework.services import lines
from fener.trust import audit, policy
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from fener.trust.policy import Relationship
from fener.trust.signing_in.secrets import fingerprint
from fener.trust.standing import node_level

CARDS = "health.cards"
OPENS = ("urgent", "specialist", "maternity")
LONGEST = timedelta(days=366)
NOT_LIVING = _("This code opens nothing here: it was mistyped, or has ended. Urgent care is never refused for that.")


@dataclass(frozen=True)
class Opened:
    """All that a provider learns."""

    opens: tuple[str, ...]
    until: date


@transaction.atomic
def give_card(*, actor: Actor, case: Case, opens: Sequence[str], until: date) -> tuple[HealthCard, str]:
    """A new card and its code, which is shown this once; a card before it ends. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "health_card.give", case)
    today = timezone.localdate()
    if not opens or set(opens) - set(OPENS):
        raise InvalidInput({"opens": _("Choose what the card opens.")})
    if not today <= until <= today + LONGEST:
        raise InvalidInput({"until": _("Choose a day from today on, within a year.")})
    HealthCard.objects.filter(case=case, ended_on__isnull=True).update(ended_on=today)
    code = new_code()
    card = HealthCard.objects.create(
        case=case,
        code_hash=_digest(canonical(code)),
        opens=[each for each in OPENS if each in opens],
        given_on=today,
        until=until,
        recorded_by_id=access.user_id(actor),
    )
    lines.refresh(case, CARDS)
    _keep(actor, "health_card.give", card)
    return card, code


@transaction.atomic
def end_card(*, actor: Actor, card: HealthCard) -> HealthCard:
    """It was lost, or the person wants it no longer. Raises Refused."""
    access.require_on_case(actor, "health_card.end", card.case)
    current = HealthCard.objects.get(pk=card.pk)
    if current.ended_on is None:
        current.ended_on = timezone.localdate()
        current.save(update_fields=["ended_on"])
        lines.refresh(card.case, CARDS)
        _keep(actor, "health_card.end", current)
    return current


@transaction.atomic
def use_card(*, actor: Actor, code: str) -> Opened:
    """What a code opens today. The same words for a slip, an unknown code and one that ended.

    Raises Refused, InvalidInput.
    """
    policy.require(actor, "health_card.use", Relationship.SAME_ORGANISATION)
    opened = _opened(canonical(code))
    chain = ("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE
    audit.record(actor=actor, act="health_card.use", chain=chain, subject_type="health_card", subject_id=None)
    return opened


def look_again(*, actor: Actor, code: str) -> Opened:
    """The same answer once more, to whoever was just given it: it is no other use. Raises Refused, InvalidInput."""
    policy.require(actor, "health_card.use", Relationship.SAME_ORGANISATION)
    return _opened(canonical(code))


def sent_with(token: str, code: str) -> str:
    """A mark by which one page's second click is known. It tells nothing of the card: it is bound to the page."""
    return fingerprint("health-card-page", f"{token}:{canonical(code)}")


@node_level(reason="whose card it is stays unknown to whoever types the code")
def _opened(typed: str) -> Opened:
    today = timezone.localdate()
    living = HealthCard.objects.filter(ended_on__isnull=True, given_on__lte=today, until__gte=today)
    card = living.filter(code_hash=_digest(typed)).first()
    if not typed or card is None:
        raise InvalidInput({"code": NOT_LIVING})
    return Opened(tuple(card.opens), card.until)


def _digest(code: str) -> str:
    return fingerprint("health-card", code)


def _keep(actor: Actor, act: str, card: HealthCard) -> None:
    audit.record(
        actor=actor,
        act=act,
        chain=("case", card.case_id),
        subject_type="health_card",
        subject_id=card.pk,
        detail={"until": card.until},
    )
