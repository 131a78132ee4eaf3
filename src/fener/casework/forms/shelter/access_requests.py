"""Forms of wishes to enter a shelter."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.codes import alias_label
from fener.casework.forms.children.common import choose_from, one_of
from fener.casework.forms.fields import codes_of
from fener.casework.models import Case


class ResidentField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A case by its code and the name that colleagues gave it: no name of a person."""

    def label_from_instance(self, obj: Case) -> str:
        return f"{obj.code} {alias_label(obj.alias)}"


class AccessForm(forms.Form):
    """Somebody wants to enter."""

    by = one_of(_("Who wants to enter?"), "access_requester")
    purpose = one_of(_("What for?"), "access_purpose")
    basis = one_of(_("What did they show?"), "access_basis")
    asked_at = forms.DateTimeField(label=_("When did they ask?"))
    concerns = ResidentField(
        queryset=Case.objects.none(),
        label=_("Is it about one resident?"),
        required=False,
        help_text=_("It then stands on that case, and nowhere on the page of the house."),
        empty_label=_("No, or not known"),
    )

    def __init__(self, *args: Any, residents: QuerySet[Case], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, concerns=residents)


class AccessAnswerForm(forms.Form):
    """What the house answered."""

    answer = one_of(_("What did the house answer?"), "access_answer")
    came_in = forms.ChoiceField(
        label=_("Did anybody come in?"),
        choices=[("no", _("No")), ("yes", _("Yes"))],
        widget=forms.RadioSelect,
        help_text=_("Also against the answer: what was done all the same is recorded as it happened."),
    )
    at = forms.DateTimeField(label=_("When was it answered?"))


class AccessFilterForm(forms.Form):
    """The filter of the list."""

    by = forms.ChoiceField(
        label=_("Who wants to enter?"), required=False, choices=lambda: [("", "—"), *codes_of("access_requester")]
    )
    answer = forms.ChoiceField(
        label=_("Answer"),
        required=False,
        choices=lambda: [("", "—"), ("open", _("not answered")), *codes_of("access_answer")],
    )
