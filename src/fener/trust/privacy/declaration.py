"""How a field of personal data is declared: one statement, from which everything else follows (rules DA-04, DA-09).

Each room has a module ``personal_data`` with ``MODELS``: one :class:`About` for each of its models, which names every
field, either as :class:`Personal` or as :class:`NotPersonal` with the reason. The sealed compartments and the facts
are declared by their packs. A field that nobody declared fails the build.

    KEPT = Personal(whose=Whose.PERSON, purposes=("help",), ...)
    MODELS = (
        About("casework.Need", _("what the person needs"), file="case_id", fields={
            **link("id", "case"),
            **KEPT.on(kind=_("the kind of help"), urgent=_("whether it cannot wait")),
            **KEPT.but(erasure=Erase.YEAR).on(recorded_on=_("the day")),
        }),
    )
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from fener.trust.errors import Text


class Whose(StrEnum):
    """Whom a field is about."""

    PERSON = "person"
    THIRD = "third"
    STAFF = "staff"
    CONTACT = "contact"

    @property
    def label(self) -> Text:
        return WHOSE[self]


class Controller(StrEnum):
    """Who answers for it."""

    ORGANISATION = "organisation"
    NODE = "node"

    @property
    def label(self) -> Text:
        return CONTROLLERS[self]


class Mask(StrEnum):
    """How it appears where somebody has not asked to see it."""

    OPEN = "open"  # codes and dates: shown to whoever may see the row
    SEALED = "sealed"  # not there; opened on purpose, each opening is kept
    COVERED = "covered"  # also when its part is open: all but the last signs covered until somebody asks
    NEVER = "never"  # keys, hashes, ballast of the program: on no page at all

    @property
    def label(self) -> Text:
        return MASKS[self]


class Erase(StrEnum):
    """What an erasure does with it."""

    DESTROY_KEY = "destroy_key"  # nothing opens the ciphertext any more, which goes as well
    BLANK = "blank"  # empty afterwards
    YEAR = "year"  # its year is left, and the time between the dates of a row
    COARSEN = "coarsen"  # a coarse form of it is left, see ``About.coarsen``
    NEW_CODE = "new_code"  # a fresh random code takes its place: nobody's paper leads here any more
    RESIDUE = "residue"  # stays: it counts, and names nobody
    AUDIT = "audit"  # stays: it says which worker or body did what, never about whom
    WITH_ACCOUNT = "with_account"  # staff: goes when the account is erased
    ROW = "row"  # the whole row goes

    @property
    def label(self) -> Text:
        return ERASURES[self]


WHOSE: dict[Whose, Text] = {
    Whose.PERSON: _("the person who is helped"),
    Whose.THIRD: _("somebody near the person"),
    Whose.STAFF: _("people who work here"),
    Whose.CONTACT: _("contacts of a body"),
}
CONTROLLERS: dict[Controller, Text] = {
    Controller.ORGANISATION: _("the organisation that the person trusted with it"),
    Controller.NODE: _("whoever runs this installation"),
}
MASKS: dict[Mask, Text] = {
    Mask.OPEN: _("shown to whoever works on it"),
    Mask.SEALED: _("sealed; each opening is kept"),
    Mask.COVERED: _("sealed, and covered until somebody asks to see it; both are kept"),
    Mask.NEVER: _("never shown"),
}
ERASURES: dict[Erase, Text] = {
    Erase.DESTROY_KEY: _("its key is destroyed"),
    Erase.BLANK: _("emptied"),
    Erase.YEAR: _("the year stays, and how long things took"),
    Erase.COARSEN: _("a coarse form stays, without the person"),
    Erase.NEW_CODE: _("a new random code takes its place"),
    Erase.RESIDUE: _("stays as a count without the person"),
    Erase.AUDIT: _("stays: it says who did what, never about whom"),
    Erase.WITH_ACCOUNT: _("goes with the account"),
    Erase.ROW: _("deleted"),
}
PURPOSES: dict[str, Text] = {
    "help": _("to help"),
    "safety": _("to keep the person safe"),
    "identification": _("to assess the situation and decide on the status"),
    "court": _("to support claims and testimony, if the person wishes"),
    "statistics": _("to count without names"),
    "accountability": _("to show who knew and did what"),
    "access": _("to let the right people in and nobody else"),
    "coordination": _("to reach the right body"),
}
BASES: dict[str, Text] = {
    "victims": _("personal data of victims"),
    "staff": _("data of people who work here"),
    "accountability": _("showing who knew and did what"),
    "network": _("contacts of bodies"),
}


@dataclass(frozen=True, kw_only=True)
class Personal:
    """One field of personal, or of pseudonymous operational, data.

    ``basis`` is a key of the jurisdiction packs' ``data_protection`` (unknown there means unknown here); ``consent`` is
    the purpose of the person's own sentence on which it is kept besides, if any. ``retention`` is a class of pack
    ``retention``. ``exported``: whether the copy for the person holds it; ``why_not`` says so where not.
    """

    what: Text = ""
    whose: Whose = Whose.PERSON
    purposes: tuple[str, ...] = ()
    controller: Controller = Controller.ORGANISATION
    basis: str = "victims"
    consent: str = ""
    retention: str = ""
    mask: Mask = Mask.OPEN
    erasure: Erase = Erase.BLANK
    exported: bool = True
    why_not: Text = ""

    def on(self, **whats: Text) -> dict[str, Personal]:
        """The same handling for several fields, each with its words."""
        return {name: replace(self, what=what) for name, what in whats.items()}

    def but(self, **changes: Any) -> Personal:
        """The same with something changed."""
        return replace(self, **changes)

    def problems(self) -> list[str]:
        """What is missing or contradicts itself; for the test that reads every declaration."""
        found = [f"purpose {p!r}" for p in self.purposes if p not in PURPOSES]
        found += [f"basis {self.basis!r}"] if self.basis not in BASES else []
        found += ["no words"] if not str(self.what) else []
        found += ["no purpose"] if not self.purposes else []
        found += ["no retention"] if not self.retention else []
        found += ["kept from the person without a reason"] if not self.exported and not str(self.why_not) else []
        return found


@dataclass(frozen=True)
class NotPersonal:
    """A field that says nothing about anybody, and why that is so."""

    reason: Text


@dataclass(frozen=True)
class About:
    """One model: what its rows are, and every field of it.

    ``file``: lookups that lead to the id under which the person's file is sealed (a case, a first contact); any of them
    marks a row as that person's. Empty for rows that are about nobody who is helped. ``coarsen``: field -> dotted path
    of the function that makes its coarse form. ``not_copied``: lookups of rows that the copy for the person leaves out,
    because their being there would tell too much (asked when a copy is made; empty: none). ``kind``: the rows belong to
    that kind of file, where ``file`` is there.
    """

    model: str
    what: Text
    fields: Mapping[str, Personal | NotPersonal]
    file: tuple[str, ...] = ()
    coarsen: Mapping[str, str] = field(default_factory=dict)
    not_copied: Callable[[], Mapping[str, Any]] = dict

    @property
    def personal(self) -> dict[str, Personal]:
        """The personal fields alone."""
        return {name: one for name, one in self.fields.items() if isinstance(one, Personal)}


def not_personal(reason: Text, *names: str) -> dict[str, Personal | NotPersonal]:
    """Fields that say nothing about anybody, for one reason."""
    return {name: NotPersonal(reason) for name in names}


LINK: Text = _("Joins rows of the database; says nothing by itself.")
RULE: Text = _("Says which rule or text of which version was used.")
BODY: Text = _("About a body, not about a person.")
PROGRAM: Text = _("The program's own book-keeping.")


def link(*names: str) -> dict[str, Personal | NotPersonal]:
    """Keys that join rows."""
    return not_personal(LINK, *names)


def body(*names: str) -> dict[str, Personal | NotPersonal]:
    """Fields of bodies."""
    return not_personal(BODY, *names)
