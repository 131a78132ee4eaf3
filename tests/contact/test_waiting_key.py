"""The key under which answers wait in a browser: one for each person and screening, also after a new sign-in."""

from __future__ import annotations

import base64
from dataclasses import replace
from uuid import uuid4

from fener.contact.models import Screening
from fener.contact.services import screenings
from fener.trust.actor import Actor


def test_each_person_and_screening_has_one_key_and_another_secret_of_the_node_gives_another(settings: object) -> None:
    mira, screening = Actor(user_id=uuid4()), Screening(pk=uuid4())
    key = screenings.waiting_key(actor=mira, screening=screening)
    assert len(base64.b64decode(key)) == 32
    assert key == screenings.waiting_key(actor=replace(mira), screening=Screening(pk=screening.pk))
    others = {
        screenings.waiting_key(actor=Actor(user_id=uuid4()), screening=screening),
        screenings.waiting_key(actor=mira, screening=Screening(pk=uuid4())),
    }
    settings.SECRET_KEY = "another secret of another node, just as long"  # type: ignore[attr-defined]
    others.add(screenings.waiting_key(actor=mira, screening=screening))
    assert len(others) == 3
    assert key not in others
