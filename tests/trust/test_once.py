"""A form that arrives twice is carried out once."""

from __future__ import annotations

import pytest

from fener.trust.errors import AlreadyDone, InvalidInput
from fener.trust.models import Keeper, SubmittedForm
from fener.trust.once import new_token, once
from tests.trust.people import Person

pytestmark = pytest.mark.django_db


def test_the_second_submission_leads_where_the_first_led(mira: Person, ngo: Keeper) -> None:
    actor, token = mira.at(ngo), new_token()
    with once(actor=actor, token=token, act="case.open") as submission:
        submission.result = "/cases/1/"
    with pytest.raises(AlreadyDone) as again, once(actor=actor, token=token, act="case.open"):
        pytest.fail("carried out twice")
    assert again.value.result == "/cases/1/"


def test_if_the_act_fails_the_same_form_can_be_sent_again(mira: Person, ngo: Keeper) -> None:
    actor, token = mira.at(ngo), new_token()
    with pytest.raises(RuntimeError), once(actor=actor, token=token, act="case.open"):
        raise RuntimeError
    assert not SubmittedForm.objects.exists()
    with once(actor=actor, token=token, act="case.open") as submission:
        submission.result = "/cases/2/"
    assert SubmittedForm.objects.get().result == "/cases/2/"


def test_a_token_tells_nothing_to_somebody_else(mira: Person, arben: Person, ngo: Keeper, shelter: Keeper) -> None:
    token = new_token()
    with once(actor=mira.at(ngo), token=token, act="case.open") as submission:
        submission.result = "/cases/1/"
    with pytest.raises(AlreadyDone) as again, once(actor=arben.at(shelter), token=token, act="case.open"):
        pass
    assert again.value.result == ""


@pytest.mark.parametrize("bad", ["", "abc", None, 5, "' OR 1=1 --"])
def test_a_token_that_is_none_is_refused(mira: Person, ngo: Keeper, bad: object) -> None:
    with pytest.raises(InvalidInput), once(actor=mira.at(ngo), token=bad, act="case.open"):  # type: ignore[arg-type]
        pass
