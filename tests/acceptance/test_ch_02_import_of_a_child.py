"""CH-02 (service and import): a person under 18 is nowhere stored as having agreed, and never consents alone."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook

from fener.casework.htcds import importer
from fener.casework.htcds.drafts import Terms
from fener.casework.models import Case
from fener.trust.actor import Actor
from fener.trust.errors import GateClosed
from fener.trust.models import Consent
from tests.casework.htcds.books import PERSON, TERMS, book, examined, exported, imported, messages
from tests.factories.casework import CaseFactory, keep_terms

CHILD = {**PERSON, "prs_Birthdate": date(2010, 5, 1)}


@pytest.mark.parametrize("row", [CHILD, {**PERSON, "prs_Birthdate": "02.03.2008"}], ids=["of 15", "18 tomorrow"])
def test_ch_02_a_child_is_not_imported_as_a_consenting_adult(
    case_manager: Actor, tmp_path: Path, row: dict[str, object]
) -> None:
    row = row if row is CHILD else {**row, "prs_Birthdate": "03.03.2008"}
    report = examined(book(tmp_path / "child.xlsx", {**PERSON, "prs_FirstName": "Mila"}, row))
    ((number, column, message),) = messages(report)
    assert (number, column) == (4, "con_Consent")
    assert "under 18" in message
    assert "--guardian-agreed 4" in message
    with pytest.raises(importer.NotImported):
        importer.run(report, actor=case_manager, terms=TERMS)
    assert not Case.objects.unscoped(reason="test").exists()


def test_ch_02_on_the_eighteenth_birthday_a_person_consents_alone(tmp_path: Path, case_manager: Actor) -> None:
    (case,) = imported(book(tmp_path / "a.xlsx", {**PERSON, "prs_Birthdate": "02.03.2008"}), case_manager)
    assert not case.treated_as_child


def test_ch_02_the_guardian_agrees_and_the_child_is_heard(case_manager: Actor, tmp_path: Path) -> None:
    terms = Terms(keep_until=TERMS.keep_until, language="sr", guardian_rows=frozenset({3}))
    (case,) = imported(book(tmp_path / "child.xlsx", CHILD), case_manager, terms)
    consent = Consent.objects.get(subject_id=case.pk)
    assert (consent.giver, consent.child_assent) == (Consent.Giver.GUARDIAN, True)
    assert case.treated_as_child


@pytest.mark.parametrize("field", ["agreed_at_first", "sees_it_as_voluntary"])
def test_ch_02_a_child_is_not_imported_as_having_agreed(case_manager: Actor, tmp_path: Path, field: str) -> None:
    CaseFactory(
        actor=case_manager,
        facts={},
        keep_consent=keep_terms(giver="guardian", child_assent=True),
        compartments={"identity": {"birth_date": "2010-05-01"}},
    )
    path = exported(tmp_path / "child.xlsx", case_manager)
    file = load_workbook(path)
    second = file["Fener"]
    place = second.max_column + 1
    second.cell(1, place).value, second.cell(2, place).value = f"fener_fact_{field}", "yes"
    file.save(path)
    problems = messages(examined(path))
    assert ("A person under 18 cannot be recorded as having agreed.") in [message for _r, _c, message in problems]


@pytest.mark.parametrize("field", ["agreed_at_first", "sees_it_as_voluntary"])
def test_ch_02_a_date_of_birth_alone_is_enough_for_the_service_to_refuse(case_manager: Actor, field: str) -> None:
    with pytest.raises(GateClosed) as closed:
        CaseFactory(
            actor=case_manager,
            facts={field: "yes"},
            keep_consent=keep_terms(giver="guardian", child_assent=True),
            compartments={"identity": {"birth_date": "2011-05-01"}},
        )
    assert closed.value.result.gate == "voluntary_child"
