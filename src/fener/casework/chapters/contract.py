"""What a chapter tells the rest of the house about its records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from fener.trust.policy import Relationship

if TYPE_CHECKING:
    from django.db.models import Q

    from fener.casework.models import Case
    from fener.casework.models.line import CaseLine
    from fener.trust.actor import Actor
    from fener.trust.errors import Text


@dataclass(frozen=True, kw_only=True)
class NewLine:
    """One thing that stands on the case, in codes: kept by ``services.lines.refresh``, put in words when it is read.

    ``what`` is a code that the record's ``words`` knows, ``params`` are codes, counts, dates (ISO 8601) and ids of
    bodies: never a name, never what somebody said. ``about``: the row that it is about. ``shown``: it stands on the
    page of the case. ``starts`` puts it on the time line (until ``ends``; None: it goes on). ``due`` puts it on Today
    and makes it overdue by itself when the moment passes; take ``due`` away when the thing is done. ``for_node``: the
    co-ordinator sees it on Today as well once it is overdue.
    """

    what: str
    params: Mapping[str, Any] = field(default_factory=dict)
    about: UUID | None = None
    shown: bool = True
    starts: date | None = None
    ends: date | None = None
    due: datetime | None = None
    urgent: bool = False
    for_node: bool = False


@dataclass(frozen=True, kw_only=True)
class Door:
    """A way to an act on the case: shown to whoever the table lets do it. ``url_name`` takes the code of the case.

    ``concerns``: whether the case has to do with the act at all; it asks the row of the case alone, without a query.
    """

    act: str
    text: Text
    url_name: str
    concerns: Callable[[Case], bool] = lambda _case: True


@dataclass(frozen=True, kw_only=True)
class Knew:
    """Acts of the audit that belong under "who knows what", besides those of the vault and of consents."""

    reads: tuple[str, ...] = ()
    gives: tuple[str, ...] = ()
    takes: tuple[str, ...] = ()


@dataclass(frozen=True)
class Reader:
    """Who reads a part of a case, in which relationships to it, and when."""

    actor: Actor
    case: Case
    found: frozenset[Relationship]
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Record:
    """One kind of record of a chapter: everything that shared pages need to know of it.

    ``code``: ``<chapter>.<records>``. ``list_act``: whoever may do it sees its lines and its part of the chapter's page
    (others do not learn that there are any). ``lines``: what stands on a case now, from its rows alone. ``words``: a
    line in the reader's language. ``section``: the context of its part of the chapter's page, in a fixed number of
    queries, from a selector that starts from the actor's scope; ``template`` draws it as ``section``. ``in_copy``:
    whether its lines go into the person's copy (where a paper that says so is a danger, they do not). ``copy_words``:
    ``Model.field`` → words of a coded value in that copy. ``concerns``: whether a case has to do with it at all (a
    record for children stands on no adult's case); it asks the row of the case alone, without a query. ``line_is_for``:
    whether one line is for this reader, of those who may list the record (what another body did is not); no query.
    ``lines_within``: the same as a condition on the lines of a case, where it hangs on other rows. ``to_immigration``:
    whether an immigration service reads its lines, also on a case that it keeps (rule LB-01).
    """

    code: str
    title: Text
    list_act: str
    lines: Callable[[Case], Iterable[NewLine]]
    words: Callable[[CaseLine], str]
    section: Callable[[Reader], Mapping[str, Any]]
    template: str
    doors: tuple[Door, ...] = ()
    knew: Knew = Knew()
    in_copy: bool = True
    copy_words: Mapping[str, Callable[[Any], str]] = field(default_factory=dict)
    concerns: Callable[[Case], bool] = lambda _case: True
    line_is_for: Callable[[Actor, CaseLine], bool] = lambda _actor, _line: True
    lines_within: Callable[[Actor, Case], Q] | None = None
    to_immigration: bool = True

    @property
    def chapter(self) -> str:
        """The code of the chapter that it belongs to."""
        return self.code.partition(".")[0]


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A chapter of the case, in the ``place`` that it has on the page (the order of the path)."""

    code: str
    title: Text
    place: int
    records: tuple[Record, ...]
    lead: Text = ""
