"""The pages of the shell alone, without the rooms."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.urls import include, path

from fener.web.views import errors
from fener.web.views.styleguide import SampleForm, styleguide

MISSING = [
    {"text": "A risk assessment is done", "met": False},
    {"text": "A guardian is appointed", "met": True},
    {"text": "The child was heard", "met": None},
]


def public(request: HttpRequest) -> HttpResponse:
    return render(request, "web/base_public.html")


def form(request: HttpRequest) -> HttpResponse:
    filled = SampleForm(request.POST or None)
    return render(request, "web/base_form.html", {"form": filled, "title": "Meet", "cancel": "/", "once": "abc"})


def refused(request: HttpRequest) -> HttpResponse:
    why = {"message": "No child returns without a risk assessment.", "conditions": MISSING, "back": "/form/"}
    return render(request, "web/refused.html", why, status=409)


def expired(request: HttpRequest) -> HttpResponse:
    return render(request, "web/expired.html", {"kept": [{"label": "Note", "value": "Met at noon"}]})


def broken(request: HttpRequest) -> HttpResponse:
    return errors.server_error(request)


def button(request: HttpRequest) -> HttpResponse:
    return errors.not_allowed(request, ["POST"]) if request.method != "POST" else HttpResponseNotAllowed(["GET"])


def countries(request: HttpRequest) -> HttpResponse:
    return render(request, "web/message.html", {"title": request.GET.get("words", "")})


urlpatterns = [
    path("i18n/", include("django.conf.urls.i18n")),
    path("styleguide/", styleguide),
    path("public/", public),
    path("form/", form),
    path("refused/", refused),
    path("expired/", expired),
    path("broken/", broken),
    path("button/", button),
    path("words/", countries),
    path("missing/", lambda request: errors.not_found(request)),
]
handler400 = "fener.web.views.errors.bad_request"
handler403 = "fener.web.views.errors.forbidden"
handler404 = "fener.web.views.errors.not_found"
handler500 = "fener.web.views.errors.server_error"
