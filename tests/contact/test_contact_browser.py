"""An inspector with an old phone and a bad line, in a real browser: nothing answered is lost, nothing is sent twice."""

from __future__ import annotations

import base64
import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.core.cache import cache
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright
from pytest_django.live_server_helper import LiveServer

from fener.contact.models import Intake, Screening
from fener.contact.services import intakes, screenings
from fener.norms.screening import questions, screening_set
from fener.trust.actor import Actor
from fener.trust.roles import Role
from tests.contact.visits import to
from tests.factories.contact import SIGNS, ready, sent, started
from tests.factories.network import PASSWORD, Mechanism

AXE = (Path(__file__).parent.parent / "assets" / "axe.min.js").read_text(encoding="utf-8")
ASKED = [q.id for q in questions(screening_set("labour_inspection", child=False))]
PHONE = {"width": 320, "height": 568}
WORDS = {"yes": "Yes", "no": "No", "unknown": "Not known"}

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
# Playwright keeps an event loop in this thread; nothing that the tests themselves do is asynchronous.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

SignIn = Callable[..., Page]


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as play:
        chromium = play.chromium.launch(
            executable_path="/usr/bin/chromium", args=["--no-sandbox", "--disable-background-networking"]
        )
        yield chromium
        chromium.close()


@pytest.fixture
def now_mechanism(transactional_db: None) -> Mechanism:
    """The mechanism on the day on which the browser lives: its cookies know no frozen time."""
    return Mechanism(since=date(2020, 1, 1))


@pytest.fixture
def inspector(now_mechanism: Mechanism) -> Actor:
    return now_mechanism.inspection.actor(Role.FRONTLINE_OFFICER)


def enter(page: Page, actor: Actor) -> None:
    """Fill in the sign-in page."""
    cache.clear()
    page.fill("[name=login]", actor.username)
    page.fill("[name=password]", PASSWORD)
    page.click("main button[type=submit]")
    page.wait_for_url(lambda url: "/account/login" not in url)


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer) -> Iterator[SignIn]:
    """``sign_in(actor, **options of the browser)``: a page of somebody at work."""
    contexts: list[BrowserContext] = []

    def signed_in(actor: Actor, **options: Any) -> Page:
        context = browser.new_context(**{"viewport": PHONE, "bypass_csp": True, **options})
        contexts.append(context)
        page = context.new_page()
        page.goto(live_server.url + "/account/login/")
        enter(page, actor)
        return page

    yield signed_in
    for context in contexts:
        context.close()


def only_screening() -> Screening:
    found: Screening = Screening.objects.unscoped(reason="the test looks at all rows").get()
    return found


def press(page: Page, answer: str = "yes") -> None:
    page.click(f".fener-answers button[value={answer}]")


def stored(page: Page) -> str:
    """What lies in this tab, as somebody finds it who looks through the phone."""
    found: str = page.evaluate(
        "() => Object.entries(sessionStorage).find(([k]) => k.startsWith('fener-screening'))?.[1] || ''"
    )
    return found


def waiting(page: Page, inspector: Actor) -> list[str]:
    """The questions whose answers wait in this tab, opened with the key that the node gives that person."""
    sealed = base64.b64decode(stored(page))
    if not sealed:
        return []
    key = base64.b64decode(screenings.waiting_key(actor=inspector, screening=only_screening()))
    held = json.loads(AESGCM(key).decrypt(sealed[:12], sealed[12:], None))
    return [entry["action"].split("/")[-2] for entry in held]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without scripts"])
def test_the_whole_talk_on_a_small_phone(
    live_server: LiveServer, now_mechanism: Mechanism, inspector: Actor, sign_in: SignIn, scripts: bool
) -> None:
    now_mechanism.ngo.desk("intake")
    page = sign_in(inspector, java_script_enabled=scripts)
    page.goto(live_server.url + "/screening/")
    with page.expect_navigation():
        page.click("main button")
    for need in ("safety", "medical", "basics", "phone_call", "interpreter"):
        page.check(f"[name={need}][value=not_needed]")
    with page.expect_navigation():
        page.click("main button")
    for question in ASKED:
        page.wait_for_url(f"**/question/{question}/")
        press(page, SIGNS.get(question, "unknown"))
    page.wait_for_url("**/answers/")
    with page.expect_navigation():
        page.click("main button")
    expect(page.locator("h1")).to_contain_text("being exploited")
    with page.expect_navigation():
        page.click("main a.govuk-button")
    page.select_option("select[name=language]", "uk")
    with page.expect_navigation():
        page.click("main button")
    page.check("[name=desk]")
    page.fill("[name=number]", "+381 60 111 22 23")
    page.fill("[name=name_to_use]", "Ђорђе")
    page.check("[name=agrees]")
    page.click("main button:has-text('Send this')")
    page.wait_for_url("**/sent/?sent=1")
    intake = Intake.objects.unscoped(reason="the test looks at all rows").get()
    assert intake.code in page.inner_text("main")
    assert only_screening().answers == {q: SIGNS.get(q, "unknown") for q in ASKED}


def test_answers_wait_in_the_tab_while_the_line_is_down_and_are_sent_in_their_order(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    page.goto(live_server.url + to("screening_question", started(inspector), question=ASKED[0]))
    page.context.set_offline(True)
    heading = page.locator("h1")
    for answer in ("yes", "no", "unknown"):
        before = heading.inner_text()
        page.wait_for_timeout(700)
        press(page, answer)
        expect(heading).not_to_have_text(before)
    expect(page.locator("[role=status]")).to_contain_text("The line dropped")
    assert waiting(page, inspector) == ASKED[:3]
    assert only_screening().answers == {}
    page.context.set_offline(False)
    page.wait_for_url(f"**/question/{ASKED[3]}/")
    assert waiting(page, inspector) == []
    assert only_screening().answers == dict(zip(ASKED, ("yes", "no", "unknown"), strict=False))


def test_whoever_looks_through_the_phone_reads_no_answer_and_a_reload_loses_none(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    address = live_server.url + to("screening_question", started(inspector), question=ASKED[0])
    page.goto(address)
    page.context.set_offline(True)
    press(page, "yes")
    expect(page.locator("[role=status]")).to_contain_text("The line dropped")
    page.wait_for_timeout(700)
    press(page, "no")
    expect(page.locator("h1")).to_be_visible()
    page.wait_for_function("() => document.querySelector('[data-screening-form]').action.includes('" + ASKED[2] + "')")
    sealed = base64.b64decode(stored(page))
    assert len(sealed) > 12 + 16
    assert not [word for word in (b"yes", b'no"', b"answer", ASKED[0].encode(), b"question") if word in sealed]
    key = screenings.waiting_key(actor=inspector, screening=only_screening())
    assert key not in page.content()  # nor does it stand in the page once the script has it
    kept = page.evaluate("async () => [{...localStorage}, document.cookie, (await indexedDB.databases()).length]")
    assert kept == [{}, "", 0]
    # A reload is not possible without a line; what waits is there when it is back, and is sent by itself.
    page.evaluate("() => { window.fetch = () => Promise.reject(new Error('the line')); }")
    page.context.set_offline(False)
    page.goto(address)
    page.wait_for_url(f"**/question/{ASKED[2]}/")
    assert only_screening().answers == {ASKED[0]: "yes", ASKED[1]: "no"}
    assert stored(page) == ""


def test_the_last_question_without_a_line_says_that_the_answers_wait(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    screening = started(inspector)
    Screening.objects.unscoped(reason="all but the last").update(answers=dict.fromkeys(ASKED[:-1], "no"))
    page.goto(live_server.url + to("screening_question", screening, question=ASKED[-1]))
    page.context.set_offline(True)
    press(page)
    expect(page.locator("[role=status]")).to_contain_text("That was the last question")
    page.context.set_offline(False)
    page.wait_for_url("**/answers/")
    assert only_screening().answers[ASKED[-1]] == "yes"


def test_a_slip_of_the_finger_does_not_answer_the_next_question(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    page.goto(live_server.url + to("screening_question", started(inspector), question=ASKED[0]))
    page.context.set_offline(True)
    page.dblclick(".fener-answers button[value=yes]")
    page.wait_for_timeout(200)
    assert waiting(page, inspector) == ASKED[:1]


def test_a_question_that_no_longer_applies_is_left_out_without_a_line_too(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    screening, left = started(inspector), ("owes-debt", "debt-grows", "unsafe-work")
    Screening.objects.unscoped(reason="all but three").update(answers={q: "no" for q in ASKED if q not in left})
    page.goto(live_server.url + to("screening_question", screening, question="owes-debt"))
    page.context.set_offline(True)
    press(page, "no")
    expect(page.locator("[role=status]")).to_contain_text("The line dropped")
    page.wait_for_timeout(700)
    press(page, "no")
    expect(page.locator("[role=status]")).to_contain_text("That was the last question")
    assert waiting(page, inspector) == ["owes-debt", "unsafe-work"]


def test_a_session_that_ended_meanwhile_loses_no_answer(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    screening = started(inspector)
    page.goto(live_server.url + to("screening_question", screening, question=ASKED[0]))
    page.context.set_offline(True)
    press(page)
    expect(page.locator("[role=status]")).to_contain_text("The line dropped")
    page.context.clear_cookies(name="fener_session")
    page.context.set_offline(False)
    page.wait_for_url("**/account/login/**")
    assert waiting(page, inspector) == ASKED[:1]
    enter(page, inspector)
    page.goto(live_server.url + to("screening", screening))
    page.wait_for_url(f"**/question/{ASKED[1]}/")
    assert only_screening().answers == {ASKED[0]: "yes"}
    assert waiting(page, inspector) == []


def test_signing_in_anew_in_another_tab_loses_no_answer(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    page.goto(live_server.url + to("screening_question", started(inspector), question=ASKED[0]))
    other = page.context.new_page()
    other.goto(live_server.url + "/")
    with other.expect_navigation():
        other.click("header form button")
    other.goto(live_server.url + "/account/login/")
    enter(other, inspector)
    press(page)
    page.wait_for_url(f"**/question/{ASKED[1]}/")
    assert only_screening().answers == {ASKED[0]: "yes"}


def test_the_answers_are_on_the_first_screen_of_a_small_phone(
    live_server: LiveServer, inspector: Actor, sign_in: SignIn
) -> None:
    page = sign_in(inspector)
    page.goto(live_server.url + to("screening_question", started(inspector), question="papers-kept"))
    lowest = page.evaluate("Math.max(...[...document.querySelectorAll('.fener-answers button')]"
                           ".map(b => b.getBoundingClientRect().bottom))")  # fmt: skip
    assert lowest <= PHONE["height"]
    danger = page.locator(".fener-danger-link").bounding_box()
    assert danger is not None
    assert danger["y"] + danger["height"] <= lowest, "the way out stands above the answers"


@pytest.mark.parametrize("width,scheme", [(320, "dark"), (768, "light"), (1280, "light")])
def test_axe_finds_nothing_and_nothing_leaves_the_screen(
    live_server: LiveServer, now_mechanism: Mechanism, inspector: Actor, sign_in: SignIn, width: int, scheme: str
) -> None:
    screening, manager = ready(inspector), now_mechanism.ngo.actor(Role.CASE_MANAGER)
    intake = sent(inspector, now_mechanism.ngo)
    names = ("needs", "answers", "danger", "result", "rights", "offer", "declined")
    officer = [to(f"screening_{name}", screening) for name in names]
    officer += [to("screening_question", screening, question="hurt"), "/screening/", "/sent/", "/suspicion/"]
    desk = [f"/first-contacts/{intake.code}/{rest}" for rest in ("", "close/")] + ["/first-contacts/"]
    intakes.receive_intake(actor=manager, intake=intake, at=intake.sent_at)
    look = {"viewport": {"width": width, "height": 800}, "color_scheme": scheme}
    for actor, addresses in ((inspector, officer), (manager, desk)):
        page = sign_in(actor, **look)
        for address in addresses:
            page.goto(live_server.url + address)
            page.evaluate(AXE)
            found = page.evaluate("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
            assert found == [], address
            assert page.evaluate("document.documentElement.scrollWidth") <= width, address
