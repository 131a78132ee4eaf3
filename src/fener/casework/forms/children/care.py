"""Forms of marks, the checklist, what parents owe, and dependants."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of, some_of, words, yes_no_unknown
from fener.casework.forms.fields import codes_of
from fener.casework.services.children.care import LIST
from fener.norms.path.checklists import checklist

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
ITEM = "item_"


class MarksForm(forms.Form):
    """How the child was met, and its marks."""

    met_at = forms.DateTimeField(label=_("When was the child met?"), required=False, help_text=_("Empty: now."))
    alone = yes_no_unknown(_("Was the child alone, with nobody who is responsible for it?"))
    without_parents = yes_no_unknown(_("Was it without its parents?"))
    marks = some_of(
        _("Marks"), "child_mark", required=False, help_text=_("Each stands for itself: none, one or several.")
    )


class ChecklistForm(forms.Form):
    """What the child needs where it will live."""

    on = forms.DateField(label=_("Checked on which day?"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for item in checklist(LIST).items:
            self.fields[ITEM + item.code] = forms.ChoiceField(
                label=gettext(item.text),
                choices=partial(codes_of, checklist(LIST).states, sort=False),
                widget=forms.RadioSelect,
            )


class ParentsForm(forms.Form):
    """What was gone through with the parents."""

    on = forms.DateField(label=_("On which day?"))
    duties = some_of(_("How do the parents protect the child?"), "parents_duty")
    poverty = forms.ChoiceField(label=_("Does poverty drive the risk?"), choices=YES_NO, widget=forms.RadioSelect)
    words = words(
        _("How the family will have an income"),
        help_text=_("Where poverty drives the risk. Sealed with the legal part."),
    )
    review_on = forms.DateField(label=_("When do you go through it again?"))


class DependantForm(forms.Form):
    """Somebody who depends on the person."""

    kind = one_of(_("Who is it?"), "dependant_kind")
    under_18 = forms.ChoiceField(label=_("Under 18?"), choices=YES_NO, widget=forms.RadioSelect)
    who = words(_("Name"), required=True, help_text=_("Sealed with the identity."))
    needs = words(_("What do they need for themselves?"), required=True)
    papers = one_of(_("Papers of their own"), "check_state")
    since = forms.DateField(label=_("From"))


class DependantPlanForm(forms.Form):
    """The plan of their own."""

    words = words(_("The plan"), required=True)
    papers = one_of(_("Papers of their own"), "check_state")
    review_on = forms.DateField(label=_("When do you go through it again?"))
