"""What a form says when something is missing or cannot be read: what to do, in plain words."""

from __future__ import annotations

import pytest
from django import forms
from django.test import Client
from django.utils import translation


class Talk(forms.Form):
    """A form as any room writes one."""

    body = forms.ChoiceField(choices=[("a", "A")])
    day = forms.DateField()
    age = forms.IntegerField()


def test_a_form_says_what_to_do_and_not_what_a_field_is() -> None:
    with translation.override("en"):
        errors = Talk({"day": "31.2.2020", "age": "many"}).errors
        assert errors["body"] == ["Fill this in, or choose an answer."]
        assert errors["day"] == ["Write the day in figures, for example 3.5.2026."]
        assert errors["age"] == ["Write a whole number in figures."]


def test_it_says_so_in_serbian_too() -> None:
    with translation.override("sr"):
        assert Talk({}).errors["body"] == ["Попуните ово или изаберите одговор."]


@pytest.mark.django_db
def test_a_wrong_password_is_told_in_one_sentence_and_promises_nothing(client: Client) -> None:
    page = client.post("/account/login/", {"login": "nobody", "password": "wrong"}).content.decode()
    assert "The user name or the password is not right. Type both again." in page
    assert "Nothing that you entered is lost" not in page
