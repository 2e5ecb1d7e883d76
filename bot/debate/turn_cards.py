"""The phases of a debate show: whose turn it is, until when, and what can be pressed."""

from __future__ import annotations

from typing import Final

from bot.debate.cards import button, say_gallery, say_motion, say_turned
from bot.debate.facts import Turn
from bot.debate.formats import OTHER, VOTING
from bot.kit import Button, Card, custom_id
from bot.text import count, escape, mention, moment
from bot.votes import SIDES, VOTES

OUTCOMES: Final = {
    "spoken": "spoken",
    "passed": "passed",
    "skipped": "left out",
    "absent": "nobody was there to speak",
}
PRIVATE: Final = "Your vote is private, and you can change it until this closes."
PAUSED: Final = (
    "The debate is paused; what was said is kept. Its chair or a moderator can let it go on; where I chair it, or "
    "the chair stays away, whoever speaks in it can, too."
)


def draw_turn(turn: Turn) -> Card:
    """A phase of a debate: whose turn it is and until when, with what can be pressed."""
    side = f" · {SIDES[turn.side]}" if turn.side else ""
    heading = f"-# {turn.position + 1} of {turn.total} · {turn.name}{side}"
    if turn.closed:
        return _draw_closed(turn, f"{heading} · {OUTCOMES.get(turn.outcome or '', 'closed')}")
    card = Card().text(f"{heading}\n{_say_motion(turn)}")
    if turn.position == 0:
        _add_first(card, turn)
    if turn.paused:
        card.text(PAUSED)
        return card.buttons(button("Go on", "resume", turn.debate_id), button("End", "end", turn.debate_id))
    if turn.kind in VOTING:
        return _add_chair(_add_vote(card, turn), turn, "Close the vote")
    return _add_chair(_add_turn_buttons(card.text(_say_turn(turn)), turn), turn, "Skip")


def _draw_closed(turn: Turn, heading: str) -> Card:
    """A phase that is over; with the question that it was about, which can still be reported and taken out."""
    if not turn.question:
        return Card().text(heading)
    card = Card().text(f"{heading}\n{_say_question(turn.question)}")
    if turn.question_id is None:
        return card
    return card.buttons(_report(turn.question_id), button("Take out", "void", turn.debate_id, turn.question_id))


def _say_question(question: str) -> str:
    return f"**Question from the audience:** {escape(question)}"


def _report(question_id: int) -> Button:
    return Button("Report", custom_id("flag:open", "speech", question_id))


def _say_motion(turn: Turn) -> str:
    """The motion; with its source where people vote."""
    return say_motion(turn.motion) if turn.kind in VOTING else f"Motion: **{escape(turn.motion.text)}**"


def _add_first(card: Card, turn: Turn) -> None:
    """Add what is to be known once, on a debate's first card."""
    if turn.plain:
        card.text(say_turned(turn.plain))
    if turn.gallery_id:
        card.text(say_gallery(turn.gallery_id))


def _say_turn(turn: Turn) -> str:
    if turn.choosing:
        runs_out = f"Time for that runs out {moment(turn.closes_at)}."
        return f"Questions from the audience: the chair or a moderator chooses one. {runs_out}"
    side = turn.side or "for"
    other = SIDES[OTHER[side]]
    if turn.judging:
        return f"{other} says whether this is fair. The debate goes on {moment(turn.closes_at)} at the latest."
    lines = [_say_question(turn.question), ""] if turn.question else []
    restates = f" and restates the best point of {other}" if turn.kind == "restatement" else ""
    lines.append(f"{mention(turn.speaker_id or 0)} speaks {SIDES[side]}{restates}. Deadline: {moment(turn.closes_at)}.")
    if turn.grace:  # in which the deadline reads as some seconds ago
        lines.append("-# After that I wait a minute, in which anybody of this side may speak instead.")
    return "\n".join(lines)


def _add_vote(card: Card, turn: Turn) -> Card:
    card.text(f"How do you see it {'now' if turn.kind == 'before' else 'after the debate'}? {PRIVATE}")
    ids = (turn.debate_id, turn.position)
    card.buttons(*(button(label, "ballot", *ids, vote) for vote, label in VOTES.items()))
    return card.text(f"-# Closes {moment(turn.closes_at)} · {count(turn.ballots, 'vote')}")


def _add_turn_buttons(card: Card, turn: Turn) -> Card:
    ids, row = (turn.debate_id, turn.position), []
    if turn.choosing:
        row.append(button("Relay", "relay", *ids))
    elif not turn.judging:
        row += [button("Speak", "speak", *ids), button("Pass", "pass", *ids)]
        row += [button("+60 s", "more", *ids)] if turn.can_extend else []
    row += [button("Ask", "ask", turn.debate_id)] if turn.can_ask else []
    if turn.question_id is not None:
        row.append(_report(turn.question_id))
    return card.buttons(*row) if row else card


def _add_chair(card: Card, turn: Turn, skip: str) -> Card:
    return card.buttons(
        button(skip, "skip", turn.debate_id, turn.position),
        button("Pause", "pause", turn.debate_id),
        button("End", "end", turn.debate_id),
        *([button(f"Waiting ({turn.waiting})", "held", turn.debate_id)] if turn.waiting else []),
        *([button("Take out", "void", turn.debate_id, turn.question_id)] if turn.question_id is not None else []),
    )
