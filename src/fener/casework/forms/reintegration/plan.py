"""Forms of the reintegration plan."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, words
from fener.casework.models.reintegration.plan import ReintegrationPlan

OR_NOT = _("Sealed. If the person does not want to say, write that.")
YES_NO = [("yes", _("Yes")), ("no", _("No"))]


class PlanForm(forms.Form):
    """What the plan starts from."""

    condition = words(_("Condition of body and mind"), required=True, help_text=OR_NOT)
    family = words(_("Family"), required=True, help_text=OR_NOT)
    education = words(_("Education"), required=True, help_text=OR_NOT)
    skills = words(_("Skills"), required=True, help_text=OR_NOT)
    wishes = words(_("Wishes"), required=True, help_text=OR_NOT)
    therapy = forms.ChoiceField(
        label=_("Is therapy to come before work and money?"),
        choices=ReintegrationPlan.Therapy.choices,
        widget=forms.RadioSelect,
    )
    on = forms.DateField(label=_("On which day?"))


class DecisionForm(forms.Form):
    """The person's yes or no."""

    agreed = forms.ChoiceField(label=_("Does the person agree?"), choices=YES_NO, widget=forms.RadioSelect)
    on = forms.DateField(label=_("On which day?"))


class EntryForm(forms.Form):
    """One thing on a line of the plan."""

    line = one_of(_("On which line of the plan?"), "reintegration_line")
    kind = one_of(_("What is it?"), "reintegration_record")
    on = forms.DateField(label=_("On which day?"), help_text=_("Of something that goes on: its first day."))
    due_on = forms.DateField(label=_("A milestone: to be reached by which day?"), required=False)
    therapy = forms.BooleanField(label=_("It is the therapy of the plan"), required=False)
    reason = one_of(_("A setback: why?"), "setback_reason", required=False)
    words = words(_("In words"))
