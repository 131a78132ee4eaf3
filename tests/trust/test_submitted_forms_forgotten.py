"""Which case a worker sent a form on is kept by the audit; the tokens against double clicks are gone within days."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from fener.trust import due
from fener.trust.errors import AlreadyDone
from fener.trust.models import Keeper, SubmittedForm
from fener.trust.once import new_token, once
from tests.trust.people import Person

pytestmark = pytest.mark.django_db


def test_tokens_outlive_every_session_and_then_go_with_the_timer(mira: Person, ngo: Keeper) -> None:
    actor, token = mira.at(ngo), new_token()
    with once(actor=actor, token=token, act="protection.propose:7F3K-9Q2M") as submission:
        submission.result = "/cases/7F3K-9Q2M/"
    forgets = next(job for job in due.JOBS if job.kind == "sign_ins_forgotten")
    forgets.run(timezone.now() + timedelta(hours=12))
    with pytest.raises(AlreadyDone), once(actor=actor, token=token, act="protection.propose:7F3K-9Q2M"):
        pytest.fail("carried out twice")
    assert forgets.run(timezone.now() + timedelta(days=3)) == 1
    assert not SubmittedForm.objects.exists()
