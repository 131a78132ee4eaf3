"""Headers that no library sets: no other site embeds what this node answers, and no browser keeps it.

Static files are the same for everybody and may be kept; whitenoise answers those before this is asked to.
"""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils.cache import add_never_cache_headers


class ClosedToOthersMiddleware:
    """Cross-Origin-Resource-Policy on every answer; Cache-Control no-store on all that is no static file; no TRACE."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # TRACE tells what came along, and nothing here needs it.
        traced = request.method == "TRACE"
        response = HttpResponseNotAllowed(["GET", "HEAD", "POST"]) if traced else self.get_response(request)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        kept = request.path.startswith(str(settings.STATIC_URL)) or "no-store" in response.get("Cache-Control", "")
        if not kept:
            add_never_cache_headers(response)
        return response
