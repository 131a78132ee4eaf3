"""Opening a case together with the person: what was told, what was agreed, the few facts that are known."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import told
from fener.casework.forms.fields import add_fields, codes_of, compartment_choices, values
from fener.casework.services.consents import ConsentTerms
from fener.casework.services.information import InformationTerms
from fener.norms import texts
from fener.norms.fields import Field, compartment_fields, facts_fields
from fener.trust.compartments import Compartment
from fener.trust.models import Consent

# What one can know in a first talk; everything else is added on the case's own pages.
FIRST_FACTS = (
    "gender", "age_at_contact", "age_at_contact_certainty", "age_at_recruitment", "age_at_recruitment_certainty",
    "citizenships", "interpreter_needed", "children_with_person", "exploitation", "contacted_on",
)  # fmt: skip
FIRST_SEALED: dict[Compartment, tuple[str, ...]] = {
    Compartment.IDENTITY: ("first_name", "second_name", "other_names", "birth_date"),
    Compartment.CONTACT: ("safe_contact", "mobile_phone"),
    Compartment.NARRATIVE: ("own_view", "wishes"),
}
KEPT_FOR = timedelta(days=365)


def _facts() -> list[Field]:
    by_code = {spec.code: spec for spec in facts_fields()}
    return [by_code[code] for code in FIRST_FACTS]


def _sealed(part: Compartment) -> list[Field]:
    return [spec for spec in compartment_fields(part.value) if spec.code in FIRST_SEALED[part]]


class OpenCaseForm(forms.Form):
    """One page in the order of the talk. Only language, what was told, and the agreement are required."""

    language = forms.ChoiceField(label=_("Which language does the person speak best?"))
    interpreter = forms.CharField(
        label=_("Interpreter or cultural mediator"),
        required=False,
        max_length=120,
        help_text=_("The interpreter's name. Leave it empty if you speak the language yourself."),
    )
    told = forms.MultipleChoiceField(
        label=_("What did you tell the person before this?"), widget=forms.CheckboxSelectMultiple, choices=[]
    )
    keep_giver = forms.ChoiceField(
        label=_("Who agrees that your organisation keeps a file?"),
        widget=forms.RadioSelect,
        choices=Consent.Giver.choices,
        initial=Consent.Giver.PERSON,
        help_text=_("For somebody under 18, or whose age is in doubt, the guardian agrees and the child is asked."),
    )
    child_assent = forms.BooleanField(label=_("The child was asked, and agrees"), required=False)
    keep_compartments = forms.MultipleChoiceField(
        label=_("What may be kept, sealed for your organisation alone?"),
        widget=forms.CheckboxSelectMultiple,
        choices=[],
    )
    keep_until = forms.DateField(label=_("Until when?"))
    status = forms.ChoiceField(
        label=_("How do you see it today?"),
        widget=forms.RadioSelect,
        choices=[
            ("presumed", _("Presumed: there are reasons to believe that the person was exploited")),
            ("potential", _("Potential: the person is at risk")),
        ],
        initial="presumed",
        help_text=_(
            "Presumed status starts the recovery period today and opens every service. Nobody has to confirm it first."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [("", "—"), *codes_of("languages")]  # type: ignore[attr-defined]
        self.fields["told"].choices = [  # type: ignore[attr-defined]
            (item.code, gettext(item.label)) for item in texts.rights_items("assessment", child=None)
        ]
        self.fields["keep_compartments"].choices = compartment_choices()  # type: ignore[attr-defined]
        self.fields["keep_compartments"].initial = [Compartment.IDENTITY.value, Compartment.CONTACT.value]
        self.fields["keep_until"].initial = timezone.localdate() + KEPT_FOR
        add_fields(self, _facts())
        for part in FIRST_SEALED:
            add_fields(self, _sealed(part))

    @property
    def groups(self) -> list[dict[str, Any]]:
        """The fields in the order of the talk, each group with its words. ``later``: what can wait for another day."""
        sealed = [spec.code for part in FIRST_SEALED for spec in _sealed(part)]
        later = [names for names in (FIRST_FACTS, tuple(sealed)) if not self._begun(names)]
        parts = (
            (gettext("Language"), "", ("language", "interpreter")),
            (
                gettext("What the person was told"),
                gettext("Tell it in their words, and give time for questions. Tick only what was told."),
                ("told",),
            ),
            (
                gettext("What the person agrees to"),
                gettext(
                    "This is about keeping a file at your organisation. "
                    "Sharing with anybody else is asked later, each time."
                ),
                ("keep_giver", "child_assent", "keep_compartments", "keep_until"),
            ),
            (gettext("How you see it"), "", ("status",)),
            (
                gettext("What is known"),
                gettext("These facts stay open inside the mechanism, without a name. Every one may stay empty."),
                FIRST_FACTS,
            ),
            (
                gettext("Sealed"),
                gettext("Only your organisation can open these. Every one may stay empty; a name is not needed."),
                tuple(sealed),
            ),
        )
        return [
            {"title": title, "lead": lead, "fields": [self[name] for name in names], "later": names in later}
            for title, lead, names in parts
        ]

    def _begun(self, names: tuple[str, ...]) -> bool:
        """Whether anything is in these fields already, so that nobody sends what they have not seen."""
        return self.is_bound or any(self[name].initial for name in names)

    def clean(self) -> dict[str, Any]:
        """What is written down must be covered by what was agreed to."""
        data = super().clean() or {}
        agreed = set(data.get("keep_compartments") or ())
        for part in FIRST_SEALED:
            if part.value in agreed:
                continue
            for spec in _sealed(part):
                if data.get(spec.code):
                    self.add_error(spec.code, _("The person did not agree to keep this. Ask, or leave it empty."))
        return data

    def terms(self) -> dict[str, Any]:
        """The keyword arguments of ``casework.services.cases.open_case``."""
        data = self.cleaned_data
        return {
            "facts": values(self, _facts()),
            "language": data["language"],
            "interpreter": data["interpreter"],
            "status": data["status"],
            "information": InformationTerms(
                items=data["told"],
                language=data["language"],
                interpreter=data["interpreter"],
                pack_version=told.version(),
            ),
            "keep_consent": ConsentTerms(
                until=data["keep_until"],
                language=data["language"],
                interpreter=data["interpreter"],
                giver=data["keep_giver"],
                child_assent=data["child_assent"] if data["keep_giver"] == Consent.Giver.GUARDIAN else None,
                compartments=tuple(data["keep_compartments"]),
            ),
            "compartments": {
                part: {
                    code: value for code, value in values(self, _sealed(part)).items() if value not in (None, "", [])
                }
                for part in FIRST_SEALED
            },
        }
