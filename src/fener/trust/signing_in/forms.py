"""allauth's forms of the second step, in this house's words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django.utils.translation import gettext_lazy as _

NAME = _("What do you call it?")
NAME_HINT = _("For you alone, such as “my phone”. It is kept sealed.")


class AddPasskeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A passkey: the second step, and where its holder likes, the way in without the password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = NAME, NAME_HINT
        self.fields["name"].max_length = 60
        self.fields["passwordless"].label = _("It may also sign me in alone, without user name and password")
        self.fields["passwordless"].help_text = _(
            "The device then always asks for your finger, your face or a PIN. What is sealed still opens with your "
            "password alone."
        )


class EditPasskeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """Another name for a passkey."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label, self.fields["name"].help_text = NAME, NAME_HINT


def _code(form: Any) -> None:
    form.fields["code"].label = _("Code")
    form.fields["code"].widget.attrs.pop("placeholder", None)
    form.fields["code"].widget.attrs.update({"inputmode": "numeric", "spellcheck": "false"})


class SecondStepForm(AuthenticateForm):  # type: ignore[misc]
    """Six digits of the app, or a recovery code."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)


class SecondStepAgainForm(ReauthenticateForm):  # type: ignore[misc]
    """The same before something that matters."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _code(self)
