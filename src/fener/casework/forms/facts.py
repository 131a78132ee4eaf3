"""The open facts of a case, as the pack declares them, in groups."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.fields import add_fields, codes_of
from fener.norms.fields import Field, facts_fields

GROUPS = {
    "person": _("The person"),
    "age": _("Age"),
    "path": _("How they came here"),
    "recruitment": _("How it began"),
    "exploitation": _("What happened"),
    "equality": _("Equal treatment"),
}


class FactsForm(forms.Form):
    """Every fact may stay empty. What is kept for totals only is not shown again: left empty, it stays."""

    version = forms.IntegerField(widget=forms.HiddenInput)
    language = forms.ChoiceField(label=_("Which language does the person speak best?"), required=False)
    interpreter = forms.CharField(
        label=_("Interpreter or cultural mediator"),
        required=False,
        max_length=120,
        help_text=_("Who interprets for the person. Leave it empty if nobody has to."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *codes_of("languages")]  # type: ignore[attr-defined]
        add_fields(self, facts_fields())

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields by the groups of the pack."""
        found: dict[str, list[Any]] = {}
        for spec in facts_fields():
            found.setdefault(spec.group, []).append(self[spec.code])
        notes = {"equality": gettext("These are counted in totals and not shown on the case again.")}
        talk = {"title": gettext("Language"), "lead": "", "fields": [self["language"], self["interpreter"]]}
        return [talk] + [
            {"title": GROUPS.get(code, code), "lead": notes.get(code, ""), "fields": fields}
            for code, fields in found.items()
        ]

    def facts(self) -> dict[str, Any]:
        """What changes: every shown fact, and of the others those that were filled in."""
        data = self.cleaned_data
        return {spec.code: data.get(spec.code) for spec in facts_fields() if not _is_kept(spec) or data.get(spec.code)}


def _is_kept(spec: Field) -> bool:
    return spec.aggregate_only
