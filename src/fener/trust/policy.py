"""Who may do what: one table, the sum of the rooms' ``policies.ROWS``. Deny by default; rows only ever add.

A row allows some roles an act on a subject to which the actor stands in some relationship, for a compartment where
the act is about one. This module answers yes or no with a reason in words; *which rows of a table somebody sees* is
the business of the rooms' selectors. Names of acts are ``room_noun.verb`` (``case.read``, ``consent.withdraw``). An
act that no row names is a mistake in the program and raises, so that a misspelt act cannot pass as "refused".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from fener.trust.actor import Actor
from fener.trust.compartments import Compartment
from fener.trust.errors import NeedsSession, Refused, SessionRuns
from fener.trust.purposes import Purpose
from fener.trust.roles import NEVER_OPENS, OPENS_HEALTH, Role

if TYPE_CHECKING:
    from fener.trust.errors import Text


class Relationship(StrEnum):
    """How the actor stands to the subject. The room that owns the subject works it out, never the page."""

    ASSIGNED = "assigned"  # this case is this person's work
    SAME_ORGANISATION = "same_organisation"  # the actor's organisation holds it
    REFERRED_TO = "referred_to"  # the actor's organisation accepted a referral, on consent
    OFFERED = "offered"  # a referral was offered to the actor's desk and not answered
    NODE = "node"  # the actor works for the country's mechanism as a whole
    GUARDIAN = "guardian"  # appointed guardian of this child
    OWN = "own"  # the actor's own record: own account, own screening
    CUSTODIAN = "custodian"  # named to watch over the keys of the actor's organisation
    NONE = "none"

    @property
    def label(self) -> Text:
        """The relationship in the reader's language."""
        return RELATIONSHIP_LABELS[self]


RELATIONSHIP_LABELS: dict[Relationship, Text] = {
    Relationship.ASSIGNED: _("assigned"),
    Relationship.SAME_ORGANISATION: _("same organisation"),
    Relationship.REFERRED_TO: _("referred to, with consent"),
    Relationship.OFFERED: _("offered, not answered"),
    Relationship.NODE: _("the mechanism as a whole"),
    Relationship.GUARDIAN: _("guardian"),
    Relationship.OWN: _("one's own"),
    Relationship.CUSTODIAN: _("custodian of the organisation"),
    Relationship.NONE: _("none"),
}

# An act whose last word is one of these only reads: refused, it must look like an absent thing.
READING = frozenset({"read", "list", "search", "view", "preview", "export", "count"})


NEEDS_SESSION = _("This needs an administration session. Begin one, say why, and come back.")
ENDS_SESSION = _(
    "An administration session runs, and work with cases is kept apart from it. End the session, then go on."
)
# Where acts on cases are declared; trust's own come by their noun.
CASEWORK_ROOMS = ("fener.casework", "fener.contact")
CASEWORK_NOUNS = frozenset({"consent", "override"})


@dataclass(frozen=True)
class Row:
    """One line of the table.

    ``compartments`` None: the act is not about a compartment (and never opens one). ``purposes`` None: any purpose.
    ``job``: a background job may do this as well; jobs hold no keys, so such a row may name no compartment.
    ``elevated``: the role alone allows nothing yet; an administration session must run (see ``elevation``).
    ``beside``: stays possible while one runs. Every other act on cases is refused to that sign-in meanwhile.
    """

    act: str
    roles: Iterable[Role]
    relationships: Iterable[Relationship]
    compartments: Iterable[Compartment] | None = None
    purposes: Iterable[Purpose] | None = None
    note: str = ""
    job: bool = False
    elevated: bool = False
    beside: bool = False

    def __post_init__(self) -> None:
        for name in ("roles", "relationships", "compartments", "purposes"):
            value = getattr(self, name)
            object.__setattr__(self, name, None if value is None else frozenset(value))
        if "." not in self.act:
            raise ValueError(f"act {self.act!r}: name it noun.verb")
        if self.compartments is None:
            return
        if self.job:
            raise ValueError(f"{self.act}: a job has no keys and can open no compartment")
        if forbidden := set(self.roles) & NEVER_OPENS:
            raise ValueError(f"{self.act}: {', '.join(sorted(forbidden))} may open no compartment")
        others = set(self.roles) - OPENS_HEALTH
        if Compartment.HEALTH in set(self.compartments) and is_reading(self.act, compartment=True) and others:
            raise ValueError(
                f"{self.act}: health is opened by its own role (HE-02), not by {', '.join(sorted(others))}"
            )

    def covers(
        self, role: Role, relationship: Relationship, compartment: Compartment | None, purpose: str | None
    ) -> bool:
        """Whether this row allows exactly this. An act on a compartment needs a row that names it, and conversely."""
        return (
            role in set(self.roles)
            and relationship in set(self.relationships)
            and (compartment in set(self.compartments) if self.compartments is not None else compartment is None)
            and (self.purposes is None or purpose in set(self.purposes))
        )


@dataclass(frozen=True)
class Decision:
    """Allowed or refused, and why in words (translatable).

    ``needs_session``: refused only because no administration session runs. ``ends_session``: only because one does.
    """

    allowed: bool
    reason: Text
    row: Row | None = None
    needs_session: bool = False
    ends_session: bool = False

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def possible(self) -> bool:
        """Whether a page should offer it: allowed now, or once an administration session runs."""
        return self.allowed or self.needs_session


class UnknownAct(LookupError):
    """A programming error: the act stands in no room's table."""


@cache
def rows_by_room() -> dict[str, tuple[Row, ...]]:
    """The table of each room, in the order of ``FENER_ROOMS``. A room without a ``policies`` module allows nothing."""
    table: dict[str, tuple[Row, ...]] = {}
    for room in settings.FENER_ROOMS:
        name = f"{room}.policies"
        try:
            module = import_module(name)
        except ModuleNotFoundError as error:
            if error.name != name:
                raise
            continue
        table[room] = tuple(module.ROWS)
    return table


@cache
def rows() -> tuple[Row, ...]:
    """The whole table, in the order of the rooms."""
    return tuple(row for room in rows_by_room().values() for row in room)


@cache
def _rows_of_acts() -> dict[str, tuple[Row, ...]]:
    by_act: dict[str, list[Row]] = {}
    for row in rows():
        by_act.setdefault(row.act, []).append(row)
    return {act: tuple(found) for act, found in by_act.items()}


def acts() -> frozenset[str]:
    """Every act that the table knows."""
    return frozenset(_rows_of_acts())


def reset() -> None:
    """Forget the loaded table (tests that change the rooms)."""
    rows_by_room.cache_clear()
    rows.cache_clear()
    _casework_rows.cache_clear()
    _rows_of_acts.cache_clear()


def is_reading(act: str, *, compartment: bool = False) -> bool:
    """Whether an act only reads, by its last word. Opening a compartment reads; opening a case does not."""
    verb = act.replace("_", ".").rsplit(".", 1)[-1]
    return verb in READING or (compartment and verb == "open")


def decide(
    actor: Actor,
    act: str,
    relationship: Relationship,
    *,
    compartment: Compartment | str | None = None,
    purpose: Purpose | str | None = None,
) -> Decision:
    """Whether ``actor`` may do ``act`` on a subject with that relationship. A predicate: changes and logs nothing.

    Raises UnknownAct for an act that no room declares.
    """
    try:
        candidates = _rows_of_acts()[act]
    except KeyError:
        raise UnknownAct(f"no policy row names the act {act!r}") from None
    wanted = None if compartment is None else Compartment(compartment)
    if actor.is_system:
        return _decide_for_job(candidates, wanted)
    waiting = False
    for row in candidates:
        if not any(row.covers(role, relationship, wanted, purpose) for role in sorted(actor.roles)):
            continue
        if actor.elevation is not None and not row.elevated and _on_cases(row):
            return Decision(False, ENDS_SESSION, ends_session=True)
        if actor.elevation is not None or not row.elevated:
            return Decision(True, _("Your role allows this."), row)
        waiting = True
    if waiting:
        return Decision(False, NEEDS_SESSION, needs_session=True)
    return Decision(False, _why_not(actor, candidates, relationship, wanted))


def _on_cases(row: Row) -> bool:
    """Whether an act belongs to the work on cases and first contacts, by the room that declares it."""
    if row.beside:
        return False
    return row.compartments is not None or row in _casework_rows()


@cache
def _casework_rows() -> frozenset[Row]:
    found = [row for room in CASEWORK_ROOMS for row in rows_by_room().get(room, ())]
    return frozenset(found + [row for row in rows() if row.act.split(".")[0] in CASEWORK_NOUNS])


def _decide_for_job(candidates: tuple[Row, ...], compartment: Compartment | None) -> Decision:
    row = next((r for r in candidates if r.job), None) if compartment is None else None
    if row is None:
        return Decision(False, _("A background job may not do this."))
    return Decision(True, _("A background job may do this."), row)


def _why_not(
    actor: Actor, candidates: tuple[Row, ...], relationship: Relationship, compartment: Compartment | None
) -> Text:
    """The nearest reason. It names roles and relationships of the table, never anything of the subject."""
    held = [row for row in candidates if actor.roles & set(row.roles)]
    if not held:
        return _("Your role does not allow this. If you need it for your work, ask your organisation's administrator.")
    if not any(relationship in set(row.relationships) for row in held):
        return _("This is not assigned to you or your organisation.")
    if compartment is not None:
        return _("Your role does not open this part of the file.")
    return _("This is not allowed for this purpose.")


def require(
    actor: Actor,
    act: str,
    relationship: Relationship,
    *,
    compartment: Compartment | str | None = None,
    purpose: Purpose | str | None = None,
) -> Row:
    """As :func:`decide`, raising Refused. A refused read, and anything on a stranger's subject, is hidden (looks
    absent).
    """
    decision = decide(actor, act, relationship, compartment=compartment, purpose=purpose)
    if decision.row is None:
        refuse_for_session(decision, act)
        reads = is_reading(act, compartment=compartment is not None)
        raise Refused(decision.reason, act=act, hidden=reads or relationship is Relationship.NONE)
    return decision.row


def refuse_for_session(decision: Decision, act: str) -> None:
    """Raises what leads to beginning or ending an administration session, if that is all that is in the way."""
    if decision.needs_session:
        raise NeedsSession(decision.reason, act=act, hidden=False)
    if decision.ends_session:
        raise SessionRuns(decision.reason, act=act, hidden=False)


@dataclass(frozen=True)
class Cell:
    """One combination of the expanded table."""

    act: str
    role: Role
    relationship: Relationship
    compartment: Compartment | None
    allowed: bool


def expand(only: Iterable[str] | None = None) -> Iterator[Cell]:
    """Every role × act × relationship × compartment (and "no compartment"), decided for one role alone.

    A row that is limited to purposes counts as allowed here when one of its purposes is given; one that needs an
    administration session, when that session runs.
    """
    compartments: tuple[Compartment | None, ...] = (None, *Compartment)
    for act in sorted(acts() if only is None else only):
        candidates = _rows_of_acts()[act]
        for role in Role:
            for relationship in Relationship:
                for compartment in compartments:
                    allowed = any(
                        row.covers(role, relationship, compartment, purpose)
                        for row in candidates
                        for purpose in (row.purposes or (None,))
                    )
                    yield Cell(act, role, relationship, compartment, allowed)
