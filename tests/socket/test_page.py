"""The demo in a real browser: its policy, a round between two people, a restart, a brief, a motion, a small screen."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.chromium import FLAGS, require_chromium
from tests.pictures.take import run_demo, send, view
from tests.socket.table import LETTERS, write_pack

RECORD_STATES = """() => {
    const state = document.querySelector(".bot-state");
    window.states = [];
    new MutationObserver(() => window.states.push(state.dataset.state)).observe(state, {attributes: true});
}"""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    path = require_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def address(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A demo whose bot also knows a pack of lettered questions."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OFFRAMP_PACKS", str(write_pack(tmp_path_factory.mktemp("packs"), LETTERS)))
        with run_demo() as address:
            yield address


@pytest.fixture
def page(browser: Browser, address: str) -> Iterator[Page]:
    """The page under its own policy. Whatever it breaks, and any other error, is a line in the console."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(address)
    assert answer is not None
    assert answer.headers["content-security-policy"].startswith("default-src 'self'; base-uri 'none'")
    expect(page.locator(".bot-state")).to_have_text("Bot online", timeout=15_000)
    yield page
    assert said == []
    page.close()


def test_two_people_play_and_the_bot_is_killed_between_two_answers(page: Page) -> None:
    send(page, "alice", "/quiz play theme:shapes questions:1 seconds:60 ")
    for person in ("alice", "bob"):
        expect(view(page, person).get_by_role("button", name="B", exact=True)).to_be_visible(timeout=15_000)
    press(page, "bob", "B")
    expect(view(page, "bob").get_by_text("B, locked in.")).to_be_visible()
    expect(view(page, "alice").get_by_text("locked in.")).to_have_count(0)

    page.evaluate(RECORD_STATES)
    page.get_by_role("button", name="Restart the bot", exact=True).click()
    page.get_by_role("button", name="Kill and restart it").click()
    expect(view(page, "bob").get_by_text("I was away for a moment and am back.")).to_be_visible(timeout=15_000)
    states = page.evaluate("window.states")
    assert ("offline" in states, states[-1]) == (True, "online")

    press(page, "bob", "C")
    expect(view(page, "bob").get_by_text("Your first answer, B, is the one that counts.")).to_be_visible()
    press(page, "alice", "A")
    expect(view(page, "alice").get_by_text("A, locked in.")).to_be_visible()
    send(page, "alice", "/quiz stop ")
    expect(view(page, "bob").get_by_text("Standing: Shapes: everything")).to_be_visible()


def test_a_brief_and_a_motion_answer_to_the_keyboard_alone(page: Page) -> None:
    pick(page, "bob", "/risk br")
    expect(view(page, "bob").locator(".card").last).to_contain_text("Risks the source names")
    pick(page, "bob", "/debate pr")
    for person in ("alice", "bob"):
        expect(view(page, person).get_by_role("button", name="Unsure", exact=True)).to_be_visible()
    press(page, "alice", "Unsure")
    expect(view(page, "alice").locator(".private-note").last).to_be_visible()


def test_a_narrow_screen_shows_one_person_with_the_composer_in_sight(page: Page) -> None:
    page.set_viewport_size({"width": 400, "height": 800})
    expect(page.get_by_role("tab", name="bob")).to_be_visible()
    expect(view(page, "bob")).not_to_be_visible()
    page.get_by_role("tab", name="bob").click()
    pick(page, "bob", "/risk br")
    expect(view(page, "bob").locator(".card").last).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 400
    composer = view(page, "bob").locator(".composer-input").bounding_box()
    assert composer is not None
    assert composer["y"] + composer["height"] <= 800  # a long card scrolls inside the pane


def press(page: Page, person: str, label: str) -> None:
    view(page, person).get_by_role("button", name=label, exact=True).last.click()


def pick(page: Page, person: str, beginning: str) -> None:
    """Choose a command from the list that opens while typing, and send it; no mouse."""
    view(page, person).locator(".composer-input").focus()
    page.keyboard.type(beginning)
    expect(page.locator(".option").first).to_be_visible()
    page.keyboard.press("Enter")
    expect(view(page, person).locator(".command-form")).to_be_visible()
    page.keyboard.press("Enter")
    expect(view(page, person).locator(".command-form")).to_have_count(0)
