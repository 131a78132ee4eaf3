"""CO-04: each purpose needs a consent of its own, one opens no other; declining media, research or advocacy has no
effect on help, and no child is made to appear for a cause."""

from __future__ import annotations

from itertools import permutations
from uuid import uuid4

import pytest
from django.utils import timezone

from fener.trust import consent as consents
from fener.trust.compartments import Compartment
from fener.trust.errors import InvalidInput
from fener.trust.models import Consent
from fener.trust.policy import expand, rows
from fener.trust.purposes import NOT_FOR_CHILDREN, WITHOUT_EFFECT_ON_HELP, Purpose
from tests.trust.files import give_consent
from tests.trust.people import make_keeper, make_person

pytestmark = pytest.mark.django_db

NAMED_BY_THE_RULE = {"keep", "share_service", "share_police", "testify", "return", "recontact", "research", "media"}


def test_co_04_every_purpose_of_the_rule_has_a_code_of_its_own() -> None:
    assert {p.value for p in Purpose} >= NAMED_BY_THE_RULE


def test_co_04_one_purpose_opens_no_other() -> None:
    mira = make_person("mira")
    ngo, other = make_keeper(mira), make_keeper(make_person("arben"))
    for given, asked in permutations(Purpose, 2):
        subject_id = uuid4()
        recipient = None if given is Purpose.KEEP else other
        consent = give_consent(mira.at(ngo), subject_id, recipient, list(Compartment), given)

        def covered(purpose: Purpose, consent: Consent = consent) -> bool:
            found = consents.covering(
                subject_id=consent.subject_id,
                recipient_id=consent.recipient_id,
                purpose=purpose,
                compartments=[Compartment.CONTACT],
                on=timezone.now(),
            )
            return found is not None

        assert covered(given)
        assert not covered(asked), f"{given} opened {asked}"


def test_co_04_a_consent_names_one_purpose_and_not_a_list() -> None:
    mira = make_person("mira")
    ngo, other = make_keeper(mira), make_keeper(make_person("arben"))
    for several in ("share_service,share_police", "all", "", "keep research"):
        with pytest.raises(InvalidInput, match="own"):
            give_consent(mira.at(ngo), uuid4(), other, [Compartment.CONTACT], several)  # type: ignore[arg-type]


def test_co_04_saying_no_to_research_or_media_changes_nothing_about_help() -> None:
    # No row of the policy asks for such a consent, so that nothing can be refused for want of it.
    assert {Purpose.RESEARCH, Purpose.MEDIA} == WITHOUT_EFFECT_ON_HELP
    assert not [row.act for row in rows() if row.purposes and set(row.purposes) & WITHOUT_EFFECT_ON_HELP]
    assert list(expand(only=["consent.give"]))


@pytest.mark.parametrize("giver", ["person", "guardian"])
def test_co_04_nobody_can_agree_that_a_child_appears_in_public(giver: str) -> None:
    mira = make_person("mira")
    ngo, other = make_keeper(mira), make_keeper(make_person("arben"))
    assert Purpose.MEDIA in NOT_FOR_CHILDREN
    with pytest.raises(InvalidInput) as refused:
        give_consent(
            mira.at(ngo),
            uuid4(),
            other,
            [Compartment.IDENTITY],
            Purpose.MEDIA,
            child=True,
            child_assent=True,
            giver=giver,
        )
    assert "purpose" in refused.value.errors
    assert not Consent.objects.exists()
