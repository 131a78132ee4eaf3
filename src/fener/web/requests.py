"""Each request gets an id, is counted, and, where that is wanted, leaves a line: by the name of its route, never by its
address."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from fener.trust import logs
from fener.web.metrics import count_request

logger = logging.getLogger("fener.requests")
HEADER = "X-Request-ID"
FROM_PROXY = re.compile(r"[0-9a-fA-F-]{8,64}")


class RequestMiddleware:
    """Stands first, so that it sees every answer. The id goes back in ``X-Request-ID``; a proxy's own is taken on only
    where one is known to stand before the node."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request_id = _id_of(request)
        started = time.perf_counter()
        with logs.in_request(request_id):
            response = self.get_response(request)
            _note(request, response, time.perf_counter() - started)
        response[HEADER] = request_id
        return response


def _id_of(request: HttpRequest) -> str:
    brought = request.headers.get(HEADER, "")
    return brought if settings.FENER_BEHIND_PROXY and FROM_PROXY.fullmatch(brought) else uuid.uuid4().hex


def _note(request: HttpRequest, response: HttpResponse, seconds: float) -> None:
    route, method, status = route_of(request), request.method or "", response.status_code
    count_request(route=route, method=method, status=status, seconds=seconds)
    known = {"route": route, "method": method, "status": status, "ms": round(seconds * 1000)}
    logger.info("request", extra=known)


def route_of(request: HttpRequest) -> str:
    """The name of the route; ``static`` for style and script, ``none`` for an address that leads nowhere."""
    match = request.resolver_match
    if match is not None:
        return match.view_name or "unnamed"
    return "static" if request.path.startswith(str(settings.STATIC_URL)) else "none"
