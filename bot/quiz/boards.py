"""Boards: who has how many points in a server, and how somebody is doing."""

from __future__ import annotations

from bot.board import PAGE, draw_board, say_season
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press, read_id
from bot.subjects import ALL, find_subject, from_ids, list_titles, to_ids
from bot.text import bar, count, escape, number
from storage import boards, members, seasons, tallies
from storage.boards import OfTheme
from storage.periods import ALL as ALL_TIME
from storage.periods import DAYS, name_periods, name_season

PERIODS = {"day": "today", "week": "this week", "month": "this month", "season": "of the season", "all": "of all time"}
NO_PERIOD = "I don't know that period. Please use /quiz leaderboard again."
NO_SEASON = "There is no season here yet. A moderator can begin one with /season start."
NOBODY = "Nobody has answered yet. Start a round with /quiz play."
HIDDEN = "-# You are hidden from boards: only you see this place. /privacy shows you again."


async def leaderboard(press: Press, period: str, theme: str | None) -> None:
    subject = (await press.bot.db.read(find_subject, press.guild_id, press.bot.packs, theme))[0] if theme else ALL
    await press.show(await _draw_board(press, period, subject, 0), private=False)


async def page_pressed(press: Press, period: str, pack: str, theme: str, page: int) -> None:
    """Turn a page of a board; `theme` is all for a whole pack, `pack` all for everything."""
    if page > 1_000_000:
        raise Refusal("This board is not that long. Please use /quiz leaderboard again.")
    await press.update(await _draw_board(press, period, from_ids(pack, theme), page))


async def me(press: Press) -> None:
    """Somebody's own points, place and themes."""
    own = await press.bot.db.read(boards.get_own, press.guild_id, ALL_TIME, press.user_id)
    if own is None:
        raise Refusal("You have no points here yet. Answer in a round, or start one with /quiz play.")
    mine, people = own
    themes = await press.bot.db.read(boards.list_own_themes, press.guild_id, press.user_id)
    titles = await press.bot.db.read(list_titles, press.guild_id, press.bot.packs)
    card = Card().text("## You in this server")
    card.text(
        f"**{number(mine.points)}** points, place **{mine.rank}** of {people}.\n"
        f"{mine.right} of {count(mine.answered, 'answer')} right."
    )
    if await press.bot.db.read(members.is_hidden, press.guild_id, press.user_id):
        card.text(HIDDEN)
    await press.show(card.line().text("\n".join(_say_theme(theme, titles) for theme in themes[:20])))


def _say_theme(theme: OfTheme, titles: dict[str, str]) -> str:
    share = theme.right / theme.answered
    known = f"{bar(share)} {share:.0%} · {theme.right} of {theme.answered} right"
    return f"{escape(titles.get(theme.id, theme.id))}\n-# {known}"


async def _draw_board(press: Press, period: str, subject: str, page: int) -> Card:
    """A page of a board of `period`: one of PERIODS, or season- and the id of one."""
    heading, key, id = await _find_period(press, period)
    theme = "" if subject == ALL else subject
    board = await press.bot.db.read(boards.get_board, press.guild_id, key, theme, page, PAGE)
    titles = await press.bot.db.read(list_titles, press.guild_id, press.bot.packs)
    about = f" · {escape(titles.get(subject, subject))}" if theme else ""
    first, *rest = heading
    lines = "\n".join((f"## Leaderboard {first}{about}", *rest))
    return draw_board(lines, board, NOBODY, "quiz:board", id, *to_ids(subject))


async def _find_period(press: Press, period: str) -> tuple[list[str], str, str]:
    """How a period is headed, how its tallies are named, and how buttons name it."""
    if period == ALL_TIME:
        return [PERIODS[period]], ALL_TIME, period
    if period in DAYS:
        zone = await press.bot.db.read(tallies.get_zone, press.guild_id)
        return [PERIODS[period]], name_periods(press.bot.clock.now(), zone)[DAYS.index(period)], period
    kind, _, number = period.partition("-")
    if kind != "season" or (number and read_id(number) is None):
        raise Refusal(NO_PERIOD)
    wanted = (seasons.get_season, press.guild_id, int(number)) if number else (seasons.get_latest, press.guild_id)
    season = await press.bot.db.read(*wanted)
    if season is None:
        raise Refusal(NO_SEASON)
    heading = [f"of the season “{escape(season.name)}”", say_season(season)]
    return heading, name_season(season.id), f"season-{season.id}"


ROUTES: dict[str, Handler] = {"quiz:board": page_pressed}
