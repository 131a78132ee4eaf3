"""Every address of a node. The access matrix is generated from here: a route without a row fails the build.

Addresses hold codes and random ids, never anything about a person.
"""

from django.urls import include, path
from django.views.generic import RedirectView

from fener.trust.views import choose_language
from fener.web.api import api

urlpatterns = [
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/", include("fener.trust.urls")),
    path("language/", choose_language, name="set_language"),
    path("api/v1/", api.urls),
    path("", include("fener.web.urls")),
    path("", include("fener.network.urls")),
    path("", include("fener.contact.urls")),
    path("", include("fener.casework.urls")),
    path("favicon.ico", RedirectView.as_view(url="/static/web/favicon.svg", permanent=True)),
]

handler400 = "fener.web.views.errors.bad_request"
handler403 = "fener.web.views.errors.forbidden"
handler404 = "fener.web.views.errors.not_found"
handler500 = "fener.web.views.errors.server_error"
