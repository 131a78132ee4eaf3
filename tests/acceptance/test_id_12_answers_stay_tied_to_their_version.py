"""ID-12 (contact half): every answer stays tied to the version under which it was given."""

from __future__ import annotations

import pytest
from django.utils import timezone

from fener.contact.models import Screening
from fener.contact.services import screenings
from fener.norms.packs import load_packs
from fener.trust.errors import InvalidInput
from fener.trust.roles import Role
from tests.factories.contact import finished, started
from tests.factories.network import Mechanism

SETS = sorted(load_packs().of_kind("screening_set"))


@pytest.mark.parametrize("set_id", SETS)
def test_id_12_a_screening_keeps_set_and_version_with_its_answers(mechanism: Mechanism, set_id: str) -> None:
    screening = finished(mechanism.ngo.actor(Role.CASE_MANAGER), set_id)
    screening.refresh_from_db()
    pack = load_packs().get("screening_set", set_id)
    assert (screening.set_id, screening.set_version) == (pack.id, pack.version)
    assert (screening.suggestion["set"], screening.suggestion["version"]) == (pack.id, pack.version)


def test_id_12_a_newer_version_never_reads_older_answers(mechanism: Mechanism) -> None:
    inspector = mechanism.inspection.actor(Role.FRONTLINE_OFFICER)
    screening = started(inspector)
    screenings.answer_question(actor=inspector, screening=screening, question_id="hurt", answer="yes")
    Screening.objects.unscoped(reason="the set was renewed meanwhile").update(set_version="0.9")
    screening.refresh_from_db()
    with pytest.raises(InvalidInput, match="renewed"):
        screenings.answer_question(actor=inspector, screening=screening, question_id="papers-kept", answer="yes")
    with pytest.raises(InvalidInput, match="renewed"):
        screenings.finish_screening(actor=inspector, screening=screening, at=timezone.now())
    screening.refresh_from_db()
    assert (screening.answers, screening.suggestion) == ({"hurt": "yes"}, {})
