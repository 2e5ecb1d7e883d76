"""Claims are shown: the form, a draft, a claim, and what its author is told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.argue import rules
from bot.argue.actions import Posted
from bot.argue.draft import Draft
from bot.argue.facts import Shown
from bot.argue.outline import Node
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.text import clip, escape, sections
from bot.votes import SIDES

if TYPE_CHECKING:
    from content.pack import Motion
    from storage.tables import Claim

LABEL = "MEMBER ARGUMENT"
ANONYMOUS = "Everybody in this server can read and rate it, without your name. Moderators can see who wrote it."
HELD = (
    "A moderator looks at it first. Once it is approved, everybody in this server can read and rate it, without your "
    "name. Moderators can see who wrote it."
)
CHANGE = "-# Change of #{number}. If that has been {taken_up}, another claim takes its place."
CHANGE_HELD = "-# Change of #{number}. Once a moderator has approved it, another claim takes its place."
OTHERWISE = "-# To try again, write it differently with /argue add, or ask a moderator why it was turned down."
UNSEEN_NONE = "No claim of yours waits, was turned down or was taken away. /argue map shows those that everybody sees."
CLOSE = "**Close to #{number}**: {text}"
SUPPORT_OR_ADD = "Support that one instead of saying it again, or post yours as different?"


def claim_form(draft_id: int, draft: Draft, motion: str, held: bool) -> Form:
    """The form; `held`: a moderator sees the claim before others do."""
    form = Form(custom_id("argue:written", draft_id), f"A claim {SIDES[draft.side].lower()} the motion")
    form.text(f"**{escape(motion)}**\n-# {HELD if held else ANONYMOUS}")
    hint = "One claim, so that people can agree or disagree with it. No links."
    return form.field("text", "Your claim", hint, rules.TEXT, lines=True, value=draft.refused or draft.text)


def draw_refused(draft_id: int, why: str) -> Card:
    """Why what was written may not be shown to others."""
    return Card().text(why).buttons(Button("Change", custom_id("argue:change", draft_id), ButtonStyle.primary))


def draw_draft(draft_id: int, draft: Draft, motion: Motion, near: Mapping[int, str], held: bool) -> Card:
    """A claim as it will look, with the § to choose, before it is posted.

    `near` are the words of the claims that say nearly the same; `held`: a moderator sees it before others do.
    """
    card = Card().text(f"-# Not posted yet · {SIDES[draft.side]} · {escape(motion.text)}")
    if draft.number:
        card.text((CHANGE_HELD if held else CHANGE).format(number=draft.number, taken_up=rules.TAKEN_UP))
    card.text(f"### {escape(draft.text) if draft.text else '(nothing written yet)'}")
    if draft.link is not None:
        card.text(f"-# It {rules.say_link(draft.link, draft.parent)}.")
    for number, text in near.items():
        card.line().text(CLOSE.format(number=number, text=escape(text)))
        card.buttons(Button(f"Support #{number}", custom_id("argue:rate", number)))
    if near:
        card.text(SUPPORT_OR_ADD)
    cites = rules.list_cites(motion).items()
    choices = [Choice(f"§{cite}", cite, about, cite in draft.cites) for cite, about in cites]
    card.select(custom_id("argue:cites", draft_id), "Which § do you rely on, if any?", choices, most=len(choices))
    return card.buttons(
        Button("Post as different" if near else "Post", custom_id("argue:post", draft_id), ButtonStyle.primary),
        Button("Change", custom_id("argue:change", draft_id)),
        Button("Discard", custom_id("argue:discard", draft_id)),
    ).text(f"-# {HELD if held else ANONYMOUS}")


def draw_claim(shown: Shown, motion: str) -> Card:
    """A claim on its own card, or what has become of it."""
    node = shown.node
    card = Card().text(f"-# {_heading(node)}\n-# On: {escape(motion)}")
    if shown.state == "removed":
        return card.text("Moderators took this claim away." if node.text else "Its author had their data deleted.")
    card.text(f"### {escape(node.text)}")
    if details := describe_links(node, shown.answers):
        card.text(details)
    if shown.state == "replaced":
        by = f" with #{shown.replaced_by}" if shown.replaced_by else ""
        return card.text(f"-# Its author has replaced it{by}. What people said of it stays with it.")
    return card.buttons(
        Button("Rate", custom_id("argue:rate", node.number)),
        Button("Change", custom_id("argue:edit", node.number)),
        Button("Flag", custom_id("flag:open", "claim", node.number)),
    )


def describe_links(node: Node, answers: str | None) -> str:
    """What a claim answers, replaces and relies on, in small lines."""
    lines = []
    if node.link is not None and answers is not None:
        lines.append(f"-# It {rules.say_link(node.link, node.parent)}: “{escape(clip(answers, 120))}”")
    if node.replaces is not None:
        lines.append(f"-# It replaces #{node.replaces}.")
    if node.cites:
        lines.append(f"-# Relies on {sections(node.cites)}")
    return "\n".join(lines)


def describe_posted(posted: Posted, edited: int) -> str:
    """What an author is told; `edited` is the claim they meant to change, 0 for a new one."""
    name = f"**#{posted.number}**"
    if posted.state == "waiting":
        return f"{name} is sent in. It is shown once a moderator has approved it; /argue review tells you."
    if posted.replaces is not None:
        return f"#{posted.replaces} has been {rules.TAKEN_UP}, so it stays as it was. {name} takes its place."
    if edited:
        return f"{name} is changed. Nobody had said anything of it yet."
    return f"{name} is posted here. People find it with /argue rate and /argue map, too."


def draw_waiting(shown: Shown, motion: str) -> Card:
    """A claim that waits for a moderator. Its words stand behind a spoiler: nobody has to read them unprepared."""
    node = shown.node
    card = Card().text(f"### A claim waits\n-# {_heading(node)}\n-# On: {escape(motion)}")
    card.text(f"||{escape(node.text)}||")
    if details := describe_links(node, shown.answers):
        card.text(details)
    return card.buttons(
        Button("Show it", custom_id("argue:approve", node.number), ButtonStyle.primary),
        Button("Turn it down", custom_id("argue:reject", node.number)),
    )


def draw_unseen(own: Sequence[Claim]) -> Card:
    """What became of somebody's own claims that others do not see."""
    if not own:
        return Card().text(UNSEEN_NONE)
    lines = [f"**#{one.number}** {_say_fate(one)}: {escape(clip(one.text, 100))}" for one in own]
    turned_down = any(one.state != "waiting" and one.message_id is None for one in own)
    return Card().text(
        "\n".join(["### Your claims that others don't see", *lines, *([OTHERWISE] if turned_down else [])])
    )


def _say_fate(claim: Claim) -> str:
    if claim.state == "waiting":
        return "waits for a moderator"
    return "was turned down by a moderator" if claim.message_id is None else "was taken away by moderators"


def _heading(node: Node) -> str:
    return f"{LABEL} · {SIDES[node.side]} · #{node.number}"
