"""The pages for what goes wrong, one for each way; what a person had typed is never thrown away with a form."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.cache import add_never_cache_headers
from django.utils.translation import gettext

from fener.trust import api


def _page(request: HttpRequest, name: str, status: int, **context: object) -> HttpResponse:
    return HttpResponse(render_to_string(name, dict(context), request=request), status=status)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400: what arrived is not complete or not in a form that we understand."""
    return _page(request, "400.html", 400)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403: the account does not allow it. The exception's text is not shown: it may name what is hidden."""
    return _page(request, "403.html", 403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: absent, or not meant for this account; both look the same, also in length."""
    return api.absent() if api.is_api(request) else _page(request, "404.html", 404)


def not_allowed(request: HttpRequest, allowed: list[str]) -> HttpResponse:
    """405: an address that belongs to a button. ``allowed`` names the methods that it takes."""
    response = _page(request, "web/405.html", 405)
    response["Allow"] = ", ".join(allowed)
    return response


def server_error(request: HttpRequest) -> HttpResponse:
    """500: without request context, since what is broken may be just that."""
    return HttpResponse(render_to_string("500.html"), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """403: a form whose token does not fit, mostly because it was open for long. No browser keeps it."""
    answer = _page(request, "403_csrf.html", 403, keep_input=_from_our_own_page(request))
    add_never_cache_headers(answer)
    return answer


def _from_our_own_page(request: HttpRequest) -> bool:
    """Only a form of ours is shown again; otherwise another site could put its words on our page."""
    origin = request.headers.get("Origin", "")
    return urlsplit(origin).netloc == request.get_host()


# Never shown again: secrets, and what only machines read.
_UNSAID = {"csrfmiddlewaretoken", "once", "next", "code"}
_SECRET = re.compile(r"password|passphrase|secret|token", re.I)


def typed_input(request: HttpRequest | None) -> list[dict[str, str]]:
    """What was typed into the form of this request, as ``[{"label", "value"}]``, without secrets and hidden marks."""
    if request is None or request.method != "POST":
        return []
    return [
        {"label": gettext(name.rpartition("-")[2].replace("_", " ")).capitalize(), "value": value}
        for name, values in request.POST.lists()
        for value in values
        if value.strip() and name not in _UNSAID and not _SECRET.search(name)
    ]
