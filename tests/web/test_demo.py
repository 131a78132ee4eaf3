"""The demonstration: made once, every account of it signs in, and nobody's pages show what is not theirs."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from django.core.cache import cache
from django.db import transaction
from django.test import Client

from fener.casework.models import Case, Clock, Referral
from fener.contact.models import Intake, Screening
from fener.trust import audit
from fener.trust.models import DisclosureOverride, User
from fener.web.demo import mechanism, story
from fener.web.demo.mechanism import Account, Mechanism
from fener.web.demo.people import PEOPLE
from tests.test_cli import fener

pytestmark = pytest.mark.django_db  # each test inside the transaction that holds the story

LINK = re.compile(r'href="(/[^"#?]*)')
# What is read without being signed in, or ends the session.
APART = ("/static/", "/account/", "/styleguide/")
MOST_PAGES = 60
USERNAMES = [username for body in mechanism.BODIES for username, *_rest in body.people]
# Whoever administers, watches or counts: no name, telephone, account or word of anybody.
SEES_NOBODY = ("coordinator", "auditor", "admin", "statistics", "inspector")


@pytest.fixture(scope="module")
def made(
    django_db_setup: None, django_db_blocker: object, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Mechanism]:
    """The demonstration in the test's database, taken back afterwards."""
    from django.conf import settings

    usual = settings.FENER_HOME
    settings.FENER_HOME = tmp_path_factory.mktemp("demonstration")
    with django_db_blocker.unblock():  # type: ignore[attr-defined]
        with transaction.atomic():
            told = mechanism.make()
            story.tell(told)
            mechanism.write_accounts(told.accounts)
            yield told
            transaction.set_rollback(True)
        settings.FENER_HOME = usual


def browser(account: Account) -> Client:
    """Signed in through the page, with the password that stands on it."""
    cache.clear()
    client = Client()
    answer = client.post("/account/login/", {"login": account.username, "password": account.password})
    assert answer.status_code == 302, account.username
    return client


def account_of(made: Mechanism, username: str) -> Account:
    return next(account for account in made.accounts if account.username == username)


_seen: dict[tuple[int, str], dict[str, str]] = {}


def pages_of(made: Mechanism, username: str) -> dict[str, str]:
    """The pages that links lead this account to from Today; walked once for all tests of the file."""
    key = id(made), username
    if key not in _seen:
        _seen[key] = walked(browser(account_of(made, username)))
    return _seen[key]


def walked(client: Client) -> dict[str, str]:
    """The pages that links lead to from Today, as far as they go (at most MOST_PAGES), with their text."""
    seen: dict[str, str] = {}
    waiting = ["/"]
    while waiting and len(seen) < MOST_PAGES:
        path = waiting.pop(0)
        if path in seen or path.startswith(APART):
            continue
        answer = client.get(path)
        assert answer.status_code in (200, 302), f"{path}: {answer.status_code}"
        seen[path] = answer.content.decode(errors="replace")  # a sheet or a picture is no text
        waiting += LINK.findall(seen[path])
    return seen


def sealed_words() -> list[str]:
    """What is sealed about the people of the story, in the form in which it would stand on a page."""
    found = [f"{person.first} {person.second}" for person in PEOPLE.values()]
    found += [person.account[:40].replace("'", "&#x27;") for person in PEOPLE.values()]
    return [*found, "+381000"]


@pytest.mark.parametrize("username", USERNAMES)
def test_each_account_signs_in_and_lands_on_today(made: Mechanism, username: str) -> None:
    page = browser(account_of(made, username)).get("/")
    assert page.status_code == 200
    assert "web/today.html" in [template.name for template in page.templates]


@pytest.mark.parametrize("username", USERNAMES)
def test_every_page_that_an_account_is_led_to_opens(made: Mechanism, username: str) -> None:
    assert pages_of(made, username)


@pytest.mark.parametrize("username", SEES_NOBODY)
def test_whoever_watches_counts_or_administers_sees_nobody(made: Mechanism, username: str) -> None:
    for path, text in pages_of(made, username).items():
        shown = [words for words in sealed_words() if words in text]
        assert not shown, f"{path} shows {shown}"


def test_no_page_shows_what_is_sealed_before_it_is_opened(made: Mechanism) -> None:
    for path, text in pages_of(made, "manager").items():
        shown = [words for words in sealed_words() if words in text]
        assert not shown, f"{path} shows {shown}"


def test_opening_on_purpose_shows_it_so_the_words_looked_for_are_the_right_ones(made: Mechanism) -> None:
    page = browser(account_of(made, "manager"))
    cases = Case.objects.unscoped(reason="the cases of one worker").filter(opened_by=made.actors["manager"].user_id)
    shown = ""
    for code in cases.values_list("code", flat=True):
        answer = page.post(f"/cases/{code}/sealed/identity/", {"purpose": "keep"})
        assert answer.status_code == 200
        shown += answer.content.decode()
    assert "Dragan" in shown
    assert "Оксана" in shown


@pytest.mark.parametrize("username", ("auditor", "admin", "statistics", "inspector"))
def test_a_case_looks_absent_to_whoever_has_none(made: Mechanism, username: str) -> None:
    code = Case.objects.unscoped(reason="any case of the story").values_list("code", flat=True)[0]
    assert browser(account_of(made, username)).get(f"/cases/{code}/").status_code == 404


def test_a_list_takes_15_queries_and_a_case_30_at_most(
    made: Mechanism, django_assert_max_num_queries: Callable[[int], AbstractContextManager[object]]
) -> None:
    page = browser(account_of(made, "manager"))
    page.get("/cases/")
    with django_assert_max_num_queries(15):
        assert page.get("/cases/?state=all").status_code == 200
    cases = Case.objects.unscoped(reason="the cases of one worker").filter(opened_by=made.actors["manager"].user_id)
    for code in cases.values_list("code", flat=True):
        with django_assert_max_num_queries(30):
            assert page.get(f"/cases/{code}/").status_code == 200


def test_the_sign_in_page_lists_each_account_with_its_password(made: Mechanism) -> None:
    page = Client().get("/account/login/").content.decode()
    for account in made.accounts:
        assert account.username in page
        assert account.password in page


def test_a_real_node_lists_no_account(made: Mechanism, settings: object) -> None:
    settings.FENER_DEMO = False  # type: ignore[attr-defined]
    page = Client().get("/account/login/").content.decode()
    assert not [account.password for account in made.accounts if account.password in page]


def test_the_story_shows_every_stage(made: Mechanism) -> None:
    everything = "what the story made"
    cases = Case.objects.unscoped(reason=everything)
    referrals = Referral.objects.unscoped(reason=everything)
    assert cases.count() >= 25
    assert set(cases.values_list("status", flat=True)) >= {"potential", "presumed", "identified", "not_identified"}
    assert set(cases.values_list("state", flat=True)) >= {"Active", "Closed", "FollowUp"}
    assert cases.filter(treated_as_child=True).count() >= 3
    assert set(referrals.values_list("state", flat=True)) == set(Referral.State.values)
    assert referrals.filter(escalated_at__isnull=False).exists()
    confirmed = [override.confirmed_at is not None for override in DisclosureOverride.objects.all()]
    assert sorted(confirmed) == [False, True]
    assert Clock.objects.filter(code="recovery_reflection", ended_at__isnull=True).exists()
    intakes = Intake.objects.unscoped(reason=everything)
    assert intakes.filter(state="sent", urgent=True).exists()
    assert [i for i in intakes.filter(state="sent") if i.summary.get("child")]
    assert Screening.objects.unscoped(reason=everything).filter(state="open").exists()


def test_the_story_is_told_in_unbroken_chains(made: Mechanism) -> None:
    assert audit.verify_database() == []


def test_no_name_of_the_story_names_a_colleague(made: Mechanism) -> None:
    at_work = set(User.objects.values_list("full_name", flat=True))
    assert not at_work & {f"{person.first} {person.second}" for person in PEOPLE.values()}


def test_the_command_makes_a_demonstration_once_and_leaves_every_other_node_alone(tmp_path: Path) -> None:
    home = tmp_path / "demonstration"
    first = fener("demo", "--if-empty", "--cases", "2", home=home)
    assert first.returncode == 0, first.stderr
    accounts = home / "demonstration-accounts.json"
    assert accounts.stat().st_mode & 0o777 == 0o600
    passwords = [account["password"] for account in json.loads(accounts.read_text())]
    assert len(set(passwords)) == len(passwords) == len(USERNAMES)

    again = fener("demo", "--if-empty", home=home)
    assert (again.returncode, "nothing was changed" in again.stdout) == (0, True)
    assert "nothing was changed" in fener("demo", home=home).stdout
    assert fener("demo", "--cases", "1", home=home).returncode == 0

    accounts.unlink()
    refused = fener("demo", home=home)
    assert refused.returncode == 2
    assert len(refused.stderr.strip().splitlines()) == 1


def test_a_node_that_says_it_is_no_demonstration_does_not_become_one(tmp_path: Path) -> None:
    refused = fener("demo", home=tmp_path, FENER_DEMO="0")
    assert refused.returncode == 2
    assert not (tmp_path / "demonstration-accounts.json").exists()
