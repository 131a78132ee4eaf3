"""Forms of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.fields import codes_of
from fener.casework.forms.protection import Person
from fener.casework.services.safety.complaints import ComplaintTerms
from fener.trust.models import User


def _bodies() -> list[tuple[str, str]]:
    return [("", "—"), *codes_of("incident_author")]


class ComplaintForm(forms.Form):
    """About whom, how, when, and who answers."""

    about = forms.ChoiceField(label=_("About whom is the complaint?"), choices=partial(_bodies))
    about_user = Person(
        queryset=User.objects.none(),
        required=False,
        label=_("If it is about a colleague: who?"),
        empty_label="—",
        help_text=_("They do not see the complaint and cannot answer it."),
    )
    channel = one_of(_("How was it made?"), "complaint_channel")
    made_on = forms.DateField(label=_("On which day?"))
    words = sealed(
        _("What the person complains about"),
        required=True,
        help_text=_("Sealed. You and the one who answers read it, nobody else."),
    )
    answerer = Person(
        queryset=User.objects.none(),
        label=_("Who answers?"),
        empty_label="—",
        help_text=_("Somebody whom it is not about, and who does not work under them."),
    )

    def __init__(self, *args: Any, people: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("about_user", "answerer"):
            self.fields[name].queryset = people  # type: ignore[attr-defined]


def terms_of(data: Mapping[str, Any]) -> ComplaintTerms:
    """What was entered, as the service takes it."""
    return ComplaintTerms(
        about=data["about"],
        about_user_id=data["about_user"].pk if data["about_user"] else None,
        channel=data["channel"],
        made_on=data["made_on"],
        answerer_id=data["answerer"].pk,
        words=data["words"],
    )


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    on = forms.DateField(label=_("On which day was it answered?"))
    words = sealed(_("The answer, and what is done"), required=True, help_text=_("Sealed."))
