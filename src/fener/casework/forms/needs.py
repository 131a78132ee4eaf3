"""A need in the person's own words, before anything is offered (rule AS-02)."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.norms.services_catalogue import catalogue


def kinds_for(*, child: bool) -> list[tuple[str, list[tuple[str, str]]]]:
    """The catalogue in its groups, without what is for another age."""
    suits = {service.code for service in catalogue().for_person(child=child)}
    groups = [
        (gettext(label), [(code, gettext(words)) for code, words in pairs if code in suits])
        for label, pairs in catalogue().choices()
    ]
    return [group for group in groups if group[1]]


class NeedForm(forms.Form):
    """What the person says, and the kind of help that it is nearest to."""

    words = forms.CharField(
        label=_("What does the person need, in their own words?"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("Wishes and hopes too. Sealed: it opens only where this file is kept."),
    )
    kind = forms.ChoiceField(
        label=_("Which kind of help is it nearest to?"),
        choices=[],
        help_text=_("Nothing is offered or promised by choosing it."),
    )
    urgent = forms.BooleanField(label=_("It cannot wait"), required=False)
    stated_by_person = forms.ChoiceField(
        label=_("Who says so?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("The person")), ("no", _("I noticed it; the person has not said so"))],
        initial="yes",
        help_text=_("Nothing can be offered before the person named a need of their own."),
    )

    def __init__(self, *args: Any, child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [("", "—"), *kinds_for(child=child)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Words belong to what a person said; a worker's own remark is no wish of theirs."""
        data = super().clean() or {}
        if data.get("stated_by_person") == "no" and data.get("words"):
            self.add_error("words", _("These are the person's words. If they have not said so, leave this empty."))
        return data
