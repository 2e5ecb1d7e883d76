"""Take the README's pictures from the demo: `python -m tests.pictures.take`."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, sync_playwright

from content.loader import find_packs, load_packs
from content.pack import Single
from tests.chromium import FLAGS, find_chromium

HERE = Path(__file__).parent


@contextmanager
def run_demo() -> Iterator[str]:
    """The address of a demo that runs as long as the block."""
    command = [sys.executable, "-m", "bot", "demo", "--no-browser"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as demo:
        assert demo.stdout is not None
        try:
            yield demo.stdout.readline().strip()
        finally:
            demo.terminate()


def view(page: Page, person: str) -> Locator:
    return page.locator(f'.pane[aria-label="{person}’s view"]')


def send(page: Page, person: str, command: str) -> None:
    """Type a command as somebody and send it."""
    composer = view(page, person).locator(".composer-input")
    composer.click()
    page.keyboard.type(command)
    page.keyboard.press("Enter")


def right_options() -> dict[str, str]:
    """The right option by prompt, of every question with one right option."""
    (pack,) = load_packs([p for p in find_packs() if p.name == "kaliningrad"]).values()
    return {q.prompt: q.options["ABCDE".index(q.key)] for q in pack.questions if isinstance(q, Single)}


def play_until_revealed(page: Page) -> None:
    """Play as alice and bob until a question with letters is revealed; alice is right, bob takes another letter."""
    send(page, "alice", "/quiz play theme:kaliningrad/t8-offramp questions:10 seconds:8 ")
    known = right_options()
    for turn in range(1, 11):
        asked = page.get_by_text(f"Question {turn} of 10").first
        paused = view(page, "alice").get_by_role("button", name="Go on")
        asked.or_(paused).first.wait_for(timeout=30_000)
        if paused.count():  # two questions without letters in a row, which nobody answers here
            paused.click()
            asked.wait_for(timeout=30_000)
        text = view(page, "alice").locator(".card").last.inner_text()
        right = next((option for prompt, option in known.items() if prompt in text), None)
        if right is None:
            continue
        letter = next(line.split()[0] for line in text.splitlines() if line.endswith(right))
        for person, choice in (("alice", letter), ("bob", "A" if letter != "A" else "B")):
            buttons = view(page, person).locator("button[data-act=click]", has_text=re.compile(f"^{choice}$"))
            buttons.last.click()
        page.get_by_text("1 of 2 answers right").first.wait_for(timeout=30_000)
        return


def take_all(page: Page) -> None:
    page.get_by_text("Bot online").wait_for()
    play_until_revealed(page)
    page.wait_for_timeout(500)  # for the page to have scrolled
    page.screenshot(path=HERE / "demo.png")


def main() -> None:
    with run_demo() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=FLAGS)
        page = browser.new_page(viewport={"width": 1360, "height": 860})
        page.goto(address)
        take_all(page)
        browser.close()


if __name__ == "__main__":
    main()
