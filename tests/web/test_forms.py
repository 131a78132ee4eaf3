"""Plain Django forms get labels, hints and errors that a screen reader finds, and dates as people write them."""

from __future__ import annotations

from datetime import date

import pytest
from django import forms

from tests.web.pages import render, words


class Sample(forms.Form):
    """One field of each kind that matters here."""

    alias = forms.CharField(label="Alias", help_text="Not the person's own name.")
    met_on = forms.DateField(label="Met on", required=False)
    free = forms.ChoiceField(label="Free to leave", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect)
    told = forms.BooleanField(label="Told", required=False)
    mark = forms.CharField(widget=forms.HiddenInput, required=False)


def test_a_form_without_mistakes_has_no_summary() -> None:
    assert "govuk-error-summary" not in render("{% fener_form form %}", form=Sample())
    assert render("{% fener_errors form %}", form=Sample({"alias": "a", "free": "yes"})) == ""


def test_the_summary_names_each_field_and_leads_to_it() -> None:
    html = render("{% fener_form form %}", form=Sample({"met_on": "31.2.2026"}))
    assert 'href="#id_alias"' in html
    assert 'href="#id_met_on"' in html
    assert 'href="#id_free_0"' in html
    assert 'id="id_free_0"' in html
    assert "Nothing that you entered is lost." in html
    assert 'value="31.2.2026"' in html


def test_an_error_of_the_whole_form_is_told_once() -> None:
    form = Sample({"alias": "a", "free": "yes"})
    form.add_error(None, "These two do not fit together.")
    assert render("{% fener_form form %}", form=form).count("These two do not fit together.") == 1
    assert "These two do not fit together." in form.render()


def test_hint_and_error_are_tied_to_their_input() -> None:
    html = render("{% fener_form form %}", form=Sample({}))
    assert 'aria-describedby="id_alias_helptext id_alias_error"' in html
    assert 'id="id_alias_helptext"' in html
    assert 'id="id_alias_error"' in html


def test_radios_are_a_group_with_a_legend() -> None:
    html = render("{% fener_form form %}", form=Sample())
    assert '<legend class="govuk-fieldset__legend">Free to leave</legend>' in html
    assert html.count('class="govuk-radios__input"') == 2


def test_what_may_stay_empty_says_so() -> None:
    told = words(render("{% fener_form form %}", form=Sample()))
    assert "Met on (optional)" in told
    assert "Alias (optional)" not in told


@pytest.mark.parametrize("typed", ["2026-05-03", "3.5.2026", "03.05.2026", "3.5.2026.", "3. 5. 2026."])
@pytest.mark.parametrize("language", ["en", "sr", "sr-latn"])
def test_a_date_may_be_typed_as_people_of_the_region_write_it(typed: str, language: str) -> None:
    from django.utils import translation

    with translation.override(language):
        form = Sample({"alias": "a", "free": "yes", "met_on": typed})
        assert form.is_valid(), form.errors
        assert form.cleaned_data["met_on"] == date(2026, 5, 3)


def test_no_field_carries_style_or_script() -> None:
    html = render("{% fener_form form %}", form=Sample({}))
    assert "style=" not in html
    assert "onclick" not in html
    assert "<script" not in html


class Lists(forms.Form):
    """A long list, one in groups, and values that would end an attribute or begin an element."""

    tongue = forms.ChoiceField(
        choices=[("", "—"), ('a"b', "<b>A & B</b>"), ("sr", "Serbian")], widget=forms.Select(attrs={"data-x": 'x"y'})
    )
    place = forms.ChoiceField(choices=[("<North>", [("n1", "One"), ("n2", "Two")]), ("s", "South")])


def test_options_are_escaped_and_say_which_one_is_chosen() -> None:
    html = str(Lists({"tongue": "sr", "place": "n2"})["tongue"])
    assert 'data-x="x&quot;y"' in html
    assert '<option value="a&quot;b">&lt;b&gt;A &amp; B&lt;/b&gt;</option>' in html
    assert '<option value="sr" selected>Serbian</option>' in html
    assert html.count(" selected") == 1


def test_options_stand_in_their_groups() -> None:
    html = " ".join(str(Lists({"place": "n2"})["place"]).split())
    group = '<optgroup label="&lt;North&gt;"> <option value="n1">One</option> <option value="n2" selected>Two</option>'
    assert f'{group} </optgroup> <option value="s">South</option>' in html
