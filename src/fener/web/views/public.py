"""Pages that need no account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET


@require_GET
def help_page(request: HttpRequest) -> HttpResponse:
    """How the program is used, in a page."""
    return render(request, "web/help.html")


@require_GET
def offline(request: HttpRequest) -> HttpResponse:
    """What to do when there is no line."""
    return render(request, "web/offline.html")
