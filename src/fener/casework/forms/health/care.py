"""Forms of health on the path: an offer of care, an offer of a test, one step of a test."""

from __future__ import annotations

from functools import partial
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import words
from fener.casework.forms.fields import codes_of
from fener.casework.models.health.care import HealthTest
from fener.casework.services.health.care import A_TEST
from fener.norms.path.health import offers
from fener.norms.vocab import vocabulary

SEALED = _("Sealed with the health part of the file: health workers alone open it.")


def _sealed(label: Any) -> forms.CharField:
    return words(label, required=True, help_text=SEALED)


def _stages(*, for_a_test: bool) -> list[tuple[str, str]]:
    listed = codes_of("health_stage", sort=False)
    return [(code, text) for code, text in listed if not for_a_test or A_TEST in offers(code)]


def _care() -> list[tuple[str, str]]:
    return [(code, text) for code, text in codes_of("health_offer", sort=False) if code != A_TEST]


class StepForm(forms.Form):
    """The day of a step."""

    on = forms.DateField(label=_("On which day?"))


class CareForm(StepForm):
    """What care was offered, at which stage."""

    stage = forms.ChoiceField(
        label=_("Where on the path is the person?"),
        choices=partial(_stages, for_a_test=False),
        widget=forms.RadioSelect,
    )
    offer = forms.ChoiceField(label=_("What was offered?"), choices=_care, widget=forms.RadioSelect)
    words = _sealed(_("What did the person say to it?"))
    field_order = ("stage", "offer", "on", "words")

    def clean(self) -> dict[str, object]:
        """What is offered differs by stage: the form says what is, where it is not."""
        data = super().clean() or {}
        stage, offer = str(data.get("stage", "")), str(data.get("offer", ""))
        if stage in vocabulary("health_stage") and offer and offer not in offers(stage):
            self.add_error("offer", _("That is not offered at this stage."))
        return data


class OfferTestForm(StepForm):
    """A test that was offered."""

    stage = forms.ChoiceField(
        label=_("Where on the path is the person?"), choices=partial(_stages, for_a_test=True), widget=forms.RadioSelect
    )
    what = _sealed(_("Which test was offered?"))
    field_order = ("stage", "what", "on")


class ResultForm(StepForm):
    """A result that came."""

    words = _sealed(_("What is the result?"))


class OnwardForm(StepForm):
    """Who goes on with the treatment after the return."""

    words = _sealed(_("Who goes on with the treatment, where, and what the person agreed to"))


class DeliverForm(StepForm):
    """The result was given, with counselling."""

    counselling = forms.ChoiceField(
        label=_("Counselling with the result"), choices=HealthTest.Counselling.choices, widget=forms.RadioSelect
    )
