"""Addresses of one's own account. Only these pages of allauth exist here: no sign-up, no e-mail, no reset by mail."""

from allauth.account import views as allauth_views
from django.urls import path

from fener.trust import views

urlpatterns = [
    path("login/", allauth_views.login, name="account_login"),
    path("logout/", allauth_views.logout, name="account_logout"),
    path("inactive/", allauth_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", allauth_views.reauthenticate, name="account_reauthenticate"),
    path("unlock/", views.unlock, name="account_unlock"),
    path("password/", views.change_password, name="account_change_password"),
    path("recover/", views.recover, name="account_recover"),
]
