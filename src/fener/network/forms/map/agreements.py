"""Forms of the duty matrix and of agreements."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.network.forms.map.fields import NUMBER, MapForm, PeriodForm, bodies, labels, several_bodies, words
from fener.network.models import Agreement, Clause, Duty, ReturnTerms
from fener.norms.duties import duties
from fener.norms.structures import terms
from fener.norms.vocab import vocabulary
from fener.trust.compartments import Compartment
from fener.trust.purposes import Purpose


def _says(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=ReturnTerms.Says.choices, widget=forms.RadioSelect)


class DutyForm(PeriodForm):
    """Which body does what at which stage, by which law or agreement; and how soon, where that is agreed."""

    stage = forms.ChoiceField(label=_("Stage"), choices=[])
    organisation = bodies(_("Body"))
    role = forms.ChoiceField(
        label=_("Role"),
        choices=Duty.Role.choices,
        widget=forms.RadioSelect,
        help_text=_("Accountable: it answers for the whole stage. There is exactly one."),
    )
    what = words(_("What does it do?"), 300)
    legal_basis = words(_("By which law?"), 300, required=False, help_text=_("The law and its article."))
    agreement = forms.ModelChoiceField(
        queryset=Agreement.objects.none(), label=_("Or by which agreement?"), required=False, empty_label="—"
    )
    trigger = forms.ChoiceField(
        label=_("What sets it off?"),
        required=False,
        choices=[],
        help_text=_("Only for a duty with a time limit. It is then looked for in every case."),
    )
    act = forms.ChoiceField(label=_("What has to be done?"), required=False, choices=[])
    towards = bodies(_("Which body has to be called?"), required=False)
    within_hours = forms.IntegerField(
        label=_("Within how many hours?"), required=False, min_value=1, max_value=8760,
        widget=forms.NumberInput(attrs=NUMBER),
    )  # fmt: skip

    def __init__(self, *args: Any, agreements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = duties()
        self.fields["agreement"].queryset = agreements  # type: ignore[attr-defined]
        self.fields["stage"].choices = labels(  # type: ignore[attr-defined]
            ((stage.code, stage.label) for stage in known.stages), empty=True
        )
        for name, named in (("trigger", known.triggers), ("act", known.acts)):
            pairs = ((code, one.label) for code, one in named.items())
            self.fields[name].choices = labels(pairs, empty=True)  # type: ignore[attr-defined]


class AgreementForm(MapForm):
    """A new text and who is bound by it."""

    title = words(_("Title"), 200)
    kind = forms.ChoiceField(label=_("What is it?"), choices=Agreement.Kind.choices, widget=forms.RadioSelect)
    aim = words(_("What is it for?"), 2000, rows=4, required=False)
    parties = several_bodies(_("Between whom?"))
    ends_on = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))
    replaces = forms.ModelChoiceField(
        queryset=Agreement.objects.none(), label=_("Does it replace another one?"), required=False, empty_label="—"
    )

    def __init__(self, *args: Any, agreements: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["replaces"].queryset = agreements  # type: ignore[attr-defined]


class TermsForm(forms.Form):
    """Title, aim, last day, and each data-protection term in words."""

    title = words(_("Title"), 200)
    aim = words(_("What is it for?"), 2000, rows=4, required=False)
    ends_on = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, agreement: Agreement, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial = {"title": agreement.title, "aim": agreement.aim, "ends_on": agreement.ends_on}
        for term in terms():
            name = f"term_{term.code}"
            self.fields[name] = words(gettext(term.label), 1000, rows=2, required=False, help_text=gettext(term.help))
            self.initial[name] = agreement.terms.get(term.code, "")

    def said(self) -> dict[str, str]:
        """The terms by code."""
        return {term.code: self.cleaned_data[f"term_{term.code}"] for term in terms()}


class ReturnTermsForm(forms.Form):
    """What it says about return and readmission; the other side is a country."""

    kind = forms.ChoiceField(label=_("What is it about?"), choices=[], widget=forms.RadioSelect)
    country = forms.ChoiceField(label=_("With which country?"), choices=[])
    covers_children = _says(_("Does it cover children?"))
    screening_step = _says(_("Does it ask for a screening of everybody before they are returned?"))
    support = _says(_("Does it grant support after the return?"))
    answer_days = forms.IntegerField(
        label=_("Within how many days is a request answered?"), required=False, min_value=1, max_value=365,
        widget=forms.NumberInput(attrs=NUMBER), help_text=_("Empty: it does not say."),
    )  # fmt: skip

    def __init__(self, *args: Any, terms: ReturnTerms | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, listed, empty in (("kind", "agreement_kind", False), ("country", "countries", True)):
            entries = vocabulary(listed)
            pairs = ((code, entries.label(code)) for code in entries.codes(deprecated=False))
            self.fields[name].choices = labels(pairs, empty=empty)  # type: ignore[attr-defined]
        if terms is not None:
            self.initial = {name: getattr(terms, name) for name in self.fields}


class ClauseForm(forms.Form):
    """A clause, and whether it would make a provider hand over data or people."""

    text = words(_("Text of the clause"), 2000, rows=5)
    hands_over = forms.ChoiceField(
        label=_("Would it make a service hand something over?"),
        choices=Clause.HandsOver.choices,
        widget=forms.RadioSelect,
        help_text=_("Such a clause stays readable, is flagged, and takes no effect here."),
    )


class FlagForm(forms.Form):
    """Why a clause would make one's body hand over data or people."""

    reason = words(_("What would your body have to hand over?"), 300)


class SharingForm(MapForm):
    """Who may give whom what for which purpose until when."""

    giver = bodies(_("Who gives?"))
    receiver = bodies(_("To whom?"))
    compartments = forms.MultipleChoiceField(
        label=_("What may be given?"), choices=Compartment.choices, widget=forms.CheckboxSelectMultiple
    )
    purpose = forms.ChoiceField(
        label=_("What for?"), choices=Purpose.choices, widget=forms.RadioSelect, help_text=_("One purpose a rule.")
    )
    until = forms.DateField(label=_("Until when?"), required=False, help_text=_("Empty: as long as the agreement."))
    onward = forms.BooleanField(
        label=_("The receiver may pass it on"),
        required=False,
        help_text=_("Only on a consent of the person for that body. Without this mark it may not."),
    )
