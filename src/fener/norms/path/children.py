"""Children: who is accountable, what a mark opens, where a child may live, and which solution lasts."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from fener.norms.path.flags import Flag
from fener.norms.vocab import vocabulary
from fener.norms.why import Met, Step, gettext_noop

NOBODY = gettext_noop("Nobody is accountable for this child.")
SEVERAL = gettext_noop("%(number)s persons are accountable for this child; it has to be exactly one.")
NO_PROTECTION_BODY = gettext_noop("The child-protection body is no party to this case.")
DUTY_UNNAMED = gettext_noop("Nobody is named for a part of the help (%(duty)s).")
MET_ALONE = gettext_noop("The child was met alone and has no guardian. Something has to be done by a set time.")
NOBODY_ANSWERS = gettext_noop("Until a guardian is appointed nobody answers for the child.")
REFUSED_PLACE = gettext_noop("A child is never placed there (%(place)s).")
LAST_PLACE = gettext_noop("An institution comes last: a family was not looked at first.")
CRITERION = gettext_noop("A criterion is not answered (%(criterion)s).")
FAMILY_FIRST = gettext_noop("A family comes before an institution, unless it is not in the child's interests.")
UNSAFE_FAMILY = gettext_noop("There is violence or abuse in the family.")


def accountability_flags(
    *, accountable: int, protection_body_is_party: bool, duties: Mapping[str, bool]
) -> tuple[Flag, ...]:
    """Exactly one accountable person, the child-protection body a party, and each split duty named (rule CH-06).

    ``duties``: the parts of the help that are split off (list ``child_duty``) → whether somebody is named.
    """
    flags = []
    if accountable != 1:
        why = Step(SEVERAL, {"number": accountable}) if accountable else Step(NOBODY)
        flags.append(Flag("not_one_accountable", why, "CH-06"))
    if not protection_body_is_party:
        flags.append(Flag("no_protection_body", Step(NO_PROTECTION_BODY), "CH-06"))
    for duty, named in duties.items():
        vocabulary("child_duty").entry(duty)
        if not named:
            flags.append(Flag("duty_unnamed", Step(DUTY_UNNAMED, {"duty": duty}), "CH-06"))
    return tuple(flags)


def alone_flags(*, met_alone: bool, has_guardian: bool, interim: bool) -> tuple[Flag, ...]:
    """What a child that was met alone opens (rules CH-04, CH-14); marks of trafficking are not read."""
    if has_guardian:
        return ()
    flags = [Flag("met_alone", Step(MET_ALONE), "CH-14")] if met_alone else []
    return (*flags, *(() if interim else (Flag("nobody_answers", Step(NOBODY_ANSWERS), "CH-04"),)))


def placement_flag(place: str, *, family_considered_first: bool = False) -> Flag | None:
    """A place that a child must not have, or has last (list ``placement_kind``; rules CH-11, CH-12)."""
    group = vocabulary("placement_kind").group(place)
    if group == "refused":
        return Flag("refused_place", Step(REFUSED_PLACE, {"place": place}), "CH-11")
    if group == "last" and not family_considered_first:
        return Flag("institution_before_family", Step(LAST_PLACE), "CH-12")
    return None


def solution_flags(
    solution: str, *, criteria: Mapping[str, Met], family_considered_first: bool, family_in_interests: Met
) -> tuple[Flag, ...]:
    """What stands against a durable solution (lists ``durable_solution``, ``solution_criterion``; rule CH-12).

    ``criteria``: each criterion → whether it speaks for the solution; one that is not there is not answered (an
    answer of None, unknown, is an answer). For ``violence_or_abuse`` True means that there is none.
    """
    group = vocabulary("durable_solution").group(solution)
    known = vocabulary("solution_criterion")
    for code in criteria:
        known.entry(code)
    flags = [
        Flag("criterion_open", Step(CRITERION, {"criterion": code}), "CH-12")
        for code in known.codes()
        if code not in criteria
    ]
    if group == "institution" and not family_considered_first and family_in_interests is not False:
        flags.append(Flag("institution_before_family", Step(FAMILY_FIRST), "CH-12"))
    if solution == "family" and criteria.get("violence_or_abuse") is not True:
        flags.append(Flag("unsafe_family", Step(UNSAFE_FAMILY), "CH-09"))
    return tuple(flags)


def guardianship_ends(reason: str) -> bool:
    """Whether a reason ends a guardianship, or only changes the guardian (list ``guardian_end``; rule CH-05)."""
    return vocabulary("guardian_end").group(reason) == "ends"


def time_to_identify(*, first_contact: date, identified_on: date | None) -> int | None:
    """Days from the first contact to the identification of a child (rule CH-19); None while there is none.

    Raises ValueError where the identification is before the contact.
    """
    if identified_on is None:
        return None
    if identified_on < first_contact:
        raise ValueError("identified before the first contact")
    return (identified_on - first_contact).days


def median(days: Sequence[int]) -> float | None:
    """The middle of some lengths, None for none."""
    ordered = sorted(days)
    if not ordered:
        return None
    half = len(ordered) // 2
    return float(ordered[half]) if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


def missing_marks(marks: Collection[str], *, alone: Met, without_parents: Met) -> tuple[str, ...]:
    """Marks that the facts ask for and the record lacks: unaccompanied and separated are no words for each other.

    ``alone``: nobody who is responsible is with the child; ``without_parents``: the parents are not there, another
    adult may be.
    """
    for mark in marks:
        vocabulary("child_mark").entry(mark)
    asked = [*(["unaccompanied"] if alone else []), *(["separated"] if without_parents and not alone else [])]
    return tuple(mark for mark in asked if mark not in marks)


def eighteenth(birth: date) -> date:
    """The eighteenth birthday; somebody born on 29 February has it on 1 March of a year without that day."""
    day = birth + relativedelta(years=18)
    return day if (day.month, day.day) == (birth.month, birth.day) else day + relativedelta(days=1)
