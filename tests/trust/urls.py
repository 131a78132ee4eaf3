"""The account pages and one page that tells what a view would see of the keys."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import include, path

from fener.trust import keys


def probe(request: HttpRequest) -> HttpResponse:
    ring = request.keyring  # type: ignore[attr-defined]
    opened = []
    for keeper_id in request.GET.getlist("keeper"):
        try:
            opened.append(ring.keeper_private(keys.uuid.UUID(keeper_id)).public().raw.hex()[:16] if ring else "")
        except keys.DoesNotOpen:
            opened.append("no")
    return JsonResponse({"user": str(request.user.pk), "unlocked": ring is not None, "opened": opened})


urlpatterns = [
    path("account/2fa/", include("allauth.mfa.urls")),
    path("account/", include("fener.trust.urls")),
    path("", probe),
    path("work/", probe),
]
