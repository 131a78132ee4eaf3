"""Flags around proceedings: non-punishment, a departure before the hearing, repeated questions, telling the person."""

from __future__ import annotations

from datetime import date

from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Step, gettext_noop

PROTECTED_STATUSES = frozenset({"presumed", "identified"})

REVIEW = gettext_noop("Somebody who is presumed or identified was %(penalty)s for what is linked to it (%(act)s).")
BEFORE_HEARING = gettext_noop(
    "The departure on %(departure)s is before the hearing, and how the person takes part is not settled: in person, "
    "by video, recorded before, or their own refusal."
)
CONFRONTATION = gettext_noop(
    "A confrontation with the accused would hurt again, and no measure against it was granted."
)
POLICE_ONLY = gettext_noop("A child was handed over to the family without the child-protection body (%(by)s).")
AS_WITNESS = gettext_noop("The person is housed because a witness is needed. The stay is still their own decision.")
AGAINST_OWN_VIEW = gettext_noop(
    "The person does not see themselves as trafficked. The stay is still their own decision."
)
BACK_AGAIN = gettext_noop("The same person came back %(days)s days after the removal.")


def review_flag(*, status: str, act: str, penalty: str, resolved: bool = False) -> Flag | None:
    """Whether a charge, fine or arrest opens a review of non-punishment (rule JU-05).

    ``act`` and ``penalty``: the lists ``linked_act`` and ``penalty_kind``. It counts as a violation until resolved.
    """
    vocabulary("linked_act").entry(act)
    vocabulary("penalty_kind").entry(penalty)
    if resolved or status not in PROTECTED_STATUSES:
        return None
    return Flag("non_punishment_review", Step(REVIEW, {"penalty": penalty, "act": act}), "JU-05")


def hearing_flag(
    *, departure_on: date | None, hearing_on: date | None, hearing_expected: bool, part: str = "open"
) -> Flag | None:
    """A departure before the person's hearing, until their part in it is settled (list ``hearing_part``; rule WP-08).

    A hearing that is expected and has no day yet lies after every departure.
    """
    if departure_on is None or not (hearing_expected or hearing_on) or part in _settled():
        return None
    if hearing_on is not None and hearing_on < departure_on:
        return None
    return Flag("before_hearing", Step(BEFORE_HEARING, {"departure": departure_on}), "WP-08")


def _settled() -> frozenset[str]:
    return vocabulary("hearing_part").in_group("settled")


def confrontation_flag(*, would_hurt: bool | None, measures_granted: frozenset[str] | set[str]) -> Flag | None:
    """A confrontation that would hurt again and that no granted measure avoids (rule WP-06). Unknown is flagged."""
    avoids = {"video", "recorded", "early_hearing", "defendant_removed", "no_confrontation"}
    if would_hurt is False or avoids & set(measures_granted):
        return None
    return Flag("confrontation", Step(CONFRONTATION), "WP-06")


def hand_over_flag(*, by: str) -> Flag | None:
    """A child handed over to the family by police or border guard alone (list ``hand_over``; rule CH-09)."""
    if vocabulary("hand_over").group(by) != "alarm":
        return None
    return Flag("police_only_hand_over", Step(POLICE_ONLY, {"by": by}), "CH-09")


# The share of those removed who were back within so many days is asked for (rule RT-10).
BACK_WITHIN_DAYS = 30


def back_again_flag(*, removed_on: date, entered_on: date) -> Flag | None:
    """A second entry after a removal (rule RT-10); None where the entry was before it."""
    days = (entered_on - removed_on).days
    return Flag("back_again", Step(BACK_AGAIN, {"days": days}), "RT-10") if days >= 0 else None


def back_within(*, removed_on: date, entered_on: date | None, days: int = BACK_WITHIN_DAYS) -> bool:
    """Whether somebody was back within that many days of the removal."""
    return entered_on is not None and 0 <= (entered_on - removed_on).days <= days


def days_in_detention(*, since: date, until: date | None, today: date) -> int:
    """Days in detention until the transfer, or so far; the first day counts (rule WP-12). Never below one."""
    return max(1, ((until or today) - since).days + 1)


def stay_marks(*, ground: str, sees_self_so: bool | None) -> tuple[Flag, ...]:
    """Marks of an admission: housed as a witness, or against the person's own view (rule SH-02)."""
    marks = []
    if vocabulary("admission_ground").group(ground) == "marked":
        marks.append(Flag("as_witness", Step(AS_WITNESS), "SH-02"))
    if sees_self_so is False:
        marks.append(Flag("against_own_view", Step(AGAINST_OWN_VIEW), "SH-02"))
    return tuple(marks)
