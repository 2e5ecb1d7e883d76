"""A duel: one member asks another, who accepts or not."""

from __future__ import annotations

from dataclasses import replace

import discord

from bot.errors import Refusal
from bot.gate import Handler
from bot.press import Press
from bot.quiz import actions, ui
from bot.quiz.actions import Place
from bot.quiz.modes import INVITED
from bot.subjects import choose_subject

NOT_ONESELF = "A duel takes two. Please choose somebody else, or practise alone with /quiz practice."
NOT_A_BOT = "Bots don't accept duels. Please choose a person."


async def ask(
    press: Press, rival: discord.Member | discord.User, theme: str | None, questions: int, seconds: int
) -> None:
    """Ask a member for a duel, which they have a minute to accept; it rings for them, once."""
    if rival.id == press.user_id:
        raise Refusal(NOT_ONESELF)
    if rival.bot:
        raise Refusal(NOT_A_BOT)
    subject = await press.bot.db.read(choose_subject, press.guild_id, press.bot.packs, theme, None)
    ui.check_place(press, thread=False)
    start = replace(ui.make_start(press, subject, questions, seconds, "duel"), state="invited", wait=INVITED)
    people = {press.user_id: press.user_name, rival.id: rival.display_name}
    await press.bot.db.write(actions.start_duel, start, people, press.bot.clock.now())
    await ui.show_opening(press, calls=rival.id)


async def accept_pressed(press: Press, round_id: int) -> None:
    await _reply(press, round_id, True)
    await press.say("The duel is on. The first question follows in a few seconds.")


async def decline_pressed(press: Press, round_id: int) -> None:
    own = await _reply(press, round_id, False)
    await press.say("You took your duel back." if own else "You declined the duel.")


async def _reply(press: Press, round_id: int, accepts: bool) -> bool:
    place = Place(press.guild_id, round_id, 0, press.channel_id, press.user_id)
    return await press.bot.db.write(actions.reply_to_duel, place, accepts, press.bot.clock.now())


ROUTES: dict[str, Handler] = {"quiz:accept": accept_pressed, "quiz:decline": decline_pressed}
