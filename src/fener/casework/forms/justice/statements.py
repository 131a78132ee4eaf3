"""Forms of a person's lawyer, of what was told, and of statements."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from fener.casework.chapters.children.drawing import day
from fener.casework.forms.children.common import choose_from, chosen, one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.models.justice.advice import LegalMandate, LegalTold
from fener.casework.models.justice.statement import ChildOpinion
from fener.casework.services.justice.advice import ToldTerms
from fener.casework.services.justice.statements import ProcedureTerms, StatementTerms

YES_NO = [("yes", _("Yes")), ("no", _("No"))]


def _yes_no(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, choices=YES_NO, widget=forms.RadioSelect)


class MandateForm(forms.Form):
    """A lawyer who acts for the person."""

    since = forms.DateField(label=_("From"))
    alone = _yes_no(_("Does the lawyer act for the person alone?"))
    competent = _yes_no(_("Is the lawyer trained for such cases?"))
    words = sealed(_("Name, and how to reach them"))


class ToldForm(forms.Form):
    """What the person was told."""

    items = forms.MultipleChoiceField(
        label=_("What was the person told?"), choices=LegalTold.Item.choices, widget=forms.CheckboxSelectMultiple
    )
    on = forms.DateField(label=_("On which day?"))
    language = chosen(_("In which language?"), "languages")
    interpreter = forms.CharField(label=_("Interpreter or cultural mediator"), max_length=120, required=False)
    mandate = forms.ChoiceField(label=_("If it was a lawyer's advice: whose?"), required=False)

    def __init__(self, *args: Any, lawyers: Iterable[LegalMandate], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        named = [(str(one.pk), _now("The lawyer since %(day)s") % {"day": day(one.since)}) for one in lawyers]
        choose_from(self, mandate=[("", "—"), *named])


def told_of(data: Any) -> ToldTerms:
    """What was told, as the service takes it."""
    return ToldTerms(
        items=data["items"],
        on=data["on"],
        language=data["language"],
        interpreter=data["interpreter"],
        mandate_id=data["mandate"] or None,
    )


class StatementForm(forms.Form):
    """A statement that was given."""

    kind = one_of(_("Which statement?"), "statement_kind")
    to = chosen(_("Before whom?"), "incident_author")
    on = forms.DateField(label=_("On which day?"))
    reference = sealed(_("Reference of the file"), help_text=_("Number and office. Not what was said. Sealed."))


def statement_of(data: Any) -> StatementTerms:
    """A statement, as the service takes it."""
    return StatementTerms(kind=data["kind"], to=data["to"], on=data["on"], reference=data["reference"])


class OpinionForm(forms.Form):
    """What guardian or prosecutor thinks of it."""

    by = forms.ChoiceField(label=_("Whose opinion?"), choices=ChildOpinion.By.choices, widget=forms.RadioSelect)
    favours = _yes_no(_("Is it in the child's best interests to testify?"))
    on = forms.DateField(label=_("On which day?"))
    words = sealed(_("The reasons"), required=True)


class ProcedureForm(forms.Form):
    """How a child is heard."""

    asked_by = chosen(_("Who asks?"), "incident_author")
    times = forms.IntegerField(
        label=_("How often at most?"),
        min_value=1,
        max_value=20,
        widget=forms.NumberInput(attrs={"class": "fener-input--number", "inputmode": "numeric"}),
    )
    recorded_once = _yes_no(_("Is it recorded once, so that it is not asked again?"))
    on = forms.DateField(label=_("On which day was it set?"))
    words = sealed(_("Where the child is heard, and by whom"), required=True)


def procedure_of(data: Any) -> ProcedureTerms:
    """A procedure, as the service takes it."""
    return ProcedureTerms(**{**data, "recorded_once": data["recorded_once"] == "yes"})
