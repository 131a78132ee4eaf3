"""Assessments, the person's own view, decisions on status, and reviews."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from fener.casework.domain import elements as el
from fener.casework.domain import own_view
from fener.casework.forms.fields import codes_of
from fener.casework.models import Assessment, Case, ReviewRequest
from fener.norms.packs import load_packs
from fener.norms.status import ladder

ANSWERS = (("yes", _("yes")), ("no", _("no")), ("unknown", _("not known")), ("", _("not asked")))
SECTION_TITLES = {
    "acts": _("What was done"),
    "means": _("By which means"),
    "purposes": _("For which exploitation"),
}
SEALED_HELP = _("Sealed for your organisation and the one that keeps the case.")


def _words(label: Any, *, required: bool = True, help_text: Any = SEALED_HELP) -> forms.CharField:
    return forms.CharField(
        label=label, required=required, max_length=20_000, help_text=help_text, widget=forms.Textarea({"rows": 6})
    )


def _status_choices(codes: Iterable[str]) -> list[tuple[str, str]]:
    statuses = ladder().statuses
    return [(code, f"{gettext(statuses[code].label)}: {gettext(statuses[code].meaning)}") for code in codes]


class AssessmentForm(forms.Form):
    """Each element by itself: an answer, how sure, on which evidence. What was not asked stays open."""

    opinion = forms.ChoiceField(label=_("How do you see it?"), widget=forms.RadioSelect)
    reasons = _words(_("Why? Write it so that somebody else can weigh it"))
    assessed_on = forms.DateField(label=_("Assessed on"))

    def __init__(self, *args: Any, child: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.child = child
        self.fields["opinion"].choices = _status_choices(ladder().codes())  # type: ignore[attr-defined]
        self.fields["assessed_on"].initial = timezone.localdate()
        for section in el.SECTIONS:
            for code, label in el.known(section).items():
                self._add_element(f"{section}.{code}", gettext(label))

    def _add_element(self, name: str, label: str) -> None:
        self.fields[name] = forms.ChoiceField(
            label=label,
            choices=ANSWERS,
            required=False,
            initial="",
            widget=forms.RadioSelect({"class": "fener-inline"}),
        )
        self.fields[f"{name}.confidence"] = forms.ChoiceField(
            label=_("How sure are you?"), choices=[("", "—"), *el.CONFIDENCE.items()], required=False
        )
        self.fields[f"{name}.evidence"] = forms.MultipleChoiceField(
            label=_("Where does it come from?"),
            choices=codes_of("evidence_type"),
            required=False,
            widget=forms.CheckboxSelectMultiple,
        )

    @property
    def sections(self) -> list[dict[str, Any]]:
        """The parts of the definition, each element with its two further questions."""
        notes = {"means": gettext("Under 18 no means is asked for. Answer only what helps to protect.")}
        return [
            {
                "title": title,
                "lead": notes.get(section, "") if self.child else "",
                "elements": [self._element(f"{section}.{code}") for code in el.known(section)],
            }
            for section, title in SECTION_TITLES.items()
        ]

    def _element(self, name: str) -> dict[str, Any]:
        further = [self[f"{name}.confidence"], self[f"{name}.evidence"]]
        return {"answer": self[name], "further": further, "open": any(field.errors or field.data for field in further)}

    def elements(self) -> dict[str, dict[str, dict[str, Any]]]:
        """The answered elements as the service takes them."""
        data = self.cleaned_data
        found: dict[str, dict[str, dict[str, Any]]] = {}
        for section in el.SECTIONS:
            for code in el.known(section):
                name = f"{section}.{code}"
                if data.get(name):
                    found.setdefault(section, {})[code] = {
                        "answer": data[name],
                        "confidence": data.get(f"{name}.confidence") or "",
                        "evidence": data.get(f"{name}.evidence") or [],
                    }
        return found


class OwnViewForm(forms.Form):
    """How the person sees it, in their words if they like."""

    view = forms.ChoiceField(label=_("The person"), widget=forms.RadioSelect, choices=own_view.choices)
    words = _words(_("In their own words"), required=False)
    said_on = forms.DateField(label=_("Said on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["said_on"].initial = timezone.localdate()


class ToldForm(forms.Form):
    """That a decision was told: when, in which language, through whom."""

    told_on = forms.DateField(label=_("Told to the person on"))
    told_language = forms.ChoiceField(label=_("In this language"))
    told_interpreter = forms.CharField(label=_("Interpreter or cultural mediator"), max_length=120, required=False)

    def __init__(self, *args: Any, case: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["told_language"].choices = [("", "—"), *codes_of("languages")]  # type: ignore[attr-defined]
        self.fields["told_on"].initial = timezone.localdate()
        self.fields["told_language"].initial = case.language
        self.fields["told_interpreter"].initial = case.interpreter


class DecisionForm(forms.Form):
    """A decision on status, with what it rests on."""

    status = forms.ChoiceField(label=_("The status is from now on"), widget=forms.RadioSelect)
    legal_basis = forms.CharField(
        label=_("Legal basis"), max_length=300, help_text=_("The law and article on which you decide.")
    )
    reasons = _words(_("Reasons"))
    considered = forms.ModelMultipleChoiceField(
        queryset=Assessment.objects.none(), label=_("What you weighed"), required=False,
        widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    evidence = forms.MultipleChoiceField(
        label=_("Evidence"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Needed where the status becomes less certain than it was."),
    )
    alternative = forms.ChoiceField(
        label=_("If it is called something else: what?"),
        required=False,
        help_text=_("For example smuggling. It can become trafficking later, and help goes on either way."),
    )
    review_told = forms.BooleanField(
        label=_("The person was told that a review can be asked for, and by whom"), required=False
    )
    decided_on = forms.DateField(label=_("Decided on"))

    def __init__(self, *args: Any, case: Case, again: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = ladder().after(case.status)
        codes = [case.status, *following] if again else following
        self.fields["status"].choices = _status_choices(codes)  # type: ignore[attr-defined]
        rows = case.assessments.select_related("organisation")
        self.fields["considered"].queryset = rows  # type: ignore[attr-defined]
        self.fields["considered"].initial = [row.pk for row in rows]
        self.fields["considered"].label_from_instance = _assessment_label  # type: ignore[attr-defined]
        self.fields["evidence"].choices = codes_of("evidence_type")  # type: ignore[attr-defined]
        concepts = load_packs().get("concepts", "told_apart").data["concepts"]
        self.fields["alternative"].choices = [  # type: ignore[attr-defined]
            ("", "—"),
            *((code, gettext(entry["label"])) for code, entry in concepts.items() if code != "trafficking"),
        ]
        self.fields["decided_on"].initial = timezone.localdate()


def _assessment_label(row: Assessment) -> str:
    who = gettext("the person's own view") if row.by_person else row.organisation.name
    return gettext("%(who)s, %(day)s") % {"who": who, "day": row.assessed_on.strftime("%d.%m.%Y")}


class ReviewForm(forms.Form):
    """A request that a decision be looked at again. Reasons are welcome and not needed."""

    kind = forms.ChoiceField(
        label=_("What is asked for?"), widget=forms.RadioSelect, choices=ReviewRequest.Kind.choices
    )
    asked_by = forms.ChoiceField(
        label=_("Who asks?"),
        widget=forms.RadioSelect,
        choices=[("person", _("the person")), ("other", _("somebody for the person"))],
        initial="person",
    )
    reasons = _words(_("Why"), required=False, help_text=_("Sealed for your organisation and whoever decided."))
    requested_on = forms.DateField(label=_("Asked on"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].initial = ReviewRequest.Kind.REVIEW
        self.fields["requested_on"].initial = timezone.localdate()
