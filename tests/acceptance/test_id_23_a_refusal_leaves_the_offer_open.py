"""ID-23: a refusal is kept with the person's own reason, proves nothing, and leaves the offer open."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from fener.casework.services import notes, refusals
from fener.trust.actor import Actor
from fener.trust.errors import InvalidInput
from tests.factories.casework import CaseFactory


@pytest.mark.parametrize("of", ["identification", "all_help", "shelter"])
def test_id_23_nothing_changes_but_that_it_is_known(case_manager: Actor, of: str) -> None:
    case = CaseFactory(actor=case_manager)
    row = refusals.record_refusal(actor=case_manager, case=case, of=of, reason="fear", words="They know my village.")
    assert row.reason is not None
    assert notes.open_words(actor=case_manager, case=case, item=row.reason) == "They know my village."
    assert row.offer_stays_open
    case.refresh_from_db()
    assert (case.status, case.state, case.clocks.filter(ended_at__isnull=True).count()) == ("presumed", "Active", 1)


def test_id_23_no_refusal_can_close_the_offer(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    row = refusals.record_refusal(actor=case_manager, case=case, of="identification")
    row.offer_stays_open = False
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save()


def test_id_23_what_and_why_are_words_of_the_list(case_manager: Actor) -> None:
    case = CaseFactory(actor=case_manager)
    with pytest.raises(InvalidInput) as refused:
        refusals.record_refusal(actor=case_manager, case=case, of="everything", reason="guilty")
    assert set(refused.value.errors) == {"of", "reason"}
