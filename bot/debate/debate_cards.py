"""A structured debate shows: its cards, made from facts."""

from __future__ import annotations

from typing import Final

from bot.debate import flow_picture
from bot.debate.debate_facts import Panel, Said, Turn
from bot.debate.formats import ABOUT, FORMATS, KINDS, SEATS, VOTING
from bot.debate.recap import OUT, Recap, describe_recap, escape_lines, write_markdown
from bot.kit import Button, Card, custom_id
from bot.member_text import LINK
from bot.text import count, escape, moment, sections
from bot.votes import SIDES, VOTES
from content.pack import Motion

OUTCOMES: Final = {
    "spoken": "spoken",
    "passed": "passed",
    "skipped": "left out",
    "absent": "nobody was there to speak",
}
EMPTY: Final = "One side stayed empty, so the debate was not held. Start it again when both sides have somebody."
LOPSIDED: Final = "-# In earlier debates here, most people were on one side of this motion from the start."
FAVOURED: Final = (
    "-# Earlier debates here moved people to the same side of this motion more often than chance explains."
)
PRIVATE: Final = "Your vote is private, and you can change it until this closes."
WHO: Final = "-# MEMBER ARGUMENT"


def draw_panel(panel: Panel) -> Card:
    """A debate with its seats and who chairs it."""
    pace = "live" if panel.pace == "live" else f"async, {panel.hours} hours a turn"
    card = Card().text(f"-# Debate · {FORMATS[panel.format]} · {pace}\n{_say_motion(panel.motion)}")
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
    if panel.state != "over":
        return card.text(f"-# The debate is under way.{where}")
    return card.text(f"-# {EMPTY if panel.ending == 'empty' else 'The debate is over.'}{where}")


def draw_turn(turn: Turn) -> Card:
    """A phase of a debate: whose turn it is and until when, with what can be pressed."""
    side = f" · {SIDES[turn.side]}" if turn.side else ""
    heading = f"-# {turn.position + 1} of {turn.total} · {KINDS[turn.kind][0]}{side}"
    if turn.closed:
        return Card().text(f"{heading} · {OUTCOMES.get(turn.outcome or '', 'closed')}")
    card = Card().text(heading)
    card.text(_say_motion(turn.motion) if turn.kind in VOTING else _say_turn(turn))
    ids = (turn.debate_id, turn.position)
    if turn.paused:
        card.text("The debate is paused. Its chair or a moderator can let it go on.")
        return card.buttons(_button("Go on", "resume", turn.debate_id), _button("End", "end", turn.debate_id))
    if turn.kind in VOTING:
        card.text(f"How do you see it {'now' if turn.kind == 'before' else 'after the debate'}? {PRIVATE}")
        card.buttons(*(_button(label, "ballot", *ids, vote) for vote, label in VOTES.items()))
        card.text(f"-# Closes {moment(turn.closes_at)} · {count(turn.ballots, 'vote')}")
    else:
        _add_turn_buttons(card, turn)
    return card.buttons(
        _button("Skip", "skip", *ids), _button("Pause", "pause", turn.debate_id), _button("End", "end", turn.debate_id)
    )


def draw_said(said: Said) -> Card:
    """What somebody said, under their name, with the § that they rely on; a member's argument and nobody else's."""
    title = f"{WHO} · {KINDS[said.phase][0]} · {SIDES.get(said.side, '')}"
    card = Card().text(f"{title} · <@{said.user_id}>")
    if said.state == "waiting":
        card.text("This waits until a moderator has looked at it. The debate goes on.")
        return card.buttons(_button("Look at it", "look", said.debate_id, said.id))
    if said.state != "shown":
        return card.text(OUT)
    card.text(escape_lines(said.text))
    sources = [f"Relies on {sections(said.cites)}"] if said.cites else []
    if links := len(LINK.findall(said.text)):
        sources.append(f"{count(links, 'outside source')}, unchecked")
    if sources:
        card.text(f"-# {' · '.join(sources)}")
    for fair, why in said.found:
        card.text("-# The other side finds this fair." if fair else f"-# The other side: not quite. {escape(why)}")
    report = Button("Report", custom_id("flag:open", "speech", said.id))
    buttons = [report, _button("Take out", "void", said.debate_id, said.id)]
    if said.kind == "restatement":
        ids = (said.debate_id, said.id)
        buttons[:0] = [_button("Fair", "fair", *ids), _button("Not quite", "unfair", *ids)]
    return card.buttons(*buttons)


def draw_waiting(debate_id: int, speech_id: int, text: str) -> Card:
    """What waits, for a moderator to decide on."""
    ids = (debate_id, speech_id)
    card = Card().text(f"{WHO} · not shown to others yet").text(escape_lines(text))
    return card.buttons(_button("Let it stand", "stand", *ids), _button("Leave it out", "drop", *ids))


def draw_paused(debate_id: int) -> Card:
    card = Card().text("The debate is paused. Its chair or a moderator can let it go on; what was said is kept.")
    return card.buttons(_button("Go on", "resume", debate_id), _button("End", "end", debate_id))


def draw_moved() -> Card:
    return Card().text("I can't use the thread of this debate any more, so it goes on here, with the same deadline.")


def draw_recap(recap: Recap, png: bytes | None) -> Card:
    """What a debate came to, as a picture, in words and as a file."""
    card = Card().text(f"-# Debate · {FORMATS[recap.format]} · result\n### {escape(recap.motion)}")
    card.text(describe_recap(recap))
    if png is not None:
        alt = flow_picture.alt_text(recap.swing.audience, recap.words, "words", recap.cited)
        card.picture("debate.png", png, alt)
    card.text("-# This is how those who voted here moved. It does not say who is right.")
    return card.file("debate.md", write_markdown(recap).encode())


def draw_picture(recap: Recap) -> bytes:
    return flow_picture.draw(recap.swing.audience, recap.words, "words", recap.cited)


def _say_motion(motion: Motion) -> str:
    return f"### {escape(motion.text)}\n-# The source on this: {sections(motion.cite)}"


def _say_people(ids: list[int]) -> str:
    return ", ".join(f"<@{id}>" for id in ids) or "nobody yet"


def _say_turn(turn: Turn) -> str:
    if turn.choosing:
        return f"Questions from the audience. The chair or a moderator chooses one, until {moment(turn.closes_at)}."
    if turn.judging:
        return f"The other side says whether this is fair. The debate goes on {moment(turn.closes_at)} at the latest."
    lines = [f"**Question from the audience:** {escape(turn.question)}"] if turn.question else []
    lines.append(f"<@{turn.speaker_id}> speaks {SIDES[turn.side or 'for']}, until {moment(turn.closes_at)}.")
    if turn.grace:
        lines.append("-# After that I wait a minute, in which anybody of this side may speak instead.")
    return "\n".join(lines)


def _add_seats(card: Card, panel: Panel) -> Card:
    id = panel.debate_id
    card.buttons(
        *(_button(label, "seat", id, side) for side, label in SIDES.items()),
        _button("Put me where needed", "needed", id),
        _button("Watch", "watch", id),
    )
    alone = [side for side in SIDES if panel.seated[side]]
    hold = [_button("Hold a circle", "circle", id)] if len(alone) == 1 else []
    card.buttons(_button("Begin", "begin", id), *hold, _button("End", "end", id))
    chair = f"chaired by <@{panel.chair_id}>" if panel.chair_id else "I chair it"
    seats = count(SEATS[panel.format], "seat")
    return card.text(
        f"-# {seats} a side · {chair} · begins {moment(panel.due_at)} at the latest, if both sides are there"
    )


def _add_turn_buttons(card: Card, turn: Turn) -> None:
    ids, row = (turn.debate_id, turn.position), []
    if turn.choosing:
        row.append(_button("Relay", "relay", *ids))
    elif not turn.judging:
        row += [_button("Speak", "speak", *ids), _button("Pass", "pass", *ids)]
        row += [_button("+60 s", "more", *ids)] if turn.can_extend else []
    row += [_button("Ask", "ask", turn.debate_id)] if turn.can_ask else []
    if row:
        card.buttons(*row)


def _button(label: str, verb: str, *ids: int | str) -> Button:
    return Button(label, custom_id(f"debate:{verb}", *ids))
