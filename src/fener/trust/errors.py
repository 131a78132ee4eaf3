"""What a service may answer instead of doing what was asked. Each error says, in words, what happens next.

Messages are shown to people, so they are lazy translations; the middleware turns each class into a page. An error
that describes a *read* that is not allowed never says whether the thing exists.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, Any
from uuid import UUID

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Text = str | _StrPromise


class DomainError(Exception):
    """The root of everything that a service refuses. ``message`` is translatable and may be shown as it is."""

    message: Text = _("This cannot be done.")

    def __init__(self, message: Text | None = None) -> None:
        if message is not None:
            self.message = message
        super().__init__(message)

    def __str__(self) -> str:
        return str(self.message)


class Refused(DomainError):
    """The policy does not allow this act to this actor.

    ``hidden`` tells that the answer must look like the answer for something that does not exist.
    """

    message = _("Your role does not allow this. If you need it for your work, ask your organisation's administrator.")

    def __init__(self, message: Text | None = None, *, act: str = "", hidden: bool = True) -> None:
        super().__init__(message)
        self.act, self.hidden = act, hidden


class NeedsSession(Refused):
    """The role would allow it, but no administration session runs."""


class SessionRuns(Refused):
    """The role would allow it, but an administration session runs, and work on cases is kept apart from it."""


class Locked(DomainError):
    """Sealed content was asked for, but the session holds no unlocked key."""

    message = _("Sealed information is locked. Sign in again to unlock it; nothing that you entered is lost.")


class NotGranted(DomainError):
    """No living consent and no confirmed override lets this organisation open this. Looks like an absent thing."""

    message = _("Nothing is shared with your organisation here.")


class NeedsConsent(DomainError):
    """A disclosure or an act that only a living consent (or a confirmed override) permits, asked for without one."""

    message = _("There is no living consent for this. Ask the person first, or record why the law obliges you.")

    def __init__(self, message: Text | None = None, *, result: Any = None) -> None:
        super().__init__(message)
        self.result = result  # the answer of the gate ``disclosure``, where it was asked


class GateClosed(DomainError):
    """A gate of the pathway refuses. ``result`` is the gate's own answer with its conditions, rule and source.

    ``about``: the case on which it was asked, where there is one; whoever keeps attempts reads it (trust.attempts).
    ``row``, ``day`` and ``kind`` (``list:code``): of the act that was refused, where an override of the gate can be
    asked for it. ``offer``: the id under which a page offers to ask for one.
    """

    message = _("A condition that protects the person is not met yet.")

    def __init__(
        self,
        result: Any,
        message: Text | None = None,
        *,
        about: UUID | None = None,
        row: UUID | None = None,
        day: date | None = None,
        kind: str = "",
    ) -> None:
        super().__init__(message)
        self.result = result
        self.about, self.row, self.day, self.kind = about, row, day, kind
        self.offer: UUID | None = None


class StaleEdit(DomainError):
    """Somebody else changed the same thing since this form was opened."""

    message = _("Somebody changed this while you were writing. Nothing was overwritten: compare both and save again.")

    def __init__(self, message: Text | None = None, *, current: Any = None) -> None:
        super().__init__(message)
        self.current = current


class AlreadyDone(DomainError):
    """The same form arrived a second time. ``result`` is what the first one led to."""

    message = _("This was already saved. It was not saved twice.")

    def __init__(self, result: str = "", message: Text | None = None) -> None:
        super().__init__(message)
        self.result = result


class TooFast(DomainError):
    """One person did so much of this in a time that the next one waits. ``message``: how long, and what else to do."""


class InvalidInput(DomainError):
    """Values that cannot be stored. ``errors`` maps a field's name to the message shown beside it ("" = whole form)."""

    message = _("Some answers need to be corrected.")

    def __init__(self, errors: Mapping[str, Text] | None = None, message: Text | None = None) -> None:
        super().__init__(message)
        self.errors: dict[str, Text] = dict(errors or {})

    def __str__(self) -> str:
        told = "; ".join(f"{field}: {text}" if field else str(text) for field, text in self.errors.items())
        return told or str(self.message)


class NotTold(InvalidInput):
    """Refused for what the asker may not know. That they are refused says something of it, so it is kept as an attempt.

    ``act``: what was tried.
    """

    def __init__(self, errors: Mapping[str, Text] | None = None, *, act: str = "") -> None:
        super().__init__(errors)
        self.act = act
