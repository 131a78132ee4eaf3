"""Reasons and outcomes that count: each code with its words and with what follows from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text


@dataclass(frozen=True)
class DeclineReason:
    """Why a desk says no to a referral, and what happens because of it."""

    code: str
    label: Text
    consequence: Text
    counts_as_full: bool = False  # the service has no place until one becomes free or a week has passed
    flags_profile: bool = False  # the directory says something else than the desk: its entry is looked at
    co_ordinator_sees: bool = False


DECLINE_REASONS: dict[str, DeclineReason] = {
    reason.code: reason
    for reason in (
        DeclineReason(
            "full",
            _("No place is free"),
            _("The service counts as full, and the sender is shown the next ones that fit."),
            counts_as_full=True,
        ),
        DeclineReason(
            "not_eligible",
            _("The service does not take this person"),
            _("The entry in the directory is marked to be corrected, and the sender is shown the next ones that fit."),
            flags_profile=True,
        ),
        DeclineReason(
            "needs_other",
            _("The person needs something else"),
            _("The sender looks at the needs again with the person and chooses another service."),
        ),
        DeclineReason(
            "safety",
            _("It would not be safe here"),
            _("The sender chooses another place, and the co-ordinator sees that a place was not safe."),
            co_ordinator_sees=True,
        ),
        DeclineReason(
            "no_interpreter",
            _("Nobody can speak with the person"),
            _("It counts as a gap in interpretation, and the sender is shown the next ones that fit."),
            co_ordinator_sees=True,
        ),
        DeclineReason(
            "no_answer",
            _("No answer in time"),
            _("It counts in the response times of the organisation, and the sender chooses another service."),
            co_ordinator_sees=True,
        ),
    )
}


@dataclass(frozen=True)
class Outcome:
    """What the receiver writes back. ``ends``: the referral is over and the receiver's keys are taken back."""

    code: str
    label: Text
    ends: bool
    kinds: frozenset[str] = frozenset({"service", "assessment", "decision"})
    delivered: bool = False
    left: bool = False


_SERVICE = frozenset({"service"})
OUTCOMES: dict[str, Outcome] = {
    outcome.code: outcome
    for outcome in (
        Outcome("started", _("It has started"), ends=False),
        Outcome("continues", _("It goes on"), ends=False),
        Outcome("completed", _("The service was given in full"), ends=True, kinds=_SERVICE, delivered=True),
        Outcome("partly", _("The service was given in part"), ends=True, kinds=_SERVICE, delivered=True),
        Outcome("person_left", _("The person left"), ends=True, kinds=_SERVICE, left=True),
        Outcome("did_not_come", _("The person did not come"), ends=True),
        Outcome("not_possible", _("It could not be done"), ends=True),
        Outcome("assessed", _("The assessment is recorded"), ends=True, kinds=frozenset({"assessment"})),
        Outcome("decided", _("The decision is recorded"), ends=True, kinds=frozenset({"decision"})),
    )
}


def outcomes_for(kind: str) -> list[Outcome]:
    """The outcomes that fit a kind of referral, in the order of the list."""
    return [outcome for outcome in OUTCOMES.values() if kind in outcome.kinds]


# Why a person says no to a service. The words are theirs and are sealed; this is the code beside them.
PERSON_DECLINES: dict[str, Text] = {
    "not_now": _("Not now"),
    "no_need": _("Does not need it"),
    "no_trust": _("Does not trust the service"),
    "too_far": _("Too far away"),
    "family": _("Because of the family"),
    "work": _("Because of work"),
    "fear": _("Afraid"),
    "rules": _("Does not want to live by the rules of the place"),
    "language": _("Nobody there speaks the language"),
    "earlier_experience": _("An earlier experience"),
    "other": _("Another reason"),
    "not_said": _("Did not say why"),
}
