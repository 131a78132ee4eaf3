"""The filter above the list of cases, sent by GET."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Case
from fener.norms.status import ladder

# Names of the filters of ``selectors.case_list`` that a list shows one at a time.
ONLY = {
    "mine": _("those that I carry"),
    "overdue": _("those with something overdue"),
    "child": _("children, and whoever may be one"),
    "from_others": _("those that others referred to us"),
}


class CaseFilterForm(forms.Form):
    """Which cases. Nothing in it can be wrong: what is not understood is left out."""

    use_required_attribute = False
    q = forms.CharField(label=_("Code begins with"), max_length=9, required=False)
    state = forms.ChoiceField(label=_("State"), required=False)
    status = forms.ChoiceField(label=_("Status"), required=False)
    only = forms.ChoiceField(label=_("Only"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        self.fields["state"].choices = [  # type: ignore[attr-defined]
            ("", _("open ones")),
            *Case.State.choices,
            ("all", _("all")),
        ]
        self.fields["status"].choices = [  # type: ignore[attr-defined]
            ("", _("any")),
            *((status.code, gettext(status.label)) for status in ladder().statuses.values()),
        ]
        self.fields["only"].choices = [("", _("everybody")), *ONLY.items()]  # type: ignore[attr-defined]
