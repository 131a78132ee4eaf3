"""Forms of complaints."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from fener.casework.forms.children.common import choose_from, listed, one_of
from fener.casework.forms.children.common import words as sealed
from fener.casework.forms.protection import Person
from fener.casework.services.safety.complaints import ComplaintTerms
from fener.network.models import Organisation
from fener.trust.models import User


class ComplaintForm(forms.Form):
    """About whom, how, when, and who answers."""

    about = forms.ChoiceField(label=_("About whom is the complaint?"), choices=partial(listed, "incident_author"))
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
        help_text=_("Somebody whom it is not about, who does not work under them, and who can read it."),
    )

    def __init__(self, *args: Any, people: QuerySet[User], answerers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, about_user=people, answerer=answerers)


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


class PassOnForm(forms.Form):
    """Who answers instead."""

    answerer = Person(
        queryset=User.objects.none(),
        label=_("Who answers instead?"),
        empty_label="—",
        help_text=_("Somebody whom it is not about, who does not work under them, and who can read it."),
    )

    def __init__(self, *args: Any, answerers: QuerySet[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, answerer=answerers)


class SendForm(forms.Form):
    """To which body it went."""

    body = forms.ModelChoiceField(queryset=Organisation.objects.none(), label=_("To which body?"), empty_label="—")
    on = forms.DateField(label=_("On which day was it sent?"))

    def __init__(self, *args: Any, bodies: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choose_from(self, body=bodies)


class AnswerForm(forms.Form):
    """The answer to a complaint."""

    on = forms.DateField(label=_("On which day was it answered?"))
    words = sealed(_("The answer, and what is done"), required=True, help_text=_("Sealed."))
