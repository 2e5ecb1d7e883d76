"""Voiding: moderators take a round out of every board, or count it again."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from discord import ButtonStyle, Interaction
from discord.app_commands import Choice

from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id, suggest
from bot.press import Press, read_id
from bot.rights import may_moderate, need_moderator
from bot.text import count, escape, moment
from storage import audit, posts, rounds, tallies
from storage.periods import read_clock
from storage.rounds import Played

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act
    from bot.app import Offramp

LOOKED_AT = 60  # newest rounds that are offered as somebody types
DONE = "Somebody has just done that. /quiz void shows how the round stands now."
UNKNOWN = "I don't know that round. Please pick one from the list that opens as you type."


async def suggest_rounds(bot: Offramp, interaction: Interaction[Any], typed: str) -> list[Choice[str]]:
    """The newest rounds: what about, when by the server's clock, where, and how many people.

    For moderators, since some were played where not everybody can read.
    """
    guild_id = interaction.guild_id or 0
    if not await may_moderate(Press(bot, interaction, guild_id)):
        return []
    zone = await bot.db.read(tallies.get_zone, guild_id)
    found = await bot.db.read(rounds.list_played, guild_id, LOOKED_AT)
    return suggest(((str(round.id), _label(interaction, round, zone)) for round in found), typed)


async def ask(press: Press, chosen: str) -> None:
    """Show what voiding a round changes, or counting it again, and ask once."""
    await need_moderator(press)
    round_id = read_id(chosen) or 0
    played = await press.bot.db.read(rounds.get_played, press.guild_id, round_id)
    if played is None:
        raise Refusal(UNKNOWN)
    await press.show(_draw_question(played))


async def confirm_pressed(press: Press, round_id: int, void: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(set_void, press.act, round_id, bool(void))
    done = "is out of every board" if void else "counts on boards again"
    await press.update(Card().text(f"The round {done}. I say so in its channel, too."))


async def cancel_pressed(press: Press) -> None:
    await need_moderator(press)
    await press.update(Card().text("Nothing was changed."))


def set_void(session: Session, act: Act, round_id: int, void: bool) -> None:
    """Take a round out of every board or count it again, and have that said where it was played."""
    played = rounds.get_played(session, act.guild_id, round_id)
    if played is None:
        raise Refusal(UNKNOWN)
    if not rounds.set_void(session, act.guild_id, round_id, void):
        raise Refusal(DONE)
    tallies.count_round(session, act.guild_id, round_id, -1 if void else 1, act.now)
    deed = "round.void" if void else "round.count"
    audit.note(session, act.guild_id, act.id, act.user_id, deed, f"{played.subject} ({round_id})", act.now)
    subject = json.dumps([act.guild_id, round_id, int(void)])
    posts.add_post(session, act.guild_id, f"v{act.id}:void", played.channel_id, "quiz:voided", subject, act.now)


async def draw_voided(bot: Offramp, guild_id: int, round_id: int, void: int) -> Card | None:
    """What everybody reads where the round was played."""
    played = await bot.db.read(rounds.get_played, guild_id, round_id)
    if played is None or played.void != bool(void):
        return None
    which = f"the round “{escape(played.subject)}” of {moment(played.started_at, 'f')}"
    if void:
        return Card().text(f"A moderator took {which} out of the boards: its points count for nobody.")
    return Card().text(f"A moderator put {which} back on the boards: its points count again.")


def _label(interaction: Interaction[Any], round: Played, zone: str) -> str:
    """Such as: Shapes, 24 Nov 20:00, #quiz, 5 people."""
    at = read_clock(round.started_at, zone)
    channel = interaction.guild.get_channel_or_thread(round.channel_id) if interaction.guild else None
    where = f"#{channel.name}" if channel else "a thread or channel that is closed"
    out = ", taken out" if round.void else ""
    return f"{round.subject}, {at.day} {at:%b %H:%M}, {where}, {count(round.people, 'person', 'people')}{out}"


def _draw_question(round: Played) -> Card:
    void = not round.void
    does, label = ("Take", "Take it out") if void else ("Count", "Count it again")
    how = "out of every board" if void else "on boards again"
    text = (
        f"That is {count(round.answers, 'answer')} of {count(round.people, 'person', 'people')}, "
        f"{count(round.points, 'point')} in all. It is said in <#{round.channel_id}>, and can be taken back."
    )
    return (
        Card()
        .text(f"### {does} this round {how}?")
        .text(f"**{escape(round.subject)}**, {moment(round.started_at, 'f')}, in <#{round.channel_id}>")
        .text(text)
        .buttons(
            Button(label, custom_id("quiz:void", round.id, int(void)), ButtonStyle.primary),
            Button("Cancel", custom_id("quiz:unvoided")),
        )
    )


ROUTES: dict[str, Handler] = {"quiz:void": confirm_pressed, "quiz:unvoided": cancel_pressed}
POSTS = {"quiz:voided": Kind(draw_voided)}
