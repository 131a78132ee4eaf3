"""Forms of one service: offered, answered, given, helpful or not, left."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain.reasons import PERSON_DECLINES
from fener.casework.models import ServiceRecord
from fener.network.models import Organisation, Service

SEALED_WORDS = {"rows": 4, "autocomplete": "off", "spellcheck": "false"}


class _OnADay(forms.Form):
    """An act that happened on a day: today, unless it is written down later."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "on" in self.fields:
            self.fields["on"].initial = timezone.localdate()


class OfferForm(_OnADay):
    """Which service of the directory, or which body outside it."""

    service = forms.ChoiceField(label=_("Which service?"), widget=forms.RadioSelect, choices=[])
    provider = forms.ChoiceField(
        label=_("Another organisation"),
        required=False,
        choices=[],
        help_text=_("Only if you chose “another”: who will give it. It counts for them alone."),
    )
    on = forms.DateField(label=_("Offered on"))

    def __init__(
        self, *args: Any, services: Iterable[Service], organisations: Iterable[Organisation], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.services = {str(service.pk): service for service in services}
        self.organisations = {str(body.pk): body for body in organisations}
        listed = [(pk, f"{one.name} ({one.organisation.short_name})") for pk, one in self.services.items()]
        other = gettext("Another, which is not in the directory")
        self.fields["service"].choices = [*listed, ("other", other)]  # type: ignore[attr-defined]
        names = [(pk, body.name) for pk, body in self.organisations.items()]
        self.fields["provider"].choices = [("", "—"), *names]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Another service needs the name of the body that gives it."""
        data = super().clean() or {}
        if data.get("service") == "other" and not data.get("provider"):
            self.add_error("provider", _("Choose who will give it."))
        return data

    def chosen(self) -> tuple[Service | None, Organisation]:
        """The service (None: not in the directory) and the body for which it counts."""
        service = self.services.get(self.cleaned_data["service"])
        return service, service.organisation if service else self.organisations[self.cleaned_data["provider"]]


class AnswerForm(_OnADay):
    """The person's own answer. A no has a reason, theirs; "did not say why" is one."""

    accepted = forms.ChoiceField(
        label=_("What does the person decide?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Yes, wants it")), ("no", _("No"))],
    )
    reason = forms.ChoiceField(
        label=_("If no: why?"),
        required=False,
        widget=forms.RadioSelect,
        choices=list(PERSON_DECLINES.items()),
        help_text=_("The person's reason, as they gave it. A no closes nothing: it can be offered again."),
    )
    words = forms.CharField(
        label=_("If no: in the person's words"),
        required=False,
        widget=forms.Textarea(attrs=SEALED_WORDS),
        help_text=_("Sealed: it opens only where this file is kept."),
    )
    on = forms.DateField(label=_("Answered on"))

    def clean(self) -> dict[str, Any]:
        """A no without a reason tells nobody what to change."""
        data = super().clean() or {}
        if data.get("accepted") == "no" and not data.get("reason"):
            self.add_error("reason", _("Choose the person's reason; “did not say why” is one."))
        return data


class DayForm(_OnADay):
    """An act that only has a day."""

    on = forms.DateField(label=_("On which day?"))


class HelpfulForm(forms.Form):
    """Was it helpful, in the person's view?"""

    helpful = forms.ChoiceField(
        label=_("Was it helpful, in the person's view?"),
        widget=forms.RadioSelect,
        choices=[one for one in ServiceRecord.Helpful.choices if one[0] != ServiceRecord.Helpful.NOT_ASKED],
    )
    words = forms.CharField(
        label=_("In the person's words"),
        required=False,
        widget=forms.Textarea(attrs=SEALED_WORDS),
        help_text=_("Sealed: it opens only where this file is kept."),
    )
    pass_words_on = forms.BooleanField(
        label=_("The person wants whoever gave the service to read these words"),
        required=False,
        help_text=_("The answer itself always goes back to them, without the words and without the case."),
    )
