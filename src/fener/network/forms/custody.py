"""Forms around the custody of keys."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.trust.account_forms import NewPasswordForm
from fener.trust.models import User


def _code(label: Any, **kwargs: Any) -> forms.CharField:
    attrs = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
    return forms.CharField(label=label, max_length=100, widget=forms.TextInput(attrs=attrs), **kwargs)


def _username() -> forms.CharField:
    return forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )


class CustodianForm(forms.Form):
    """Whom to name."""

    user_id = forms.TypedChoiceField(label=_("Who?"), coerce=UUID, widget=forms.RadioSelect)

    def __init__(self, *args: Any, people: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["user_id"].choices = [(str(one.pk), one.full_name) for one in people]  # type: ignore[attr-defined]


class AskForm(forms.Form):
    """Who forgot the password."""

    username = _username()


class TwoCodesForm(NewPasswordForm):
    """The codes of both custodians, then a new password."""

    username = _username()
    first = _code(_("Code of one custodian"), help_text=_("Five groups of four signs. Capitals do not matter."))
    second = _code(_("Code of the other custodian"))
    field_order = ["username", "first", "second", "new_password", "new_password_again"]


class OrganisationCodeForm(NewPasswordForm):
    """The organisation's printed code, then a new password."""

    username = _username()
    code = _code(
        _("Recovery code of the organisation"),
        help_text=_("Eight groups of four signs, printed on the sheet in the safe. Capitals do not matter."),
    )
    field_order = ["username", "code", "new_password", "new_password_again"]
