"""Forms of the ledger of confiscated assets."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from
from fener.casework.forms.justice.compensation import listed, sum_of
from fener.casework.models.justice.asset import AssetStep, SeizedAsset


class AssetKindForm(forms.Form):
    """The filter of the ledger."""

    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[("", _("All")), *SeizedAsset.Kind.choices])


class AssetForm(forms.Form):
    """What was seized."""

    kind = forms.ChoiceField(label=_("What was seized?"), choices=SeizedAsset.Kind.choices, widget=forms.RadioSelect)
    seized_on = forms.DateField(label=_("On which day?"))
    currency = forms.ChoiceField(label=_("Currency"), choices=partial(listed, "currency"))
    value = sum_of(_("Estimated value"), required=False, help_text=_("Empty: not known."))


class AssetStepForm(forms.Form):
    """What became of it; only what is possible is offered."""

    step = forms.ChoiceField(label=_("What became of it?"), choices=[], widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))
    amount = sum_of(_("Sum"), required=False, help_text=_("Only where it was sold, or where a fund was paid."))

    def __init__(self, *args: Any, possible: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        steps = [(code, text) for code, text in AssetStep.Step.choices if code in possible]
        choose_from(self, step=steps)
