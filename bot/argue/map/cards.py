"""The map of a motion's claims as a card: a list of both sides, each claim with where it stands."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle

from bot.argue import rules
from bot.argue.facts import Survey
from bot.argue.map.standings import Page, Row, is_open_to, say_shares, say_standing
from bot.argue.outline import list_path
from bot.argue.rating.dealing import HAND
from bot.kit import Button, Card, Choice, custom_id
from bot.small import TOLD_FROM
from bot.text import clip, count, escape, sections
from bot.votes import SIDES

Pictures = Sequence[tuple[str, bytes, str]]  # the name of each, its bytes, and the same in words

LISTED = 100  # characters of a claim in the list: twelve fit a card; opening it shows all
CLOSED = (
    f"Where claims stand is shown to you once you have said what you think of {HAND} of them, or of all there are: "
    "press “Rate”. So nobody is told what to think first."
)
ANEW = f"Figures are made anew when {TOLD_FROM} more people have rated, so that nobody's rating can be told from them."
NOTHING = "There are no claims on this yet. Write the first one with /argue add."
NONE = "Nobody has written one yet."


def draw_map(survey: Survey, motion: str, parent: int | None, page: Page, pictures: Pictures) -> Card:
    """A page of the map for one person, who can go on from it."""
    card, open = _begin(survey, motion, parent), is_open_to(survey)
    if survey.outline:
        card.text(f"-# {ANEW if open else CLOSED}")
    for picture in pictures:
        card.picture(*picture)
    _list_sides(card, survey, page, open)
    ids = survey.motion_id.split("/")
    branches = [row for rows in page.sides.values() for row in rows if row.answers]
    if branches:
        choices = [
            Choice(f"#{r.node.number}: {count(r.answers, 'answer')}", str(r.node.number), clip(r.node.text, 100))
            for r in branches
        ]
        card.select(custom_id("argue:branch", *ids), "Look at a claim with its answers", choices)
    card.turning(page.page, page.last, count(len(survey.outline), "claim"), "argue:map", *ids, parent or 0)
    buttons = [Button("Rate", custom_id("argue:deal", *ids), ButtonStyle.primary)]
    if parent is not None:
        buttons.append(Button("Whole map", custom_id("argue:whole", *ids)))
    if open and survey.outline:
        buttons.append(Button("Share here", custom_id("argue:share", *ids, parent or 0, page.page)))
        buttons.append(Button("By stance", custom_id("argue:typical", *ids)))
        buttons.append(Button("Hidden camps", custom_id("argue:camps", *ids)))
    return card.buttons(*buttons)


def draw_shared(survey: Survey, motion: str, parent: int | None, page: Page) -> Card:
    """A page of the map for a channel: the claims alone. Where they stand nobody is told before they have rated."""
    card = _begin(survey, motion, parent)
    _list_sides(card, survey, page, False)
    ids = survey.motion_id.split("/")
    return card.text(f"-# {count(len(survey.outline), 'claim')} in all, as of now. {CLOSED}").buttons(
        Button("Rate", custom_id("argue:deal", *ids), ButtonStyle.primary),
        Button("Open the map", custom_id("argue:open", *ids)),
    )


def _begin(survey: Survey, motion: str, parent: int | None) -> Card:
    card = Card().text(f"-# Map of arguments, by members\n### {escape(motion)}")
    if not survey.outline:
        return card.text(NOTHING)
    if parent is not None:
        node = list_path(survey.outline, parent)[-1]
        cites = f"\n-# Relies on {sections(node.cites)}" if node.cites else ""
        card.text(f"**#{parent}** · {SIDES[node.side]} · {escape(node.text)}{cites}")
    return card


def _list_sides(card: Card, survey: Survey, page: Page, open: bool) -> None:
    """Both sides with their claims, and with where these stand for somebody to whom that is open."""
    for side, label in SIDES.items():
        lines = [_describe(row, open) for row in page.sides[side]]
        total = page.totals[side]
        elsewhere = page.parent is None and total < sum(node.side == side for node in survey.outline.values())
        of = "on the motion itself" if elsewhere else ""
        heading = f"**{label}** · {count(total, 'claim' if page.parent is None else 'answer')} {of}".rstrip()
        card.line().text("\n".join([heading, *(lines or [f"-# {NONE}"])]))


def _describe(row: Row, open: bool) -> str:
    """A claim in one line, and below it where it stands."""
    node = row.node
    link = f"{rules.say_link(node.link, node.parent)}: " if row.listed and node.link else ""
    lead = f"> {link}**#{node.number}** ({SIDES[node.side]}) " if row.listed else f"**#{node.number}** "
    told = _say_figures(row) if open else []
    if row.answers:
        told.append(count(row.answers, "answer"))
    below = f"\n{'> ' if row.listed else ''}-# {' · '.join(told)}" if told else ""
    return f"{lead}{clip(escape(node.text), LISTED)}{below}"


def _say_figures(row: Row) -> list[str]:
    total = [count(row.total, "rating")] if row.total is not None else []
    shares = [f"agree: {say_shares(row)}"] if row.shares else []
    return [say_standing(row.verdict), *total, *shares, *row.effects]
