"""Forms of the service directory: what is looked for, what a service says about itself, how many places are free."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils import formats
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.network.forms.bodies import NUMBER
from fener.network.forms.people import QUIET
from fener.network.hours import BadHours, read_day, write_day
from fener.network.models import Service, ServiceEntry
from fener.network.models.directory import DAYS
from fener.norms.services_catalogue import catalogue
from fener.norms.vocab import vocabulary

OPEN = (("", _("at any time")), ("now", _("open now")), ("night", _("open at night")))


def _area(label: Any, help_text: Any = "", rows: int = 3, length: int = 1000) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, **QUIET})
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=length, widget=widget)


def _line(label: Any, help_text: Any = "", length: int = 200) -> forms.CharField:
    widget = forms.TextInput(attrs=QUIET)
    return forms.CharField(label=label, help_text=help_text, required=False, max_length=length, widget=widget)


class DirectoryFilterForm(forms.Form):
    """What somebody needs. Nothing in it can be wrong: what is not understood is left out."""

    use_required_attribute = False
    kind = forms.ChoiceField(label=_("What is needed"), required=False)
    place = forms.CharField(label=_("Where"), max_length=60, required=False)
    language = forms.ChoiceField(label=_("Language"), required=False)
    open = forms.ChoiceField(label=_("When"), required=False, choices=OPEN)
    children = forms.BooleanField(label=_("takes children along"), required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"auto_id": "filter_%s", **kwargs})
        known = catalogue()
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            ("", _("anything")),
            *(
                (
                    gettext(label),
                    [(code, gettext("All: %(group)s") % {"group": gettext(label)})]
                    + [(s.code, gettext(s.label)) for s in known.services if s.group == code],
                )
                for code, label in known.groups.items()
            ),
        ]
        spoken = sorted(((c, gettext(text)) for c, text in vocabulary("languages").choices()), key=lambda pair: pair[1])
        self.fields["language"].choices = [("", _("any")), *spoken]  # type: ignore[attr-defined]

    def asked(self) -> dict[str, Any]:
        """What was understood of the question."""
        self.is_valid()
        return {name: value for name, value in self.cleaned_data.items() if value}


class PlacesForm(forms.Form):
    """How many places are free at this moment."""

    free = forms.IntegerField(
        label=_("Free places now"),
        required=False,
        min_value=0,
        help_text=_("Empty: nobody says. The number is believed for a day and shown with its time."),
        widget=forms.NumberInput(attrs=NUMBER),
    )


class EntryForm(forms.Form):
    """A service in words, for those it is for. Lists are written one line each."""

    eligibility = _area(
        _("For whom is it?"), _("As you would say it to somebody at the door. Not “see statute”, no codes.")
    )
    description = _area(_("What does it do?"), rows=4, length=2000)
    areas = _area(_("Where does it help?"), _("Towns or regions, one a line, without streets."))
    always_open = forms.BooleanField(label=_("Open day and night"), required=False)
    closed = _area(_("Closed days"), _("One a line: the day, then why. Example: 1.5.2026 Labour Day"))
    hours_note = _line(_("About the hours"), _("Example: by appointment; at night by telephone."), 300)
    cost = forms.ChoiceField(
        label=_("What does it cost?"),
        required=False,
        choices=[("", _("not stated")), *ServiceEntry.Cost.choices],
        widget=forms.RadioSelect,
    )
    cost_note = _line(_("If it costs something: how much, and for whom is it free?"), length=500)
    conditions = _area(
        _("Conditions"),
        _("One a line. Help never hangs on testifying, returning, a label or papers: that is shown to all."),
    )
    documents = _area(_("Papers that are asked for"), _("One a line. Best none."))
    apply = _area(_("How does somebody get it?"), _("Example: call, or come between 9 and 12; no letter is needed."))
    phones = _area(_("Telephone"), _("One number a line, and after a comma what it is for."))
    interpretation = _line(_("Interpretation"), length=500)
    accessibility = _area(_("For people who see, hear or walk with difficulty"), rows=2)
    contact_name = _line(_("Contact for colleagues: name"), length=120)
    contact_role = _line(_("Contact for colleagues: function"), length=120)
    email = forms.EmailField(label=_("E-mail"), required=False, widget=forms.EmailInput(attrs=QUIET))
    website = forms.URLField(label=_("Web site"), required=False, assume_scheme="https")
    concealed = forms.BooleanField(
        label=_("The address is concealed"),
        required=False,
        help_text=_("As for every shelter. Then no address is kept here, and nothing that looks like one."),
    )
    address = _line(_("Street and number"))
    postal_code = _line(_("Postal code"), length=20)
    town = _line(_("Town"), length=100)
    province = _line(_("Region"), length=100)
    public = forms.BooleanField(
        label=_("It stands in the public list"),
        required=False,
        help_text=_("Anybody can read and print that list without an account."),
    )
    time_zone = _line(_("Time zone of the hours"), length=64)
    checked = forms.BooleanField(label=_("I have checked today that all of this is true"), required=False)

    LISTS = ("areas", "conditions", "documents")

    def __init__(self, *args: Any, entry: ServiceEntry, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.entry = entry
        for day, name in enumerate(DAYS):
            self.fields[f"day_{day}"] = _line(name, length=120)
            self.fields[f"day_{day}"].widget.attrs.update({"inputmode": "text"})
        self.initial = _initial(entry, self.fields)

    def days(self) -> list[forms.BoundField]:
        """The seven fields of the week."""
        return [self[f"day_{day}"] for day in range(7)]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.rows: list[tuple[Any, None, str]] = []
        for day in range(7):
            try:
                spans = read_day(str(data.get(f"day_{day}") or ""))
            except BadHours as error:
                self.add_error(
                    f"day_{day}",
                    _("“%(part)s” is no time. Write 9-17, or 9-12, 14-18; 20-6 goes on to the next morning.")
                    % {"part": str(error)},
                )
                continue
            self.rows += [((day, opens, closes), None, "") for opens, closes in spans]
        self.days_off = self._closed_days(str(data.get("closed") or ""))
        return data

    def _closed_days(self, text: str) -> list[dict[str, str]]:
        days: list[dict[str, str]] = []
        for line in _lines(text):
            head, _space, note = line.partition(" ")
            try:
                day = forms.DateField().clean(head.rstrip(",;:"))
            except forms.ValidationError:
                self.add_error(
                    "closed", _("“%(day)s” is no day. Write it as 1.5.2026, then a blank, then why.") % {"day": head}
                )
                return days
            days.append({"day": day.isoformat(), "note": note.strip()})
        return days

    def values(self) -> dict[str, Any]:
        """The fields of the entry."""
        data = self.cleaned_data
        plain = (
            "eligibility", "description", "always_open", "hours_note", "cost", "cost_note", "apply", "interpretation",
            "accessibility", "contact_name", "contact_role", "email", "website", "concealed", "address", "postal_code",
            "town", "province", "public",
        )  # fmt: skip
        return {
            **{name: data[name] for name in plain},
            **{name: _lines(data[name]) for name in self.LISTS},
            "closed_days": self.days_off,
            "time_zone": data["time_zone"] or self.entry.time_zone,
        }

    def numbers(self) -> list[tuple[str, str, None]]:
        """Telephone numbers and what each is for."""
        pairs = (line.partition(",") for line in _lines(self.cleaned_data["phones"]))
        return [(number.strip(), note.strip(), None) for number, _comma, note in pairs]


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _initial(entry: ServiceEntry, fields: Iterable[str]) -> dict[str, Any]:
    saved = not entry._state.adding
    rows = [hours.span for hours in entry.hours.all()] if saved else []
    phones = [(phone.number, phone.note) for phone in entry.phones.all()] if saved else []
    closed = (
        f"{formats.date_format(date.fromisoformat(one['day']), 'j.n.Y')} {one.get('note', '')}".strip()
        for one in entry.closed_days
    )
    made = {name: getattr(entry, name) for name in fields if hasattr(entry, name)}
    return {
        **made,
        **{name: "\n".join(getattr(entry, name)) for name in EntryForm.LISTS},
        **{f"day_{day}": write_day(rows, day) for day in range(7)},
        "closed": "\n".join(closed),
        "phones": "\n".join(f"{number}, {note}" if note else number for number, note in phones),
    }


def service_title(service: Service) -> str:
    """The service with its body, as a page about it is called."""
    return f"{service.name}, {service.organisation.short_name}"
