"""An issuer that answers without a signed token lets nobody in, whatever else it says about who it is."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client

from fener.settings import oidc
from fener.trust.roles import Role
from fener.trust.signing_in.organisations import VerifyingAdapter
from tests.factories.network import Mechanism
from tests.trust.issuer import Issuer
from tests.trust.test_organisation_sign_in import signed_in_by_password, there_and_back

pytestmark = [pytest.mark.django_db]


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    made = Issuer()
    yield made
    made.close()


def test_without_an_id_token_nobody_is_let_in(
    mechanism: Mechanism, issuer: Issuer, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = oidc.app(issuer.entry(mechanism.ngo.organisation.pk), "the test")
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    worker = mechanism.ngo.actor(Role.CASE_MANAGER)
    there_and_back(signed_in_by_password(worker), issuer, app["provider_id"], process="connect")
    assert SocialAccount.objects.get().user_id == worker.user_id
    whole = issuer.token
    monkeypatch.setattr(issuer, "token", lambda form: {k: v for k, v in (whole(form) or {}).items() if k != "id_token"})
    monkeypatch.setattr(VerifyingAdapter, "_fetch_user_info", lambda _self, _token: {"sub": issuer.sub})
    client = Client()
    assert there_and_back(client, issuer, app["provider_id"]).status_code == 403
    assert client.get("/").status_code == 302
