"""Claims decide: which motion and what link is meant, what may be written, and how often."""

from __future__ import annotations

from collections.abc import Mapping

from bot.errors import Refusal
from bot.text import clip, see
from content.fields import fold
from content.pack import Motion, Pack
from content.subjects import list_motions

TEXT = 200  # characters of a claim
CITES = 25  # § to choose from: as many as a select shows
HOUR = 60 * 60_000  # ms
DAY = 24 * HOUR
MOST_A_DAY = 10  # claims of one person, so that nobody buries what others say
TAKEN_UP = "rated, answered, flagged or named as what changed a view"  # from then on a claim keeps its words

# What a claim does to the one it answers. It is the claim that says so, not the bot.
LINKS = {"supports": "supports {}", "rebuts": "rebuts {}", "beside": "calls {} true but not relevant here"}

NO_MOTIONS = "None of my subjects has motions to argue about yet. /quiz play asks questions about them."
UNKNOWN_MOTION = "I don't know that motion. Please pick one from the list that opens as you type."
EMPTY = "There is no claim in this yet. Press “Change”, write one, then send the form again."
TOO_LONG = (
    "A claim has {most} characters at most, so that it says one thing; this has {length}. Please make it shorter."
)
ENOUGH = (
    "You have written {most} claims within a day, which is as many as I take. Rating others helps, too: /argue rate."
)
ENOUGH_CHANGED = (
    "This change would be a claim of its own, as {why}, and you have written {most} within a day, which is as many as "
    "I take. #{number} stays as it is; press “Post” again tomorrow, or change it then."
)
NO_LINK = "Say which claim it answers, too: choose one under `answers`. Or leave `link` out."


def find_motion(packs: Mapping[str, Pack], chosen: str) -> tuple[str, Motion]:
    """The id of the motion that somebody picked or typed, and the motion; Refusal if there is no such one."""
    motions = list_motions(packs)
    for id, motion in motions.items():
        if fold(chosen) in (fold(id), fold(motion.text), fold(clip(motion.text, 100))):
            return id, motion
    raise Refusal(UNKNOWN_MOTION if motions else NO_MOTIONS)


def name_motion(packs: Mapping[str, Pack], motion_id: str) -> str:
    """The text of a motion, or its id where its pack is not loaded any more."""
    motion = list_motions(packs).get(motion_id)
    return motion.text if motion else motion_id


def list_cites(motion: Motion) -> dict[str, str]:
    """Every § of a motion and of what its pack says for and against it, with what it is cited for; 25 at most."""
    cites: dict[str, str] = {}  # what an argument cites says more than what the whole motion does
    for argument in (*motion.pro, *motion.con):
        cites = dict.fromkeys(argument.cite, argument.text) | cites
    cites = dict.fromkeys(motion.cite, "What the motion is about") | cites
    return dict(sorted(cites.items())[:CITES])


def say_link(link: str, number: int | None) -> str:
    """`rebuts #7`: what a claim does to another one."""
    return LINKS[link].format(f"#{number}")


def choose_link(answers: int | None, link: str | None, side: str, parent_side: str | None) -> str | None:
    """How a claim is linked to the one it answers: as was said, or as the two sides make likely."""
    if answers is None:
        if link is not None:
            raise Refusal(NO_LINK)
        return None
    return link or ("supports" if side == parent_side else "rebuts")


def tidy(text: str) -> str:
    """A claim as it is kept: one line of what can be seen of it. Refusal if it is too long."""
    line = see(text)
    if len(line) > TEXT:
        raise Refusal(TOO_LONG.format(most=TEXT, length=len(line)))
    return line


def check_written(today: int) -> None:
    """Refuse another claim of somebody who has written so many within a day."""
    if today >= MOST_A_DAY:
        raise Refusal(ENOUGH.format(most=MOST_A_DAY))


def check_changed(today: int, number: int, held: bool) -> None:
    """Refuse a change that would be one claim too many of somebody within a day; `held`: a moderator looks first."""
    if today >= MOST_A_DAY:
        why = "a moderator looks at it first" if held else f"#{number} has been {TAKEN_UP}"
        raise Refusal(ENOUGH_CHANGED.format(why=why, most=MOST_A_DAY, number=number))
