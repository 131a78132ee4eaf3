"""Inputs that the forms of the map share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.network.models import Area, Organisation

QUIET = {"autocomplete": "off", "spellcheck": "false"}
NUMBER = {"class": "fener-input--number", "inputmode": "numeric"}


def words(label: Any, length: int, *, rows: int = 0, **more: Any) -> forms.CharField:
    """A text of at most ``length`` characters; with ``rows`` a larger one."""
    widget: forms.Widget = forms.Textarea(attrs={"rows": rows}) if rows else forms.TextInput(attrs=QUIET)
    return forms.CharField(label=label, max_length=length, widget=widget, **more)


def source() -> forms.CharField:
    """Where it stands: the law, report or decision."""
    return words(_("Source"), 300, help_text=_("The law, decision or report, and its place in it."))


def bodies(label: Any, *, required: bool = True, help_text: Any = "") -> forms.ModelChoiceField[Organisation]:
    """One body of the mechanism."""
    return forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=label, required=required, empty_label="—", help_text=help_text
    )


def several_bodies(
    label: Any, *, required: bool = True, help_text: Any = ""
) -> forms.ModelMultipleChoiceField[Organisation]:
    """Several bodies of the mechanism."""
    return forms.ModelMultipleChoiceField(
        queryset=Organisation.objects.none(), label=label, required=required, help_text=help_text,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip


def place(label: Any = "", *, required: bool = False, help_text: Any = "") -> forms.ModelChoiceField[Area]:
    """One area. An address is never asked for."""
    return forms.ModelChoiceField(
        queryset=Area.objects.none(), label=label or _("Area"), required=required, empty_label="—", help_text=help_text
    )


def labels(pairs: Mapping[str, str] | Iterable[tuple[str, str]], *, empty: bool = False) -> list[tuple[str, str]]:
    """Codes and a pack's English labels as choices in the reader's language."""
    items = pairs.items() if isinstance(pairs, Mapping) else pairs
    found = [(code, gettext(label)) for code, label in items]
    return [("", "—"), *found] if empty else found


class MapForm(forms.Form):
    """Fills the lists of bodies and areas, and begins today. ``also``: a body that is named although it has ended."""

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation] | None = None, areas: QuerySet[Area] | None = None,
        **kwargs: Any,
    ) -> None:  # fmt: skip
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field, forms.ModelChoiceField) and field.queryset is not None:
                if field.queryset.model is Organisation and organisations is not None:
                    field.queryset = organisations
                if field.queryset.model is Area and areas is not None:
                    field.queryset = areas
        if "since" in self.fields:
            self.fields["since"].initial = timezone.localdate()


class PeriodForm(MapForm):
    """What holds from a day, perhaps until another."""

    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Last day"), required=False, help_text=_("Empty: until further notice."))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.order_fields([*(name for name in self.fields if name not in ("since", "until")), "since", "until"])


class DayForm(forms.Form):
    """One day: when something begins, ends or was held."""

    until = forms.DateField(label=_("Last day"))

    def __init__(self, *args: Any, label: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["until"].initial = timezone.localdate()
        if label is not None:
            self.fields["until"].label = label
