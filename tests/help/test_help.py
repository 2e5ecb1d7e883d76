"""/help, by real presses: what it names is what this person may use, now, and nothing else."""

from __future__ import annotations

import re
from typing import Any

import discord
import pytest
from discord import AppCommandOptionType, AppCommandType, app_commands
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.app import FEATURES
from bot.help import rules
from bot.help.cards import PAGE
from bot.help.rules import Command
from storage.settings import change_settings
from tests.quiz.test_daily import start
from tests.stage import MEMBER, Reply, Stage, button_ids

LINES = 15
MENUS = ["Make a question of this", "This changed my view"]
SHORT = (*rules.TOGETHER, *rules.ALONE, *rules.LOOK_UP, *rules.MODERATION, *rules.SETUP)
COMING = set() if "schedule" in FEATURES else {"schedule", "schedule list"}
MEMBERS = [
    *("quiz play", "quiz duel", "debate prompt", "argue rate"),
    *("quiz practice", "quiz review", "quiz certainty"),
    *("quiz leaderboard", "risk brief", "privacy"),
]
THEIRS = ["question add", "question review", "reports", "flags", "schedule list", "season start", "quiz void", "audit"]
FILLED: dict[AppCommandOptionType, Any] = {
    AppCommandOptionType.integer: 1,
    AppCommandOptionType.attachment: ("quiz.csv", b"question\n"),
}


def named(reply: Reply) -> list[str]:
    """The commands that can be clicked in a card, top to bottom."""
    return re.findall(r"</([a-z -]+):\d+>", reply.text)


def all_of(stage: Stage) -> dict[str, app_commands.Command[Any, ..., Any]]:
    """Every slash command that the bot listens to, by name."""
    found = (c for c in stage.bot.tree.walk_commands() if isinstance(c, app_commands.Command))
    return {command.qualified_name: command for command in found}


def there(stage: Stage, names: list[str]) -> list[str]:
    return [name for name in names if name in all_of(stage)]


async def read_all(stage: Stage, who: str) -> tuple[list[str], str]:
    """The commands of the full list, from its first page to its last, and all its words."""
    card = await stage.press(who, (await stage.slash(who, "help")).message, "All commands")
    names, words = named(card), card.text
    pages = re.search(r"Page 1 of (\d+)", words)
    assert pages
    for _ in range(int(pages[1]) - 1):
        card = await stage.press(who, card.message, "Next")
        names, words = names + named(card), words + card.text
    return names, words


async def use(stage: Stage, who: str, name: str) -> str:
    """Use a command with something in every option that it must have; what the person is told."""
    filled = FILLED | {AppCommandOptionType.user: stage.people["carol"]}
    asked = [option for option in all_of(stage)[name].parameters if option.required]
    values = {o.display_name: filled.get(o.type, o.choices[0].value if o.choices else "1") for o in asked}
    return (await stage.slash(who, name, **values)).text


async def test_a_member_sees_what_members_use_and_nothing_of_moderators(stage: Stage) -> None:
    told = await stage.slash("bob", "help")
    assert (told.private, named(told)) == (True, MEMBERS)
    assert list(button_ids(told.message)) == ["All commands"]


async def test_a_line_says_what_a_command_says_of_itself_shortly_on_the_card_and_whole_in_the_list(
    stage: Stage,
) -> None:
    card = await stage.slash("bob", "help")
    lines, whole = card.text.splitlines(), all_of(stage)["quiz play"].description
    play = f"</quiz play:{stage.bot.command_ids['quiz']}> · "
    assert lines[:2] == ["## What you can use here", play + "Start a round in this channel"]
    assert len(lines) == 1 + len(MEMBERS) + 1  # and the button
    assert whole.startswith("Start a round in this channel; ")
    assert (await stage.press("bob", card.message, "All commands")).text.splitlines()[1] == play + whole


async def test_who_has_the_role_that_looks_after_questions_sees_what_moderators_use(stage: Stage) -> None:
    assert named(await stage.slash("dana", "help")) == MEMBERS
    await stage.trust_editors()
    told = await stage.slash("dana", "help")
    assert named(told) == MEMBERS + there(stage, THEIRS)
    assert "**Moderating** · " in told.text


async def test_managing_messages_is_not_looking_after_questions(stage: Stage) -> None:
    assert named(await stage.slash("alice", "help")) == MEMBERS


async def test_who_may_manage_the_server_also_sees_setup_on_a_card_that_stays_short(stage: Stage) -> None:
    await start(stage)
    told = await stage.slash("olga", "help")
    assert named(told) == [*MEMBERS, *there(stage, THEIRS), "setup start", "setup check"]
    assert len(told.text.removesuffix("All commands").splitlines()) <= LINES


async def test_a_moderator_of_another_server_is_a_member_here(stage: Stage) -> None:
    elsewhere = await stage.open_elsewhere()
    assert elsewhere.guild
    await stage.db.write(change_settings, elsewhere.guild.id, {"moderator_role_id": stage.editor.id})
    user = stage.env.create_user("nadia")
    rights = discord.Permissions(MEMBER.value | discord.Permissions(manage_guild=True).value)
    roles = [elsewhere.guild.create_role("Deputy", permissions=rights)]
    stage.people["nadia"] = stage.guild.add_member(user)
    stage.people["nadia there"] = elsewhere.guild.add_member(user, roles=roles)
    assert named(await stage.slash("nadia there", "help", elsewhere))[-2:] == ["setup start", "setup check"]
    assert [named(await stage.slash(who, "help")) for who in ("nadia", "dana")] == [MEMBERS, MEMBERS]


async def test_a_managers_list_has_every_command_of_the_bot(stage: Stage) -> None:
    names, words = await read_all(stage, "olga")
    assert sorted(names) == sorted(all_of(stage))
    menus = [menu.name for menu in stage.bot.tree.get_commands(type=AppCommandType.message)]
    assert sorted(menus) == MENUS
    assert [name for name in MENUS if f"**{name}** · right-click a message, then Apps" not in words] == []
    assert stage.bot.tree.get_commands(type=AppCommandType.user) == []


async def test_everything_that_help_names_is_a_command_of_the_bot(stage: Stage) -> None:
    groups = {name.split()[0] for name in all_of(stage)}
    missing = {name for name in (*SHORT, *rules.MODERATORS, *rules.ANYBODY) if name not in {*all_of(stage), *groups}}
    assert missing - COMING == set()


@pytest.mark.parametrize("who", ["bob", "dana", "olga"])
async def test_nobody_is_refused_for_their_rights_what_the_list_shows_them(stage: Stage, who: str) -> None:
    await stage.trust_editors()
    names, _ = await read_all(stage, who)
    told = {name: await use(stage, who, name) for name in all_of(stage) if name in names}
    assert {name for name, text in told.items() if text.startswith("Only people who may manage this server")} == set()


async def test_a_member_is_refused_everything_that_the_list_keeps_for_moderators(stage: Stage) -> None:
    theirs = [name for name in all_of(stage) if rules.is_for_moderators(name)]
    told = {name: await use(stage, "bob", name) for name in theirs}
    assert [name for name, text in told.items() if not text.startswith("Only people who may manage")] == []


async def test_what_somebody_may_use_is_looked_at_anew_with_every_press(stage: Stage) -> None:
    await stage.trust_editors()
    card = await stage.slash("dana", "help")
    await stage.take_role("dana", stage.editor)
    shown = await stage.press("dana", card.message, "All commands")
    members = await stage.press("bob", (await stage.slash("bob", "help")).message, "All commands")
    assert shown.text == members.text


async def test_pages_turn_also_after_a_restart(stage: Stage) -> None:
    card = await stage.slash("olga", "help")
    await stage.restart()
    card = await stage.press("olga", card.message, "All commands")
    first = named(card)
    await stage.restart()
    card = await stage.press("olga", card.message, "Next")
    assert (first[0], "-# Page 2 of" in card.text, set(first) & set(named(card))) == ("quiz play", True, set())


@pytest.mark.parametrize("page", [99, 2**63 - 1])
async def test_a_page_behind_the_last_is_the_last_and_shows_no_more_than_one_may_use(stage: Stage, page: int) -> None:
    names, _ = await read_all(stage, "bob")
    shown = await stage.forge("bob", f"help:all:{page}")
    usable = len(names) + len(stage.bot.tree.get_commands(type=AppCommandType.message))
    last = (usable - 1) // PAGE
    assert re.findall(r"</([a-z -]+):", shown) == names[last * PAGE :]
    assert f"-# Page {last + 1} of {last + 1} · {usable} commands" in shown


@pytest.mark.parametrize("page", ["-1", "x", str(2**63), "0:1"])
async def test_a_page_that_is_no_number_is_refused(stage: Stage, page: str) -> None:
    assert (await stage.forge("bob", f"help:all:{page}")).startswith("I don't know this button any more.")


async def test_an_open_daily_question_is_pointed_at_for_who_can_see_its_channel(stage: Stage) -> None:
    assert "Daily question" not in (await stage.slash("bob", "help")).text
    await start(stage)
    assert f"**Daily question** · open in <#{stage.quiz.id}>" in (await stage.slash("bob", "help")).text
    unseen = discord.Permissions(view_channel=True).value
    overwrite = Overwrite(stage.people["bob"].id, OverwriteType.MEMBER, deny=unseen)
    stage.env.backend.set_overwrite(stage.quiz.id, overwrite)
    await stage.env.settle()
    assert "Daily question" not in (await stage.slash("bob", "help", stage.other)).text


async def test_without_discords_ids_commands_are_named_plainly(stage: Stage) -> None:
    stage.bot.command_ids = {}
    assert "`/quiz play` · Start a round" in (await stage.slash("bob", "help")).text


def test_what_discord_hides_from_somebody_and_what_the_bot_does_not_have_is_left_out() -> None:
    commands = [Command("audit", ""), Command("setup start", "", frozenset({"manage_guild"})), Command("privacy", "")]
    assert rules.list_usable(commands, {"send_messages"}, moderates=True) == [commands[0], commands[2]]
    assert rules.pick(commands, ["quiz renamed", "privacy"]) == [commands[2]]
