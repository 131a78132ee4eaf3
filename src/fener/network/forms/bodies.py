"""Forms about bodies: who they are, what they may do, where they receive, what they offer."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.network.forms.people import QUIET, InviteForm
from fener.network.models import Desk, Mandate, Organisation, Service
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary

NUMBER = {"class": "fener-input--number", "inputmode": "numeric"}


def _codes(vocabulary_id: str) -> list[tuple[str, str]]:
    """Codes and labels in the reader's language and its alphabet."""
    pairs = [(code, gettext(label)) for code, label in vocabulary(vocabulary_id).choices()]
    return sorted(pairs, key=lambda pair: pair[1].casefold())


def _languages(form: forms.Form, name: str) -> None:
    form.fields[name] = forms.MultipleChoiceField(
        label=_("Languages spoken there"),
        required=False,
        choices=_codes("languages"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
        help_text=_("Choose several by holding Ctrl, or by tapping each on a phone."),
    )


class BodyForm(InviteForm):
    """A body and its first person, in this order."""

    body_name = forms.CharField(label=_("Full name"), max_length=160, widget=forms.TextInput(attrs=QUIET))
    short_name = forms.CharField(
        label=_("Short name"),
        max_length=40,
        help_text=_("As it stands in lists and sentences."),
        widget=forms.TextInput(attrs=QUIET),
    )
    sector = forms.ChoiceField(label=_("What kind of body is it?"), choices=[("", "—"), *Organisation.Sector.choices])
    country = forms.ChoiceField(label=_("Country"), choices=[])
    trained_assessor = forms.BooleanField(
        label=_("Its staff are trained to recognise trafficking"),
        required=False,
        help_text=_("Its assessments then count as those of a trained body that is not the police."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = [("", "—"), *_codes("countries")]  # type: ignore[attr-defined]
        self.fields["country"].initial = settings.FENER_JURISDICTION
        _languages(self, "languages")
        self.order_fields(["body_name", "short_name", "sector", "country", "languages", "trained_assessor"])

    def body(self) -> dict[str, Any]:
        """The fields of the organisation."""
        data = self.cleaned_data
        named = {k: data[k] for k in ("short_name", "sector", "country", "languages", "trained_assessor")}
        return {"name": data["body_name"], **named}


class MandateForm(forms.Form):
    """A function that the law or an agreement gives, for a period."""

    function = forms.ChoiceField(label=_("What may it do?"), choices=Mandate.Function.choices, widget=forms.RadioSelect)
    legal_basis = forms.CharField(
        label=_("Legal basis"),
        max_length=300,
        help_text=_("The law or agreement and its article."),
        widget=forms.TextInput(attrs=QUIET),
    )
    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["since"].initial = timezone.localdate()


class DeskForm(forms.Form):
    """Where a body receives, and who follows when nobody answers."""

    name = forms.CharField(label=_("Name of the desk"), max_length=120, widget=forms.TextInput(attrs=QUIET))
    receives = forms.MultipleChoiceField(
        label=_("What does it receive?"), choices=Desk.Receives.choices, widget=forms.CheckboxSelectMultiple
    )
    escalates_to = forms.ChoiceField(label=_("If nobody answers in time, it goes on to"), required=False, choices=[])

    def __init__(self, *args: Any, desks: Iterable[Desk], desk: Desk | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {str(one.pk): one for one in desks if desk is None or one.pk != desk.pk}
        named = [(pk, str(one)) for pk, one in self.desks.items()]
        self.fields["escalates_to"].choices = [  # type: ignore[attr-defined]
            ("", _("nobody: only the co-ordinator sees it")), *named,
        ]  # fmt: skip
        if desk is not None:
            self.fields["open"] = forms.BooleanField(
                label=_("This desk is open"),
                required=False,
                help_text=_("Closed, nothing new comes in. What already waits there is still answered."),
            )
            values = {"name": desk.name, "receives": desk.receives, "open": desk.open}
            self.initial = {**values, "escalates_to": str(desk.escalates_to_id or "")}

    def following(self) -> Desk | None:
        """The desk that it goes on to."""
        return self.desks.get(self.cleaned_data["escalates_to"])


class ServiceForm(forms.Form):
    """What a body offers: kind, places, whom it takes. Nationality, status and co-operation are no limits."""

    name = forms.CharField(label=_("Name of the service"), max_length=160, widget=forms.TextInput(attrs=QUIET))
    desk = forms.ChoiceField(label=_("Which desk receives for it?"), choices=[])
    capacity = forms.IntegerField(
        label=_("Places"),
        required=False,
        min_value=0,
        help_text=_("Empty: not limited by places."),
        widget=forms.NumberInput(attrs=NUMBER),
    )
    min_age = forms.IntegerField(
        label=_("Youngest age"), required=False, min_value=0, max_value=120, widget=forms.NumberInput(attrs=NUMBER)
    )
    max_age = forms.IntegerField(
        label=_("Highest age"), required=False, min_value=0, max_value=120, widget=forms.NumberInput(attrs=NUMBER)
    )
    genders = forms.MultipleChoiceField(
        label=_("For whom?"),
        required=False,
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        help_text=_("None chosen: for everybody."),
    )
    accepts_children_of_person = forms.BooleanField(label=_("Somebody may bring their children"), required=False)

    def __init__(self, *args: Any, desks: Iterable[Desk], service: Service | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.desks = {str(one.pk): one for one in desks}
        self.fields["desk"].choices = [(pk, one.name) for pk, one in self.desks.items()]  # type: ignore[attr-defined]
        self.fields["genders"].choices = _codes("gender")  # type: ignore[attr-defined]
        _languages(self, "languages")
        if service is None:
            groups = [
                (gettext(group), [(code, gettext(label)) for code, label in kinds])
                for group, kinds in catalogue().choices()
            ]
            self.fields["kind"] = forms.ChoiceField(label=_("Kind of service"), choices=[("", "—"), *groups])
            self.order_fields(["kind", "name"])
        else:
            self.fields["active"] = forms.BooleanField(
                label=_("This service is offered"),
                required=False,
                help_text=_("Without this mark nobody new is referred to it; whoever is there stays."),
            )
            names = ("name", "capacity", "min_age", "max_age", "genders", "languages", "accepts_children_of_person")
            values = {name: getattr(service, name) for name in (*names, "active")}
            self.initial = {**values, "desk": str(service.desk_id)}

    def limits(self) -> dict[str, Any]:
        """What the service takes, with its desk."""
        return {**self.cleaned_data, "desk": self.desks[self.cleaned_data["desk"]]}
