"""A child that wants to go home: nothing lets it depart before it is protected, and somebody looks after it there."""

from __future__ import annotations

import pytest

from fener.web.demo.people import PEOPLE
from tests.e2e.paths.conftest import Path, said
from tests.factories import safety

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

GUARDIAN = "A guardian is appointed."
INTERESTS = "The departure is decided to be in the child's best interests, with reasons."
THERE = "The receiving authority has confirmed."
HEARD = "The child was heard, or it is recorded why not."
FOLLOW_UP = "Who follows up after the arrival, and when, is arranged."


def test_a_child_is_returned_and_followed_up(path: Path) -> None:
    p = path
    case = p.teller.opened(next(key for key, one in PEOPLE.items() if one.child), 60)
    safety.assessed(p.teller.who("manager"), case, 16, answers=safety.no_danger())
    p.begins("manager", case, "returns")
    the_child_asks_and_is_told(p)
    nothing_lets_it_go(p)
    a_guardian_answers_and_a_panel_decides(p)
    the_authority_there_confirms_and_it_departs(p)
    it_is_received_and_followed_up(p)


def the_child_asks_and_is_told(p: Path) -> None:
    p.enters("manager", "The person asks to go", kind="assisted_voluntary", country="MD", on=p.on(20))
    p.press("manager", "The person was told")
    p.fill("manager", items=["rights", "options", "consequences"], language="ro", on=p.on(18))
    for name in p.names("manager", "alternative_"):
        p.fill("manager", **{name: "not_wanted"})
    p.press("manager")
    p.enters("manager", "Assess the risks", allows="yes", on=p.on(15), words="Her aunt's house was seen.")
    p.enters("manager", "The person decided to go", heard_on=p.on(13), on=p.on(12), words="I want to go to my aunt.")
    p.enters("manager", "Prepare the journey", papers=["passport"], escort="child_protection", provider_elsewhere=True,
             plan="The child-protection centre there receives her.", belongings="nothing_left_behind",
             tests="nothing_was_tested", departs_on=p.on(5))  # fmt: skip
    p.says("manager", "Papers ready", f"Told on {said(p.on(18))} of rights, consequences and each alternative.",
           f"The child was heard on {said(p.on(13))}.")  # fmt: skip
    assert "my aunt" not in p.words("manager")


def departs(p: Path) -> str:
    """Try to record the departure; what the page says."""
    p.chapter("manager", "returns")
    return p.enters("manager", "The person departed", on=p.on(5))


def nothing_lets_it_go(p: Path) -> None:
    shown = departs(p)
    for missing in (GUARDIAN, INTERESTS, THERE, HEARD, FOLLOW_UP, "Nothing that you entered is lost."):
        assert missing in shown
    p.fits("manager")


def a_guardian_answers_and_a_panel_decides(p: Path) -> None:
    p.chapter("manager", "children")
    p.enters("manager", "Name who answers", kind="guardian", mandate="whole", who="Jasna, decision 12",
             legal_basis="Family Act, article 124", since=p.on(19))  # fmt: skip
    shown = departs(p)
    assert GUARDIAN not in shown
    assert INTERESTS in shown
    p.chapter("manager", "children")
    p.enters("manager", "Record what the child says", about="return", heard="yes", on=p.on(13), words="To my aunt.")
    p.enters("manager", "Record a decision", about="return", decided_on=p.on(11), panel=["child_protection", "school"],
             words="Her aunt waits for her.")  # fmt: skip
    p.says("manager", "Guardian answers now", f"Decided on {said(p.on(11))}. By: Child protection, School.")
    p.fits("manager")


def the_authority_there_confirms_and_it_departs(p: Path) -> None:
    shown = departs(p)
    assert THERE in shown
    assert FOLLOW_UP in shown
    assert INTERESTS not in shown
    assert HEARD not in shown
    p.chapter("manager", "returns")
    p.enters("manager", "What the child needs", authority_confirmed_on=p.on(10), follow_up_on=p.on(1))
    departs(p)
    p.says("manager", "Assisted and voluntary Under way", f"The receiving authority confirmed on {said(p.on(10))}.",
           f"The first visit after the arrival is arranged for {said(p.on(1))}.",
           f"Departed on {said(p.on(5))}.")  # fmt: skip


def it_is_received_and_followed_up(p: Path) -> None:
    p.enters("manager", "The arrival is confirmed", by="service", hand_over="child_protection", on=p.on(4))
    p.enters("manager", "Somebody received the person", reception="service", on=p.on(4))
    p.says("manager", "Received by a support service", f"Arrival confirmed on {said(p.on(4))}.",
           "Nobody gets in touch.")  # fmt: skip
    contact = f"Contact after the arrival on {said(p.on(4))}"
    call = {"channel": "telephone", "safe_time": True, "result": "well", "on": p.on(1), "words": "School has begun."}
    p.enters("manager", contact, **call)
    p.says("manager", "A condition that protects the person is not met yet.")
    p.chapter("manager", "returns")
    p.enters("manager", "The person agrees to be contacted", channel="telephone", how="Her guardian, after school.",
             on=p.on(3), until=p.on(-300))  # fmt: skip
    p.enters("manager", contact, **call)
    p.says("manager", f"Telephone in force Agreed on {said(p.on(3))}, until {said(p.on(-300))}.",
           f"First contact after the arrival, {said(p.on(1))}: Reached, and nothing is needed.")  # fmt: skip
    assert "School has begun" not in p.words("manager")
    p.fits("manager")
