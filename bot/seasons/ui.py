"""Seasons are pressed: begun, ended after a question, listed, and their boards opened."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from bot.board import PAGE, draw_board, say_season
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.rights import need_moderator
from bot.seasons import actions, cards, podium
from bot.text import clip, escape
from storage import boards, seasons
from storage.boards import Board
from storage.periods import name_season
from storage.seasons import Kept

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp

LONGEST = 60  # characters of a season's name
LISTED = 5  # seasons on a page of the list: as many buttons as fit a row
NO_NAME = "A season needs a name that can be read, such as “Winter 2026”."
NOT_THERE = "I don't know that season. /season list shows them all."
TOO_FAR = "There are not that many pages. Please use /season list again."


async def start(press: Press, name: str) -> None:
    await need_moderator(press)
    name = clip(" ".join(name.split()), LONGEST)
    if not name or escape(name) == "(no name)":
        raise Refusal(NO_NAME)
    await press.bot.db.write(actions.start, press.act, name)
    begun = f"## The season “{escape(name)}” has begun"
    card = Card().text(begun).text("From now on every question counts for it too. /quiz leaderboard period:season")
    await press.show(card, private=False)


async def ask_end(press: Press) -> None:
    """Ask once whether the season that runs is to end."""
    await need_moderator(press)
    season = await press.bot.db.read(seasons.get_running, press.guild_id)
    if season is None:
        raise Refusal(actions.NONE)
    board = await press.bot.db.read(boards.get_board, press.guild_id, name_season(season.id), "", 0, 1)
    await press.show(cards.draw_ending(season, board.people))


async def end_pressed(press: Press, season_id: int) -> None:
    await need_moderator(press)
    press.need("post the podium", "view_channel", press.writing, "attach_files")
    season = await _find(press, season_id)
    await press.bot.db.write(actions.end, press.act, season_id, press.channel_id)
    told = f"The season “{escape(season.name)}” has ended. Its podium follows in this channel."
    await press.update(Card().text(told))


async def keep_pressed(press: Press, season_id: int) -> None:
    await need_moderator(press)
    season = await _find(press, season_id)
    state = "keeps running" if season.ended_at is None else "is over already"
    await press.update(Card().text(f"The season “{escape(season.name)}” {state}."))


async def show_list(press: Press) -> None:
    await press.show(await _draw_list(press, 0))


async def list_pressed(press: Press, page: int) -> None:
    await press.update(await _draw_list(press, page))


async def board_pressed(press: Press, season_id: int) -> None:
    """Open a season's board beside the card that was pressed, for whoever pressed."""
    await press.show(await _draw_board(press, season_id, 0))


async def page_pressed(press: Press, season_id: int, page: int) -> None:
    await press.update(await _draw_board(press, season_id, page))


async def draw_podium(bot: Offramp, guild_id: int, season_id: int, channel_id: int) -> Card | None:
    """The closing post, drawn when it is sent; in a thread, since a picture takes a moment."""
    found = await bot.db.read(_load_podium, guild_id, season_id)
    return await asyncio.to_thread(cards.draw_podium, *found) if found else None


async def draw_words(bot: Offramp, guild_id: int, season_id: int, channel_id: int) -> Card | None:
    """The closing post without its picture."""
    found = await bot.db.read(_load_podium, guild_id, season_id)
    return cards.draw_podium(*found, pictured=False) if found else None


def _load_podium(session: Session, guild_id: int, season_id: int) -> tuple[Kept, Board] | None:
    season = seasons.get_season(session, guild_id, season_id)
    return (season, boards.get_board(session, guild_id, name_season(season_id), "", 0, podium.MOST)) if season else None


async def _find(press: Press, season_id: int) -> Kept:
    season = await press.bot.db.read(seasons.get_season, press.guild_id, season_id)
    if season is None:
        raise Refusal(NOT_THERE)
    return season


async def _draw_list(press: Press, page: int) -> Card:
    total = await press.bot.db.read(seasons.count_seasons, press.guild_id)
    last = max(total - 1, 0) // LISTED
    if page > 100_000:
        raise Refusal(TOO_FAR)
    page = min(page, last)
    found = await press.bot.db.read(seasons.list_seasons, press.guild_id, page * LISTED, LISTED)
    return cards.draw_list(found, total, page, last)


async def _draw_board(press: Press, season_id: int, page: int) -> Card:
    season = await _find(press, season_id)
    if page > 1_000_000:
        raise Refusal(TOO_FAR)
    board = await press.bot.db.read(boards.get_board, press.guild_id, name_season(season_id), "", page, PAGE)
    heading = f"## Season “{escape(season.name)}”\n{say_season(season)}"
    return draw_board(heading, board, "Nobody has answered in it.", "season:page", season_id)


ROUTES: dict[str, Handler] = {
    "season:end": end_pressed,
    "season:keep": keep_pressed,
    "season:list": list_pressed,
    "season:board": board_pressed,
    "season:page": page_pressed,
}
POSTS = {"season:podium": Kind(draw_podium, lost=actions.take_loss), "season:words": Kind(draw_words)}
