"""Seasons are shown: the podium, the list, and what ending one means."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle

from bot.board import say_days, say_row
from bot.kit import Button, Card, custom_id
from bot.seasons import podium
from bot.text import clip, count, escape, moment
from storage.boards import Board
from storage.seasons import Kept


def draw_podium(season: Kept, board: Board, pictured: bool = True) -> Card:
    """The closing post of a season; what its picture shows stands in the words, too."""
    card = Card().text(f"## The season “{escape(season.name)}” is over")
    card.text(_say_time(season))
    if not board.rows:
        return card.text("Nobody answered in it.")
    rows = board.rows
    if pictured and rows[0].points > 0:  # a picture of no bars says nothing
        card.picture("podium.png", podium.draw(rows), podium.alt_text(rows))
    card.text("\n".join(map(say_row, rows)))
    more = board.people - len(rows)
    if more > 0:
        card.text(f"-# … and {count(more, 'more person', 'more people')}.")
    return card.buttons(_board_button("The whole board", season.id))


def draw_ending(season: Kept, people: int) -> Card:
    """The question whether a season is to end."""
    return (
        Card()
        .text(f"### End the season “{escape(season.name)}”?")
        .text(
            f"{_say_time(season)} {count(people, 'person', 'people')} answered in it. Its podium is posted in this "
            "channel, and its board stays readable in /season list. A question that is still open counts for it "
            "no more. This can't be taken back."
        )
        .buttons(
            Button("End the season", custom_id("season:end", season.id), ButtonStyle.primary),
            Button("Keep it running", custom_id("season:keep", season.id)),
        )
    )


def draw_list(seasons: Sequence[Kept], total: int, page: int, last: int) -> Card:
    """A page of seasons, with a button to the board of each."""
    card = Card().text("### Seasons")
    if not seasons:
        return card.text("There is none yet. A moderator can begin one with /season start.")
    card.text("\n".join(f"**{escape(season.name)}**\n-# {_say_time(season)}" for season in seasons))
    card.buttons(*(_board_button(clip(season.name, 40), season.id) for season in seasons))
    return card.turning(page, last, count(total, "season"), "season:list")


def _board_button(label: str, season_id: int) -> Button:
    return Button(label, custom_id("season:board", season_id))


def _say_time(season: Kept) -> str:
    if season.ended_at is None:
        return f"It has been running since {moment(season.started_at, 'D')}."
    return f"It ran {say_days(season.started_at, season.ended_at)}."
