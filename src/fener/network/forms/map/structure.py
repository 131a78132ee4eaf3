"""Forms of co-ordination, contact points, coverage and services."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from fener.network.forms.map.fields import (
    NUMBER,
    MapForm,
    PeriodForm,
    bodies,
    labels,
    place,
    several_bodies,
    source,
    words,
)
from fener.network.models import Area, ContactPoint, CoordinationBody, CoordinationPost, MappedService, Organisation
from fener.norms.coverage import net
from fener.norms.structures import structures

NAMES = ("kind", "name", "level", "area", "host", "parent", "rank", "full_time_staff", "powers", "legal_basis")


class CoordinationForm(PeriodForm):
    """A co-ordinator, group, focal point or committee."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=[])
    name = words(_("Name"), 200)
    level = forms.ChoiceField(label=_("Level"), choices=Area.Level.choices, widget=forms.RadioSelect)
    area = place(help_text=_("Empty for the whole country."))
    host = bodies(_("At which body is it?"), required=False)
    parent = forms.ModelChoiceField(
        queryset=CoordinationBody.objects.none(), label=_("Of which group is it a part?"), required=False,
        empty_label="—",
    )  # fmt: skip
    rank = forms.ChoiceField(label=_("Rank of whoever leads it"), required=False, choices=[])
    full_time_staff = forms.IntegerField(
        label=_("Full-time staff"), required=False, min_value=0, widget=forms.NumberInput(attrs=NUMBER)
    )
    powers = words(_("What may it decide?"), 1000, rows=3, required=False)
    legal_basis = words(_("By which law or decision?"), 300, required=False)
    led_by_child_specialist = forms.NullBooleanField(
        label=_("Led by a child specialist"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("not stated")), ("true", _("yes")), ("false", _("no"))]),
    )
    members = several_bodies(_("Which bodies are members?"), required=False)

    def __init__(self, *args: Any, bodies_known: Any, body: CoordinationBody | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = structures()
        kinds = labels(((one.code, one.label) for one in known.kinds), empty=True)
        self.fields["kind"].choices = kinds  # type: ignore[attr-defined]
        self.fields["rank"].choices = labels(known.ranks, empty=True)  # type: ignore[attr-defined]
        self.fields["parent"].queryset = bodies_known  # type: ignore[attr-defined]
        self.fields["level"].initial = Area.Level.NATIONAL
        if body is not None:
            self.initial = {name: getattr(body, name) for name in (*NAMES, "led_by_child_specialist", "since", "until")}
            self.initial["members"] = list(body.members.all())


class PostForm(forms.Form):
    """Who holds a post: an office, never a name."""

    title = words(_("Post"), 120)
    office = words(
        _("Which office holds it?"), 200, required=False, help_text=_("The office, not a name. Empty: it is vacant.")
    )
    full_time = forms.BooleanField(label=_("Full-time"), required=False)
    vacant_since = forms.DateField(
        label=_("Vacant since"), required=False, help_text=_("Empty: somebody is at work there.")
    )

    def __init__(self, *args: Any, post: CoordinationPost | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if post is None:
            self.fields["since"] = forms.DateField(label=_("The post exists since"), initial=timezone.localdate())
        else:
            del self.fields["title"]
            self.initial = {name: getattr(post, name) for name in ("office", "full_time", "vacant_since")}


class MeetingForm(MapForm):
    """That a body met, and who was there. No case is told."""

    held_on = forms.DateField(label=_("Held on"))
    present = several_bodies(_("Which bodies were there?"), required=False)
    decided = words(
        _("What was decided?"), 1000, rows=3, required=False, help_text=_("About the mechanism. No case, no name.")
    )


class ContactForm(MapForm):
    """How somebody is reached. There is no field for an address."""

    kind = forms.ChoiceField(
        label=_("Whom does one reach?"), choices=ContactPoint.Kind.choices, widget=forms.RadioSelect
    )
    organisation = bodies(_("Which body?"), required=False)
    coordination = forms.ModelChoiceField(
        queryset=CoordinationBody.objects.none(), label=_("Or which co-ordination body?"), required=False,
        empty_label="—",
    )  # fmt: skip
    name = words(_("Name of the office, project or coalition"), 160)
    office = words(_("Whom to ask for"), 160, required=False, help_text=_("A function, not a name."))
    phone = words(_("Telephone"), 60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    hours = words(_("Hours"), 120, required=False)
    area = place(help_text=_("The area alone. A shelter's address has no place here."))

    def __init__(
        self, *args: Any, bodies_known: Any, contact: ContactPoint | None = None, own: Organisation | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        self.fields["coordination"].queryset = bodies_known  # type: ignore[attr-defined]
        if contact is None:
            self.fields["kind"].initial = ContactPoint.Kind.BODY
            self.fields["verified"] = forms.BooleanField(
                label=_("I have made sure today that it is right"), required=False
            )
        else:
            self.initial = {name: getattr(contact, name) for name in self.fields}
        if own is not None:  # a body writes its own contact points alone
            self.fields["organisation"].queryset = Organisation.objects.filter(pk=own.pk)  # type: ignore[attr-defined]
            self.fields["organisation"].initial = own.pk
            self.fields["organisation"].required = True
            del self.fields["coordination"]


class AreaForm(MapForm):
    """An area with its code and neighbours."""

    code = words(_("Code"), 20, help_text=_("As the country's statistics use it."))
    name = words(_("Name"), 120)
    level = forms.ChoiceField(label=_("Level"), choices=Area.Level.choices, widget=forms.RadioSelect)
    parent = place(_("Which area is it a part of?"))
    neighbours = forms.ModelMultipleChoiceField(
        queryset=Area.objects.none(), label=_("Neighbours"), required=False, widget=forms.CheckboxSelectMultiple
    )
    latitude = forms.DecimalField(
        label=_("Latitude of its middle"), required=False, min_value=-90, max_value=90, max_digits=8, decimal_places=5,
        help_text=_("In degrees, such as 44.81. With it, distances are told in kilometres."),
    )  # fmt: skip
    longitude = forms.DecimalField(
        label=_("Longitude of its middle"), required=False, min_value=-180, max_value=180, max_digits=8,
        decimal_places=5,
    )  # fmt: skip

    def __init__(self, *args: Any, area: Area | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["level"].initial = Area.Level.REGIONAL
        if area is not None:
            names = ("code", "name", "level", "parent", "latitude", "longitude")
            self.initial = {name: getattr(area, name) for name in names}
            self.initial["neighbours"] = list(area.neighbours.all())


class CoverageForm(PeriodForm):
    """A body is at work in a sector at a level."""

    sector = forms.ChoiceField(label=_("Sector"), choices=[])
    level = forms.ChoiceField(label=_("Level"), choices=[], widget=forms.RadioSelect)
    organisation = bodies(_("Body"))
    area = place(help_text=_("Where, if not everywhere."))
    source = source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sector"].choices = labels(net().sectors, empty=True)  # type: ignore[attr-defined]
        self.fields["level"].choices = labels(net().levels)  # type: ignore[attr-defined]


class MappedServiceForm(PeriodForm):
    """A service of the country, whoever it is for."""

    kind = forms.ChoiceField(label=_("Kind of service"), choices=[])
    name = words(_("Name of the service"), 160)
    organisation = bodies(_("Which body gives it?"), required=False)
    provider = words(_("Or who gives it, if it is no body of the mechanism"), 160, required=False)
    provider_sector = forms.ChoiceField(
        label=_("What kind of provider is that?"), choices=Organisation.Sector.choices, initial="ngo"
    )
    level = forms.ChoiceField(label=_("For whom is it there?"), choices=Area.Level.choices, widget=forms.RadioSelect)
    area = place(help_text=_("The area alone, also for a shelter."))
    capacity = forms.IntegerField(
        label=_("Places"), required=False, min_value=0, widget=forms.NumberInput(attrs=NUMBER)
    )
    takes_trafficked = forms.NullBooleanField(
        label=_("Takes trafficked persons"),
        required=False,
        widget=forms.Select(choices=[("unknown", _("not known")), ("true", _("yes")), ("false", _("no"))]),
    )
    source = source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = net()
        groups = [
            (label, labels((one.code, one.label) for one in known.services if one.group == code))
            for code, label in labels(known.groups)
        ]
        self.fields["kind"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]
        self.fields["level"].initial = MappedService._meta.get_field("level").default


class RiskForm(PeriodForm):
    """Where the risk is, as a source says."""

    area = place(required=True)
    kind = forms.ChoiceField(label=_("What happens there?"), choices=[], widget=forms.RadioSelect)
    source = source()

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = labels(net().risks)  # type: ignore[attr-defined]


class PlaceForm(MapForm):
    """At which level and in which area a body works."""

    level = forms.ChoiceField(label=_("Level"), required=False, choices=[("", "—"), *Area.Level.choices])
    area = place(help_text=_("The area alone, also for a shelter."))


class SuccessionForm(MapForm):
    """The end of a body, and who takes over."""

    last_day = forms.DateField(label=_("Last day"))
    successor = bodies(_("Which body takes over?"), required=False, help_text=_("Empty: nobody."))
    legal_basis = words(_("By which law or decision?"), 300)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["last_day"].initial = timezone.localdate()
