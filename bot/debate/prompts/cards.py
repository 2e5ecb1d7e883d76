"""Prompts show: cards made from facts."""

from __future__ import annotations

from bot.debate.prompts.actions import Recorded
from bot.debate.prompts.facts import Closed, Open
from bot.debate.prompts.rules import Result, Side
from bot.kit import Button, Card, custom_id
from bot.text import bar, count, escape, moment, sections
from bot.votes import VOTES
from content.pack import Motion

RENEWED = "-# It is counted anew when five more people have voted, so that nobody's vote can be told from it."


def draw_open(open: Open, theme: str) -> Card:
    """A motion with its buttons, all alike. Of the votes it shows only how many there are."""
    votes = count(open.total, "vote") if open.total else "no votes yet"
    return (
        _draw_motion(open.motion, theme)
        .text("A motion is a sentence to argue about; I take no side. Your vote is private, and you can change it.")
        .buttons(*(Button(label, custom_id("debate:vote", open.prompt_id, vote)) for vote, label in VOTES.items()))
        .buttons(*_talk_buttons(open.prompt_id), Button("Close", custom_id("debate:close", open.prompt_id)))
        .text(f"-# Closes {moment(open.closes_at)} · {votes}")
    )


def draw_closed(closed: Closed, theme: str) -> Card:
    """The result of a motion; arguing can go on."""
    return (
        _draw_motion(closed.motion, theme)
        .line()
        .text(_result(closed.result))
        .buttons(*_talk_buttons(closed.prompt_id))
        .text(f"-# Closed {moment(closed.closed_at, 'f')}")
    )


def draw_sides(motion: Motion, pairs: list[tuple[Side, Side]]) -> Card:
    """What the pack has for and against a motion, in pairs."""
    card = Card().text(f"-# Both sides\n### {escape(motion.text)}")
    for one, other in pairs:
        card.line().text(f"{_argument(one)}\n\n{_argument(other)}")
    return card.line().text(
        "-# Arguments drawn from the source, three a side. Which side stands first is left to chance, pair by pair."
    )


def describe_vote(recorded: Recorded) -> str:
    """What somebody who voted is told: what counts now, and what may be shown of all votes."""
    now, before = f"**{VOTES[recorded.vote]}**", recorded.before
    if before is None:
        words = f"Your vote is recorded: {now}."
    elif before == recorded.vote:
        words = f"Your vote is {now}, as before."
    else:
        words = f"Your vote is changed from {VOTES[before]} to {now}."
    closes = f"Only you see this. You can change it until the vote closes {moment(recorded.closes_at)}."
    return f"{words} {closes}\n\n{_so_far(recorded.result)}"


def _so_far(result: Result) -> str:
    if result.split is not None:
        of = sum(number for _, number in result.split)
        then = ":" if of == result.total else f". When there were {of}:"
        return f"{count(result.total, 'vote')} so far{then}\n{_bars(result)}\n{RENEWED}"
    are = "is 1" if result.total == 1 else f"are {result.total}"
    return f"A split is shown from five votes on; so far there {are}."


def _result(result: Result) -> str:
    if result.total == 0:
        return "**The vote is closed.** Nobody voted."
    closed = f"**The vote is closed: {count(result.total, 'vote')}.**"
    if result.split is None:
        return f"{closed} Fewer than five voted, so no split is shown."
    of = sum(number for _, number in result.split)
    if of != result.total:
        closed += (
            f" When there were {of}, they split like this; fewer than five have voted since, and that is not told."
        )
    return f"{closed}\n{_bars(result)}\n-# This is what those who voted here think. It does not say who is right."


def _bars(result: Result) -> str:
    split = result.split or ()
    of = sum(n for _, n in split)
    return "\n".join(f"{bar(n / of)} {n / of:.0%} **{label}** · {n}" for label, n in split)


def _draw_motion(motion: Motion, theme: str) -> Card:
    heading = f"-# Motion · {escape(theme)}\n### {escape(motion.text)}"
    return Card().text(f"{heading}\n-# The source on this: {sections(motion.cite)}")


def _talk_buttons(prompt_id: int) -> tuple[Button, ...]:
    return (
        Button("Both sides", custom_id("debate:sides", prompt_id)),
        Button("Open a thread", custom_id("debate:thread", prompt_id)),
        Button("Report framing", custom_id("flag:open", "prompt", prompt_id)),
    )


def _argument(side: Side) -> str:
    label, argument = side
    return f"**{label}** · {escape(argument.text)}\n-# {sections(argument.cite)}"
