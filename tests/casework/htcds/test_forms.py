"""Official forms as they come: names, labels, both, in any order, among other columns and sheets."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook, load_workbook

from fener.trust.compartments import Compartment
from tests.casework.htcds.books import PERSON, book, examined, filled_form, label, main_rows, messages, only

ROW: dict[str, Any] = {
    **PERSON,
    "prs_Birthdate": "1999-05-03",
    "prs_Gender": "Feminine",
    "vic_TypeOfExploitation": "ForcedLabour",
    "cas_ReferringOrganisation": "Lighthouse",
}
FACTS = {"gender": "Feminine", "exploitation": ["ForcedLabour"]}
IDENTITY = {"first_name": "Ana", "second_name": "Petrović", "birth_date": date(1999, 5, 3)}


@pytest.mark.parametrize(("names", "labels"), [(True, False), (False, True), (True, True)])
@pytest.mark.parametrize("backwards", [False, True])
@pytest.mark.parametrize("title", ["Sheet1", "Žrtve 2025"])
def test_names_or_labels_or_both_in_any_order(
    tmp_path: Path, names: bool, labels: bool, backwards: bool, title: str
) -> None:
    columns = sorted(ROW, reverse=backwards)
    draft = only(book(tmp_path / "a.xlsx", ROW, names=names, labels=labels, columns=columns, title=title))
    assert draft.facts == FACTS
    assert draft.sealed[Compartment.IDENTITY] == IDENTITY
    assert draft.elsewhere == {"cas_ReferringOrganisation": "Lighthouse"}


def test_ioms_own_form_with_its_misspelt_and_its_empty_name(tmp_path: Path) -> None:
    path = filled_form(
        tmp_path / "iom.xlsx",
        {
            **ROW,
            "vic_TraffickingStatusDecisionMakingOrg": "Court or prosecution",
            "cas_ReasonForOutgoingReferral": "Migration or change of location",
        },
    )
    draft = only(path)
    assert draft.facts == FACTS
    assert draft.elsewhere["vic_TraffickingStatusDecisionMakingOrg"] == "CourtOrProsecution"
    assert draft.elsewhere["cas_ReasonForOutgoingReferral"] == "MigrationOrChangeOfLocation"


def test_ioms_form_disagrees_with_itself_about_the_mailing_address_and_that_is_said(tmp_path: Path) -> None:
    path = filled_form(tmp_path / "iom.xlsx", {**PERSON, "prs_MailingCity": "Bor"})
    assert only(path).sealed[Compartment.CONTACT] == {"mailing_city": "Bor"}
    ((row, column, message),) = messages(examined(path), "warning")
    assert (row, column) == (2, "prs_MailingCity")
    assert "Mailing Street" in message


def test_a_name_wins_over_a_label_also_where_labels_stand_first(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    columns = ["prs_FirstName", "prs_SecondName", "con_Consent", "prs_MailingCity"]
    file = Workbook()
    sheet = file.active
    assert sheet is not None
    for line in (
        ["First Name", "Second Name", "Consent", "Mailing Street"],
        columns,
        ["Ana", "Petrović", "yes", "Bor"],
    ):
        sheet.append(line)
    file.save(path)
    assert only(path).sealed[Compartment.CONTACT] == {"mailing_city": "Bor"}


def test_header_rows_may_stand_below_a_title_and_apart(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW, labels=False, above=[["Cases of the year"], [], ["Ministry"]])
    file = load_workbook(path)
    sheet = file.active
    assert sheet is not None
    sheet.insert_rows(5, 2)
    sheet.cell(5, 1).value = "(see the manual)"
    for place, name in enumerate(ROW, start=1):
        sheet.cell(6, place).value = label(name)
    file.save(path)
    assert only(path).row.number == 7
    assert messages(examined(path), "warning") == [
        (5, "", "This row stands above the header in row 6 and is not read.")
    ]


def test_a_header_that_is_repeated_among_the_rows_is_no_case(tmp_path: Path) -> None:
    again = {name: name for name in ROW}
    report = examined(book(tmp_path / "a.xlsx", ROW, again, {**ROW, "prs_FirstName": "Mila"}))
    assert [draft.row.number for draft in report.drafts] == [3, 5]
    assert messages(report, "warning")[0][0] == 4


def test_more_columns_than_the_standard_has_are_named_and_left(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {**ROW, **{f"Our column {n}": "x" for n in range(20)}}, labels=False)
    only(path)
    told = messages(examined(path), "warning")
    assert len(told) == 20
    assert "no column of HTCDS" in told[0][2]


def test_a_column_that_is_never_stored_says_why(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", {**PERSON, "per_RoleInProcess": "Recruiter"}, labels=False)
    ((_row, column, message),) = messages(examined(path), "warning")
    assert column == "per_RoleInProcess"
    assert "alleged offenders" in message


def test_values_under_no_header_are_not_lost_in_silence(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW)
    file = load_workbook(path)
    sheet = file.active
    assert sheet is not None
    sheet.cell(3, 20).value = "important"
    file.save(path)
    assert (3, "T", "This column has no name in the header; its values are not imported.") in messages(
        examined(path), "warning"
    )


def test_two_columns_of_one_name_are_refused(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW, columns=[*ROW, "prs_FirstName"])
    ((_row, column, message),) = messages(examined(path))
    assert column == "prs_FirstName"
    assert "same name" in message


def test_hidden_sheets_are_not_read_and_that_is_said(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW)
    file = load_workbook(path)
    copy = file.copy_worksheet(file.worksheets[0])
    copy.title, copy.sheet_state = "Old", "hidden"
    file.save(path)
    only(path)
    ((_row, _column, message),) = messages(examined(path), "warning")
    assert "hidden" in message


def test_merged_cells_are_refused_because_rows_cannot_be_told_apart(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW, {**ROW, "prs_FirstName": "Mila"})
    file = load_workbook(path)
    file.worksheets[0].merge_cells("B3:B4")
    file.save(path)
    ((row, column, message),) = messages(examined(path))
    assert (row, column) == (3, "prs_SecondName")
    assert "B3:B4" in message


def test_further_official_columns_are_read(tmp_path: Path) -> None:
    more: dict[str, Any] = {
        "prs_MiddleName": "Marija",
        "prs_Deceased": "no",
        "prs_PrimaryLanguage": "srp",
        "vic_AgeWhenTrafficked": "19 years",
        "vic_DetailsOfVulnerabilities": "Debts",
        "prs_MailingLatitude": "44,8",
        "hte_City": "Bor",
        "hte_Date": "01.02.2019",
        "hte_Type": "Recruitment",
        "spl_Objectives": "A flat",
        "spl_PlannedEndDate": datetime(2026, 12, 1),  # noqa: DTZ001
        "org_Name": "Lighthouse",
        "org_ShippingCountry": "Serbia",
        "cco_CaseComment": "Line one\nline two",
    }
    draft = only(book(tmp_path / "a.xlsx", {**ROW, **more}))
    assert draft.facts == {**FACTS, "primary_language": "sr", "age_at_recruitment": 19}
    assert draft.sealed[Compartment.IDENTITY] == {**IDENTITY, "middle_name": "Marija", "deceased": False}
    narrative = draft.sealed[Compartment.NARRATIVE]
    assert narrative["comment"] == "Line one\nline two"
    assert narrative["event_date"] == date(2019, 2, 1)
    assert draft.elsewhere["spl_PlannedEndDate"] == "2026-12-01"
    assert draft.elsewhere["org_ShippingCountry"] == "RS"


def test_an_empty_form_holds_no_case(tmp_path: Path) -> None:
    report = examined(filled_form(tmp_path / "empty.xlsx"))
    assert not report.drafts
    assert not report.errors
    assert "no case" in messages(report, "warning")[0][2]


def test_rows_are_told_by_what_stands_in_them_not_by_what_was_formatted(tmp_path: Path) -> None:
    path = book(tmp_path / "a.xlsx", ROW)
    file = load_workbook(path)
    file.worksheets[0].cell(1_048_576, 16_384).number_format = "0.00"
    file.save(path)
    assert len(examined(path).drafts) == 1


def test_the_exported_header_is_ioms(tmp_path: Path) -> None:
    from fener.casework.htcds.exporter import headers

    names, labels = headers()
    iom = load_workbook(Path(__file__).parents[2] / "data" / "htcds" / "htcds-workbook-2.0.xlsx").worksheets[0]
    assert names == [cell.value or "" for cell in iom[1]]
    assert sorted(labels) == sorted(cell.value or "" for cell in iom[2])
    assert main_rows  # the reader of the tests knows the same two rows
