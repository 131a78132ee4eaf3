"""What every room's API begins with: who may ask, how a refusal looks, and what a request may carry.

The API is the pages' services and selectors over HTTP, for the same people with the same sign-in (session and CSRF
token). There is no token that opens more or works without a person: a program that reads for somebody is them.
Nothing personal stands in an address: names are searched for in a request's body.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated, Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from ninja import NinjaAPI, Schema
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.security import SessionAuth
from pydantic import AfterValidator, Field

from fener.trust.errors import (
    AlreadyDone,
    DomainError,
    GateClosed,
    InvalidInput,
    Locked,
    NotGranted,
    Refused,
    StaleEdit,
    TooFast,
)
from fener.trust.once import once
from fener.trust.refusals import keep_refusal


def _storable(text: str) -> str:
    """No NUL and no lone half of a character: no database keeps them."""
    if "\x00" in text or any("\ud800" <= sign <= "\udfff" for sign in text):
        raise ValueError("holds a character that cannot be stored")
    return text


Word = Annotated[str, AfterValidator(_storable), Field(max_length=200)]
Words = Annotated[str, AfterValidator(_storable), Field(max_length=10_000)]
Number = Annotated[int, Field(ge=0, le=2**31 - 1)]
Answer = Number | bool | Word | list[Word] | None  # what a field of facts or of a compartment may hold


class FieldProblem(Schema):
    """One field of the request, and what is wrong with it."""

    field: str
    message: str


class Problem(Schema):
    """Why something was not done: a code for programs, words for people, and what to mend."""

    error: str
    message: str
    fields: list[FieldProblem] = []


# What any operation may answer besides its own; each is documented for each.
PROBLEMS: dict[int, Any] = dict.fromkeys((400, 401, 403, 404, 409, 422, 429), Problem)

# The first class that matches wins; what is hidden looks like what is absent.
STATUS: list[tuple[type[DomainError], int, str]] = [
    (NotGranted, 404, "absent"),
    (Locked, 403, "locked"),
    (Refused, 403, "refused"),
    (InvalidInput, 422, "invalid"),
    (GateClosed, 409, "gate_closed"),
    (StaleEdit, 409, "stale"),
    (AlreadyDone, 409, "already_done"),
    (TooFast, 429, "too_fast"),
    (DomainError, 409, "not_possible"),
]
PREFIX = "/api/"


def is_api(request: HttpRequest) -> bool:
    """Whether a program asks, which is answered in JSON also where no operation was reached."""
    return request.path.startswith(PREFIX)


def _absent() -> Problem:
    return Problem(error="absent", message=_("There is nothing here that you may see."))


def absent() -> JsonResponse:
    """404 for an address that is none."""
    return JsonResponse(_absent().model_dump(), status=404)


def not_ready() -> JsonResponse:
    """403 for somebody whom every page leads to unlocking or to a second factor first."""
    said = _("Open this node in a browser first: your password or a second factor is asked for there.")
    return JsonResponse(Problem(error="not_ready", message=said).model_dump(), status=403)


class Staff(SessionAuth):
    """Somebody who signed in, in the session of their browser; a change needs the CSRF token as well."""

    def authenticate(self, request: HttpRequest, key: str | None) -> Any:
        return request.user if request.user.is_authenticated else None


def answered(**by_status: Any) -> dict[Any, Any]:
    """The answers of an operation: ``answered(ok=Schema)``, with every problem that may come instead."""
    return {{"ok": 200, "made": 201}[name]: schema for name, schema in by_status.items()} | PROBLEMS


def of_actor(request: HttpRequest) -> Any:
    """The actor of a request, as the middleware left it."""
    return request.actor  # type: ignore[attr-defined]


def only_once(request: HttpRequest, act: str, run: Callable[[], str]) -> str:
    """Run an act; with a header ``Idempotency-Key`` (a UUID), once for that key. What it made, or made the first time.

    Raises InvalidInput for a key that is no UUID.
    """
    key = request.headers.get("Idempotency-Key", "")
    if not key:
        return run()
    try:
        with once(actor=of_actor(request), token=key, act=f"api:{act}") as submission:
            submission.result = run()
            return submission.result
    except AlreadyDone as done:
        if not done.result:
            raise
        return str(done.result)


def problem_of(error: DomainError) -> tuple[int, Problem]:
    """Status and body for a domain error."""
    if isinstance(error, Refused) and error.hidden:
        return 404, _absent()
    status, code = next((status, code) for kind, status, code in STATUS if isinstance(error, kind))
    if code == "absent":
        return status, _absent()
    fields: list[FieldProblem] = []
    if isinstance(error, InvalidInput):
        fields = [FieldProblem(field=name, message=str(text)) for name, text in error.errors.items()]
    if isinstance(error, GateClosed):
        conditions = error.result.missing
        fields = [FieldProblem(field=str(one.code), message=f"{one.text} {one.next}".strip()) for one in conditions]
    return status, Problem(error=code, message=str(error.message), fields=fields)


def connect(api: NinjaAPI) -> None:
    """Give an API the house's answers to everything that can go wrong."""

    def said(request: HttpRequest, problem: Problem, status: int) -> HttpResponse:
        return api.create_response(request, problem.model_dump(), status=status)

    @api.exception_handler(DomainError)
    def _domain(request: HttpRequest, error: DomainError) -> HttpResponse:
        keep_refusal(request, error)
        status, problem = problem_of(error)
        return said(request, problem, status)

    @api.exception_handler(AuthenticationError)
    def _nobody(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
        return said(request, Problem(error="signed_out", message=_("Sign in first.")), 401)

    @api.exception_handler(ValidationError)
    def _malformed(request: HttpRequest, error: ValidationError) -> HttpResponse:
        # What was sent is not sent back: it may be a name, and answers are kept by tools.
        fields = [
            FieldProblem(field=".".join(str(part) for part in one["loc"][1:]), message=str(one["msg"]))
            for one in error.errors
        ]
        return said(request, Problem(error="invalid", message=_("Some values cannot be used."), fields=fields), 422)

    @api.exception_handler(HttpError)
    def _http(request: HttpRequest, error: HttpError) -> HttpResponse:
        names = {400: "unreadable", 403: "csrf"}
        return said(
            request, Problem(error=names.get(error.status_code, "error"), message=str(error)), error.status_code
        )
