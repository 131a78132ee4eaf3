"""The plan: goals in the person's words, and one line for each need that it answers (rule AS-03)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.models import Need, Plan
from fener.casework.services.plans import LONGEST_NOTE, PlanLine
from fener.network.models import Service
from fener.norms.services_catalogue import catalogue


class PlanForm(forms.Form):
    """One group for each open need. ``before``: the version that this one follows; its lines are filled in."""

    goals = forms.CharField(
        label=_("What does the person want to reach?"),
        widget=forms.Textarea(attrs={"rows": 5, "autocomplete": "off", "spellcheck": "false"}),
        help_text=_("In their words. Sealed: it opens only where this file is kept."),
    )
    at_persons_wish = forms.ChoiceField(
        label=_("Whose wish is this change?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("The person's")), ("no", _("Ours, and the person decides about it"))],
        initial="yes",
    )

    def __init__(
        self, *args: Any, needs: Iterable[Need], services: Iterable[Service], before: Plan | None, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.needs = list(needs)
        self.services = {str(service.pk): service for service in services}
        if before is None:
            del self.fields["at_persons_wish"]
        self._lines = {item.need_id: item for item in before.items.all()} if before is not None else {}
        for need in self.needs:
            self._add(need, first=before is None)

    def _add(self, need: Need, *, first: bool) -> None:
        line = self._lines.get(need.pk)
        fitting = [
            (pk, f"{one.name} ({one.organisation.short_name})")
            for pk, one in self.services.items()
            if one.kind == need.kind
        ]
        self.fields[f"in_{need.pk.hex}"] = forms.BooleanField(
            label=_("Part of the plan"), required=False, initial=first or line is not None
        )
        self.fields[f"by_{need.pk.hex}"] = forms.ChoiceField(
            label=_("By which service"),
            required=False,
            choices=[("", gettext("not decided yet")), *fitting],
            initial=str(line.service_id or "") if line is not None else "",
        )
        self.fields[f"note_{need.pk.hex}"] = forms.CharField(
            label=_("Note"),
            required=False,
            max_length=LONGEST_NOTE,
            initial=line.note if line is not None else "",
            help_text=_("It is not sealed. Name nobody in it."),
        )

    @property
    def groups(self) -> list[dict[str, Any]]:
        """Goals, then a group for each need."""
        first = [self[name] for name in ("goals", "at_persons_wish") if name in self.fields]
        labels = {service.code: service.label for service in catalogue().services}
        return [
            {"title": gettext("Where it leads"), "fields": first},
            *(
                {
                    "title": gettext(labels.get(need.kind, need.kind)),
                    "fields": [self[f"{part}_{need.pk.hex}"] for part in ("in", "by", "note")],
                }
                for need in self.needs
            ),
        ]

    def clean(self) -> dict[str, Any]:
        """A plan without a line is none."""
        data = super().clean() or {}
        if not any(data.get(f"in_{need.pk.hex}") for need in self.needs):
            self.add_error(None, _("A plan needs at least one line. Mark which needs are part of it."))
        return data

    def lines(self) -> list[PlanLine]:
        """The lines as the service takes them."""
        data = self.cleaned_data
        return [
            PlanLine(
                need=need,
                kind=need.kind,
                service=self.services.get(data.get(f"by_{need.pk.hex}") or ""),
                note=data.get(f"note_{need.pk.hex}") or "",
            )
            for need in self.needs
            if data.get(f"in_{need.pk.hex}")
        ]


class AgreementForm(forms.Form):
    """The person's own decision about a version."""

    agreed = forms.ChoiceField(
        label=_("What does the person decide?"),
        widget=forms.RadioSelect,
        choices=[("yes", _("Agrees to this plan")), ("no", _("Does not agree"))],
        help_text=_("A no changes nothing else: every service goes on as it is."),
    )
    on = forms.DateField(label=_("Decided on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = timezone.localdate()
