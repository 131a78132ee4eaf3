"""Rows of a workbook become cases, all of them or none. A dry run says by row and column what stands in the way."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from django.db import transaction
from django.utils import timezone

from fener.casework.htcds import extension
from fener.casework.htcds.values import BadValue, parse
from fener.casework.htcds.workbook import Problem, Row, Workbook, read
from fener.casework.models import Case
from fener.casework.services import cases
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.norms import fields
from fener.norms.htcds import Column, htcds_mapping
from fener.norms.packs import load_packs
from fener.trust import audit, policy, vault
from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import GateClosed, InvalidInput
from fener.trust.models import Consent
from fener.trust.policy import Relationship

SLOT = "htcds"  # what another system recorded and Fener has no record of its own for, sealed as it came
# con_Consent of the standard says that the person was told what happens with their data; nothing more is claimed.
TOLD = ("who_will_know",)
# HTCDS status -> status with which the case begins here. What another body decided is kept as its claim; a decision here
# is an act of whoever has the mandate.
BEGINS_AS = {"not_identified": "potential"}


@dataclass(frozen=True)
class Terms:
    """What the file does not say and the import has to: told in which language, kept until when."""

    language: str
    keep_until: date
    guardian_rows: frozenset[int] = frozenset()  # rows for whose child the importing organisation holds the agreement


@dataclass
class Draft:
    """One row, read: what would be opened."""

    row: Row
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: dict[Compartment, dict[str, Any]] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)
    consent: bool | None = None
    state: str = Case.State.ACTIVE
    status: str = "presumed"
    keep: extension.Keep = field(default_factory=extension.Keep)

    def place(self, column: Column, value: Any) -> None:
        """Put one value where its column says that it stands here."""
        match column.area:
            case "facts":
                self.facts[column.code] = value
            case "compartment":
                self.sealed.setdefault(Compartment(column.compartment), {})[column.code] = value
            case "consent":
                self.consent = value
            case "case" if column.code == "status":
                self.state = value
            case _:
                if column.code == "trafficking_status":
                    self.status = BEGINS_AS.get(column.imports.get(value, ""), "presumed")
                self.elsewhere[column.name] = value.isoformat() if isinstance(value, date) else value


@dataclass
class Report:
    """What was read and, after a real run, what was made."""

    drafts: list[Draft]
    problems: list[Problem]
    codes: list[str] = field(default_factory=list)

    @property
    def errors(self) -> list[Problem]:
        """What stands in the way."""
        return [problem for problem in self.problems if problem.severity == "error"]


def examine(path: Path, *, terms: Terms, today: date) -> Report:
    """Read and check the whole file; writes nothing. Raises BadWorkbook."""
    book = read(path)
    problems = list(book.problems)
    drafts = [_draft(row, terms, today, problems) for row in book.rows]
    _warn_of_doubles(book, drafts, problems)
    return Report(drafts, sorted(problems, key=lambda p: (p.sheet, p.row, p.column)))


def run(
    report: Report,
    *,
    actor: Actor,
    terms: Terms,
    at: datetime | None = None,
    progress: Callable[[int, int], None] = lambda done, of: None,
) -> Report:
    """Open a case for each row in one transaction. With any error nothing is opened (raises InvalidInput)."""
    policy.require(actor, "case.import", Relationship.SAME_ORGANISATION)
    if report.errors:
        raise InvalidInput({"": "The file has errors; nothing was imported."})
    at = at or timezone.now()
    codes: list[str] = []
    with transaction.atomic():
        for done, draft in enumerate(report.drafts, start=1):
            try:
                codes.append(_open(draft, actor=actor, terms=terms, at=at).code)
            except (InvalidInput, GateClosed) as error:
                report.problems.append(Problem(draft.row.sheet, draft.row.number, "", str(error)))
                raise
            progress(done, len(report.drafts))
        audit.record(
            actor=actor,
            act="case.import",
            chain=("keeper", actor.keeper_id) if actor.keeper_id else audit.NODE,
            subject_type="workbook",
            subject_id=None,
            detail={"standard": "HTCDS 2.0", "cases": len(codes)},
        )
    report.codes = codes
    return report


# -- reading one row --------------------------------------------------------------------------------------------------


def _draft(row: Row, terms: Terms, today: date, problems: list[Problem]) -> Draft:
    mapping = htcds_mapping()
    columns = {column.name: column for column in mapping.columns}
    draft = Draft(row)
    for name, cell in row.cells.items():
        try:
            draft.place(columns[name], parse(columns[name], cell.value, mapping.separators))
        except BadValue as error:
            problems.append(Problem(row.sheet, row.number, cell.ref, str(error)))
    for name, message in extension.apply(draft, row.extension):
        problems.append(Problem(row.sheet, row.number, f"{name} (sheet Fener)", message))
    _check(draft, terms, today, problems)
    return draft


def _check(draft: Draft, terms: Terms, today: date, problems: list[Problem]) -> None:
    def tell(name: str, message: str) -> None:
        cell = draft.row.cells.get(name)
        problems.append(Problem(draft.row.sheet, draft.row.number, cell.ref if cell else name, message))

    names = {(c.compartment, c.code): c.name for c in htcds_mapping().columns}
    birth = draft.sealed.get(Compartment.IDENTITY, {}).get("birth_date")
    for part, content in draft.sealed.items():
        checked = fields.validate_compartment(part, content, today=today)
        for code, problem in checked.errors.items():
            tell(names.get((part.value, code), code), str(problem))
    checked = fields.validate_facts(draft.facts, birth_date=birth, today=today)
    for code, problem in checked.errors.items():
        tell(names.get(("", code), code), str(problem))
    _check_age(draft, birth, today, tell)
    _check_consent(draft, birth, terms, today, tell)
    for name, value in draft.elsewhere.items():
        if birth and name.endswith("Date") and value < birth.isoformat():
            tell(name, "This date lies before the date of birth. Correct one of them.")


def _check_age(draft: Draft, birth: date | None, today: date, tell: Callable[[str, str], None]) -> None:
    then = draft.facts.get("age_at_recruitment")
    if birth and isinstance(then, int) and birth <= today and then > fields.age_on(birth, today):
        tell("vic_AgeWhenTrafficked", "This age is higher than the person's age today. Correct one of them.")


def _adult_age() -> int:
    return int(load_packs().get("facts", "facts").data["adult_age"])


def _is_child(draft: Draft, birth: date | None, today: date) -> bool:
    return bool(birth and birth <= today and fields.age_on(birth, today) < _adult_age()) or bool(
        fields.is_child({k: v for k, v in draft.facts.items() if k != "age_at_recruitment"})
    )


def _check_consent(
    draft: Draft, birth: date | None, terms: Terms, today: date, tell: Callable[[str, str], None]
) -> None:
    if not draft.consent:
        tell("con_Consent", "There is no consent to keep this. Ask the person; without it the row cannot be imported.")
    elif _is_child(draft, birth, today) and not (draft.keep.guardian or draft.row.number in terms.guardian_rows):
        tell(
            "con_Consent",
            "The person is under 18 and cannot consent alone. If the guardian agreed and the child was asked, say so: "
            f"--guardian-agreed {draft.row.number}",
        )


def _warn_of_doubles(book: Workbook, drafts: list[Draft], problems: list[Problem]) -> None:
    """The same person twice in one file is asked about, never merged."""
    seen: dict[tuple[str, ...], int] = {}
    for draft in drafts:
        who = draft.sealed.get(Compartment.IDENTITY, {})
        key = tuple(str(who.get(code, "")).casefold() for code in ("first_name", "second_name", "birth_date"))
        if not all(key):
            continue
        if key in seen:
            problems.append(
                Problem(
                    draft.row.sheet,
                    draft.row.number,
                    "prs_SecondName",
                    f"Same names and date of birth as row {seen[key]}. Is it one person with two rows?",
                    "warning",
                )
            )
        seen.setdefault(key, draft.row.number)


# -- opening ----------------------------------------------------------------------------------------------------------


def _open(draft: Draft, *, actor: Actor, terms: Terms, at: datetime) -> Case:
    child = draft.keep.guardian or draft.row.number in terms.guardian_rows
    language = draft.keep.language or draft.facts.get("primary_language") or terms.language
    today = timezone.localdate(at)
    keep_until = draft.keep.until or terms.keep_until
    case = cases.open_case(
        actor=actor,
        facts=draft.facts,
        language=draft.keep.spoken or language,
        interpreter=draft.keep.interpreter,
        keep_consent=ConsentTerms(
            until=keep_until if keep_until > today else today + timedelta(days=1),
            language=language,
            interpreter=draft.keep.interpreter,
            giver=Consent.Giver.GUARDIAN if child else Consent.Giver.PERSON,
            child_assent=True if child else None,
        ),
        information=InformationTerms(items=TOLD, language=language, interpreter=draft.keep.interpreter),
        compartments=draft.sealed,
        origin="import",
        status=draft.keep.status or draft.status,
        at=at,
    )
    if draft.elsewhere:
        vault.seal(
            actor=actor,
            subject_id=case.pk,
            compartment=Compartment.NARRATIVE,
            slot=SLOT,
            content=draft.elsewhere,
            for_keepers=[case.organisation_id],
        )
    if draft.state != Case.State.ACTIVE:
        case = cases.close_case(
            actor=actor, case=case, version=case.version, reason="closed_elsewhere", state=draft.state, at=at
        )
    return case


