"""The forms around one's own account. What they do is in ``accounts``."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _


def _password(label: Any, autocomplete: str, **kwargs: Any) -> forms.CharField:
    widget = forms.PasswordInput(attrs={"autocomplete": autocomplete})
    return forms.CharField(label=label, strip=False, max_length=1000, widget=widget, **kwargs)


class UnlockForm(forms.Form):
    """The password once more."""

    password = _password(_("Password"), "current-password")


class NewPasswordForm(forms.Form):
    """A new password, twice."""

    new_password = _password(
        _("New password"), "new-password", help_text=_("At least 12 characters. Several words are easy to remember.")
    )
    new_password_again = _password(_("New password once more"), "new-password")

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        first, second = data.get("new_password"), data.get("new_password_again")
        if first and second and first != second:
            self.add_error("new_password_again", _("The two new passwords differ. Type the same one twice."))
        return data


class ChangePasswordForm(NewPasswordForm):
    """The old password, then the new one."""

    old_password = _password(_("Current password"), "current-password")
    new_keys = forms.BooleanField(
        label=_("Make new keys as well"),
        required=False,
        help_text=_(
            "If somebody may have seen your password or your printed recovery code. You get a new recovery code."
        ),
    )
    field_order = ["old_password", "new_password", "new_password_again", "new_keys"]


AS_THE_BROWSER = "browser"


class LanguageForm(forms.Form):
    """The language of one's pages."""

    language = forms.ChoiceField(label=_("Language of your pages"), widget=forms.RadioSelect)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Each language in its own words: whoever cannot read this page finds theirs.
        local = {code: translation.get_language_info(code)["name_local"] for code, _name in settings.LANGUAGES}
        named = [(code, name[:1].upper() + name[1:]) for code, name in local.items()]
        self.fields["language"].choices = [(AS_THE_BROWSER, _("As the browser asks")), *named]  # type: ignore[attr-defined]


class RecoverForm(NewPasswordForm):
    """The printed code, then a new password."""

    username = forms.CharField(
        label=_("User name"), max_length=60, widget=forms.TextInput(attrs={"autocomplete": "username"})
    )
    code = forms.CharField(
        label=_("Recovery code"),
        max_length=100,
        help_text=_("Eight groups of four signs, printed when the account was made. Capitals do not matter."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )
    field_order = ["username", "code", "new_password", "new_password_again"]
