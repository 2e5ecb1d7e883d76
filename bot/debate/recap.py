"""The recap of a debate: what was moved, who spoke how much, and all that was said, as a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Final

from bot.debate.formats import ABOUT, FORMATS
from bot.debate.swing import Swing, describe
from bot.member_text import LINK
from bot.text import count, escape, sections, see
from bot.votes import SIDES

OUT: Final = {  # what is said in place of words that are not shown, and of turns without words
    "void": "(taken out by the chair or a moderator)",
    "declined": "(a moderator looked at it first and left it out)",
    "waiting": "(a moderator has not looked at it yet)",
    "passed": "(passed)",
    "skipped": "(left out)",
    "absent": "(nobody was there to speak)",
}
DELETED: Final = "(taken out: who said it had their data deleted)"
LINES: Final = 15  # of a speech: more would fill everybody's screen

Pair = tuple[int, int]  # For, Against


@dataclass(frozen=True)
class Words:
    """A turn, or a question: `name` is the speaker's as last seen, and what they said is told in the state shown.

    `found` is what those of the other side find of a restatement: (fair, why).
    """

    title: str
    side: str | None
    name: str
    text: str
    cites: tuple[str, ...]
    state: str
    found: tuple[tuple[bool, str], ...] = ()


@dataclass(frozen=True)
class Spent:
    """What each side had of a debate: words, sources cited, and where the pace is live the seconds of its turns."""

    words: Pair
    cited: Pair
    seconds: Pair | None


@dataclass(frozen=True)
class Recap:
    """What a debate came to. Times are in ms; `chair` is a name, empty for the bot, None if it is not known.

    `plain` is the plain wording where the mirrored one was put. `fair` is of the sides that restated the other's best
    point: (found fair, judged, not judged).
    """

    motion: str
    cite: tuple[str, ...]
    plain: str | None
    format: str
    pace: str
    hours: int
    chair: str | None
    began_at: int
    ended_at: int
    ending: str
    swing: Swing
    winner: bool
    spent: Spent
    fair: tuple[int, int, int]
    said: Sequence[Words]
    moved: Sequence[tuple[str, int]]


def describe_recap(recap: Recap) -> str:
    """The result in words, for the card."""
    lines = [describe(recap.swing, recap.winner)] if recap.ending == "held" else [_say_ending(recap.ending)]
    lines += filter(None, [_say_fair(*recap.fair)])
    if recap.moved:
        lines.append("What moved people most: " + "; ".join(f"{said} ({number})" for said, number in recap.moved))
    return "\n".join(lines)


def write_markdown(recap: Recap) -> str:
    """The recap as a file: the motion, the result, and what was said, in order. No votes of anybody, no ids."""
    head = [
        f"# {escape(recap.motion)}",
        *([f"The other wording of this motion: {escape(recap.plain)}"] if recap.plain else []),
        f"The source on this: {sections(recap.cite)}",
        _say_held(recap),
        "This file holds members' arguments. It does not say who is right.",
        "## Result",
        _keep_lines(describe_recap(recap)),
        _say_spent(recap.spent),
        "## What was said",
    ]
    return "\n\n".join([*head, *(_write(words) for words in recap.said)]) + "\n"


def say_out(state: str, text: str) -> str:
    """What is said in place of words that are not shown; without a text its writer had it deleted."""
    return DELETED if state == "void" and not text else OUT[state]


def escape_lines(text: str) -> str:
    """Somebody's text made safe, line by line; from LINES on all that follows is one."""
    lines = [line for line in text.splitlines() if see(line)]
    lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
    return "\n".join(escape(line) for line in lines if line)


def list_sources(cites: Sequence[str], text: str) -> list[str]:
    """On what a speech relies: sections of the source, and links, which nobody has checked."""
    links = len(LINK.findall(text))
    relied = [f"Relies on {sections(cites)}"] if cites else []
    return relied + ([f"{count(links, 'outside source')}, unchecked"] if links else [])


def say_found(fair: bool, why: str) -> str:
    """What somebody of the other side finds of a restatement."""
    return "The other side finds this fair." if fair else f"The other side: not quite. {escape(why)}"


def count_words(text: str) -> int:
    return len(text.split())


def say_seconds(seconds: int) -> str:
    """`12 min 34 s`, and `34 s` below a minute."""
    return f"{seconds // 60:,} min {seconds % 60} s" if seconds >= 60 else f"{seconds} s"


def _say_held(recap: Recap) -> str:
    pace = "live" if recap.pace == "live" else f"async, {recap.hours} hours a turn"
    began, ended = (f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d}" for at in (recap.began_at, recap.ended_at))
    days = f"on {began}" if began == ended else f"from {began} to {ended}"
    told = f"{FORMATS[recap.format]}, {pace}: {ABOUT[recap.format]}. Held {days} (UTC)."
    if recap.chair is None:
        return told
    return f"{told} {f'Chaired by {escape(recap.chair)}' if recap.chair else 'The bot chaired it'}."


def _say_spent(spent: Spent) -> str:
    told = [f"Words: For {spent.words[0]:,}, Against {spent.words[1]:,}."]
    if spent.seconds:
        told.insert(0, f"Time taken: For {say_seconds(spent.seconds[0])}, Against {say_seconds(spent.seconds[1])}.")
    return " ".join([*told, f"§ cited: For {spent.cited[0]}, Against {spent.cited[1]}."])


def _say_fair(fair: int, judged: int, unjudged: int) -> str:
    if not judged:
        return f"{count(unjudged, 'restatement')}, not judged by the other side" if unjudged else ""
    more = f"; {unjudged} not judged" if unjudged else ""
    return f"Restatements found fair by the other side: {fair}/{judged}{more}"


def _write(words: Words) -> str:
    side = f", {SIDES[words.side]}" if words.side else ""
    who = f", {escape(words.name)}" if words.name else ""
    title = f"### {words.title}{side}{who}"
    if words.state != "shown":
        return f"{title}\n\n{say_out(words.state, words.text)}"
    sources = " · ".join(list_sources(words.cites, words.text))
    found = [say_found(fair, why) for fair, why in words.found]
    return "\n\n".join(filter(None, [title, _keep_lines(escape_lines(words.text)), sources, *found]))


def _keep_lines(text: str) -> str:
    """A text as Markdown in which its lines stay lines."""
    return text.replace("\n", "  \n")


def _say_ending(ending: str) -> str:
    if ending == "ended":
        return "**The debate was ended early.** Its votes are not compared, so nothing is said about a shift."
    return "**The debate could not be held to its end.**"
