"""The page in a real browser: the menu of a message, files, forms and a long card, by mouse, keyboard and finger."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from playwright.async_api import Browser, FilePayload, Locator, Page, async_playwright, expect

from tests.chromium import FLAGS, require_chromium
from tests.demo.echo_cards import ALT
from tests.socket_world import SocketWorld

ASKED = "Which month is shortest?"
STICKING_OUT = """card => [...card.querySelectorAll(".button, .select-button")].filter((control) => {
    const [inner, outer] = [control.getBoundingClientRect(), card.getBoundingClientRect()];
    if (!control.checkVisibility()) return false;
    return inner.left < outer.left || inner.right > outer.right || inner.height < 24;
}).map((control) => control.textContent)"""


@pytest.fixture
async def chromium() -> AsyncIterator[Browser]:
    path = require_chromium()
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        await browser.close()


@asynccontextmanager
async def visit(chromium: Browser, world: SocketWorld, *, phone: bool = False) -> AsyncIterator[Page]:
    """The page on a desk or on a phone; whatever it complains about fails the test."""
    size = {"width": 390, "height": 844} if phone else {"width": 1280, "height": 900}
    context = await chromium.new_context(viewport=size, has_touch=phone, is_mobile=phone)  # type: ignore[arg-type]
    page = await context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text) if message.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: said.append(str(error)))
    await page.goto(world.discord.url)
    await expect(page.locator(".bot-state")).to_have_text("Bot online")
    yield page
    assert said == []
    await context.close()


def view(page: Page, person: str) -> Locator:
    return page.locator(f'.pane[aria-label="{person}’s view"]')


def apps(page: Page) -> Locator:
    """The “…” at bob's message, as alice sees it."""
    return view(page, "alice").get_by_role("button", name="Apps for the message from bob")


async def begin(page: Page, command: str) -> None:
    """Type a command as alice and come into its form."""
    await view(page, "alice").locator(".composer-input").focus()
    await page.keyboard.type(command)
    await expect(view(page, "alice").locator(".command-form")).to_be_visible()


async def expect_answer(page: Page, *lines: str) -> None:
    """What only alice is told."""
    answer = view(page, "alice").locator(".ephemeral .md")
    await expect(answer).to_have_text("\n".join(lines), use_inner_text=True)


async def test_the_menu_of_a_message_answers_to_the_keyboard(chromium: Browser, world: SocketWorld) -> None:
    await world.say("bob", "#quiz-night", ASKED)
    async with visit(chromium, world) as page:
        await view(page, "alice").locator(".scroller").focus()
        await page.keyboard.press("Tab")
        await expect(apps(page)).to_be_focused()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menuitem", name="Ask about this …")).to_be_focused()
        await page.keyboard.press("Escape")
        await expect(apps(page)).to_be_focused()
        for key in ("Enter", "ArrowDown", "Enter"):
            await page.keyboard.press(key)
        await expect(view(page, "alice").locator(".message.ephemeral")).to_contain_text(ASKED)
        await expect(view(page, "alice").locator(".message.ephemeral .context")).to_have_text("alice used Quote this")
        await expect(page.get_by_role("menu")).to_have_count(0)
        await expect(view(page, "alice").locator(".message.ephemeral .apps-button")).to_have_count(0)


async def test_a_right_click_opens_the_menu_and_the_form(chromium: Browser, world: SocketWorld) -> None:
    await world.say("bob", "#quiz-night", ASKED)
    async with visit(chromium, world) as page:
        await view(page, "alice").get_by_text(ASKED).click(button="right")
        await page.get_by_role("menuitem", name="Ask about this …").click()
        prompt = page.get_by_role("textbox", name="Prompt")
        await expect(prompt).to_be_focused()
        await expect(prompt).to_have_value(ASKED)
        await expect(prompt).to_have_accessible_description("As players will read it")
        await page.get_by_role("button", name="Submit").click()
        await expect(page.get_by_role("radiogroup", name="Status")).to_have_accessible_description("Please choose.")
        await prompt.fill("Two\nlines")
        await page.get_by_role("radio", name="apricot").check()
        await page.get_by_role("button", name="Submit").click()
        await expect_answer(
            page,
            r"prompt: 'Two\nlines'",
            "note: ''",
            "fruits: ['apple', 'banana']",
            "checks: ['apple']",
            "status: 'apricot'",
        )


async def test_the_menu_opens_and_closes_with_its_button(chromium: Browser, world: SocketWorld) -> None:
    await world.say("bob", "#quiz-night", ASKED)
    async with visit(chromium, world) as page:
        for shown in (1, 0, 1):
            await apps(page).click()
            await expect(page.get_by_role("menu", name="Apps")).to_have_count(shown)
        await view(page, "bob").get_by_text(ASKED).click()
        await expect(page.get_by_role("menu", name="Apps")).to_have_count(0)
        world.world.take_role(world.person("alice").id, world.world.role_named("Moderator"))
        await apps(page).click()
        await expect(page.get_by_role("menuitem")).to_have_text(["Quote this"])


async def test_the_menu_works_with_a_finger(chromium: Browser, world: SocketWorld) -> None:
    await world.say("bob", "#quiz-night", ASKED)
    async with visit(chromium, world, phone=True) as page:
        await expect(apps(page)).to_have_css("opacity", "1")
        await apps(page).tap()
        await page.get_by_role("menuitem", name="Quote this").tap()
        await expect(view(page, "alice").locator(".message.ephemeral")).to_contain_text(ASKED)
        assert await page.evaluate("document.documentElement.scrollWidth") == 390


async def test_a_file_is_sent_and_what_comes_back_is_shown_and_saved(
    chromium: Browser, world: SocketWorld, tmp_path: Path
) -> None:
    async with visit(chromium, world) as page:
        await begin(page, "/echo parcel ")
        chooser = view(page, "alice").locator("input[type=file]")
        await chooser.set_input_files({"name": "big.csv", "mimeType": "text/csv", "buffer": bytes(11 * 2**20)})
        await page.keyboard.press("Enter")
        await expect(view(page, "alice").locator(".command-note.error")).to_have_text(
            "At most 10 MB can be sent at once; this is 11.0 MB."
        )
        await chooser.set_input_files({"name": "big.csv", "mimeType": "text/csv", "buffer": bytes(9 * 2**20)})
        await page.keyboard.press("Enter")
        picture = view(page, "bob").get_by_role("img", name=ALT)
        await expect(picture).to_have_js_property("naturalWidth", 240)
        async with page.expect_download() as saving:
            await view(page, "bob").get_by_role("link", name="report.txt").click()
        saved = await saving.value
        await saved.save_as(tmp_path / "report.txt")
    assert saved.suggested_filename == "report.txt"
    assert (tmp_path / "report.txt").read_text() == "9437184 bytes\n"


async def test_a_form_takes_roles_channels_people_and_files(chromium: Browser, world: SocketWorld) -> None:
    async with visit(chromium, world) as page:
        await begin(page, "/echo form of:things")
        for _ in range(2):  # takes the suggestion, then sends
            await page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog", name="Who, where and what")
        await expect(dialog.get_by_role("combobox", name="Role")).to_have_text("@Moderator")
        await dialog.get_by_role("combobox", name="Channels").click()
        await page.get_by_role("option", name="#briefings").click()
        await page.keyboard.press("Escape")
        await expect(dialog.get_by_role("combobox", name="Channels")).to_have_text("#quiz-night, #briefings")
        await dialog.get_by_text("Anyone").click()  # a label leads to its menu
        await page.keyboard.type("bo")
        for key in ("Enter", "Escape"):
            await page.keyboard.press(key)
        files = [FilePayload(name=name, mimeType="text/plain", buffer=b"12345") for name in ("a.txt", "b.txt")]
        await dialog.locator("input[type=file]").set_input_files(files)
        await dialog.get_by_role("checkbox", name="Sure").uncheck()
        await dialog.get_by_role("button", name="Submit").click()
        role, here, there = (world.world.role_named("Moderator"), *map(world.channel, ("#quiz-night", "#briefings")))
        await expect_answer(
            page,
            f"role: ['{role}']",
            f"channel: ['{here}', '{there}']",
            f"anyone: ['{world.person('bob').id}']",
            "files: [('a.txt', 5), ('b.txt', 5)]",
            "sure: False",
        )


@pytest.mark.parametrize("phone", [False, True])
async def test_a_long_card_stays_in_its_frame(chromium: Browser, world: SocketWorld, phone: bool) -> None:
    async with visit(chromium, world, phone=phone) as page:
        await begin(page, "/echo long ")
        await page.keyboard.press("Enter")
        card = view(page, "alice").locator(".card")
        await expect(card.locator(".select-face")).to_have_text(
            ["Apricot", "Apple, Banana", "@Moderator", "#quiz-night", "alice"]
        )
        assert await card.evaluate(STICKING_OUT) == []
        scroller = view(page, "alice").locator(".scroller")
        assert await scroller.evaluate("e => e.scrollWidth - e.clientWidth") == 0
        await card.get_by_role("combobox", name="Who may").click()
        await page.get_by_role("option", name="@Offramp").click()
        chosen = max(r.id for r in world.world.backend.guilds[world.world.guild.id].roles.values() if r.managed)
        await expect(view(page, "alice").get_by_text(f"chose ['{chosen}']")).to_be_visible()
        await expect(card.locator(".select-face").nth(2)).to_have_text("@Offramp")
