"""Every field of the standard has a place here, or a reason why it has none."""

from __future__ import annotations

import csv

import pytest

from fener.norms.fields import compartment_fields, facts_fields
from fener.norms.htcds import htcds_mapping
from fener.norms.packs import DEFAULT_ROOT
from fener.norms.vocab import vocabulary

STANDARD = list(csv.DictReader((DEFAULT_ROOT / "htcds" / "htcds-2.0.csv").open(encoding="utf-8")))

# IOM's workbook, row 1, as printed: one name is misspelled and one cell is empty.
WORKBOOK_NAMES = [
    "cas_CaseOwner",
    "prs_Salutation",
    "prs_FirstName",
    "prs_SecondName",
    "con_Consent",
    "prs_Birthdate",
    "prs_Gender",
    "prs_Citizenship",
    "prs_Title",
    "prs_Email",
    "prs_HomePhone",
    "prs_MobilePhone",
    "prs_MailingCity",
    "prs_MailingCountry",
    "prs_MailingState",
    "prs_MailingStreet",
    "prs_MailingPostalCode",
    "vic_TraffickingStatus",
    "vic_TraffickinStatusDecisionMakingOrg",
    "vic_MethodOfRecruitment",
    "vic_LocationOfRecruitment",
    "vic_MethodsOfControl",
    "vic_TypeOfExploitation",
    "vic_ForcedLabourIndustry",
    "vic_TypeOfSexExploitation",
    "vic_LocationOfExploitation",
    "cas_Status",
    "cas_ReferringOrganisation",
    "cas_IncomingReferralDate",
    "cas_ReferringPrimaryCaseWorker",
    "cas_ReasonForIncomingReferral",
    "cas_IncomingReferralDetails",
    "cas_ReferredOrganisation",
    "cas_ReferredPrimaryCaseWorker",
    "-",
    "cas_OutgoingReferralDate",
    "cas_OutgoingReferralDetails",
    "cas_ReasonForCaseClosure",
]


def test_every_field_of_the_standard_is_placed_exactly_once() -> None:
    mapping = htcds_mapping()
    placed = [column.name for column in mapping.columns] + list(mapping.not_stored)
    assert sorted(placed) == sorted(row["name"] for row in STANDARD)


def test_what_is_not_stored_says_why() -> None:
    assert all(len(reason) > 20 for reason in htcds_mapping().not_stored.values())
    assert "per_RoleInProcess" in htcds_mapping().not_stored


def test_labels_are_those_of_the_standard() -> None:
    labels = {row["name"]: row["label"].strip() for row in STANDARD}
    assert {c.name: c.label for c in htcds_mapping().columns}.items() <= labels.items()


def test_the_columns_of_the_workbook_are_found_in_its_order() -> None:
    mapping = htcds_mapping()
    found = [mapping.find(name) for name in WORKBOOK_NAMES if name != "-"]
    expected = [c for c in mapping.workbook_columns() if c.name != "cas_ReasonForOutgoingReferral"]
    assert found == expected
    nameless = mapping.find("Reason for Outgoing Referral")
    assert nameless is not None
    assert nameless.name == "cas_ReasonForOutgoingReferral"


@pytest.mark.parametrize("header", ["Type", "Longitude", "Number", "", "Shoe size"])
def test_a_header_that_could_mean_several_fields_or_none_names_none(header: str) -> None:
    assert htcds_mapping().find(header) is None


def test_headers_are_found_by_label_whatever_their_case() -> None:
    found = htcds_mapping().find("  method of RECRUITMENT ")
    assert found is not None
    assert found.name == "vic_MethodOfRecruitment"


def test_targets_and_fields_name_each_other() -> None:
    fields = {(f.compartment, f.code): f for f in (*facts_fields(), *compartment_fields())}
    for column in htcds_mapping().columns:
        if column.area in ("facts", "compartment"):
            assert fields[column.compartment, column.code].htcds == column.name


def test_no_column_reaches_health_data() -> None:
    assert not [c for c in htcds_mapping().columns if c.compartment == "health"]


def test_names_contacts_and_stories_go_into_compartments_and_never_into_open_facts() -> None:
    texts = {"text", "longtext", "phone", "email"}
    open_texts = [c.name for c in htcds_mapping().columns if c.area == "facts" and c.type in texts]
    assert open_texts == []
    first_name = htcds_mapping().find("prs_FirstName")
    assert first_name is not None
    assert first_name.compartment == "identity"


def test_imported_status_values_are_codes_of_the_standard() -> None:
    column = htcds_mapping().find("vic_TraffickingStatus")
    assert column is not None
    words = vocabulary(column.vocabulary)
    for standard, stored in column.imports.items():
        assert words.htcds(stored) == standard
