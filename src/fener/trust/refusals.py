"""From domain errors to pages: what was refused, in words, and what to do next. Refused attempts are kept in the
audit.
"""

from __future__ import annotations

from collections.abc import Callable

from django.core.handlers.exception import response_for_exception
from django.db import router, transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed, HttpResponseRedirect
from django.template.loader import select_template
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from fener.trust import attempts, audit, pace
from fener.trust.actor import ANONYMOUS
from fener.trust.errors import (
    AlreadyDone,
    DomainError,
    GateClosed,
    InvalidInput,
    Locked,
    NeedsConsent,
    NeedsSession,
    NotGranted,
    NotTold,
    Refused,
    SessionRuns,
    StaleEdit,
    TooFast,
)
from fener.trust.models import AuditEntry

# Error -> (status, template of the shell). The first matching class wins.
PAGES: list[tuple[type[DomainError], int, str]] = [
    (NeedsSession, 403, "web/needs_session.html"),
    (SessionRuns, 403, "web/session_runs.html"),
    (Refused, 403, "web/refused.html"),
    (Locked, 403, "web/locked.html"),
    (NeedsConsent, 409, "web/needs_consent.html"),
    (GateClosed, 409, "web/gate_closed.html"),
    (StaleEdit, 409, "web/stale_edit.html"),
    (AlreadyDone, 409, "web/already_done.html"),
    (InvalidInput, 422, "web/invalid_input.html"),
    (TooFast, 429, "web/refused.html"),
    (DomainError, 409, "web/refused.html"),
]
# Attempts on what somebody may not have. Mistakes in a form are no attempts.
KEPT = (Refused, NotGranted, NeedsConsent, GateClosed, NotTold)


class RefusalMiddleware:
    """Turns a domain error that no view handled into its page; a refused read into the same page as an absent thing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if isinstance(response, HttpResponseNotAllowed) and not response.content:
            # The address of a button, gone to by hand or by "reload": a blank page would tell nobody anything.
            response.content = select_template(["web/405.html", "trust/refused.html"]).render({}, request).encode()
        return response

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """The answer to a domain error; None (Django's own handling) for every other exception."""
        if not isinstance(error, DomainError):
            return None
        if isinstance(error, KEPT) and not isinstance(error, (NeedsSession, SessionRuns)):
            keep_refusal(request, error)
        if isinstance(error, NotGranted) or (isinstance(error, Refused) and error.hidden):
            # Through Django's own path, so that not even the length of the page differs from an absent thing's.
            return response_for_exception(request, Http404())
        if isinstance(error, NeedsSession) and request.method == "GET":
            back = urlencode({"next": request.get_full_path()})
            return HttpResponseRedirect(f"{reverse('network:administration_begin')}?{back}")
        if isinstance(error, AlreadyDone) and _is_own_page(error.result):
            return HttpResponseRedirect(error.result)
        return _page(request, error)


def _is_own_page(address: str) -> bool:
    return address.startswith("/") and url_has_allowed_host_and_scheme(address, allowed_hosts=None)


def keep_refusal(request: HttpRequest, error: DomainError) -> None:
    """Keep an attempt on what somebody may not have; a mistake in a form is none, and is not kept."""
    if not isinstance(error, KEPT):
        return
    actor = getattr(request, "actor", None) or ANONYMOUS
    match = request.resolver_match
    detail = {"method": request.method or "", "route": match.route if match else ""}
    with transaction.atomic(using=router.db_for_write(AuditEntry)):
        audit.refusal(actor=actor, error=error, detail=detail)
        pace.note(actor=actor, pace=pace.Pace.REFUSALS)
    attempts.tell(actor=actor, error=error)


def _page(request: HttpRequest, error: DomainError) -> HttpResponse:
    status, name = next((status, name) for kind, status, name in PAGES if isinstance(error, kind))
    template = select_template([name, "trust/refused.html"])
    context = {"error": error, "message": error.message, "result": getattr(error, "result", None)}
    return HttpResponse(template.render(context, request), status=status)
