"""The gate: whatever is pressed, however it ends, the person is answered once."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from discord import app_commands
from hypothesis import given
from hypothesis import strategies as st

from bot import gate
from bot.app import CHANGED
from bot.errors import Refusal
from bot.gate import IN_FLIGHT, NOT_HERE, NOT_SAVED, UNKNOWN, Gate, Route
from bot.kit import Button, Card, Choice, Form
from bot.press import SHOWN_BELOW, TOO_LATE, Press
from storage.db import NotSaved
from tests.stage import Stage, button_ids, text_of

PRESSED = Button("Go", "test:go")


async def panel(stage: Stage, *buttons: Button) -> discord.Message:
    """A card of the bot's in #quiz, with these buttons."""
    card = Card().text("A card").buttons(*buttons)
    return await stage.bot.get_partial_messageable(stage.quiz.id).send(view=card.view())


async def press(stage: Stage, handler: Callable[[Press], Awaitable[None]]) -> Any:
    """Press a button that runs this handler."""
    stage.bot.gate.add({"test:go": handler})
    return await stage.press("alice", await panel(stage, PRESSED), "Go")


def sent(stage: Stage) -> list[str]:
    """What went out to Discord about interactions: `callback 4`, `followup`, `edit`."""
    found = []
    for entry in stage.env.http_requests:
        if entry.path.endswith("/callback"):
            found.append(f"callback {entry.json['type']}" if entry.json else "callback")
        elif entry.path.startswith("/webhooks/"):
            found.append({"POST": "followup", "PATCH": "edit"}[entry.method])
    return found


def logged(caplog: pytest.LogCaptureFixture, *names: str) -> list[tuple[Any, ...]]:
    """(event, level, these extras) of what the gate has logged, but for its line an interaction."""
    records = [r for r in caplog.records if r.name == "offramp.gate" and r.message != "interaction"]
    return [(r.message, r.levelno, *(getattr(r, name, None) for name in names)) for r in records]


def outcomes(caplog: pytest.LogCaptureFixture) -> list[str]:
    return [r.outcome for r in caplog.records if r.message == "interaction"]  # type: ignore[attr-defined]


async def say_done(press: Press) -> None:
    await press.say("done")


# --- finding the handler -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "custom_id",
    [
        "nobody:knows",
        "x",
        ":",
        ":" * 100,
        "test",
        "test:two",
        "test:two:1",
        "test:two:1:a:2",
        "test:two::a",
        "test:two:-1:a",
        "test:two:1.5:a",
        "test:two:1e3:a",
        "test:two: 1:a",
        "test:two:+1:a",
        "test:two:٣:a",
        "test:two:9223372036854775808:a",
        "test:two:" + "9" * 80 + ":a",
        "test:two:1:A",
        "test:two:1:",
        "test:two:1:ü",
        "test:two:1:" + "a" * 33,
        "TEST:TWO:1:a",
    ],
)
async def test_a_custom_id_that_nothing_reads_gets_a_plain_sentence(stage: Stage, custom_id: str) -> None:
    async def two(press: Press, number: int, word: str) -> None:
        await press.say("read")

    stage.bot.gate.add({"test:two": two})
    assert await stage.forge("bob", custom_id) == UNKNOWN
    assert sent(stage) == ["callback 4"]


@pytest.mark.parametrize(
    ("custom_id", "read"),
    [
        ("test:two:1:a", "1 a"),
        ("test:two:0:0", "0 0"),
        ("test:two:007:two-words", "7 two-words"),
        ("test:two:9223372036854775807:" + "a" * 32, "9223372036854775807 " + "a" * 32),
    ],
)
async def test_ids_come_as_their_types_say(stage: Stage, custom_id: str, read: str) -> None:
    async def two(press: Press, number: int, word: str) -> None:
        await press.say(f"{number} {word}")

    stage.bot.gate.add({"test:two": two})
    assert await stage.forge("bob", custom_id) == read


@given(st.lists(st.text(max_size=30) | st.integers().map(str), max_size=4))
def test_whatever_a_custom_id_holds_ids_are_read_or_refused(words: list[str]) -> None:
    ids = Route(say_done, ("int", "str")).read(words)
    assert ids is None or (0 <= int(ids[0]) < 2**63 and ids[1] == words[1])


def test_a_handler_with_ids_of_another_type_is_refused_at_the_start() -> None:
    async def wrong(press: Press, share: float) -> None: ...

    with pytest.raises(TypeError, match="test:wrong takes"):
        Gate(None).add({"test:wrong": wrong})  # type: ignore[arg-type]


async def test_a_press_in_a_private_message_is_sent_to_a_server(stage: Stage) -> None:
    stage.bot.gate.add({"test:go": say_done})
    user = stage.env.create_user("dora")
    channel = user.dm_channel
    message = await stage.bot.get_partial_messageable(channel.id).send(view=Card().buttons(PRESSED).view())
    result = await user.click(message, label="Go")
    assert text_of(result.response) == NOT_HERE


async def test_what_was_filled_in_is_read_however_it_is_nested(stage: Stage) -> None:
    async def ask(press: Press) -> None:
        form = Form("test:filled:7", "All of it").text("Please").field("word", "A word")
        await press.ask(form.select("pick", "Pick one", [Choice("A", "0"), Choice("B", "1")]))

    async def filled(press: Press, number: int) -> None:
        await press.say(f"{number} {press.fields} {press.values} {press.message_id is not None}")

    stage.bot.gate.add({"test:filled": filled})
    asked = await press(stage, ask)
    told = await stage.submit("alice", asked, word=" it's ", pick=["1"])
    assert told.text == "7 {'word': \" it's \", 'pick': '1'} [] True"


async def test_what_was_taken_in_a_select_is_read(stage: Stage) -> None:
    async def taken(press: Press) -> None:
        await press.say(f"{press.values}")

    stage.bot.gate.add({"test:taken": taken})
    choices = [Choice(letter, letter) for letter in "abc"]
    card = Card().select("test:taken", "Choose", choices, most=3)
    message = await stage.bot.get_partial_messageable(stage.quiz.id).send(view=card.view())
    assert (await stage.choose("bob", message, "a", "c")).text == "['a', 'c']"


async def test_a_press_knows_who_pressed_where(stage: Stage) -> None:
    async def tell(press: Press) -> None:
        facts = (press.guild_id, press.channel_id, press.user_id, press.user_name)
        await press.say(f"{facts} {press.may('manage_messages')}")

    place = (stage.guild.id, stage.quiz.id)
    stage.bot.gate.add({"test:go": tell})
    message = await panel(stage, PRESSED)
    for who, may in (("alice", True), ("bob", False)):
        told = await stage.press(who, message, "Go")
        assert told.text == f"{(*place, stage.people[who].id, who)} {may}"


# --- what a handler may end with -------------------------------------------------------------------------------------


async def test_an_answer_is_seen_by_the_one_who_pressed_only(stage: Stage) -> None:
    told = await press(stage, say_done)
    assert (told.text, told.private, sent(stage)) == ("done", True, ["callback 4"])


async def test_a_card_may_be_for_everyone(stage: Stage) -> None:
    async def show(press: Press) -> None:
        await press.show(Card().text("for all"), private=False)

    told = await press(stage, show)
    assert (told.text, told.private) == ("for all", False)


async def test_a_pressed_card_can_be_changed(stage: Stage) -> None:
    async def change(press: Press) -> None:
        await press.update(Card().text("changed"))

    await press(stage, change)
    assert (text_of(stage.last()), sent(stage)) == ("changed", ["callback 7"])


async def test_a_refusal_is_its_own_sentence(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def refuse(press: Press) -> None:
        raise Refusal("Not now.")

    caplog.set_level(logging.INFO)
    told = await press(stage, refuse)
    assert (told.text, told.private) == ("Not now.", True)
    assert (logged(caplog), outcomes(caplog)) == ([], ["refused"])


async def test_what_was_not_saved_is_said_to_be_so(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def lose(press: Press) -> None:
        raise NotSaved("disk full")

    caplog.set_level(logging.INFO)
    assert (await press(stage, lose)).text == NOT_SAVED
    assert outcomes(caplog) == ["not saved"]


async def test_a_fault_is_told_by_a_number_that_the_log_has_with_its_traceback(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    async def stumble(press: Press) -> None:
        raise ZeroDivisionError("private words")

    told = await press(stage, stumble)
    (record,) = [r for r in caplog.records if r.message == "failed"]
    number = record.number  # type: ignore[attr-defined]
    assert told.text == (
        f"Something went wrong on my side, and it has been noted under number {number}. Please try again."
    )
    assert record.exc_info is not None
    assert record.exc_info[0] is ZeroDivisionError
    assert logged(caplog, "interaction") == [("failed", logging.ERROR, record.interaction)]  # type: ignore[attr-defined]


async def test_no_line_of_the_log_holds_the_token_of_an_interaction(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    tokens = []

    async def stumble(press: Press) -> None:
        tokens.append(press.interaction.token)
        raise ZeroDivisionError

    caplog.set_level(logging.INFO)
    await press(stage, stumble)
    assert [token for token in tokens if token in caplog.text or token in str([vars(r) for r in caplog.records])] == []


async def test_a_handler_that_forgets_to_answer_is_a_fault(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def forget(press: Press) -> None:
        return

    assert (await press(stage, forget)).text.startswith("Something went wrong on my side")
    assert outcomes(caplog) == []
    (record,) = [r for r in caplog.records if r.message == "failed"]
    assert str(record.exc_info and record.exc_info[1]) == "forget gave no answer"


async def test_a_fault_after_the_answer_is_told_too(stage: Stage) -> None:
    async def answer_and_stumble(press: Press) -> None:
        await press.say("done")
        raise Refusal("But then.")

    told = await press(stage, answer_and_stumble)
    assert (told.text, [text_of(m) for m in told.result.followups]) == ("done", ["But then."])


async def test_a_second_answer_does_not_replace_the_first(stage: Stage) -> None:
    async def say_twice(press: Press) -> None:
        await press.say("one")
        await press.say("two")

    told = await press(stage, say_twice)
    assert (told.text, [text_of(m) for m in told.result.followups]) == ("one", ["two"])


async def test_words_that_are_too_many_are_cut(stage: Stage) -> None:
    async def ramble(press: Press) -> None:
        await press.say("x" * 3000)

    assert (await press(stage, ramble)).text == "x" * 1999 + "…"


async def test_a_card_that_discord_refuses_is_a_fault_that_is_told(stage: Stage) -> None:
    async def show(press: Press) -> None:
        await press.show(Card().text("x"))

    stage.env.inject_error("POST", "/interactions/*", status=400, code=50035)
    assert (await press(stage, show)).text.startswith("Something went wrong on my side")


# --- slow handlers ---------------------------------------------------------------------------------------------------


async def slowly(stage: Stage, handler: Callable[[Press], Awaitable[None]]) -> Any:
    """Press a button whose handler takes longer than the gate's patience; return once it is through."""

    async def slow(press: Press) -> None:
        await press.bot.clock.wait(1)
        await handler(press)

    told = await press(stage, slow)
    assert [call[:8] for call in sent(stage)] == ["callback"]  # the deferral alone
    await stage.advance(1)
    return told


@pytest.fixture
def _impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A gate that defers at once what waits for the clock of the test."""
    monkeypatch.setattr(gate, "PATIENCE", 0.02)


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_answer_is_put_off_in_time_and_still_arrives(stage: Stage) -> None:
    told = await slowly(stage, say_done)
    assert sent(stage) == ["callback 6", "followup"]
    assert [text_of(m) for m in told.result.followups] == ["done"]
    assert [m.ephemeral for m in told.result.followups] == [True]


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_change_still_changes_the_card_that_was_pressed(stage: Stage) -> None:
    async def change(press: Press) -> None:
        await press.update(Card().text("changed"))

    await slowly(stage, change)
    assert [text_of(message) for message in stage.messages()] == ["changed"]
    assert sent(stage) == ["callback 6", "edit"]


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_card_for_everyone_is_for_everyone(stage: Stage) -> None:
    async def show(press: Press) -> None:
        await press.show(Card().text("for all"), private=False)

    await slowly(stage, show)
    assert [text_of(message).split("\n")[0] for message in stage.messages()] == ["A card", "for all"]


@pytest.mark.usefixtures("_impatient")
async def test_a_form_that_comes_too_late_says_so(stage: Stage) -> None:
    async def ask(press: Press) -> None:
        await press.ask(Form("test:filled", "Too late").field("word", "A word"))

    told = await slowly(stage, ask)
    assert [text_of(m) for m in told.result.followups] == [TOO_LATE]


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_refusal_and_a_slow_fault_still_arrive(stage: Stage) -> None:
    async def refuse(press: Press) -> None:
        raise Refusal("Not now.")

    told = await slowly(stage, refuse)
    assert [text_of(m) for m in told.result.followups] == ["Not now."]


@pytest.mark.usefixtures("_impatient")
async def test_after_a_deferral_a_second_answer_does_not_replace_the_first(stage: Stage) -> None:
    async def say_twice(press: Press) -> None:
        await press.say("one")
        await press.say("two")

    told = await slowly(stage, say_twice)
    assert [text_of(m) for m in told.result.followups] == ["one", "two"]


class Commands(app_commands.Group):
    """Two commands for tests, slow on demand."""

    def __init__(self, stage: Stage) -> None:
        super().__init__(name="test", description="For tests")
        self.stage = stage

    @app_commands.command(description="Answer slowly, to one")
    async def private(self, interaction: discord.Interaction[Any]) -> None:
        await self.stage.bot.gate.run(interaction, self.answer_slowly, True)

    @app_commands.command(description="Answer slowly, to all")
    async def public(self, interaction: discord.Interaction[Any]) -> None:
        await self.stage.bot.gate.run(interaction, self.answer_slowly, False)

    @app_commands.command(description="Fail outside of the gate")
    async def broken(self, interaction: discord.Interaction[Any], what: str = "") -> None:
        raise Refusal("Not now.") if what == "refusal" else ZeroDivisionError

    async def answer_slowly(self, press: Press, private: bool) -> None:
        await press.bot.clock.wait(1)
        await press.show(Card().text("here"), private=private)
        await press.say("and more")


@pytest.fixture
async def commands(stage: Stage) -> Stage:
    """The stage, with commands for tests."""
    stage.bot.tree.add_command(Commands(stage))
    await stage.bot.tree.sync()
    return stage


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_command_shows_thinking_and_then_its_answer(commands: Stage) -> None:
    told = await commands.slash("alice", "test private")
    await commands.advance(1)
    assert sent(commands) == ["callback 5", "edit", "followup"]
    assert (told.text, told.private) == ("here", True)
    assert [text_of(m) for m in told.result.followups] == ["and more"]


@pytest.mark.usefixtures("_impatient")
async def test_a_slow_command_for_everyone_is_for_everyone(commands: Stage) -> None:
    told = await commands.slash("alice", "test public")
    await commands.advance(1)
    assert (told.text, told.private) == (SHOWN_BELOW, True)
    assert [(text_of(m), m.ephemeral) for m in told.result.followups] == [("here", False), ("and more", True)]
    assert [text_of(message) for message in commands.messages()] == ["here"]


async def test_a_command_that_fails_outside_of_the_gate_is_answered_all_the_same(commands: Stage) -> None:
    assert (await commands.slash("alice", "test broken", what="refusal")).text == "Not now."
    assert (await commands.slash("alice", "test broken")).text.startswith("Something went wrong on my side")


async def test_a_command_that_is_no_more_is_answered_with_what_to_do(commands: Stage) -> None:
    commands.bot.tree.remove_command("test")
    assert (await commands.slash("alice", "test private")).text == CHANGED


# --- Discord says no -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "code"), [(400, 40060), (404, 10062), (400, 50083), (401, 50027), (404, 10015)])
async def test_an_answer_that_discord_does_not_want_is_one_line_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture, status: int, code: int
) -> None:
    caplog.set_level(logging.INFO)
    stage.env.inject_error("POST", "/interactions/*", status=status, code=code)
    await press(stage, say_done)
    assert logged(caplog, "code") == [("answer not wanted", logging.WARNING, code)]
    assert outcomes(caplog) == ["done"]


@pytest.mark.usefixtures("_impatient")
async def test_a_deferral_that_was_repeated_by_ourselves_counts_as_made(stage: Stage) -> None:
    stage.env.inject_error("POST", "/interactions/*", status=400, code=40060)
    told = await slowly(stage, say_done)
    assert sent(stage) == ["callback 6", "followup"]
    assert told.text == ""


@pytest.mark.usefixtures("_impatient")
async def test_a_deferral_that_fails_is_logged_and_the_answer_still_tried(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    stage.env.inject_error("POST", "/interactions/*", status=500)
    told = await slowly(stage, say_done)
    assert told.text == "done"
    assert logged(caplog) == [("could not defer", logging.WARNING)]


async def test_an_outage_that_lets_no_answer_through_is_logged(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    stage.env.inject_error("POST", "/interactions/*", status=500, times=2)
    await press(stage, say_done)
    assert [entry[0] for entry in logged(caplog)] == ["failed", "could not answer"]


async def test_a_lost_connection_is_one_line_in_the_log(stage: Stage, caplog: pytest.LogCaptureFixture) -> None:
    async def lost() -> None:
        raise ConnectionResetError

    async def lose(press: Press) -> None:
        await press._send(lost())
        await press.say("done")

    await press(stage, lose)
    assert logged(caplog, "why") == [("answer lost", logging.WARNING, "ConnectionResetError")]


async def test_only_so_many_answers_are_under_way_at_once(stage: Stage) -> None:
    running, most = 0, 0

    async def request() -> None:
        nonlocal running, most
        running += 1
        most = max(most, running)
        await asyncio.sleep(0)
        running -= 1

    async def flood(press: Press) -> None:
        await asyncio.gather(*(press._send(request()) for _ in range(3 * IN_FLIGHT)))
        await press.say("done")

    await press(stage, flood)
    assert (most, running) == (IN_FLIGHT, 0)


async def test_people_who_press_at_once_are_each_answered(stage: Stage) -> None:
    async def greet(press: Press) -> None:
        await press.say(press.user_name)

    stage.bot.gate.add({"test:go": greet})
    message = await panel(stage, PRESSED)
    told = [(await stage.press(who, message, "Go")).text for who in ("alice", "bob", "carol")]
    assert told == ["alice", "bob", "carol"]
    assert list(button_ids(message)) == ["Go"]


# --- the end ---------------------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("_impatient")
async def test_an_answer_under_way_gets_out_before_the_bot_closes(stage: Stage) -> None:
    async def slow(press: Press) -> None:
        await press.bot.clock.wait(1)
        await press.say("done")

    told = await press(stage, slow)
    finishing = asyncio.create_task(stage.bot.gate.finish())
    stage.clock.move(1000)
    await finishing
    assert [text_of(m) for m in told.result.followups] == ["done"]
