"""Signing in with an organisation's own account (OpenID Connect).

It never makes an account, and no e-mail address is looked at: the holder links the two from their account page, and
what is stored is the issuer and its word for the person (``sub``), nothing else. It proves who somebody is; what is
sealed for them still opens with their vault passphrase alone, which the organisation never sees.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter, _build_apps_from_settings
from allauth.socialaccount.internal import jwtkit
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter
from allauth.socialaccount.signals import social_account_added
from django.db import transaction
from django.db.models.signals import pre_save
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from jwt import get_unverified_header
from jwt.exceptions import InvalidTokenError
from requests import RequestException, Session

from fener.trust import audit
from fener.trust.actor import ANONYMOUS, Actor
from fener.trust.models import User

PROVIDER = "openid_connect"
# Signed by a key that only the issuer holds; a shared secret or no signature is not looked at.
SIGNED_WITH = frozenset({"RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"})
LOGIN, CONNECT = "login", "connect"


class OrganisationSignInAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]
    """Only what the settings name, only for accounts that are linked."""

    def list_apps(self, request: HttpRequest, provider: Any = None, client_id: Any = None) -> list[SocialApp]:
        """From the settings alone: a row in the database adds no way in."""
        found = _build_apps_from_settings(provider=provider, client_id=client_id)
        return [app for apps in found.values() for app in apps]

    def get_requests_session(self) -> Session:
        """The issuer is asked where the settings say, and nowhere that it sends us on to."""
        made: Session = super().get_requests_session()
        made.max_redirects = 0
        return made

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def authenticate_by_email(self, login: SocialLogin) -> None:
        return None

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """An identity that is linked to nobody, or belongs to another organisation, leads to one and the same page."""
        if sociallogin.state.get("process") == CONNECT:
            if not _is_own(sociallogin.account.get_provider(request).app, getattr(request, "actor", ANONYMOUS)):
                raise ImmediateHttpResponse(not_in(request))
        elif not sociallogin.is_existing:
            raise ImmediateHttpResponse(not_in(request))

    def on_authentication_error(self, request: HttpRequest, provider: Any, **_told: Any) -> None:
        raise ImmediateHttpResponse(not_in(request))

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        from django.urls import reverse

        return reverse("account_organisation_sign_in")


class VerifyingAdapter(OpenIDConnectOAuth2Adapter):  # type: ignore[misc]
    """The id token's signature and issuer are always checked, also where it came over TLS from the issuer itself."""

    def complete_login(self, request: HttpRequest, app: SocialApp, token: Any, **kwargs: Any) -> SocialLogin:
        """Whoever it is stands in a signed id token, and in nothing else that the issuer says."""
        if not kwargs.get("response", {}).get("id_token"):
            raise OAuth2Error("no id token")
        return super().complete_login(request, app, token, **kwargs)

    def _decode_id_token(self, app: SocialApp, id_token: str) -> dict[str, Any]:
        issuer = app.settings["issuer"]
        try:
            algorithm = get_unverified_header(id_token).get("alg")
        except InvalidTokenError as error:
            raise OAuth2Error("not a token") from error
        if algorithm not in SIGNED_WITH or self.openid_config.get("issuer") != issuer:
            raise OAuth2Error("another algorithm or issuer than agreed")
        told: dict[str, Any] = jwtkit.verify_and_decode(
            credential=id_token,
            keys_url=self.openid_config["jwks_uri"],
            issuer=issuer,
            audience=app.client_id,
            lookup_kid=jwtkit.lookup_kid_jwk,
        )
        return told


def forget(user: User) -> None:
    """The person left the body whose sign-in was linked: from now on that body's own system opens nothing here."""
    SocialAccount.objects.filter(user=user).delete()


def offered() -> list[SocialApp]:
    """The organisations of this node that have a sign-in of their own."""
    return [app for apps in _build_apps_from_settings(provider=PROVIDER).values() for app in apps]


def offered_by(keeper_id: UUID | None) -> SocialApp | None:
    """The sign-in of that organisation, if it has one."""
    return next((app for app in offered() if app.settings["organisation"] == str(keeper_id)), None)


def own(actor: Actor) -> SocialApp | None:
    """The sign-in of the actor's own organisation, if it has one."""
    return offered_by(actor.keeper_id)


def links(user: User) -> list[SocialAccount]:
    """What this account is linked with."""
    return list(SocialAccount.objects.filter(user=user).order_by("provider"))


@transaction.atomic
def unlink(*, actor: Actor, user: User) -> int:
    """Take every link away; from now on this account is entered by its password or a passkey. One's own only."""
    gone: int = SocialAccount.objects.filter(user=user, user_id=actor.user_id).delete()[0]
    if gone:
        _keep(actor, "unlinked")
    return gone


@never_cache
@require_GET
def login(request: HttpRequest, provider_id: str) -> HttpResponse:
    """To the organisation's own page, and back; ``?process=connect`` links the account of whoever is signed in."""
    process = CONNECT if request.GET.get("process") == CONNECT and request.user.is_authenticated else LOGIN
    try:
        answer: HttpResponse = _adapter(request, provider_id).get_provider().redirect(request, process)
    except (RequestException, KeyError, ValueError):  # it cannot be reached, or is no issuer
        return not_in(request)
    return answer


@never_cache
@require_GET
def callback(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Back from the organisation."""
    try:
        answer: HttpResponse = OAuth2CallbackView.adapter_view(_adapter(request, provider_id))(request)
    except (RequestException, KeyError, ValueError, InvalidTokenError):
        return not_in(request)
    return answer


def not_in(request: HttpRequest) -> HttpResponse:
    """One page for everything that did not work: it tells nobody who has an account here."""
    return render(request, "socialaccount/not_in.html", status=403)


def _adapter(request: HttpRequest, provider_id: str) -> VerifyingAdapter:
    if not any(app.provider_id == provider_id for app in offered()):
        raise Http404
    adapter = VerifyingAdapter(request, provider_id)
    provider = adapter.get_provider()
    provider.get_oauth2_adapter = lambda _request: adapter
    return adapter


def _is_own(app: SocialApp, actor: Actor) -> bool:
    return actor.keeper_id is not None and app.settings["organisation"] == str(actor.keeper_id)


def _only_who(sender: Any, instance: SocialAccount, **_kwargs: Any) -> None:
    # Whatever the issuer tells besides, it is not stored.
    issuer = next((app.settings["issuer"] for app in offered() if app.provider_id == instance.provider), "")
    instance.extra_data = {"iss": issuer}


def _on_added(sender: Any, request: HttpRequest, **_kwargs: Any) -> None:
    with transaction.atomic():
        _keep(Actor(user_id=request.user.pk, username=request.user.get_username()), "linked")


def _keep(actor: Actor, what: str) -> None:
    detail = {"organisation_sign_in": what}
    audit.record(actor=actor, act="account.change_own", subject_type="user", subject_id=actor.user_id, detail=detail)


def connect() -> None:
    """Called once when the app is ready."""
    pre_save.connect(_only_who, sender=SocialAccount, dispatch_uid="fener.trust.organisations.only_who")
    social_account_added.connect(_on_added, dispatch_uid="fener.trust.organisations.added")
