"""The pieces of pages: what they say, and that a sign or word stands beside every colour."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import RequestFactory

from fener.norms.packs import Source
from fener.norms.why import Step
from tests.web.pages import render, words

NOW = datetime(2026, 5, 3, 2, 20, tzinfo=UTC)


@pytest.mark.parametrize("kind", ["plain", "done", "soon", "overdue", "refused", "sealed"])
def test_a_state_is_told_by_word_and_sign_and_never_by_colour_alone(kind: str) -> None:
    html = render("{% tag 'Presumed' kind=kind %}", kind=kind)
    assert "<svg" in html
    assert words(html) == "Presumed"


def test_what_people_type_is_shown_as_text_and_never_runs() -> None:
    bad = "<script>alert(1)</script>"
    for source in (
        "{% tag bad %}",
        "{% notice title=bad %}{{ bad }}{% endnotice %}",
        "{% cell bad %}",
        "{% masked bad text=bad %}",
        "{% button bad href=bad %}",
        "{% next_steps steps %}",
        "{% timeline bands today=today %}",
        "{% country bad %}",
    ):
        html = render(
            source,
            bad=bad,
            steps=[{"text": bad, "href": "#", "note": bad}],
            bands=[{"label": bad, "start": date(2026, 1, 1), "end": date(2026, 2, 1)}],
            today=date(2026, 1, 5),
        )
        assert "<script" not in html, source
        assert "&lt;script" in html, source


@pytest.mark.parametrize(
    ("due", "told"),
    [
        (timedelta(minutes=40), "40 minutes left"),
        (timedelta(minutes=1), "1 minute left"),
        (timedelta(hours=5), "5 hours left"),
        (timedelta(days=9), "9 days left"),
        (timedelta(minutes=-3), "3 minutes overdue"),
        (timedelta(hours=-5), "5 hours overdue"),
        (timedelta(days=-2), "2 days overdue"),
        (timedelta(0), "now"),
    ],
)
def test_what_is_left_is_told_in_the_unit_that_still_says_something(due: timedelta, told: str) -> None:
    assert words(render("{% when at %}", at=NOW + due, now=NOW)).endswith(f"({told})")


def test_a_day_is_due_at_its_end_and_says_today_until_then() -> None:
    assert words(render("{% when day %}", day=date(2026, 5, 3), now=NOW)) == "3 May 2026 (today)"
    assert words(render("{% when day %}", day=date(2026, 5, 4), now=NOW)) == "4 May 2026 (tomorrow)"
    assert words(render("{% when day %}", day=date(2026, 5, 2), now=NOW)) == "2 May 2026 (1 day overdue)"


def test_a_step_without_an_address_is_told_but_is_no_link() -> None:
    html = render("{% next_steps steps %}", steps=[{"text": "Wait"}, {"text": "Call", "href": "/call"}])
    assert html.count("<a ") == 1
    assert "Wait" in html


def test_nothing_to_do_is_said_kindly() -> None:
    assert words(render("{% next_steps steps empty='All done.' %}", steps=[])) == "All done."


def test_a_withdrawn_consent_says_so_in_words() -> None:
    html = render("{% sentence_list given %}", given=[{"text": "Maple lets the police read this.", "state": "ended"}])
    assert words(html).startswith("No longer:")


def test_an_unknown_fact_is_called_not_recorded_and_zero_is_a_number() -> None:
    rows = [{"key": "Age", "value": None}, {"key": "Children", "value": 0}]
    assert words(render("{% summary_list rows %}", rows=rows)) == "Age not recorded Children 0"


def test_a_sealed_place_opens_by_post_only() -> None:
    html = render("{% masked 'Identity' href='/open' %}", csrf_token="t")
    assert 'method="post"' in html
    assert 'name="csrfmiddlewaretoken"' in html
    assert "<a " not in html


def test_a_sealed_place_that_is_not_shared_has_no_button() -> None:
    assert "<button" not in render("{% masked 'Shelter address' %}")


def test_a_reason_names_its_rule_version_and_source_in_the_words_of_the_bibliography() -> None:
    step = Step("It began on %(start)s.", {"start": date(2026, 4, 4)})
    html = render(
        "{% why rule='recovery_period' version='1.0' source=source text=text %}",
        source=(Source("coe-2005", "art. 13"), Source("fener")),
        text=[step, "Nobody may be removed while it runs."],
    )
    told = words(html)
    assert "It began on 4 April 2026." in told
    assert "Nobody may be removed while it runs." in told
    assert "recovery_period, version 1.0" in told
    assert "Council of Europe Convention, art. 13; Fener" in told


def test_no_reason_shows_nothing() -> None:
    assert render("{% why_of reason %}", reason=None) == ""


def test_progress_is_told_in_words_beside_the_bar() -> None:
    html = render("{% progress 3 12 %}")
    assert words(html) == "3 of 12"
    assert '<progress max="12" value="3">' in html


def test_what_was_typed_comes_back_without_secrets() -> None:
    request = RequestFactory().post("/", {"first_note": "Met at noon", "password": "hidden", "once": "x", "empty": " "})
    html = render("{% typed as kept %}{% for item in kept %}{{ item.label }}={{ item.value }};{% endfor %}", request)
    assert html == "First note=Met at noon;"


def test_a_page_that_was_only_read_has_nothing_to_keep() -> None:
    assert render("{% typed as kept %}{{ kept|length }}") == "0"


def test_a_notice_keeps_the_link_that_its_page_wrote() -> None:
    assert '<p><a href="/next/">Next</a></p>' in render('{% notice %} <a href="/next/">Next</a> {% endnotice %}')
