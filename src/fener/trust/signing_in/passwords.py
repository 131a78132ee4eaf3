"""Passwords that everybody here would think of first: common ones, and those made of words of this work."""

from __future__ import annotations

import unicodedata
from typing import Any

from django.contrib.auth.password_validation import CommonPasswordValidator
from django.core.exceptions import ValidationError

# The program, its work and its roles, in the languages of its pages; without marks. Add what a country would think of.
CONTEXT_WORDS = (
    *("fener", "fenjer", "lantern", "referral", "mechanism", "mehanizam", "upucivanje", "trafficking", "trgovina"),
    *("ljudima", "zrtva", "zrtve", "victim", "shelter", "skloniste", "inspector", "inspektor", "manager"),
    *("coordinator", "koordinator", "auditor", "administrator", "admin", "police", "policija", "center", "centar"),
    *("organisation", "organizacija", "service", "sluzba", "password", "passphrase", "lozinka", "sifra", "welcome"),
    *("dobrodosli", "qwerty", "asdfgh"),
)
LEAST_OTHER_LETTERS = 4


class UncommonPasswordValidator(CommonPasswordValidator):
    """Refuses a common password, and one in which next to nothing is left without the words above and the user name."""

    def validate(self, password: str, user: Any = None) -> None:
        super().validate(password, user)
        if is_made_of_context(password, getattr(user, "username", "")):
            raise ValidationError(self.get_error_message(), code="password_too_common")


def is_made_of_context(password: str, username: str = "") -> bool:
    """Whether fewer than four letters are left of ``password`` once the words of the context are taken out."""
    before = left = _letters(password)
    words = {_letters(word) for word in (*CONTEXT_WORDS, username)} - {""}
    for word in sorted(words, key=len, reverse=True):
        left = left.replace(word, "")
    return left != before and len(left) < LEAST_OTHER_LETTERS


def _letters(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in plain if sign.isalpha())
