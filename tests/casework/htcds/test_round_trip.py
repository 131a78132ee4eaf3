"""import(export(x)) = x: what one organisation writes and another reads, the other writes the same."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import time_machine
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from fener.casework.htcds import extension
from fener.casework.models import Case
from fener.casework.services import cases
from fener.norms.fields import Field, compartment_fields
from fener.norms.vocab import vocabulary
from fener.trust.actor import Actor
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS, Compartment
from fener.trust.models import Consent, SealedItem
from fener.trust.purposes import Purpose
from fener.trust.roles import Role
from tests.casework.htcds.books import (
    PERSON,
    book,
    examined,
    exported,
    filled_form,
    imported,
    main_rows,
    messages,
    second_rows,
    sheets,
)
from tests.casework.paths import accepted
from tests.conftest import NOW
from tests.factories.casework import CaseFactory, keep_terms
from tests.factories.network import BodyFactory, Mechanism

RICH: dict[Compartment, dict[str, Any]] = {
    Compartment.IDENTITY: {
        "first_name": "=Ђорђе",
        "middle_name": "-Élodie",
        "second_name": "@ليلى بنت أحمد",
        "other_names": "Đoka; Djoka; _x0041_",
        "birth_date": "1896-02-29",
        "title": "+1",
        "deceased": False,
    },
    Compartment.CONTACT: {
        "mobile_phone": "+381601234567",
        "safe_contact": "Mornings.\r\nNever by message.\tNever.",
        "mailing_latitude": 44.8125,
        "mailing_country": "XK",
    },
    Compartment.NARRATIVE: {
        "account": "Реч " * 1250,
        "event_type": "Recruitment",
        "event_date": "1899-12-31",
        "event_description": "می\u200cخواهم <b>&amp;</b> \u202eabc\u202c",
        "closure_reason": "0",
    },
    Compartment.LEGAL: {"proceedings": "Ktn 4471"},
    Compartment.LOCATION: {"stay_place": "TRUE"},
}
RICH_FACTS = {
    "exploitation": ["forced_criminality", "ForcedLabour", "forced_begging_adult", "Other"],
    "citizenships": ["RS", "XK"],
    "contacted_on": "1980-02-29",
    "primary_language": "sq",
    "number_of_children": 0,
    "agreed_at_first": "yes",
}


@pytest.fixture(autouse=True)
def time_passes(mechanism: Mechanism) -> Iterator[None]:
    """Cases are written in the order in which they were opened."""
    with time_machine.travel(NOW, tick=True):
        yield


def there_and_back(actor: Actor, tmp_path: Path) -> tuple[Path, Path]:
    """The workbook of an organisation, and that of a new one which imported it."""
    first = exported(tmp_path / "first.xlsx", actor)
    report = examined(first)
    assert not report.problems, [problem.to_json() for problem in report.problems]
    other = BodyFactory(ngo=True).actor(Role.CASE_MANAGER)
    imported(first, other)
    return first, exported(tmp_path / "second.xlsx", other)


def test_a_rich_case_comes_back_as_it_was(case_manager: Actor, tmp_path: Path) -> None:
    CaseFactory(actor=case_manager, facts=RICH_FACTS, compartments=RICH, interpreter="Vera", language="sq")
    CaseFactory(actor=case_manager, child=True)
    CaseFactory(actor=case_manager, potential=True, empty=True, facts={})
    first, second = there_and_back(case_manager, tmp_path)
    assert sheets(first) == sheets(second)
    (row, *_others) = main_rows(first)
    assert row["prs_FirstName"] == "=Ђорђе"
    assert row["prs_Birthdate"] == "1896-02-29"
    assert row["prs_MobilePhone"] == "+381601234567"
    assert row["vic_TypeOfExploitation"] == "Other;ForcedLabour;ForcedBegging"
    assert second_rows(first)[0]["fener_fact_exploitation"] == ";".join(RICH_FACTS["exploitation"])


def test_the_imported_case_holds_the_same_and_is_not_only_written_the_same(
    case_manager: Actor, mechanism: Mechanism, tmp_path: Path
) -> None:
    original = CaseFactory(actor=case_manager, facts=RICH_FACTS, compartments=RICH)
    other = mechanism.other_ngo.actor(Role.CASE_MANAGER)
    (case,) = imported(exported(tmp_path / "a.xlsx", case_manager), other)
    assert case.facts == original.facts
    assert case.origin == "import"
    from fener.casework.services.compartments import open_compartment

    for part, content in RICH.items():
        opened = open_compartment(actor=other, case=case, compartment=part, purpose=Purpose.KEEP)
        assert opened == {key: _stored(value) for key, value in content.items()}


def _stored(value: Any) -> Any:
    return unicodedata.normalize("NFC", value).strip() if isinstance(value, str) else value


def test_what_was_decided_and_sent_is_carried_as_the_claim_of_whoever_did_it(
    case_manager: Actor, mechanism: Mechanism, tmp_path: Path
) -> None:
    referral, _worker = accepted(case_manager, mechanism.shelter)
    first, second = there_and_back(case_manager, tmp_path)
    assert main_rows(first)[0]["cas_ReferredOrganisation"] == referral.to_organisation.name
    assert sheets(first) == sheets(second)


@pytest.mark.parametrize(
    ("claim", "begins"),
    [
        ("Possible victim of trafficking", "presumed"),
        ("ActualVictimOfTrafficking", "presumed"),
        ("NotAVictimOfTrafficking", "potential"),
        (None, "presumed"),
    ],
)
def test_the_status_that_another_body_gave_is_kept_as_its_claim(
    case_manager: Actor, tmp_path: Path, claim: str | None, begins: str
) -> None:
    row = {**PERSON, "vic_TraffickingStatus": claim, "vic_TraffickingStatusDecisionMakingOrg": "Police"}
    (case,) = imported(filled_form(tmp_path / "a.xlsx", row), case_manager)
    assert case.status == begins
    assert not case.status_decisions.exists()
    first, second = there_and_back(case_manager, tmp_path)
    assert sheets(first) == sheets(second)
    written = main_rows(first)[0]
    expected = vocabulary("trafficking_status").from_htcds(claim) if claim else "PossibleVictimOfTrafficking"
    assert (written["vic_TraffickingStatus"], written["vic_TraffickinStatusDecisionMakingOrg"]) == (expected, "Police")


@pytest.mark.parametrize("state", ["Closed", "ClosedReferred", "FollowUp"])
def test_a_closed_case_comes_back_closed(case_manager: Actor, tmp_path: Path, state: str) -> None:
    case = CaseFactory(actor=case_manager)
    cases.close_case(actor=case_manager, case=case, version=case.version, reason="goals_reached", state=state)
    first, second = there_and_back(case_manager, tmp_path)
    assert main_rows(first)[0]["cas_Status"] == state
    assert sheets(first) == sheets(second)


def test_a_filled_official_form_comes_back_with_what_fener_has_no_record_for(
    case_manager: Actor, tmp_path: Path
) -> None:
    row = {**PERSON, "org_Name": "+Lighthouse", "spl_PlannedEndDate": "2026-12-01", "cas_CaseOwner": "Mira"}
    imported(book(tmp_path / "a.xlsx", row), case_manager)
    first, second = there_and_back(case_manager, tmp_path)
    assert second_rows(first)[0]["org_Name"] == "+Lighthouse"
    assert main_rows(first)[0]["cas_CaseOwner"] == "Mira"
    assert sheets(first) == sheets(second)


def test_a_correction_in_the_main_sheet_counts_against_the_second(case_manager: Actor, tmp_path: Path) -> None:
    CaseFactory(actor=case_manager, facts={"exploitation": ["forced_criminality"], "gender": "Feminine"})
    path = exported(tmp_path / "a.xlsx", case_manager)
    file = load_workbook(path)
    sheet = file["Sheet1"]
    place = next(cell.column for cell in sheet[1] if cell.value == "vic_TypeOfExploitation")
    sheet.cell(3, place).value = "Servitude"
    file.save(path)
    report = examined(path)
    assert report.drafts[0].facts["exploitation"] == ["Servitude"]
    ((_row, column, message),) = messages(report, "warning")
    assert column == "fener_fact_exploitation"
    assert "main sheet counts" in message


def test_health_and_what_is_for_totals_only_leave_in_no_export(case_manager: Actor, tmp_path: Path) -> None:
    from fener.trust import vault

    case = (
        CaseFactory(actor=case_manager, facts={"ethnicity": ["Roma"], "ethnicity_evidence": "self_declared"})
        if "Roma" in vocabulary("ethnicity")
        else CaseFactory(actor=case_manager)
    )
    vault.seal(
        actor=case_manager,
        subject_id=case.pk,
        compartment=Compartment.HEALTH,
        content={"conditions": "bronchitis"},
        for_keepers=[case.organisation_id],
    )
    path = exported(tmp_path / "a.xlsx", case_manager)
    everything = str(sheets(path))
    assert "bronchitis" not in everything
    assert "ethnicity" not in everything


# -- any case ---------------------------------------------------------------------------------------------------------

WORDS = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Cn", "Co"), include_characters="=-+@'\"<>&\u0301\u200f\u202b_ЂљćßИ"),
    min_size=1,
    max_size=40,
).filter(lambda text: unicodedata.normalize("NFC", text).strip())


def value_of(spec: Field) -> st.SearchStrategy[Any]:
    """Any value that a field may hold, in the form in which a service takes it."""
    match spec.type:
        case "date":
            return st.dates(date(1850, 1, 1), date(2026, 3, 2)).map(date.isoformat)
        case "boolean":
            return st.booleans()
        case "integer":
            return st.integers(int(spec.minimum or 0), int(spec.maximum or 100))
        case "number":
            return st.floats(spec.minimum, spec.maximum, allow_nan=False)
        case "multi":
            return st.lists(st.sampled_from(vocabulary(spec.vocabulary).codes()), min_size=1, max_size=4, unique=True)
        case "choice" | "country":
            return st.sampled_from(vocabulary(spec.vocabulary).codes())
        case "longtext":
            return st.lists(WORDS, min_size=1, max_size=3).map("\r\n".join)
        case _:
            return WORDS.map(lambda text: text[: spec.max_length])


# Dates and ages are drawn apart: most combinations cannot be true.
FREE_FACTS = {
    spec.code: value_of(spec)
    for spec in extension.fact_fields()
    if spec.type != "date" and "age" not in spec.code and spec.code not in ("minor", "children_with_person")
}
FREE_SEALED = {
    part: {spec.code: value_of(spec) for spec in compartment_fields(part.value) if spec.type != "date"}
    for part in sorted(EXPORTABLE_COMPARTMENTS)
}
# One example makes organisations with keys: to shrink a failure would take minutes.
WITHOUT_SHRINKING = (Phase.explicit, Phase.reuse, Phase.generate)
ANY_CASE = st.fixed_dictionaries(
    {
        "facts": st.fixed_dictionaries({}, optional=FREE_FACTS),
        "compartments": st.fixed_dictionaries(
            {}, optional={part: st.fixed_dictionaries({}, optional=fields) for part, fields in FREE_SEALED.items()}
        ),
        "birth": st.none() | st.dates(date(1906, 3, 2), date(2008, 3, 2)),
        "status": st.sampled_from(["potential", "presumed"]),
    }
)


@settings(max_examples=10, deadline=None, suppress_health_check=list(HealthCheck), phases=WITHOUT_SHRINKING)
@given(st.lists(ANY_CASE, min_size=1, max_size=3))
def test_any_case_comes_back_as_it_was(mechanism: Mechanism, tmp_path: Path, drawn: list[dict[str, Any]]) -> None:
    actor = BodyFactory(ngo=True).actor(Role.CASE_MANAGER)
    for case in drawn:
        sealed = {part: dict(content) for part, content in case["compartments"].items()}
        if case["birth"]:
            sealed.setdefault(Compartment.IDENTITY, {})["birth_date"] = case["birth"].isoformat()
        CaseFactory(actor=actor, facts=case["facts"], compartments=sealed, status=case["status"])
    first, second = there_and_back(actor, tmp_path)
    assert sheets(first) == sheets(second)


def test_only_the_own_organisations_cases_are_written(
    case_manager: Actor, mechanism: Mechanism, tmp_path: Path
) -> None:
    CaseFactory(actor=mechanism.other_ngo.actor(Role.CASE_MANAGER))
    mine: Case = CaseFactory(actor=case_manager)
    accepted(mechanism.other_ngo.actor(Role.CASE_MANAGER), mechanism.ngo)  # referred to us, not ours
    rows = main_rows(exported(tmp_path / "a.xlsx", case_manager))
    assert len(rows) == 1
    assert SealedItem.objects.filter(subject_id=mine.pk).exists()


def test_a_case_whose_person_withdrew_the_agreement_to_keep_is_not_imported_elsewhere(
    case_manager: Actor, tmp_path: Path
) -> None:
    from fener.casework.services import consents

    case = CaseFactory(actor=case_manager, keep_consent=keep_terms())
    consents.withdraw(actor=case_manager, consent=Consent.objects.get(subject_id=case.pk))
    path = exported(tmp_path / "a.xlsx", case_manager)
    assert main_rows(path)[0]["con_Consent"] is False
    assert messages(examined(path))[0][1] == "con_Consent"
