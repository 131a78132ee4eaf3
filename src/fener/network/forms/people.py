"""Forms about the people at work in a body, and about one's own pages."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network.models import Membership
from fener.trust.account_forms import NewPasswordForm
from fener.trust.roles import Role

QUIET = {"autocomplete": "off", "spellcheck": "false"}


class InviteForm(forms.Form):
    """Somebody who is to have an account: name, roles. User name and password are theirs to choose."""

    full_name = forms.CharField(
        label=_("Name"),
        max_length=120,
        help_text=_("As colleagues know this person."),
        widget=forms.TextInput(attrs=QUIET),
    )
    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, choices=[])
    since = forms.DateField(label=_("At work here from"))

    def __init__(self, *args: Any, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["roles"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]
        self.fields["since"].initial = timezone.localdate()


class CodeForm(forms.Form):
    """The code of an invitation, as it stands on the paper or was read out."""

    code = forms.CharField(
        label=_("Code of the invitation"),
        max_length=60,
        help_text=_("Four groups of four signs. Capitals and dashes do not matter."),
        widget=forms.TextInput(attrs={**QUIET, "autocapitalize": "characters"}),
    )


class TakeUpForm(NewPasswordForm):
    """The account of somebody who was invited."""

    username = forms.CharField(
        label=_("User name"),
        max_length=60,
        help_text=_("For signing in: small letters, digits, dots and dashes, such as ana.breza."),
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    field_order = ["username", "new_password", "new_password_again"]


class RolesForm(forms.Form):
    """The roles that somebody holds."""

    roles = forms.MultipleChoiceField(label=_("Roles"), widget=forms.CheckboxSelectMultiple, choices=[])

    def __init__(self, *args: Any, membership: Membership, roles: Iterable[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        may = list(roles)
        # Roles that the reader may not give stay as they are and are not offered.
        self.kept = [code for code in membership.roles if code not in may]
        self.fields["roles"].choices = [(role.value, role.label) for role in may]  # type: ignore[attr-defined]
        self.fields["roles"].initial = [code for code in membership.roles if code in may]
        self.fields["roles"].required = not self.kept

    def wanted(self) -> list[str]:
        """Every role that the person is to hold."""
        return [*self.kept, *self.cleaned_data["roles"]]


class LastDayForm(forms.Form):
    """The last day of a place or a mandate."""

    until = forms.DateField(label=_("Last day"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate()


class LeavingForm(LastDayForm):
    """The last day of a place; empty: the person stays."""

    def __init__(self, *args: Any, membership: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = membership.until or timezone.localdate()
        if membership.until is not None:
            self.fields["until"].required = False
            self.fields["until"].help_text = _("Empty it if the person stays after all.")


class SureForm(forms.Form):
    """Nothing to fill in: the page says what happens, and the button does it."""
