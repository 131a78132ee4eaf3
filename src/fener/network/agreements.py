"""May this go from one body to another? What agreements in force say about it: they narrow, and never widen.

The person's consent is always necessary and is asked for elsewhere (``trust.consent``). Where an agreement in force has
a rule between two bodies, in either direction, everything between them must also be within such a rule. Where no
agreement says anything about the two, the consent alone decides, and pages say that there is none (decision 0021).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from fener.network.models import SharingRule
from fener.network.models.agreements import in_force
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.purposes import Purpose

if TYPE_CHECKING:
    from fener.trust.errors import Text

NONE_LIMITS = "none"
WITHIN = "within"


@dataclass(frozen=True)
class Limit:
    """The answer. ``code``: none, within, or what is outside: direction, purpose, compartments, until, onward.

    ``latest``: the last day on which something may be given under the rules that fit; None: no such day.
    ``agreements``: titles of the agreements that were asked.
    """

    code: str
    text: Text
    agreements: tuple[str, ...] = ()
    latest: date | None = None

    @property
    def allowed(self) -> bool:
        """Whether the agreements leave it to the person's consent."""
        return self.code in (NONE_LIMITS, WITHIN)

    @property
    def field(self) -> str:
        """The part of a consent that is outside, by the name of its input."""
        return {"compartments": "compartments", "until": "until", "purpose": "purpose"}.get(self.code, "recipient")

    @property
    def limited(self) -> bool:
        """Whether some agreement in force says something about the two bodies."""
        return self.code != NONE_LIMITS


def rules_of(body: UUID, *, on: date) -> tuple[SharingRule, ...]:
    """Every sharing rule in force that names a body, as giver or receiver. One query, for as many others as a page
    shows.
    """
    found = SharingRule.objects.filter(in_force(on, "agreement__")).filter(Q(giver=body) | Q(receiver=body))
    return tuple(found.select_related("agreement", "giver", "receiver"))


def sharing_limit(
    *,
    giver: UUID,
    receiver: UUID,
    compartments: Iterable[Compartment | str],
    purpose: Purpose | str,
    on: date,
    until: date | None = None,
    held_for: UUID | None = None,
    rules: Iterable[SharingRule] | None = None,
) -> Limit:
    """What agreements say about giving these compartments from one body to another on a day, for this purpose.

    ``until``: the last day of the consent that is about to be recorded. ``held_for``: the body that keeps the file,
    where the giver only received it (onward transfer). ``rules``: from ``rules_of`` one of the two, asked before.
    A predicate: it changes nothing and opens nothing.
    """
    parts = {str(part) for part in compartments}  # an unknown one is named by whoever stores the consent
    if held_for is not None and held_for != giver:
        onward = _onward(held_for, giver, parts, on)
        if onward is not None:
            return onward
    known = rules_of(giver, on=on) if rules is None else rules
    between = [rule for rule in known if {rule.giver_id, rule.receiver_id} == {giver, receiver}]
    if not between:
        return Limit(NONE_LIMITS, _("No agreement between the two bodies limits this: the person's consent decides."))
    return _within(between, giver, parts, str(purpose), on, until)


def _within(
    between: list[SharingRule], giver: UUID, parts: set[str], purpose: str, on: date, until: date | None
) -> Limit:
    """Rules of one direction and one purpose are taken together; each has to last."""
    titles = tuple(dict.fromkeys(rule.agreement.title for rule in between))
    named = {"agreement": "; ".join(titles)}
    same_way = [rule for rule in between if rule.giver_id == giver]
    if not same_way:
        text = _("Nothing goes this way by the agreement (%(agreement)s).") % named
        return Limit("direction", text, titles)
    same = [rule for rule in same_way if rule.purpose == purpose]
    if not same:
        text = _("The agreement (%(agreement)s) allows nothing for this purpose.") % named
        return Limit("purpose", text, titles)
    living = [rule for rule in same if rule.until is None or rule.until >= on]
    if not living:
        text = _("The time for this has passed by the agreement (%(agreement)s).") % named
        return Limit("until", text, titles)
    if outside := parts - {part for rule in living for part in rule.compartments}:
        known = set(Compartment)
        words = ", ".join(str(Compartment(part).label) if part in known else part for part in sorted(outside))
        text = _("By the agreement (%(agreement)s) this does not go there: %(parts)s.") % {**named, "parts": words}
        return Limit("compartments", text, titles)
    latest = _latest(living, parts)
    if until is not None and latest is not None and until > latest:
        text = _("The agreement (%(agreement)s) allows it until %(day)s. Choose that day or an earlier one.") % {
            **named,
            "day": latest.isoformat(),
        }
        return Limit("until", text, titles, latest)
    return Limit(WITHIN, _("Within the agreement: %(agreement)s.") % named, titles, latest)


def _latest(living: list[SharingRule], parts: set[str]) -> date | None:
    """The day until which each of the parts is covered by some rule; None: without end."""
    ends = []
    for part in parts:
        covering = [rule.until for rule in living if part in rule.compartments]
        if None not in covering:
            ends.append(max(day for day in covering if day is not None))
    return min(ends) if ends else None


def _onward(keeper: UUID, giver: UUID, parts: set[str], on: date) -> Limit | None:
    """Whether a body may pass on what it received. None: no agreement forbids it."""
    between = [rule for rule in rules_of(keeper, on=on) if {rule.giver_id, rule.receiver_id} == {keeper, giver}]
    if not between:
        return None
    allowed = {
        part
        for rule in between
        if rule.giver_id == keeper and rule.onward and (rule.until is None or rule.until >= on)
        for part in rule.compartments
    }
    if parts and parts <= allowed:
        return None
    titles = tuple(dict.fromkeys(rule.agreement.title for rule in between))
    text = _("By the agreement (%(agreement)s) what was received is not passed on.") % {"agreement": "; ".join(titles)}
    return Limit("onward", text, titles)


def require_within(limit: Limit) -> None:
    """Raises InvalidInput, by the field of a consent's form, for what an agreement does not allow."""
    if not limit.allowed:
        raise InvalidInput({limit.field: limit.text})
