"""First contacts of the demonstration: screenings by an inspector and an officer, a suspicion, what waits at a desk."""

from __future__ import annotations

from typing import Any

from fener.casework.domain import told
from fener.casework.models import Case
from fener.contact.models import Intake, Screening
from fener.contact.services import intakes, offers, screenings
from fener.web.demo.acts import Teller

OFFERED = {
    "safety": "given", "medical": "not_needed", "basics": "given", "phone_call": "offered", "interpreter": "not_needed",
}  # fmt: skip
WORKSHOP = {
    "job-different": "yes", "wages-paid": "no", "free-to-quit": "no", "papers-kept": "yes", "may-leave": "no",
    "report-threat": "yes", "hours-without-rest": "yes", "owes-debt": "unknown",
}  # fmt: skip
CHILD = {"child-begs": "yes", "child-must-bring-money": "yes", "child-school": "no", "child-adult-relation": "unknown"}


def screened(t: Teller, who: str, set_id: str, answers: dict[str, str], days: float, language: str = "sr") -> Screening:
    """A screening up to its suggestion, with the rights told."""
    actor, at = t.who(who), t.ago(days)
    screening = screenings.start_screening(actor=actor, set_id=set_id, at=at, language=language)
    screenings.record_immediate_needs(actor=actor, screening=screening, needs=OFFERED)
    screenings.answer_all(actor=actor, screening=screening, answers=answers)
    screenings.finish_screening(actor=actor, screening=screening, at=at)
    return screenings.record_rights_told(
        actor=actor, screening=screening, items=list(told.items()), version=told.version(), language=language
    )


def agreed(t: Teller, screening: Screening, who: str, days: float, number: str, **more: Any) -> Intake:
    """The person agrees to a call from Lanterna, and to nothing else."""
    return offers.send_with_agreement(
        actor=t.who(who),
        screening=screening,
        desk=t.made.desks["lanterna"],
        contact={"how": "call", "number": number, "safe_times": "after 20:00", "name_to_use": "Maple"},
        language=screening.language,
        at=t.ago(days),
        **more,
    )


def case_of_screening(t: Teller, key: str, days: float) -> Case:
    """A screening in a workshop that became a case: the inspector sees that it was received, and nothing more."""
    intake = agreed(t, screened(t, "inspector", "adult-labour-inspection", WORKSHOP, days + 1), "inspector", days + 1,
                    "+381000111222")  # fmt: skip
    manager = t.who("manager")
    intake = intakes.receive_intake(actor=manager, intake=intake, at=t.ago(days + 1))
    intakes.open_contact(actor=manager, intake=intake)
    opening = t.opening(key, days, "labour_inspection")
    t.cases[key] = intakes.open_case_from_intake(actor=manager, intake=intake, **opening)
    return t.cases[key]


def waiting(t: Teller) -> None:
    """What waits at Lanterna's desk (one urgent, one about a child, one that nobody took on), and an open screening."""
    agreed(t, screened(t, "inspector", "adult-labour-inspection", WORKSHOP, 0.2), "inspector", 0.2, "+381000333444")
    late = screened(t, "inspector", "adult-labour-inspection", WORKSHOP, 6)
    agreed(t, late, "inspector", 6, "+381000777888")

    danger = screened(
        t, "officer", "adult-police", {"papers-kept": "yes", "hurt": "yes", "wants-help": "yes"}, 0.05, "sq"
    )
    screenings.raise_alarm(actor=t.who("officer"), screening=danger)
    agreed(t, danger, "officer", 0.05, "+381000555666", interpreter="Ela Bukva")

    child = screened(t, "officer", "child-police", CHILD, 0.1)
    agreed(t, child, "officer", 0.1, "+381000999000", child_assent=True)

    intakes.raise_suspicion(
        actor=t.who("doctor"), desk=t.made.desks["lanterna"], about_child=False, signs=["untreated_injury"],
        urgent=False, person_knows=True, at=t.ago(2),
        words={"words": "Comes with a man who answers for her. Old burns."},
    )  # fmt: skip
    begun = screenings.start_screening(
        actor=t.who("inspector"), set_id="adult-labour-inspection", at=t.ago(0.02), language="sr"
    )
    screenings.record_immediate_needs(actor=t.who("inspector"), screening=begun, needs=OFFERED)
    screenings.answer_question(actor=t.who("inspector"), screening=begun, question_id="job-different", answer="yes")
    screened(t, "helpline", "adult-helpline", {"papers-kept": "yes"}, 0.03)
