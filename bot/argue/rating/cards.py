"""Rating as cards: where somebody stands, one claim after another, and what others say of it once they have said it."""

from __future__ import annotations

from discord import ButtonStyle

from bot.argue.cards import LABEL, describe_links
from bot.argue.facts import Survey
from bot.argue.map.standings import judge, say_standing, share
from bot.argue.outline import Node
from bot.argue.rating import rules
from bot.argue.rating.dealing import HAND
from bot.kit import Button, Card, custom_id
from bot.small import TOLD_FROM
from bot.text import escape
from bot.votes import SIDES, VOTES

PRIVATE = (
    "-# Only you see this. Nobody is told what you say; what is shown is how many agree, once enough have rated, and "
    f"anew when {TOLD_FROM} more have."
)
BUTTONS = {
    "agree": "Agree",
    "disagree": "Disagree",
    "unsure": "Pass: unsure",
    "unclear": "Pass: unclear",
    "topic": "Pass: not my topic",
}
SAID = {
    ("agree", None): "You agree.",
    ("disagree", None): "You disagree.",
    ("pass", "unsure"): "You pass: unsure.",
    ("pass", "unclear"): "You pass: it is unclear to you.",
    ("pass", "topic"): "You pass: it is not your topic.",
}
ALL_RATED = "You have said what you think of every claim on this. New ones wait for you here: /argue rate."
NONE_YET = "There are no claims on this yet. Write the first one with /argue add."
BEARS = "How much does it bear on #{number}? 0 is not at all, 4 settles it; you can leave this out."


def draw_stance(motion_id: str, motion: str, stance: str | None, number: int) -> Card:
    """The question where somebody stands; the claim `number` comes next, or the first of a hand where it is 0."""
    card = Card().text(f"### Where do you stand?\n{escape(motion)}")
    now = f"So far you said **{VOTES[stance]}**. " if stance else ""
    card.text(f"{now}Claims are grouped by this. You can change it, but once you have rated it stays for a day.")
    ids = motion_id.split("/")
    card.buttons(*(Button(name, custom_id("argue:stance", *ids, id, number)) for id, name in VOTES.items()))
    return card.text(PRIVATE)


def draw_claim(survey: Survey, node: Node, motion: str, nth: int) -> Card:
    """A claim to rate; `nth` is its place in the hand from 1, or 0 for a claim on its own."""
    card = _begin(survey, node, motion, nth)
    card.buttons(*(Button(name, custom_id("argue:say", node.number, nth, id)) for id, name in BUTTONS.items()))
    return card.buttons(Button("Flag", custom_id("flag:open", "claim", node.number)), _stand(survey)).text(PRIVATE)


def draw_rated(
    survey: Survey, node: Node, motion: str, nth: int, said: tuple[str, str | None], impact: int | None, more: bool
) -> Card:
    """What somebody has said of a claim, and as much of what others say as may be shown."""
    card = _begin(survey, node, motion, nth).text(f"**{SAID[said]}**")
    card.line().text("\n".join(["**What people say**", *describe_shares(survey, node.number)]))
    if node.parent is not None and not node.moved:
        chosen = f" You said {impact}." if impact is not None else ""
        card.text(BEARS.format(number=node.parent) + chosen)
        card.buttons(*(Button(str(n), custom_id("argue:bears", node.number, nth, n)) for n in rules.IMPACTS))
    buttons = [Button("Change", custom_id("argue:again", node.number, nth)), _stand(survey)]
    if more:
        label = "Next" if nth != HAND else "Five more"
        buttons.insert(0, Button(label, custom_id("argue:next", node.number, nth), ButtonStyle.primary))
    else:
        buttons.append(Button("Open the map", custom_id("argue:open", *survey.motion_id.split("/"))))
    card.buttons(*buttons)
    return card.text(PRIVATE if more else f"-# {ALL_RATED}")


def describe_shares(survey: Survey, number: int) -> list[str]:
    """The share that agrees of each stance of which enough have rated, and where the claim stands."""
    shares, standing = share(survey, number), f"-# {say_standing(judge(survey, number))}"
    if not shares:
        return [f"How many of each stance agree is shown from {TOLD_FROM} ratings of it on.", standing]
    few = f"shown from {TOLD_FROM} ratings on"
    told = {stance: f"{shares[stance]} % agree" if stance in shares else few for stance in VOTES}
    return [*(f"- {name}: {told[stance]}" for stance, name in VOTES.items()), standing]


def draw_done(survey: Survey) -> Card:
    ids = survey.motion_id.split("/")
    card = Card().text(ALL_RATED if survey.outline else NONE_YET)
    return card.buttons(Button("Open the map", custom_id("argue:open", *ids)), _stand(survey))


def draw_unclear(node: Node, motion: str) -> Card:
    """What moderators are told of a claim that several people find unclear. Its words stand behind a spoiler."""
    return Card().text(
        f"### Unclear to several people\n-# {LABEL} · {SIDES[node.side]} · #{node.number} · On: {escape(motion)}\n"
        f"||{escape(node.text)}||\nYou can ask for other words: who wrote it can press “Change” under it."
    )


def _begin(survey: Survey, node: Node, motion: str, nth: int) -> Card:
    left = len(survey.outline) - len(survey.rated)
    place = f"{nth} of {min(HAND, nth + left - (node.number not in survey.rated))} · " if nth else ""
    card = Card().text(
        f"-# {place}{LABEL} · {SIDES[node.side]} · #{node.number}\n-# On: {escape(motion)}\n### {escape(node.text)}"
    )
    answered = survey.outline.get(node.parent or 0)
    if details := describe_links(node, answered.text if answered else None):
        card.text(details)
    return card


def _stand(survey: Survey) -> Button:
    label = f"I stand: {VOTES[survey.stance]}" if survey.stance else "Where I stand"
    return Button(label, custom_id("argue:stand", *survey.motion_id.split("/")))
