"""Forms of overrides of a gate."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of, words
from fener.casework.services.safety.gate_overrides import BASIS, latest_day
from fener.norms.gates import gate_codes


class AskForm(forms.Form):
    """On what it rests, why, and until when."""

    basis = one_of(_("On what does it rest?"), BASIS)
    reason = words(_("Law, article or number of the order, and why nothing else is possible"), required=True)
    until = forms.DateField(
        label=_("Until when is it needed?"), help_text=_("It holds for one act, within these days.")
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "initial": {"until": latest_day(), **(kwargs.get("initial") or {})}})


class AnswerForm(forms.Form):
    """Yes or no."""

    answer = forms.ChoiceField(
        label=_("Do you agree?"),
        choices=[("yes", _("Yes, the law leaves no other way")), ("no", _("No, the gate stays closed"))],
        widget=forms.RadioSelect,
    )

    def __init__(self, *args: Any, only_no: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if only_no:  # agreed already, or asked for by the reader
            answer: Any = self.fields["answer"]
            answer.choices = [one for one in answer.choices if one[0] == "no"]


class GateFilterForm(forms.Form):
    """Overrides of one gate."""

    gate = forms.ChoiceField(label=_("Gate"), required=False)

    def __init__(self, *args: Any, titles: dict[str, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(code, titles[code]) for code in gate_codes() if code in titles]
        choose_from(self, gate=[("", _("All")), *named])
