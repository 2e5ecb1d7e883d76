"""Deltas are shown: the form, the list of one's own or, for moderators, of all, and the week's digest."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from discord import ButtonStyle

from bot.argue.deltas import rules
from bot.argue.deltas.giving import Message
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.small import TOLD_FROM
from bot.text import count, link, mention, moment, spoiler

if TYPE_CHECKING:
    from storage.tables import Claim, Delta

OFFERED = 24  # claims in the form, beside none
DIGEST = 5  # in the week's post; the others are in the list
REASON = 300  # characters of a reason in a list
GIVEN = (
    "Noted, and thank you for saying so. Moderators can read your reason; nobody else is told, neither who wrote the "
    f"message. Of a claim the map shows how many views it changed, once {TOLD_FROM} people say so. You can take it "
    "back here, or with /argue deltas."
)


def delta_form(draft_id: int, claims: Sequence[Claim], about: Message) -> Form:
    """The form; the claim that the message shows is chosen in it, and a reason that was refused stands in it."""
    form = Form(custom_id("delta:send", draft_id), "This changed my view")
    offered = [
        Choice(f"#{claim.number} {claim.text}", str(claim.number), None, claim.number == about.number)
        for claim in claims
    ]
    if offered:
        none = Choice("None of these", "0", None, not about.number)
        form.select("claim", "Which claim is it about?", [none, *offered])
    form.select("direction", "How did your view change?", [Choice(text, id) for id, text in rules.DIRECTIONS.items()])
    hint = f"At least {rules.WHY} characters; moderators can read it. No links."
    refused = about.refused if len(about.refused) >= rules.WHY else ""  # Discord takes no value that is too short
    return form.field("why", "Why?", hint, rules.WHY_MOST, lines=True, shortest=rules.WHY, value=refused)


def draw_refused(draft_id: int, why: str) -> Card:
    """Why a reason may not be passed on."""
    return Card().text(why).buttons(Button("Change", custom_id("delta:again", draft_id), ButtonStyle.primary))


def draw_given(message: Message) -> Card:
    return Card().text(GIVEN).buttons(Button("Take it back", custom_id("delta:back", message.id)))


def draw_list(shown: Sequence[Delta], page: int, last: int, total: int, viewer_id: int, everybody: bool) -> Card:
    """The deltas of a server, for moderators, or somebody's own. One's own are taken back, others' are taken away."""
    title = "### Changed views" if everybody else "### What changed your view"
    if not shown:
        return Card().text(f"{title}\nNothing yet. Right-click a message, then Apps, then “This changed my view”.")
    card = Card().text(title)
    for delta in shown:
        card.text(_describe(delta, everybody))
        if delta.giver_id == viewer_id:
            card.buttons(Button("Take it back", custom_id("delta:back", delta.message_id)))
        else:
            card.buttons(Button("Take it away", custom_id("delta:remove", delta.message_id, delta.giver_id)))
    return card.turning(page, last, count(total, "changed view"), "delta:list")


def draw_sure(delta: Delta) -> Card:
    """Ask once before a moderator takes a delta away: it does not come back."""
    card = Card().text(f"### Changed view\n{_describe(delta, True)}")
    return card.text("**Take it away?** That can't be taken back.").buttons(
        Button("Take it away", custom_id("delta:away", delta.message_id, delta.giver_id), ButtonStyle.primary),
        Button("Cancel", custom_id("delta:list", 0)),
    )


def draw_digest(new: Sequence[Delta]) -> Card:
    """What moderators are told once a week. They need to approve nothing: what they do not take away stands."""
    card = Card().text(f"### {count(len(new), 'changed view')} since the last time")
    for delta in new[:DIGEST]:
        card.text(_describe(delta, True))
    more = f"{len(new) - DIGEST:,} more in the list. " if len(new) > DIGEST else ""
    card.text(f"-# {more}They stand unless you take them away: press the button, or use /argue deltas.")
    return card.buttons(Button("Look at them", custom_id("delta:look")))


def _describe(delta: Delta, everybody: bool) -> str:
    where = link(delta.guild_id, delta.channel_id, delta.message_id)
    who = f"{mention(delta.giver_id)}, by {mention(delta.writer_id)}'s message" if everybody else "A message"
    about = f" · about #{delta.number}" if delta.number is not None else ""
    lines = f"{who} · {rules.DIRECTIONS[delta.direction]}{about} · {moment(delta.at, 'f')} · {where}"
    return f"{lines}\n{spoiler(delta.reason, REASON)}"
