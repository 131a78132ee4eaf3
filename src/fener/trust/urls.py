"""Addresses of one's own account. Of allauth only these pages exist here: no sign-up, no e-mail, no reset by mail."""

from allauth.account import views as allauth_views
from django.urls import path

from fener.trust import views
from fener.trust.signing_in import organisations

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("unlock/", views.unlock, name="account_unlock"),
    path("password/", views.change_password, name="account_change_password"),
    path("sessions/", views.sessions, name="account_sessions"),
    path("sessions/end-others/", views.end_other_sessions, name="account_end_other_sessions"),
    path("sessions/<int:browser>/end/", views.end_session, name="account_end_session"),
    path("organisation/", views.organisation_sign_in, name="account_organisation_sign_in"),
    path("organisation/unlink/", views.unlink_organisation, name="account_unlink_organisation"),
    # The names that allauth's own code asks for.
    path("oidc/<str:provider_id>/", organisations.login, name="openid_connect_login"),
    path("oidc/<str:provider_id>/back/", organisations.callback, name="openid_connect_callback"),
    path("recover/", views.recover, name="account_recover"),
]
