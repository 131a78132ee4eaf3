"""A child's places and leaving care on the pages of a case."""

from __future__ import annotations

from collections.abc import Callable
from uuid import uuid4

from django.test import Client

from fener.casework.chapters.children import leaving, placements
from fener.casework.models.children.placement import ChildPlacement, LeavingCare
from fener.casework.models.line import CaseLine
from fener.casework.services.children.placements import record_hand_over
from fener.trust.actor import Actor
from tests.acceptance.test_ch_11_a_childs_place import placed
from tests.acceptance.test_ch_15_leaving_care_with_a_plan import EIGHTEEN, planned
from tests.casework.children.test_guardians import at, read
from tests.factories.children import DAY, child

SignIn = Callable[[Actor], Client]


def test_a_place_is_recorded_and_a_refused_one_says_why(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    typed = {"kind": "detention", "asked": ["offered_first"]}
    refused = client.post(at("child_placement_new", case.code), {"once": str(uuid4()), **typed})
    assert refused.status_code != 302
    assert not ChildPlacement.objects.filter(case=case).exists()
    typed = {"kind": "foster_family", "asked": ["offered_first"]}
    answer = client.post(at("child_placement_new", case.code), {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, read(answer)
    assert "Lives in: Foster family" in read(client.get(at("case", case.code)))


def test_eighteen_and_the_plan_are_recorded(case_manager: Actor, signed_in: SignIn) -> None:
    case, client = child(case_manager), signed_in(case_manager)
    answer = client.post(at("leaving_care_new", case.code), {"once": str(uuid4()), "on": "2027-05-04"})
    assert answer.status_code == 302, read(answer)
    assert "The plan is due on 4 May 2026." in read(client.get(answer["Location"]))
    row = LeavingCare.objects.get(case=case)
    typed = {"leaves": "care", "leaves_on": "2027-05-04", "words": "A room and the bakery"}
    answer = client.post(at("leaving_care_plan", case.code, row.pk), {"once": str(uuid4()), **typed})
    assert answer.status_code == 302, read(answer)
    page = read(client.get(answer["Location"]))
    assert "Follow-up on 4 June 2027" in page
    assert "bakery" not in page


def test_the_lines_are_what_the_rows_say(case_manager: Actor) -> None:
    case = child(case_manager)
    placed(case_manager, case)
    placed(case_manager, case, "relatives")
    record_hand_over(actor=case_manager, case=case, by="police_only", to="family", on=DAY)
    planned(case_manager, case, EIGHTEEN)
    for record in (placements, leaving):
        kept = CaseLine.objects.filter(case=case, record=record.CODE)
        assert sorted(str(one.about) for one in kept) == sorted(str(one.about) for one in record.lines(case))
        assert kept.exists()
