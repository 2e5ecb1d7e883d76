"""AutoMod on Discord: whose rules are read when, for whom they are, and what happens where they can't be."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest
from simcord.builders import ChannelHandle

from bot import automod
from bot.app import PERMISSIONS
from bot.kit import Button, Card
from bot.member_text import HELD, NO_LINKS, NOT_PASSED_ON
from bot.press import Press
from tests.stage import Stage

RULES = ("GET", "/guilds/*/auto-moderation/rules")
PASSED = "passed on"
MINUTE = 60
LOCAL_WORD = "bullshit"


def let_bot_manage(stage: Stage, manages: bool = True) -> None:
    """Give the bot Manage Server, or take it away."""
    held = discord.Permissions(PERMISSIONS.value | discord.Permissions(manage_guild=manages).value)
    for role in stage.env.backend.guilds[stage.guild.id].roles.values():
        if role.managed:
            role.permissions = held.value


def make_rule(stage: Stage, *words: str, guild_id: int | None = None, **changes: Any) -> int:
    """A moderator makes a rule against these words."""
    trigger = {key: changes.pop(key) for key in ("regex_patterns", "allow_list", "presets") if key in changes}
    rule: dict[str, Any] = {
        "name": "Rule",
        "event_type": 1,
        "trigger_type": 1,
        "actions": [{"type": 1, "metadata": {}}],
        "trigger_metadata": {"keyword_filter": list(words), **trigger},
    }
    return stage.env.backend.create_auto_mod_rule(
        guild_id or stage.guild.id, stage.people["alice"].id, rule | changes
    ).id


async def told(
    stage: Stage, text: str, who: str = "bob", channel: ChannelHandle | None = None, thread: int | None = None
) -> str:
    """What somebody hears when the bot is to show their text to others."""

    async def pass_on(press: Press) -> None:
        await press.bot.automod.check_text(press, text)
        await press.say(PASSED)

    return await press_for(stage, pass_on, who, thread or (channel or stage.quiz).id)


async def press_for(stage: Stage, handler: Callable[[Press], Awaitable[None]], who: str, channel_id: int) -> str:
    """Press a button that runs this handler; what the person hears."""
    stage.bot.gate.add({"test:go": handler})
    card = Card().buttons(Button("Go", "test:go"))
    message = await stage.bot.get_partial_messageable(channel_id).send(view=card.view())
    return (await stage.press(who, message, "Go")).text


def requests(stage: Stage) -> int:
    """How often the rules were asked for."""
    return sum(entry.path.endswith("/auto-moderation/rules") for entry in stage.env.http_requests)


@pytest.fixture
async def open_stage(stage: Stage) -> Stage:
    """A stage whose bot may see the server's rules."""
    let_bot_manage(stage)
    return stage


# --- whose rules ---------------------------------------------------------------------------------------------------


async def test_a_bot_that_may_not_see_the_rules_keeps_to_the_local_list_and_asks_nothing(stage: Stage) -> None:
    make_rule(stage, "secret")
    assert await told(stage, LOCAL_WORD) == NOT_PASSED_ON
    assert await told(stage, "secret") == PASSED
    assert requests(stage) == 0


async def test_the_servers_rules_hold_where_the_bot_may_see_them(open_stage: Stage) -> None:
    make_rule(open_stage, "*secret*", allow_list=["secretary"], regex_patterns=[r"\bfree\s+nitro\b"])
    make_rule(open_stage, "other")
    assert [await told(open_stage, text) for text in ("No secrets!", "free  NITRO", "other")] == [HELD] * 3
    assert [await told(open_stage, text) for text in ("the secretary", LOCAL_WORD)] == [PASSED] * 2


async def test_a_server_without_rules_has_chosen_so(open_stage: Stage) -> None:
    assert await told(open_stage, LOCAL_WORD) == PASSED


async def test_discords_own_lists_are_the_local_one(open_stage: Stage) -> None:
    make_rule(open_stage, trigger_type=4, presets=[1])
    assert await told(open_stage, LOCAL_WORD) == HELD


async def test_links_are_refused_whatever_the_rules(open_stage: Stage) -> None:
    assert await told(open_stage, "https://example.org") == NO_LINKS


async def test_a_rule_that_is_switched_off_is_not_applied(open_stage: Stage) -> None:
    make_rule(open_stage, "secret", enabled=False)
    assert await told(open_stage, "secret") == PASSED


async def test_one_servers_rules_are_not_anothers(open_stage: Stage) -> None:
    other = open_stage.env.create_guild("Another")
    channel = other.create_text_channel("there")
    open_stage.people["dora"] = other.add_member(open_stage.env.create_user("dora"))
    make_rule(open_stage, "here")
    make_rule(open_stage, "there", guild_id=other.id)
    assert [await told(open_stage, text) for text in ("here", "there")] == [HELD, PASSED]
    assert [await told(open_stage, text, "dora", channel) for text in ("here", "there")] == [PASSED, HELD]


# --- for whom ------------------------------------------------------------------------------------------------------


async def test_an_exempt_role_is_exempt(open_stage: Stage) -> None:
    role = open_stage.guild.create_role("Trusted")
    open_stage.people["erik"] = open_stage.guild.add_member(open_stage.env.create_user("erik"), roles=[role])
    make_rule(open_stage, "secret", exempt_roles=[str(role.id)])
    assert [await told(open_stage, "secret", who) for who in ("erik", "bob")] == [PASSED, HELD]


async def test_everyone_is_no_role_to_be_exempt_by(open_stage: Stage) -> None:
    make_rule(open_stage, "secret", exempt_roles=[str(open_stage.guild.id)])
    assert await told(open_stage, "secret") == HELD


async def test_an_exempt_channel_is_exempt_with_its_threads(open_stage: Stage) -> None:
    make_rule(open_stage, "secret", exempt_channels=[str(open_stage.quiz.id)])
    quiz = open_stage.bot.get_partial_messageable(open_stage.quiz.id, guild_id=open_stage.guild.id)
    message = await quiz.send("A thread begins here")
    thread = await message.create_thread(name="Thread")
    assert await told(open_stage, "secret", channel=open_stage.quiz) == PASSED
    assert await told(open_stage, "secret", thread=thread.id) == PASSED
    assert await told(open_stage, "secret", channel=open_stage.other) == HELD


async def test_an_exempt_category_is_exempt_with_its_channels(open_stage: Stage) -> None:
    category = open_stage.guild.create_category("Free speech")
    inside = open_stage.guild.create_text_channel("inside", category=category)
    make_rule(open_stage, "secret", exempt_channels=[str(category.id)])
    assert await told(open_stage, "secret", channel=inside) == PASSED
    assert await told(open_stage, "secret") == HELD


@pytest.mark.parametrize("permission", ["manage_guild", "administrator"])
async def test_who_could_change_the_rules_is_exempt(open_stage: Stage, permission: str) -> None:
    role = open_stage.guild.create_role("Owners", permissions=discord.Permissions(**{permission: True}))
    open_stage.people["olga"] = open_stage.guild.add_member(open_stage.env.create_user("olga"), roles=[role])
    make_rule(open_stage, "secret")
    assert [await told(open_stage, "secret", who) for who in ("olga", "alice")] == [PASSED, HELD]


# --- when ----------------------------------------------------------------------------------------------------------


async def test_rules_are_asked_for_once_a_minute(open_stage: Stage) -> None:
    assert await told(open_stage, "secret") == PASSED
    rule = make_rule(open_stage, "secret")
    await open_stage.skip(MINUTE - 1)
    assert (await told(open_stage, "secret"), requests(open_stage)) == (PASSED, 1)
    await open_stage.skip(1)
    assert (await told(open_stage, "secret"), requests(open_stage)) == (HELD, 2)
    open_stage.env.backend.delete_auto_mod_rule(open_stage.guild.id, rule)
    assert (await told(open_stage, "secret"), requests(open_stage)) == (HELD, 2)
    await open_stage.skip(MINUTE)
    assert (await told(open_stage, "secret"), requests(open_stage)) == (PASSED, 3)


async def test_many_at_once_ask_once(open_stage: Stage) -> None:
    make_rule(open_stage, "secret")

    async def pass_many(press: Press) -> None:
        checks = [press.bot.automod.check_text(press, text) for text in ("one", "secret", "two")]
        answers = await asyncio.gather(*checks, return_exceptions=True)
        await press.say(", ".join(str(answer) for answer in answers))

    assert await press_for(open_stage, pass_many, "bob", open_stage.quiz.id) == f"None, {HELD}, None"
    assert requests(open_stage) == 1


async def test_a_right_that_is_given_or_taken_counts_at_once(stage: Stage) -> None:
    make_rule(stage, "secret")
    assert await told(stage, "secret") == PASSED
    let_bot_manage(stage)
    assert await told(stage, "secret") == HELD
    let_bot_manage(stage, False)
    assert [await told(stage, text) for text in ("secret", LOCAL_WORD)] == [PASSED, NOT_PASSED_ON]


async def test_rules_of_few_servers_are_kept(open_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(automod, "MOST_KEPT", 0)
    assert [await told(open_stage, "secret") for _ in range(2)] == [PASSED] * 2
    assert requests(open_stage) == 2


# --- where they can't be read --------------------------------------------------------------------------------------


@pytest.mark.parametrize(("status", "code"), [(403, 50013), (404, 10004), (500, 0), (429, 0)])
async def test_rules_that_are_not_told_leave_the_local_list(open_stage: Stage, status: int, code: int) -> None:
    make_rule(open_stage, "secret")
    open_stage.env.inject_error(*RULES, status=status, code=code)
    assert [await told(open_stage, text) for text in ("secret", LOCAL_WORD)] == [PASSED, NOT_PASSED_ON]
    await open_stage.skip(MINUTE)
    assert [await told(open_stage, text) for text in ("secret", LOCAL_WORD)] == [HELD, PASSED]


@pytest.mark.parametrize(("status", "secret", "local"), [(503, HELD, PASSED), (403, PASSED, NOT_PASSED_ON)])
async def test_in_an_outage_the_rules_are_those_last_known(
    open_stage: Stage, status: int, secret: str, local: str
) -> None:
    make_rule(open_stage, "secret")
    assert await told(open_stage, "secret") == HELD
    open_stage.env.inject_error(*RULES, status=status, times=None)
    for _ in range(2):
        await open_stage.skip(MINUTE)
        assert [await told(open_stage, text) for text in ("secret", LOCAL_WORD)] == [secret, local]


async def test_an_answer_that_is_no_list_of_rules_leaves_the_local_list(open_stage: Stage) -> None:
    make_rule(open_stage, "secret", actions=[{"metadata": {}}])
    assert [await told(open_stage, text) for text in ("secret", LOCAL_WORD)] == [PASSED, NOT_PASSED_ON]


async def test_nobody_waits_for_long_for_the_rules(open_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    async def never(guild_id: int) -> Any:
        await asyncio.Event().wait()

    monkeypatch.setattr(open_stage.bot.http, "get_auto_moderation_rules", never)
    monkeypatch.setattr(automod, "PATIENCE", 0)
    assert await told(open_stage, LOCAL_WORD) == NOT_PASSED_ON


async def test_neither_the_text_nor_the_rules_are_logged_or_repeated(
    open_stage: Stage, caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]
) -> None:
    caplog.set_level(logging.DEBUG, "offramp")
    make_rule(open_stage, "*secret*", regex_patterns=["(secret"])
    assert await told(open_stage, "my SECRETS") == HELD
    open_stage.env.inject_error(*RULES, status=500)
    await open_stage.skip(MINUTE)
    assert await told(open_stage, "my SECRETS") == HELD
    mine = [
        (r.message, vars(r).get("patterns"), vars(r).get("why")) for r in caplog.records if r.name.endswith("automod")
    ]
    assert mine == [("patterns not applied", 1, None), ("rules not read", None, "HTTPException")]
    everything = caplog.text + "".join(str(vars(record)) for record in caplog.records) + "".join(capfd.readouterr())
    assert "secret" not in everything.casefold()
