"""AS-09: without an answer in the time for its kind and urgency a referral goes on; response times are a figure."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.casework.selectors import board, figures, worklist
from fener.casework.services import referral_answers
from fener.casework.services.escalation import escalate_overdue
from fener.network.models import Desk
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.casework.paths import offered
from tests.factories.network import Mechanism


@pytest.mark.parametrize(("urgency", "hours"), [("immediate", 1), ("urgent", 6)])
def test_as_09_the_time_to_answer_depends_on_kind_and_urgency_and_explains_itself(
    case_manager: Actor, mechanism: Mechanism, urgency: str, hours: int
) -> None:
    referral = offered(case_manager, mechanism.shelter, urgency=urgency)
    assert referral.answer_due - referral.offered_at == timedelta(hours=hours)
    assert referral.answer_why


def test_as_09_it_goes_to_the_next_desk_and_the_co_ordinator_sees_it(case_manager: Actor, mechanism: Mechanism) -> None:
    first = mechanism.shelter.desk("service")
    first.escalates_to = Desk.objects.create(
        organisation=mechanism.shelter.organisation, name="Duty desk", receives=["service"]
    )
    first.save()
    referral = offered(case_manager, mechanism.shelter, urgency="immediate")
    later = referral.answer_due + timedelta(minutes=1)
    assert (escalate_overdue(later), escalate_overdue(later)) == (1, 0)
    referral.refresh_from_db()
    assert referral.desk == first.escalates_to
    co_ordinator = mechanism.co_ordination.actor(Role.MECHANISM_COORDINATOR)
    assert [task.kind for task in worklist.today(co_ordinator, later)] == ["escalated"]
    assert [row.escalated for row in board.country(co_ordinator, later).answers] == [1]
    assert "no_answer" in [task.kind for task in worklist.today(case_manager, later)]


def test_as_09_response_times_are_a_figure_with_its_definition(case_manager: Actor, mechanism: Mechanism) -> None:
    start = timezone.now()
    worker = mechanism.shelter.actor(Role.SHELTER_WORKER)
    for hours in (2, 4, 9):
        referral = offered(case_manager, mechanism.shelter)
        referral_answers.accept_referral(actor=worker, referral=referral, at=start + timedelta(hours=hours))
    statistician = mechanism.co_ordination.actor(Role.STATISTICIAN)
    figure = figures.response_times(statistician, since=start, until=start + timedelta(days=1))
    assert (figure.total.answered, figure.total.median) == (3, timedelta(hours=4))
    assert [row.organisation for row in figure.rows] == ["Harbour House"]
    assert str(figure.definition)
