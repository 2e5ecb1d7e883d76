"""The course of a round: what happens when its time has come, and when something got in its way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sqlalchemy.orm import Session

from bot.quiz import rules
from bot.quiz.modes import MODES, Player
from bot.quiz.showing import name_step, redraw_counts, redraw_opening, show
from storage import players, posts, quiz, tallies

if TYPE_CHECKING:
    from storage.tables import Asked, Round


def step(session: Session, guild_id: int, round_id: int, now: int) -> None:
    """Do the next step of a round whose time has come. Doing it twice is harmless: the second finds it done."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state == "over" or round.due_at > now:
        return
    if round.state == "asking":
        _close(session, round, now)
    elif round.state == "invited":
        decline(session, round, now)
    elif round.state == "paused":
        _end(session, round, "silent", now)
        show(session, round, "end", now)
    else:
        _go_on(session, round, now)


def stop(session: Session, round: Round, now: int) -> None:
    """End a round now and show the standing. Answers to an open question count, and it is revealed."""
    before = round.state
    _end(session, round, "stopped", now)
    if before == "asking":
        _reveal(session, round, now)
    elif before in ("invited", "starting"):
        redraw_opening(session, round, now)
    show(session, round, "end", now + 1)  # one later: after the reveal


def close_daily(session: Session, round: Round, now: int) -> None:
    """Close a daily question: its time is up, or the next has come. Nobody is asked what nobody could see."""
    asked = _asked(session, round, round.position)
    seen = asked.message_id is not None
    _end(session, round, "played" if seen else "unreachable", now)
    if seen:
        _reveal(session, round, now)


def decline(session: Session, round: Round, now: int) -> None:
    """End a duel that nobody accepted."""
    _end(session, round, "declined", now)
    redraw_opening(session, round, now)


def accept(session: Session, round: Round, now: int) -> bool:
    """Let a duel begin; False if it did not wait for that."""
    done = round.state == "invited" and _begin(session, round, now)
    if done:
        redraw_opening(session, round, now)
    return done


def take_opened(session: Session, message_id: int, now: int, guild_id: int, round_id: int) -> None:
    """Note the message that opened a round; from here on it goes by its own clock."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None:
        return
    if round.state in ("invited", "starting"):
        quiz.move_round(session, round, opening_id=message_id)
    elif round.state == "opening" and round.thread:
        quiz.move_round(session, round, state="threading", opening_id=message_id, due_at=now + rules.THREAD)
    elif round.state == "opening":
        _begin(session, round, now, opening_id=message_id)


def settle_in(session: Session, guild_id: int, round_id: int, thread_id: int | None, now: int) -> None:
    """Let a round that waits for its thread begin: there, or in its channel for None, which is said."""
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state != "threading":
        return
    place = {} if thread_id is None else {"channel_id": thread_id}
    if _begin(session, round, now, **place) and thread_id is None:
        show(session, round, "here", now)


def _begin(session: Session, round: Round, now: int, **where: int) -> bool:
    """Let people gather for the first question; where they join teams, the card says until when."""
    mode = MODES[round.mode]
    begun = quiz.move_round(session, round, state="starting", due_at=now + mode.gathering, **where)
    if begun and mode.teams:
        redraw_opening(session, round, now)
    return begun


def list_players(session: Session, guild_id: int, round_id: int) -> list[Player]:
    return [Player(*row) for row in players.list_players(session, guild_id, round_id)]


def player_row(round: Round, player: Player) -> dict[str, int | None]:
    return {"guild_id": round.guild_id, "round_id": round.id, "user_id": player.user_id, "team": player.team}


def take_posted(session: Session, message_id: int, now: int, guild_id: int, round_id: int, position: int) -> None:
    """Note the message of a question. If Discord was slow to take it, people still get their full time.

    A daily question closes when it was to: the next one comes then. What came too late to be answered is revealed.
    """
    round, asked = _load(session, guild_id, round_id, position)
    if round is None or asked is None or asked.message_id == message_id:  # an edit, not the question itself
        return
    asked.message_id = message_id
    if asked.closed_at is not None:
        posts.edit_instead(session, guild_id, name_step(round, "reveal", position), message_id)
    elif round.state == "over":
        _reveal(session, round, now)
    elif now - (asked.opened_at or now) > 1000:
        asked.opened_at = now
        if MODES[round.mode].waits_for_people:
            _extend(session, round, asked, now + round.seconds * 1000, now)


def take_loss(session: Session, why: str, now: int, guild_id: int, round_id: int, *_: int) -> None:
    """End a round whose place can't be used any more, and say so where somebody can still read it.

    That is the channel it was started from; else, where only new messages are forbidden, its last card.
    """
    round = quiz.get_round(session, guild_id, round_id)
    if round is None or round.state == "over":
        return
    asked = _asked(session, round, round.position)
    if round.state == "asking" and asked.message_id is not None:
        _close_question(session, round, asked, now)
    _end(session, round, why, now)
    if round.home_id != round.channel_id or why == "unreachable":
        show(session, round, "end", now, channel_id=round.home_id)
    elif why == "forbidden" and (card := quiz.last_card(session, guild_id, round_id)):
        show(session, round, "end", now, edits=card)


def resume(session: Session, now: int, restarted_at: int | None) -> None:
    """After an absence every open question gets at least RETURN more, and the channel is told; not so a daily one.

    `restarted_at` (ms) is None after a mere reconnection: nobody is told of one that took nothing from a question.
    Nor is a round told that was paused anyway, or that was started after the restart.
    """
    if restarted_at is not None:
        redraw_counts(session, now)
    for round in quiz.list_open_rounds(session):
        asking = round.state == "asking"
        interrupted = restarted_at is not None and round.started_at < restarted_at
        waits = MODES[round.mode].waits_for_people and round.state not in ("paused", "opening", "invited")
        if not waits or not (interrupted or (asking and round.due_at < now + rules.RETURN)):
            continue
        if asking:
            asked = _asked(session, round, round.position)
            _extend(session, round, asked, max(round.due_at, now + rules.RETURN), now)
        show(session, round, "back", now, round.position, again=f":{now}")


def _go_on(session: Session, round: Round, now: int) -> None:
    """Ask the next question that is not void; after the last one end the round."""
    begins = round.state in ("opening", "threading", "starting")
    after = -1 if begins else round.position
    position = quiz.next_position(session, round.guild_id, round.id, after)
    decided = position is not None and _is_decided(session, round)
    if position is not None and not decided:
        _ask(session, round, position, now)
    else:
        _end(session, round, "decided" if decided else "played", now)
        show(session, round, "end", now)
    if begins and MODES[round.mode].teams:
        redraw_opening(session, round, now)


def _ask(session: Session, round: Round, position: int, now: int) -> None:
    """Ask a question: its time runs from now."""
    closes_at = now + round.seconds * 1000
    if quiz.move_round(session, round, state="asking", position=position, due_at=closes_at):
        asked = _asked(session, round, position)
        asked.opened_at, asked.closes_at = now, closes_at
        if MODES[round.mode].waits_for_people:  # else the question is its own opening
            show(session, round, "question", now, position)


def _close(session: Session, round: Round, now: int) -> None:
    """Close the open question and show its reveal; pause if nobody answers any more."""
    mode = MODES[round.mode]
    if not mode.waits_for_people:
        close_daily(session, round, now)
        return
    asked = _asked(session, round, round.position)
    if asked.message_id is None:  # Discord has not taken it yet, so nobody has had time to answer
        _extend(session, round, asked, now + 1000, now)
        return
    answered = quiz.count_answers(session, round.guild_id, round.id, round.position)
    silent = 0 if answered else round.silent + 1
    more = quiz.next_position(session, round.guild_id, round.id, round.position) is not None
    pausing = silent >= rules.SILENT and more
    state, wait = ("paused", rules.PAUSE) if pausing else ("showing", rules.READING)
    if quiz.move_round(session, round, state=state, silent=silent, due_at=now + wait):
        _reveal(session, round, now)
        if pausing:
            show(session, round, "paused", now + 1, round.position)  # one later: after the reveal


def _put_out(session: Session, round: Round) -> None:
    """Let the mode say who is out after the question that has just been closed."""
    mode = MODES[round.mode]
    if mode.has_players:
        there = list_players(session, round.guild_id, round.id)
        right = quiz.list_right(session, round.guild_id, round.id, round.position)
        if out := mode.put_out(there, right):
            players.put_out(session, round.guild_id, round.id, out, round.position)


def _is_decided(session: Session, round: Round) -> bool:
    mode = MODES[round.mode]
    return mode.has_players and mode.is_decided(list_players(session, round.guild_id, round.id))


def _reveal(session: Session, round: Round, now: int) -> None:
    asked = _asked(session, round, round.position)
    _close_question(session, round, asked, now)
    show(session, round, "reveal", now, round.position, edits=asked.message_id)


def _close_question(session: Session, round: Round, asked: Asked, now: int) -> None:
    """Close a question; from here on boards count it, and whoever it puts out is out."""
    asked.closed_at = now
    _put_out(session, round)
    tallies.count_question(session, asked.guild_id, asked.round_id, asked.position, now)


def _end(session: Session, round: Round, ending: str, now: int) -> None:
    """End a round; its answers stay."""
    quiz.move_round(session, round, state="over", ending=ending, ended_at=now)


def _extend(session: Session, round: Round, asked: Asked, until: int, now: int) -> None:
    if round.state == "asking" and until != round.due_at and quiz.move_round(session, round, due_at=until):
        asked.closes_at = until
        if asked.message_id is not None:
            show(session, round, "question", now, asked.position, again=f":{now}", edits=asked.message_id)


def _load(session: Session, guild_id: int, round_id: int, position: int) -> tuple[Round | None, Asked | None]:
    return quiz.get_round(session, guild_id, round_id), quiz.get_asked(session, guild_id, round_id, position)


def _asked(session: Session, round: Round, position: int) -> Asked:
    asked = quiz.get_asked(session, round.guild_id, round.id, position)
    assert asked is not None, "a round's questions are saved with it"
    return asked
