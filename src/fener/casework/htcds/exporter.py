"""Cases of the own organisation as a workbook with the standard's columns and codes, and a second sheet for the rest.

The file holds names in the clear: it is written for its owner's eyes alone, and every opening is kept in the audit.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import xlsxwriter
from django.db import transaction
from django.utils import timezone

from fener.casework.htcds import extension
from fener.casework.htcds.drafts import begins_as
from fener.casework.htcds.importer import SLOT
from fener.casework.models import Case, Referral, StatusDecision
from fener.casework.services.protection import two_person
from fener.network.models import Organisation
from fener.norms.fields import age_on
from fener.norms.htcds import Column, htcds_mapping
from fener.norms.packs import DEFAULT_ROOT, read_yaml
from fener.trust import audit, pace, policy, vault
from fener.trust.actor import Actor
from fener.trust.compartments import EXPORTABLE_COMPARTMENTS
from fener.trust.models import Consent, SealedItem
from fener.trust.policy import Relationship
from fener.trust.purposes import Purpose

DECIDER = {
    Organisation.Sector.POLICE: "Police",
    Organisation.Sector.BORDER: "Police",
    Organisation.Sector.NGO: "NGO",
    Organisation.Sector.SHELTER: "NGO",
    Organisation.Sector.PROSECUTION: "CourtOrProsecution",
    Organisation.Sector.OTHER: "Other",
}
FIRST_EXCEL_DAY = date(1900, 3, 1)  # earlier days are text: spreadsheets count them differently


def headers() -> tuple[list[str], list[str]]:
    """The two header rows of IOM's workbook, as they stand in it (the mailing labels in the order of their names)."""
    raw = read_yaml(DEFAULT_ROOT / "htcds" / "workbook-header.yml")
    return list(raw["names"]), list(raw["labels"])


def own_cases(actor: Actor) -> list[Case]:
    """The cases that the actor's organisation holds, oldest first. Raises Refused."""
    policy.require(actor, "case.export", Relationship.SAME_ORGANISATION)
    found = Case.objects.for_actor(actor).filter(organisation_id=actor.keeper_id)
    return list(found.order_by("created_at", "code").prefetch_related("assignments", "status_decisions__organisation"))


def export(path: Path, *, actor: Actor, progress: Callable[[int, int], None] = lambda done, of: None) -> int:
    """Write the workbook beside ``path`` and move it there when it is whole. Returns the number of cases.

    The file is readable by its owner alone. Raises Refused, Locked, TooFast, OSError. Nothing is left on failure.
    """
    cases = own_cases(actor)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".fener-", suffix=".xlsx")  # made 0600
    os.close(handle)
    try:
        with transaction.atomic():
            pace.note(actor=actor, pace=pace.Pace.EXPORTS)
            rows = [_row(case, actor=actor) for case in _with_progress(cases, progress)]
            _write(Path(name), rows)
            audit.record(
                actor=actor,
                act="case.export",
                chain=("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE,
                subject_type="workbook",
                subject_id=None,
                detail={"standard": "HTCDS 2.0", "cases": len(rows)},
            )
            Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)
    return len(rows)


def _with_progress(cases: list[Case], progress: Callable[[int, int], None]) -> Iterator[Case]:
    for done, case in enumerate(cases, start=1):
        yield case
        progress(done, len(cases))


# -- one case ---------------------------------------------------------------------------------------------------------


def _opened(case: Case, actor: Actor) -> tuple[dict[str, dict[str, Any]], dict[str, Any]]:
    """The exportable compartments by name, and what an earlier system had recorded. One read, one audit entry."""
    items = list(
        SealedItem.objects.filter(
            subject_id=case.pk, slot__in=["main", SLOT], compartment__in=[c.value for c in EXPORTABLE_COMPARTMENTS]
        )
    )
    # What two persons open together is in no export: nobody stands beside a row of a workbook.
    marks = two_person.marks_of(case)
    items = [item for item in items if not two_person.is_marked(marks, item.compartment)]
    opened = vault.open_items(actor=actor, items=items, purpose=Purpose.KEEP)
    parts: dict[str, dict[str, Any]] = {}
    elsewhere: dict[str, Any] = {}
    for item in items:
        if item.slot == SLOT:
            elsewhere = opened[item.pk]
        else:
            parts[item.compartment] = opened[item.pk]
    return parts, elsewhere


def _row(case: Case, *, actor: Actor) -> tuple[dict[str, Any], dict[str, str]]:
    """Values of the main sheet by column name, and of the second sheet by its own names."""
    parts, elsewhere = _opened(case, actor)
    keep = (
        Consent.objects.filter(subject_id=case.pk, purpose=Purpose.KEEP).order_by("-given_on", "-recorded_at").first()
    )
    known = {**_own_record(case), **elsewhere, **_done_here(case)}
    main: dict[str, Any] = {}
    for column in htcds_mapping().workbook_columns():
        value = _value(column, case, parts, known, keep)
        if value not in (None, "", []):
            main[column.name] = value
    return main, _second(case, parts, known, keep)


def _last_decision(case: Case) -> StatusDecision | None:
    return max(case.status_decisions.all(), key=lambda d: (d.decided_on, d.recorded_at), default=None)


def _own_record(case: Case) -> dict[str, Any]:
    """What this node says where no file said something else."""
    known: dict[str, Any] = {"vic_TraffickingStatus": case.status}
    worker = next((a.user for a in case.assignments.all() if a.until is None), None)
    if worker is not None:
        known["cas_CaseOwner"] = worker.full_name
    return known


def _done_here(case: Case) -> dict[str, Any]:
    """What was decided and whom the case was sent to here; newer than whatever a file said."""
    known: dict[str, Any] = {}
    decision = _last_decision(case)
    if decision is not None:
        known["vic_TraffickingStatus"] = decision.status
        known["vic_TraffickingStatusDecisionMakingOrg"] = DECIDER.get(
            Organisation.Sector(decision.organisation.sector), "NonPoliceGovernmentalOrganization"
        )
    sent = (
        Referral.objects.unscoped(reason="referrals of one case that the actor's organisation holds")
        .filter(case=case, state__in=[Referral.State.ACCEPTED, Referral.State.ENDED])
        .select_related("to_organisation")
        .order_by("-offered_at")
        .first()
    )
    if sent is not None:
        known["cas_ReferredOrganisation"] = sent.to_organisation.name
        known["cas_ReferredPrimaryCaseWorker"] = None
        known["cas_ReasonForOutgoingReferral"] = "AdditionalServicesRequired"
        known["cas_OutgoingReferralDate"] = timezone.localdate(sent.offered_at).isoformat()
    return known


def _value(
    column: Column, case: Case, parts: dict[str, dict[str, Any]], known: dict[str, Any], keep: Consent | None
) -> Any:
    match column.area:
        case "facts":
            return _standard_codes(column, case.facts.get(column.code))
        case "compartment":
            value = parts.get(column.compartment, {}).get(column.code)
            return _standard_codes(column, value) if column.vocabulary else value
        case "consent":
            return keep is not None and keep.withdrawn_at is None
        case "case" if column.code == "status":
            return case.state
        case _:
            value = known.get(column.name)
            return _standard_codes(column, value) if column.vocabulary else value


def _standard_codes(column: Column, value: Any) -> str:
    """Codes as the standard writes them; local codes as the code they map to."""
    if not column.vocabulary:
        return str(value) if value is not None else ""
    return ";".join(extension.standard(column.vocabulary, value))


def _second(
    case: Case, parts: dict[str, dict[str, Any]], known: dict[str, Any], keep: Consent | None
) -> dict[str, str]:
    """What the main sheet cannot say, or says less exactly."""
    main = {column.name: column for column in htcds_mapping().workbook_columns()}
    vocabularies = {column.name: column.vocabulary for column in htcds_mapping().columns}
    values: dict[str, Any] = {}
    for spec in extension.fact_fields():
        value = case.facts.get(spec.code)
        if spec.htcds not in main or extension.loses(spec.vocabulary, value):
            values[f"{extension.FACT}{spec.code}"] = value
    if "age_at_contact" in case.facts and parts.get("identity", {}).get("birth_date"):
        # The age was counted on this day; without it, it would be counted anew on the day of an import.
        contact = date.fromisoformat(case.facts.get("contacted_on") or case.opened_on.isoformat())
        values[f"{extension.FACT}contacted_on"] = contact
        if age_on(date.fromisoformat(parts["identity"]["birth_date"]), contact) == case.facts["age_at_contact"]:
            del values[f"{extension.FACT}age_at_contact"]
    for part, spec in extension.sealed_fields():
        values[f"{extension.SEALED}{part.value}_{spec.code}"] = parts.get(part.value, {}).get(spec.code)
    for name, value in known.items():
        own_status = name == "vic_TraffickingStatus" and value == case.status
        if not own_status and (name not in main or extension.loses(vocabularies.get(name, ""), value)):
            values[name] = value
    values.update(_keep(case, keep))
    return {name: extension.written(value) for name, value in values.items() if value not in (None, "", [])}


def _keep(case: Case, keep: Consent | None) -> dict[str, Any]:
    said: dict[str, Any] = {"spoken": case.language, "status": begins_as(case.status)}
    if keep is not None:
        said["until"], said["language"], said["interpreter"] = keep.until, keep.language, keep.interpreter
        said["guardian"] = keep.giver == Consent.Giver.GUARDIAN or None
    return {f"{extension.KEEP}{name}": value for name, value in said.items()}


# -- the file ---------------------------------------------------------------------------------------------------------


def _write(path: Path, rows: list[tuple[dict[str, Any], dict[str, str]]]) -> None:
    names, labels = headers()
    by_header = {place: _name_at(names, labels, place) for place in range(1, len(labels))}
    # In memory: the library's temporary files would hold names in the clear. Strings stay strings: whatever begins with
    # = + - @ is text in the file and is never computed.
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(str(path), options) as book:
        sheet = book.add_worksheet("Sheet1")
        bold, day = book.add_format({"bold": True}), book.add_format({"num_format": "yyyy-mm-dd"})
        for place, (name, label) in enumerate(zip(names, labels, strict=True)):
            sheet.write_string(0, place, name, bold)
            sheet.write_string(1, place, label, bold)
        types = {column.name: column.type for column in htcds_mapping().columns}
        for number, (main, _second_values) in enumerate(rows, start=1):
            sheet.write_number(number + 1, 0, number)
            for place, name in by_header.items():
                _cell(sheet, number + 1, place, main.get(name), types[name], day)
        sheet.freeze_panes(2, 1)
        _write_second(book, [second for _main, second in rows])


def _name_at(names: list[str], labels: list[str], place: int) -> str:
    column = htcds_mapping().find(names[place] or labels[place])
    if column is None:
        raise ValueError(f"the header of column {place} is no column of the standard")
    return column.name


def _cell(sheet: Any, row: int, place: int, value: Any, kind: str, day: Any) -> None:
    if value in (None, "", []):
        return
    if isinstance(value, bool):
        sheet.write_boolean(row, place, value)
    elif kind == "date" and date.fromisoformat(str(value)) >= FIRST_EXCEL_DAY:
        sheet.write_datetime(row, place, date.fromisoformat(str(value)), day)
    elif isinstance(value, int | float):
        sheet.write_number(row, place, value)
    else:
        sheet.write_string(row, place, str(value))


def _write_second(book: Any, rows: list[dict[str, str]]) -> None:
    names = sorted({name for row in rows for name in row})
    if not names:
        return
    sheet = book.add_worksheet(extension.SHEET)
    for place, name in enumerate(("row", *names)):
        sheet.write_string(0, place, name)
    for number, row in enumerate(rows, start=1):
        sheet.write_number(number, 0, number)
        for place, name in enumerate(names, start=1):
            if name in row:
                sheet.write_string(number, place, row[name])
