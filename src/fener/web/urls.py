"""Addresses of the shell."""

from django.urls import path

from fener.web.health import health
from fener.web.metrics import metrics
from fener.web.views import audit, audit_roots, board, home, privacy, public, search, styleguide

app_name = "web"
urlpatterns = [
    path("", home.today, name="today"),
    path("search/", search.search, name="search"),
    path("country/", board.board, name="board"),
    path("acts/", audit.audit, name="audit"),
    path("acts/roots/", audit_roots.audit_roots_page, name="audit_roots"),
    path("help/", public.help_page, name="help"),
    path("privacy/", privacy.privacy, name="privacy"),
    path("register/", privacy.register_page, name="register"),
    path("register/<slug:kind>/", privacy.register_file, name="register_file"),
    path("offline/", public.offline, name="offline"),
    path("health/", health, name="health"),
    path("metrics", metrics, name="metrics"),
    path("styleguide/", styleguide.styleguide, name="styleguide"),
]
