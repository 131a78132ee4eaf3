"""Forms of guardians and of parts in a child's case."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext, gettext_noop
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, one_of, words
from fener.casework.forms.fields import codes_of
from fener.casework.forms.protection import Person
from fener.casework.services.children.guardians import GuardianTerms
from fener.network.models import Organisation
from fener.norms.path.children import guardianship_ends
from fener.norms.vocab import vocabulary
from fener.trust.models import User

# Beside the duties of the list: two parts that every child's case has.
WHOLE = {
    "accountable": gettext_noop("The one person who is accountable for the child"),
    "child_protection": gettext_noop("Child protection, a party to every child's case"),
}


def part_choices() -> list[tuple[str, str]]:
    """The parts that bodies have in a child's case."""
    return [*((code, gettext(text)) for code, text in WHOLE.items()), *codes_of("child_duty", sort=False)]


def _reasons(*, ends: bool) -> list[tuple[str, str]]:
    known = vocabulary("guardian_end")
    return [(code, gettext(label)) for code, label in known.choices() if guardianship_ends(code) is ends]


class GuardianForm(forms.Form):
    """Who answers for the child, on which basis, from when."""

    kind = one_of(_("Who answers for the child?"), "guardian_kind")
    mandate = one_of(_("For what?"), "guardian_mandate")
    organisation = forms.ModelChoiceField(
        queryset=Organisation.objects.none(), label=_("Body"), required=False, empty_label="—"
    )
    person = Person(
        queryset=User.objects.none(),
        label=_("A colleague with an account here"),
        required=False,
        empty_label="—",
        help_text=_("This opens no file: whoever shall work on the case is given it as well."),
    )
    who = words(
        _("Name and how to reach them"),
        help_text=_("For whoever has no account here. With the number of the decision. Sealed with the legal part."),
    )
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=160, help_text=_("The law and article, or the kind of agreement. No name.")
    )
    since = forms.DateField(label=_("From"))
    until = forms.DateField(label=_("Until"), required=False, help_text=_("Only where the mandate names an end."))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisation=bodies, person=people)


class ChangeForm(GuardianForm):
    """Another guardian, and why."""

    reason = forms.ChoiceField(
        label=_("Why does it change?"), choices=partial(_reasons, ends=False), widget=forms.RadioSelect
    )
    field_order = ("reason",)


def terms_of(data: Mapping[str, Any]) -> GuardianTerms:
    """What was entered, as the service takes it."""
    body, person = data["organisation"], data["person"]
    return GuardianTerms(
        kind=data["kind"],
        mandate=data["mandate"],
        legal_basis=data["legal_basis"],
        since=data["since"],
        until=data["until"],
        organisation_id=body.pk if body else None,
        person_id=person.pk if person else None,
        who=data["who"],
    )


class ConflictForm(forms.Form):
    """An interest of the guardian's own."""

    kind = one_of(_("What stands against it?"), "own_conflict")
    on = forms.DateField(label=_("Since when is it known?"))


class EndForm(forms.Form):
    """The end of a guardianship for good."""

    reason = forms.ChoiceField(
        label=_("Why does it end?"), choices=partial(_reasons, ends=True), widget=forms.RadioSelect
    )
    on = forms.DateField(label=_("On which day?"))


class PartForm(forms.Form):
    """Who has which part in the child's case."""

    part = forms.ChoiceField(label=_("Which part?"), choices=part_choices, widget=forms.RadioSelect)
    organisation = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("Body"), empty_label="—")
    person = Person(
        queryset=User.objects.none(),
        label=_("Who is accountable?"),
        required=False,
        empty_label="—",
        help_text=_("One colleague, for the first part of the list."),
    )
    since = forms.DateField(label=_("From"))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, organisation=bodies, person=people)


class DayForm(forms.Form):
    """One day."""

    on = forms.DateField(label=_("On which day?"))
