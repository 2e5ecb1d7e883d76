"""The recap of a debate: what was moved, who spoke how much, and all that was said, as a Markdown file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.debate.formats import FORMATS, KINDS
from bot.debate.swing import Swing, describe
from bot.text import escape, sections, see
from bot.votes import SIDES

OUT = {  # what is said in place of words that are not shown
    "void": "(taken out by the chair or a moderator)",
    "declined": "(a moderator looked at it first and left it out)",
    "waiting": "(a moderator has not looked at it yet)",
}
LINES = 15  # of a speech: more would fill everybody's screen


@dataclass(frozen=True)
class Words:
    """Something that was said: `name` is the speaker's as last seen; its words are told only in the state shown."""

    kind: str
    side: str | None
    name: str
    text: str
    cites: tuple[str, ...]
    state: str


@dataclass(frozen=True)
class Recap:
    """What a debate came to. `words` and `cited` are (For, Against); `fair` is (found fair, restated)."""

    motion: str
    format: str
    pace: str
    ending: str
    swing: Swing
    winner: bool
    words: tuple[int, int]
    cited: tuple[int, int]
    fair: tuple[int, int]
    said: Sequence[Words]
    moved: Sequence[tuple[str, int]]


def describe_recap(recap: Recap) -> str:
    """The result in words, for the card."""
    lines = [describe(recap.swing, recap.winner)] if recap.ending == "held" else [_say_ending(recap.ending)]
    if recap.fair[1]:
        lines.append(f"Restatements found fair by the other side: {recap.fair[0]}/{recap.fair[1]}")
    if recap.moved:
        lines.append("What moved people most: " + "; ".join(f"{said} ({number})" for said, number in recap.moved))
    return "\n".join(lines)


def write_markdown(recap: Recap) -> str:
    """The recap as a file: the motion, the result, and what was said, in order. No votes of anybody, no ids."""
    head = [
        f"# {escape(recap.motion)}",
        f"{FORMATS[recap.format]}, {recap.pace}. This file holds members' arguments. It does not say who is right.",
        "## Result",
        describe_recap(recap),
        f"Words spoken: For {recap.words[0]:,}, Against {recap.words[1]:,}. "
        f"Sources cited: For {recap.cited[0]}, Against {recap.cited[1]}.",
        "## What was said",
    ]
    return "\n\n".join([*head, *(_write(words) for words in recap.said)]) + "\n"


def escape_lines(text: str) -> str:
    """Somebody's text made safe, line by line; from LINES on all that follows is one."""
    lines = [line for line in text.splitlines() if see(line)]
    lines = [*lines[: LINES - 1], " ".join(lines[LINES - 1 :])]
    return "\n".join(escape(line) for line in lines if line)


def count_words(text: str) -> int:
    return len(text.split())


def _write(words: Words) -> str:
    title = "Question from the audience" if words.kind == "asked" else KINDS[words.kind][0]
    side = f", {SIDES[words.side]}" if words.side else ""
    who = f", {escape(words.name)}" if words.kind != "asked" else ""
    text = OUT.get(words.state) or escape_lines(words.text)
    cites = f"\n\nRelies on {sections(words.cites)}" if words.cites and words.state == "shown" else ""
    return f"### {title}{side}{who}\n\n{text}{cites}"


def _say_ending(ending: str) -> str:
    if ending == "ended":
        return "**The debate was ended early.** Nobody voted after it, so nothing is said about a shift."
    return "**The debate could not be held to its end.**"
