"""A structured debate shows: the card with its seats, and what is said of it as a whole."""

from __future__ import annotations

from typing import Final

from bot.debate.facts import Panel
from bot.debate.formats import ABOUT, FORMATS, SEATS
from bot.kit import Button, Card, custom_id
from bot.text import count, escape, mention, moment, sections
from bot.votes import SIDES
from content.pack import Motion

EMPTY: Final = "One side stayed empty, so the debate was not held. Start it again when both sides have somebody."
LOPSIDED: Final = "-# In earlier debates here, most people were on one side of this motion from the start."
FAVOURED: Final = (
    "-# Earlier debates here moved people to the same side of this motion more often than chance explains."
)
TURNED: Final = (
    "**This time the motion is worded the other way round.** Both wordings are used in turn, so that the effect of the "
    "wording itself can be seen."
)


def draw_panel(panel: Panel) -> Card:
    """A debate with its seats and who chairs it."""
    pace = "live" if panel.pace == "live" else f"async, {panel.hours} hours a turn"
    card = Card().text(f"-# Debate · {FORMATS[panel.format]} · {pace}\n{say_motion(panel.motion)}")
    if panel.plain:
        card.text(say_turned(panel.plain))
    card.text(f"{FORMATS[panel.format]}: {ABOUT[panel.format]}. Everybody can vote before and after, in private.")
    card.text("\n".join(f"**{label}** · {_say_people(panel.seated[side])}" for side, label in SIDES.items()))
    if panel.queued:
        card.text(f"Waiting for a seat: {_say_people(panel.queued)}")
    if panel.health.lopsided:
        card.text(LOPSIDED)
    if panel.health.favoured:
        card.text(FAVOURED)
    if panel.state == "gathering":
        return _add_seats(card, panel)
    where = f" <#{panel.thread_id}>" if panel.thread_id else ""
    if panel.state == "over":
        return card.text(f"-# {EMPTY if panel.ending == 'empty' else 'The debate is over.'}{where}")
    card.text(f"-# The debate is under way.{where}")
    if panel.gallery_id:
        card.text(say_gallery(panel.gallery_id))
    return card.buttons(_watch(panel), _report(panel))


def draw_older() -> Card:
    return Card().text("-# This debate has a newer card, further down.")


def draw_moved() -> Card:
    return Card().text("I can't use the thread of this debate any more, so it goes on here, with the same deadline.")


def say_motion(motion: Motion) -> str:
    return f"### {escape(motion.text)}\n-# The source on this: {sections(motion.cite)}"


def say_turned(plain: str) -> str:
    """That the mirrored wording is put, and why, with the plain one."""
    return f"{TURNED}\n-# The plain wording: {escape(plain)}"


def say_gallery(gallery_id: int) -> str:
    """Where those who watch talk."""
    return f"-# The debate itself stays free for turns. Talk about it in <#{gallery_id}>"


def button(label: str, verb: str, *ids: int | str) -> Button:
    return Button(label, custom_id(f"debate:{verb}", *ids))


def _watch(panel: Panel) -> Button:
    return button("Watch", "watch", panel.debate_id)


def _report(panel: Panel) -> Button:
    return Button("Report framing", custom_id("flag:open", "debate", panel.debate_id))


def _say_people(ids: list[int]) -> str:
    return ", ".join(mention(id) for id in ids) or "nobody yet"


def _add_seats(card: Card, panel: Panel) -> Card:
    id = panel.debate_id
    card.buttons(
        *(button(label, "seat", id, side) for side, label in SIDES.items()),
        button("Put me where needed", "needed", id),
        _watch(panel),
    )
    alone = [side for side in SIDES if panel.seated[side]]
    hold = [button("Hold a circle", "circle", id)] if len(alone) == 1 else []
    card.buttons(button("Begin", "begin", id), *hold, button("End", "end", id), _report(panel))
    chair = f"chaired by {mention(panel.chair_id)}" if panel.chair_id else "I chair it"
    seats = count(SEATS[panel.format], "seat")
    return card.text(
        f"-# {seats} a side · {chair} · begins {moment(panel.due_at)} at the latest, if both sides are there"
    )
