"""The form of one sealed compartment: its fields as the pack declares them."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext

from fener.casework.forms.fields import field_for
from fener.norms.fields import Field, compartment_fields
from fener.trust.compartments import Compartment


class CompartmentForm(forms.Form):
    """Every field may stay empty. What is empty when it is saved is not in the compartment any more."""

    def __init__(self, *args: Any, part: Compartment, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.part = part
        for spec in self.specs():
            self.fields[spec.code] = field_for(spec)

    def specs(self) -> tuple[Field, ...]:
        """The declared fields. Groups that may repeat are asked for once here; an import may bring more."""
        return compartment_fields(self.part.value)

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields of the compartment, and apart from them each group that belongs together."""
        plain = [self[spec.code] for spec in self.specs() if not spec.repeats]
        groups: list[dict[str, Any]] = [{"title": gettext("What is known"), "lead": "", "fields": plain}]
        titles = {"event": gettext("What happened, and where")}
        for name in dict.fromkeys(spec.repeats for spec in self.specs() if spec.repeats):
            own = [self[spec.code] for spec in self.specs() if spec.repeats == name]
            groups.append({"title": titles.get(name, gettext("More")), "lead": "", "fields": own})
        return groups

    def content(self) -> dict[str, Any]:
        """What is sealed: the filled-in fields by their codes."""
        return {code: value for code, value in self.cleaned_data.items() if value not in (None, "", [], False)}
