"""The person is told of developments, and of a suspect's release, in time and as they chose (rule WP-07)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.casework import access
from fener.casework.domain.justice.development_states import ASK_AGAIN, DEVELOPMENT, RESPECT, TELL
from fener.casework.models import Case
from fener.casework.models.justice.development import Development, TellingWish
from fener.casework.services import lines
from fener.casework.services.children.common import Errors, check_code, check_day, keep, raise_any
from fener.casework.services.justice.common import lock
from fener.casework.services.safety.common import seal
from fener.norms.clocks import due
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.errors import AlreadyDone

RECORD, CLOCK = "justice.developments", "told_of_developments"
LONG_AGO = timedelta(days=3653)


@dataclass(frozen=True, kw_only=True)
class DevelopmentTerms:
    """``kind``: development_kind. ``words``: who, where, what exactly; sealed."""

    kind: str
    happened_at: datetime
    words: str = ""


@transaction.atomic
def record_wish(*, actor: Actor, case: Case, wants: bool, since: date, channel: str = "", how: str = "") -> TellingWish:
    """Whether the person wants to be told, and through which channel; ``how``: when and by whom, sealed.

    What waits is settled by it: nobody is told against their wish. Raises Refused, InvalidInput.
    """
    access.require_on_case(actor, "telling_wish.record", case)
    lock(case)
    before = wish_of(case)
    errors: Errors = {}
    check_day(errors, "since", since, not_before=before.since if before else None)
    if wants:
        check_code(errors, "channel", channel, "safe_channel")
    raise_any(errors)
    row = TellingWish(
        case=case,
        wants=wants,
        channel=channel if wants else "",
        since=since,
        turn=before.turn + 1 if before else 1,
        recorded_by_id=access.user_id(actor),
    )
    row.how = seal(actor, case, f"telling_wish:{row.pk}", how)
    row.save(force_insert=True)
    step = ASK_AGAIN if wants else RESPECT
    for one in Development.objects.filter(case=case, state__in=DEVELOPMENT.sources(step)):
        one.state = DEVELOPMENT.step(one.state, step).to
        one.save(update_fields=["state"])
    lines.refresh(case, RECORD)
    keep(actor, "telling_wish.record", case, row.pk, "telling_wish", wants=wants, channel=row.channel)
    return row


@transaction.atomic
def record_development(*, actor: Actor, case: Case, terms: DevelopmentTerms) -> Development:
    """Something happened in the proceedings: the person is told by the pack's time. Raises Refused, InvalidInput."""
    access.require_on_case(actor, "development.record", case)
    lock(case)
    errors: Errors = {}
    check_code(errors, "kind", terms.kind, "development_kind")
    if not timezone.now() - LONG_AGO <= terms.happened_at <= timezone.now():
        errors["happened_at"] = _("Choose a time that has come, of the last ten years.")
    raise_any(errors)
    wish = wish_of(case)
    row = Development(
        case=case,
        kind=terms.kind,
        happened_at=terms.happened_at,
        tell_by=_tell_by(terms),
        state=DEVELOPMENT.step(DEVELOPMENT.start, RESPECT).to if wish and not wish.wants else DEVELOPMENT.start,
        recorded_by_id=access.user_id(actor),
    )
    row.words = seal(actor, case, f"development:{row.pk}", terms.words)
    row.save(force_insert=True)
    lines.refresh(case, RECORD)
    keep(actor, "development.record", case, row.pk, "development", kind=row.kind, tell_by=row.tell_by)
    return row


@transaction.atomic
def tell_person(*, actor: Actor, development: Development, channel: str, at: datetime) -> Development:
    """The person was told, at that moment and through the channel that they chose.

    Raises Refused, InvalidInput, AlreadyDone, NotPossibleNow (the person does not want to be told).
    """
    case = development.case
    access.require_on_case(actor, "development.tell", case)
    lock(case)
    row = Development.objects.get(pk=development.pk)
    if row.state == Development.State.TOLD:
        raise AlreadyDone(str(row.pk), _("The person was told already."))
    to, wish = DEVELOPMENT.step(row.state, TELL).to, wish_of(case)
    errors: Errors = {}
    if wish is None:
        errors["channel"] = _("Record first through which channel the person wants to be told.")
    elif channel != wish.channel:
        errors["channel"] = _("The person chose another channel.")
    if not row.happened_at <= at <= timezone.now():
        errors["at"] = _("Choose a time after it happened that has come.")
    raise_any(errors)
    row.case, row.state, row.channel, row.told_at = case, to, channel, at
    row.told_by_id = access.user_id(actor)
    row.save(update_fields=["state", "channel", "told_at", "told_by"])
    lines.refresh(case, RECORD)
    late = at > row.tell_by
    keep(actor, "development.tell", case, row.pk, "development", kind=row.kind, channel=channel, late=late)
    return row


def wish_of(case: Case) -> TellingWish | None:
    """The person's latest word on being told; None while nobody asked."""
    return TellingWish.objects.filter(case=case).order_by("-turn").first()


def is_dangerous(kind: str) -> bool:
    """A development that may put the person in danger: the most urgent to tell."""
    return kind in vocabulary("development_kind").in_group("danger")


def _tell_by(terms: DevelopmentTerms) -> datetime:
    end = due(
        CLOCK, jurisdiction=settings.FENER_JURISDICTION, start=terms.happened_at, facts={"kind": terms.kind}
    ).end  # fmt: skip
    if not isinstance(end, datetime):
        raise LookupError(CLOCK)  # the pack gives a length in hours or days from a moment
    return end
