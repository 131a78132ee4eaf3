"""What a workbook would become: each row read and checked, nothing written. Needs neither a database nor a key."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from fener.casework.htcds import extension
from fener.casework.htcds.values import BadValue, doubt, parse, shows_day_first
from fener.casework.htcds.workbook import Problem, Row, Workbook, read
from fener.norms import fields
from fener.norms.htcds import Column, htcds_mapping
from fener.norms.packs import load_packs
from fener.trust.compartments import Compartment

# Status -> status with which the case begins here. What another body decided is kept as its claim; a decision here is
# an act of whoever has the mandate.
BEGINS_AS = {"not_identified": "potential"}
ACTIVE = "Active"  # cas_Status where the file says nothing
DEFAULT_KEEP_DAYS = 365
# Columns that an export fills from its own record: empty in a file that Fener wrote, they stay empty.
OWN_RECORD = ("cas_CaseOwner", "vic_TraffickingStatus")

Tell = Callable[[str, str], None]


@dataclass(frozen=True)
class Terms:
    """What the file does not say and the import has to: told in which language, kept until when, who else agreed."""

    keep_until: date
    language: str = ""  # code of the list of languages; empty: each row says it by its primary language
    guardian_rows: frozenset[int] = frozenset()  # rows for whose child the importing organisation holds the agreement


@dataclass
class Draft:
    """One row, read: what would be opened."""

    row: Row
    facts: dict[str, Any] = field(default_factory=dict)
    sealed: dict[Compartment, dict[str, Any]] = field(default_factory=dict)
    elsewhere: dict[str, Any] = field(default_factory=dict)
    consent: bool | None = None
    state: str = ACTIVE
    status: str = "presumed"
    keep: extension.Keep = field(default_factory=extension.Keep)

    @property
    def birth(self) -> date | None:
        """The date of birth, if the row has one that could be read."""
        found = self.sealed.get(Compartment.IDENTITY, {}).get("birth_date")
        return found if isinstance(found, date) else None

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
                    self.status = begins_as(column.imports.get(value, value))
                self.elsewhere[column.name] = value.isoformat() if isinstance(value, date) else value

    def told_in(self, terms: Terms) -> str:
        """The language in which the consent was explained; empty where nobody says it."""
        return str(self.keep.language or terms.language or self.facts.get("primary_language") or "")

    def kept_until(self, terms: Terms) -> date:
        """The last day of the agreement to keep."""
        return self.keep.until or terms.keep_until

    def guardian_agreed(self, terms: Terms) -> bool:
        """Whether the guardian gives the consent."""
        return self.keep.guardian or self.row.number in terms.guardian_rows


def begins_as(status: str) -> str:
    """The status with which a case of that status begins at another organisation: potential or presumed."""
    return "potential" if status == "potential" else BEGINS_AS.get(status, "presumed")


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
    day_first = _columns_with_day_first(book)
    drafts = [_draft(row, terms, today, problems, day_first) for row in book.rows]
    _warn_of_doubles(drafts, problems)
    if not drafts:
        problems.append(Problem("", 0, "", "The file holds no case: there are no filled rows.", "warning"))
    return Report(drafts, sorted(problems, key=lambda p: (p.sheet, p.row, p.column)))


def _columns_with_day_first(book: Workbook) -> set[str]:
    return {name for row in book.rows for name, cell in row.cells.items() if shows_day_first(cell.value)}


def _draft(row: Row, terms: Terms, today: date, problems: list[Problem], day_first: set[str]) -> Draft:
    mapping = htcds_mapping()
    columns = {column.name: column for column in mapping.columns}
    draft = Draft(row)
    unread: set[str] = set()
    for name, cell in row.cells.items():
        try:
            draft.place(columns[name], parse(columns[name], cell.value, mapping.separators))
            if text := doubt(columns[name], cell.value, day_first=name in day_first):
                problems.append(Problem(row.sheet, row.number, cell.ref, text, "warning"))
        except BadValue as error:
            unread.add(name)
            problems.append(Problem(row.sheet, row.number, cell.ref, _sentence(str(error))))
    if row.extension:
        draft.elsewhere.update({name: None for name in OWN_RECORD if name in row.known and name not in row.cells})
    for found in extension.apply(draft, row.extension, row.known - unread):
        place = f"{found.column} (sheet {extension.SHEET})"
        problems.append(Problem(row.sheet, row.number, place, found.message, found.severity))
    _check(draft, terms, today, problems, unread)
    return draft


def _sentence(text: str) -> str:
    return f"{text[0].upper()}{text[1:]}{'' if text.endswith('.') else '.'}"


def _check(draft: Draft, terms: Terms, today: date, problems: list[Problem], unread: set[str]) -> None:
    def tell(name: str, message: str) -> None:
        cell = draft.row.cells.get(name)
        problems.append(Problem(draft.row.sheet, draft.row.number, cell.ref if cell else name, message))

    names = {(c.compartment, c.code): c.name for c in htcds_mapping().columns}
    birth = draft.birth
    for part, content in draft.sealed.items():
        checked = fields.validate_compartment(part, content, today=today)
        for code, problem in checked.errors.items():
            tell(names.get((part.value, code), f"{extension.SEALED}{part.value}_{code}"), str(problem))
        if part is not Compartment.IDENTITY:
            _check_after_birth(part, content, birth, names, tell)
    checked = fields.validate_facts(draft.facts, birth_date=birth, today=today)
    for code, problem in checked.errors.items():
        tell(names.get(("", code), f"{extension.FACT}{code}"), str(problem))
    _check_ages(draft, birth, today, tell)
    if "con_Consent" not in unread:
        _check_consent(draft, terms, today, tell)
    for name, value in draft.elsewhere.items():
        if birth and value and name.endswith("Date") and value < birth.isoformat():
            tell(name, "This date lies before the date of birth. Correct one of them.")


def _check_after_birth(
    part: Compartment, content: Mapping[str, Any], birth: date | None, names: Mapping[tuple[str, str], str], tell: Tell
) -> None:
    for code, value in content.items():
        if birth and type(value) is date and value < birth:
            tell(names.get((part.value, code), code), "This date lies before the date of birth. Correct one of them.")


def _check_ages(draft: Draft, birth: date | None, today: date, tell: Tell) -> None:
    if birth is None or birth > today:
        return
    then, contact = draft.facts.get("age_at_recruitment"), draft.facts.get("age_at_contact")
    now = fields.age_on(birth, today)
    if isinstance(then, int) and then > now:
        tell("vic_AgeWhenTrafficked", "This age is higher than the person's age today. Correct one of them.")
    at_contact = fields.age_on(birth, _contacted(draft, today))
    if at_contact > int(load_packs().get("facts", "facts").data["maximum_age"]):
        tell("prs_Birthdate", f"The person would be {at_contact} years old. Correct the date of birth.")
    if isinstance(contact, int) and abs(contact - at_contact) > 1:
        tell(f"{extension.FACT}age_at_contact", "The age and the date of birth do not fit. Correct one of them.")
    for spec in fields.facts_fields():
        if spec.refused_for_child and _is_child(draft, today) and draft.facts.get(spec.code) in spec.refused_for_child:
            tell(f"{extension.FACT}{spec.code}", "A person under 18 cannot be recorded as having agreed.")


def _contacted(draft: Draft, today: date) -> date:
    found = draft.facts.get("contacted_on")
    return found if isinstance(found, date) else today


def _is_child(draft: Draft, today: date) -> bool:
    """Under 18 at the first contact, or the age doubtful or disputed: whoever is treated as a child (rule CH-01)."""
    adult = int(load_packs().get("facts", "facts").data["adult_age"])
    age = draft.facts.get("age_at_contact")
    if draft.birth is not None and draft.birth <= today:
        age = fields.age_on(draft.birth, _contacted(draft, today))
    return (
        draft.facts.get("minor") in fields.CHILD_MARKS
        or draft.facts.get("age_at_contact_certainty") == fields.DISPUTED
        or (isinstance(age, int) and age < adult)
    )


def _check_consent(draft: Draft, terms: Terms, today: date, tell: Tell) -> None:
    if not draft.consent:
        tell("con_Consent", "There is no consent to keep this. Ask the person; without it the row cannot be imported.")
        return
    if _is_child(draft, today) and not draft.guardian_agreed(terms):
        tell(
            "con_Consent",
            "The person is under 18 and cannot consent alone. If the guardian agreed and the child was asked, say so: "
            f"--guardian-agreed {draft.row.number}",
        )
    if not draft.told_in(terms):
        tell(
            "con_Consent",
            "Nothing says in which language this was explained. Name it with --language, or add prs_PrimaryLanguage.",
        )
    until = draft.kept_until(terms)
    if until <= today:
        tell(f"{extension.KEEP}until", f"The agreement to keep this ended on {until}. Ask the person again.")


def _warn_of_doubles(drafts: list[Draft], problems: list[Problem]) -> None:
    """The same person twice in one file is asked about, never merged."""
    seen: dict[tuple[str, ...], Row] = {}
    for draft in drafts:
        who = draft.sealed.get(Compartment.IDENTITY, {})
        key = tuple(" ".join(str(who.get(c, "")).casefold().split()) for c in ("first_name", "second_name"))
        if not all(key):
            continue
        key = (*key, str(draft.birth or ""))
        first = seen.setdefault(key, draft.row)
        if first is not draft.row:
            place = draft.row.cells.get("prs_SecondName")
            same = "names and date of birth" if draft.birth else "names"
            problems.append(
                Problem(
                    draft.row.sheet,
                    draft.row.number,
                    place.ref if place else "prs_SecondName",
                    f"Same {same} as row {first.number}. Is it one person with two rows?",
                    "warning",
                )
            )


def default_until(today: date) -> date:
    """Kept for a year where nobody says more."""
    return today + timedelta(days=DEFAULT_KEEP_DAYS)
