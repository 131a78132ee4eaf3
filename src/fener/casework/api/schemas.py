"""What a case looks like over HTTP. Codes and facts; what is sealed is named and never shown here."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID

from ninja import Schema

from fener.casework.models import Clock, Need
from fener.casework.selectors.cases import Listed
from fener.casework.selectors.file import CaseFile
from fener.trust.api import Answer, Number, Word, Words
from fener.trust.compartments import Compartment
from fener.trust.purposes import Purpose


class CaseRow(Schema):
    """One line of the list."""

    code: str
    alias: str
    status: str
    state: str
    opened_on: date
    next_due: datetime | None
    overdue: bool
    treated_as_child: bool
    organisation: UUID
    relationship: str

    @classmethod
    def of(cls, listed: Listed) -> CaseRow:
        """From a row of the list's selector."""
        case = listed.case
        return cls(
            code=case.code,
            alias=case.alias,
            status=case.status,
            state=case.state,
            opened_on=case.opened_on,
            next_due=listed.next_due,
            overdue=listed.overdue,
            treated_as_child=case.treated_as_child,
            organisation=case.organisation_id,
            relationship=listed.relationship.value,
        )


class CasePage(Schema):
    """One page of the list."""

    rows: list[CaseRow]
    total: int
    page: int
    pages: int


class ClockOut(Schema):
    """A period that runs or ran, and the rule that made it."""

    id: UUID
    code: str
    started_on: datetime
    due_on: datetime
    ended_at: datetime | None
    blocks_removal: bool
    rule: str
    rule_version: str
    source: str

    @classmethod
    def of(cls, clock: Clock) -> ClockOut:
        """From the stored clock."""
        return cls(**{name: getattr(clock, name) for name in cls.model_fields})


class PartOut(Schema):
    """A compartment from outside: whether something is sealed in it and what this actor may do with it."""

    compartment: str
    version: int
    changed_at: datetime | None
    may_open: bool
    may_save: bool


class SentenceOut(Schema):
    """A consent as its sentence."""

    id: UUID
    purpose: str
    compartments: list[str]
    recipient: str
    until: date
    live: bool
    sentence: str


class CaseOut(Schema):
    """A case as its page shows it, without a name."""

    code: str
    alias: str
    status: str
    state: str
    version: int
    language: str
    opened_on: date
    treated_as_child: bool
    relationship: str
    in_full: bool
    facts: dict[str, Any]
    clocks: list[ClockOut]
    compartments: list[PartOut]
    consents: list[SentenceOut]
    removal_blocked_until: date | None

    @classmethod
    def of(cls, file: CaseFile) -> CaseOut:
        """From the file that the page is made of."""
        case = file.case
        return cls(
            code=case.code,
            alias=case.alias,
            status=case.status,
            state=case.state,
            version=case.version,
            language=case.language,
            opened_on=case.opened_on,
            treated_as_child=case.treated_as_child,
            relationship=file.relationship.value,
            in_full=file.in_full,
            facts=dict(file.facts),
            clocks=[ClockOut.of(clock) for clock in file.clocks],
            compartments=[
                PartOut(
                    compartment=part.compartment.value,
                    version=part.version,
                    changed_at=part.changed_at,
                    may_open=part.may_open,
                    may_save=part.may_save,
                )
                for part in file.compartments
            ],
            consents=[
                SentenceOut(
                    id=one.consent.pk,
                    purpose=one.consent.purpose,
                    compartments=[str(part) for part in one.consent.compartments],
                    recipient=one.recipient,
                    until=one.consent.until,
                    live=one.live,
                    sentence=one.sentence,
                )
                for one in file.consents
            ],
            removal_blocked_until=file.removal_blocked_until,
        )


class ConsentIn(Schema):
    """What was agreed, by whom, and how it was explained."""

    until: date
    language: Word
    interpreter: Word = ""
    giver: Word = "person"
    child_assent: bool | None = None
    compartments: list[Compartment]


class InformationIn(Schema):
    """What the person was told before: codes of the pack ``rights_information``."""

    items: list[Word]
    language: Word
    interpreter: Word = ""
    told_on: date | None = None


class OpenIn(Schema):
    """A case that is opened with a person who agreed to it."""

    status: Word = "presumed"
    language: Word
    interpreter: Word = ""
    facts: dict[Word, Answer] = {}
    compartments: dict[Compartment, dict[Word, Answer]] = {}
    keep_consent: ConsentIn
    information: InformationIn


class Made(Schema):
    """What was made: a case's code, or an id."""

    id: str


class FactsIn(Schema):
    """Facts, over the version that was read."""

    version: Number
    facts: dict[Word, Answer]
    language: Word | None = None
    interpreter: Word | None = None


class VersionIn(Schema):
    """The version that was read: nobody's change is overwritten."""

    version: Number


class CloseIn(VersionIn):
    """Closing a case: a reason of the list, and how it is closed."""

    reason: Word
    state: Word = "Closed"


class OpenPartIn(Schema):
    """For which purpose a compartment is opened, and which of its covered fields are shown; both are kept."""

    purpose: Purpose
    show: list[Word] = []


class PartContent(Schema):
    """What is sealed in a compartment."""

    content: dict[str, Any]


class SavePartIn(Schema):
    """What is to be sealed, over the version that was read (0: nothing was sealed yet)."""

    version: Number
    content: dict[Word, Answer]


class NeedIn(Schema):
    """A need in the person's own view."""

    kind: Word
    words: Words = ""
    urgent: bool = False
    stated_by_person: bool = True


class NeedOut(Schema):
    """A need, without the person's words: they are sealed."""

    id: UUID
    kind: str
    urgent: bool
    stated_by_person: bool
    recorded_on: date
    met_on: date | None

    @classmethod
    def of(cls, need: Need) -> NeedOut:
        """From the stored need."""
        return cls(**{name: getattr(need, name) for name in cls.model_fields})


class KnownOut(Schema):
    """Who read, got or lost what, when, why."""

    at: datetime
    kind: str
    act: str
    person: str
    organisation: str
    recipient: str
    compartments: list[str]
    purpose: str


class SearchIn(Schema):
    """A name in any script, or a code. In the body, so that it stands in no address and no log."""

    text: Word


class GiveIn(ConsentIn):
    """A consent to be recorded. ``recipient`` empty: nobody but the organisation that keeps the file."""

    recipient: UUID | None = None
    purpose: Purpose
