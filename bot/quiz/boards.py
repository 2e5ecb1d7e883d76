"""Boards: who has how many points in a server, and how somebody is doing."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Button, Card, custom_id
from bot.press import Press
from bot.quiz import cards, facts
from bot.quiz.rules import Ranked
from bot.quiz.subjects import ALL, find_subject, from_ids, list_titles, to_ids
from bot.text import bar, count, escape

PAGE = 10
PERIODS = {"day": "today", "week": "this week", "month": "this month", "all": "of all time"}


async def leaderboard(press: Press, period: str, theme: str | None) -> None:
    subject = (await press.bot.db.read(find_subject, press.guild_id, press.bot.packs, theme))[0] if theme else ALL
    await press.show(await _draw_board(press, period, subject, 0), private=False)


async def page_pressed(press: Press, period: str, pack: str, theme: str, page: int) -> None:
    """Turn a page of a board; `theme` is all for a whole pack, `pack` all for everything."""
    if period not in PERIODS:
        raise Refusal("I don't know that period. Please use /quiz leaderboard again.")
    await press.update(await _draw_board(press, period, from_ids(pack, theme), page))


async def me(press: Press) -> None:
    """Somebody's own points, place and themes."""
    board = await press.bot.db.read(facts.list_board, press.guild_id, 0, None)
    mine = next((r for r in board if r.score.user_id == press.user_id), None)
    if mine is None:
        raise Refusal("You have no points here yet. Answer in a round, or start one with /quiz play.")
    themes = await press.bot.db.read(facts.list_themes, press.guild_id, press.user_id)
    titles = await press.bot.db.read(list_titles, press.guild_id, press.bot.packs)
    score = mine.score
    card = (
        Card()
        .text("## You in this server")
        .text(
            f"**{score.points:,}** points, place **{mine.rank}** of {len(board)}.\n"
            f"{score.right} of {count(score.answered, 'answer')} right."
        )
    )
    lines = [
        f"{escape(titles.get(theme.id, theme.id))}\n"
        f"-# {bar(theme.right / theme.answered)} {theme.right / theme.answered:.0%} · "
        f"{theme.right} of {theme.answered} right"
        for theme in themes[:20]
    ]
    await press.show(card.line().text("\n".join(lines)))


def since(period: str, now: int) -> int:
    """When (ms) a period began: the day, the week's Monday or the month's first, at midnight UTC; 0 for all."""
    today = datetime.fromtimestamp(now / 1000, UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    match period:
        case "day":
            start = today
        case "week":
            start = today - timedelta(days=today.weekday())
        case "month":
            start = today.replace(day=1)
        case _:
            return 0
    return int(start.timestamp()) * 1000


async def _draw_board(press: Press, period: str, subject: str, page: int) -> Card:
    start = since(period, press.bot.clock.now())
    theme = None if subject == ALL else subject
    board = await press.bot.db.read(facts.list_board, press.guild_id, start, theme)
    titles = await press.bot.db.read(list_titles, press.guild_id, press.bot.packs)
    about = f" · {escape(titles.get(subject, subject))}" if theme else ""
    card = Card().text(f"## Leaderboard {PERIODS[period]}{about}")
    if not board:
        return card.text("Nobody has answered yet. Start a round with /quiz play.")
    return _add_page(card, board, page, period, subject)


def _add_page(card: Card, board: list[Ranked], page: int, period: str, subject: str) -> Card:
    last = (len(board) - 1) // PAGE
    page = min(page, last)
    card.text("\n".join(cards.row(ranked) for ranked in board[page * PAGE : (page + 1) * PAGE]))
    if last == 0:
        return card
    ids = (period, *to_ids(subject))
    return card.text(f"-# Page {page + 1} of {last + 1} · {count(len(board), 'person', 'people')}").buttons(
        Button("Back", custom_id("quiz:board", *ids, max(page - 1, 0)), disabled=page == 0),
        Button("Next", custom_id("quiz:board", *ids, page + 1), disabled=page == last),
    )


ROUTES: dict[str, Handler] = {"quiz:board": page_pressed}
