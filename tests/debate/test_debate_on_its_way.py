"""While a post of a debate is on its way its facts may change: then it is drawn again, and no time is lost."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import discord
import pytest

from bot.debate import chair, deciding, floor, posted, seats
from bot.debate.floor import Place
from storage.settings import change_settings
from tests.build import make_motion
from tests.debate import holding
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])

RUDE = "Something rude."
OTHER = {"bob": "carol", "carol": "bob"}
OLDER = "-# This debate has a newer card, further down."


def while_on_its_way(monkeypatch: pytest.MonkeyPatch, words: str, do: Callable[[], Awaitable[Any]]) -> None:
    """Let this be done once, when Discord shows a message with these words and has not yet said so."""
    send = discord.abc.Messageable.send
    done: list[discord.Message] = []

    async def send_slowly(self: discord.abc.Messageable, *args: Any, **options: Any) -> discord.Message:
        message: discord.Message = await send(self, *args, **options)
        if not done and words in text_of(message):
            done.append(message)
            await do()
        return message

    monkeypatch.setattr(discord.abc.Messageable, "send", send_slowly)


async def place(stage: Stage, who: str, moderator: bool = False) -> Place:
    debate = await holding.find(stage)
    return Place(stage.guild.id, debate.id, debate.thread_id or debate.channel_id, stage.people[who].id, moderator)


def break_off(stage: Stage, channel_id: int | None, times: int) -> None:
    """Let Discord take none of the next messages for a channel."""
    for _ in range(times):
        stage.env.inject_error("POST", f"/channels/{channel_id}/messages", status=503)


# --- words -----------------------------------------------------------------------------------------------------------


async def test_words_taken_out_while_their_card_is_on_its_way_do_not_stay(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await holding.begin(stage)
    await holding.skip(stage)

    async def take_out() -> None:
        (speech,) = await holding.speeches(stage)
        await stage.db.write(chair.void, await place(stage, "alice"), speech.id, stage.clock.now())

    while_on_its_way(monkeypatch, RUDE, take_out)
    await holding.speak(stage, await holding.turn_of(stage), RUDE)
    await stage.advance(2)
    assert [one.state for one in await holding.speeches(stage)] == ["void"]
    assert not any(RUDE in text for text in holding.said(stage, await holding.find(stage)))


async def test_words_that_are_let_stand_while_their_card_is_on_its_way_are_shown(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all"})
    await holding.begin(stage)
    await holding.skip(stage)

    async def let_stand() -> None:
        (speech,) = await holding.speeches(stage)
        await stage.db.write(deciding.let_stand, await place(stage, "olga", True), speech.id, stage.clock.now())

    while_on_its_way(monkeypatch, "A moderator looks at this first", let_stand)
    await holding.speak(stage, await holding.turn_of(stage), "My point.")
    await stage.advance(2)
    assert sum("My point." in text for text in holding.said(stage, await holding.find(stage))) == 1


async def test_words_taken_out_while_the_result_is_on_its_way_are_not_in_its_file(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage), RUDE)
    (speech,) = await holding.speeches(stage)

    async def take_out() -> None:
        await stage.db.write(chair.void, await place(stage, "alice"), speech.id, stage.clock.now())

    while_on_its_way(monkeypatch, "· result", take_out)
    await holding.finish(stage)
    await stage.advance(5)
    debate = await holding.find(stage)
    result = next(m for m in holding.hall(stage, debate) if m.id == debate.result_id)
    (file,) = [one for one in result.attachments if one.filename == "debate.md"]
    assert RUDE not in (await file.read()).decode()


async def test_a_card_that_arrived_as_it_is_asked_for_is_not_drawn_twice(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    await holding.speak(stage, await holding.turn_of(stage))
    await holding.finish(stage)
    await stage.advance(2)
    edited = [r.path.rpartition("/")[2] for r in stage.env.http_requests if r.method == "PATCH"]
    debate, (speech,) = await holding.find(stage), await holding.speeches(stage)
    assert [str(id) in edited for id in (speech.message_id, debate.result_id)] == [False, False]


# --- turns -----------------------------------------------------------------------------------------------------------


async def test_a_seat_handed_on_while_the_card_of_its_turn_is_on_its_way_shows_who_speaks_now(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    await holding.begin(stage, ("dana", "For"), ("olga", "Against"), pace="async")

    async def leave() -> None:
        where = await place(stage, await holding.turn_of(stage))
        await stage.db.write(seats.watch, where, stage.clock.now())

    while_on_its_way(monkeypatch, "2 of 8", leave)
    await holding.skip(stage)
    await stage.advance(2)
    speaker = await holding.turn_of(stage)
    assert speaker in ("dana", "olga")
    assert f"<@{stage.people[speaker].id}> speaks" in text_of(await holding.now_open(stage))


async def test_no_turn_and_no_vote_runs_out_before_anybody_can_see_it(stage: Stage) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    break_off(stage, debate.thread_id, 10)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    await stage.advance(300)
    phases = await holding.phases(stage)
    assert ((await holding.find(stage)).position, phases[1].outcome, phases[1].posted_at) == (1, None, None)
    await stage.advance(90)
    phase, debate = (await holding.phases(stage))[1], await holding.find(stage)
    assert phase.posted_at is not None
    assert (phase.closes_at, debate.due_at) == (phase.posted_at + 180_000, phase.posted_at + 240_000)


async def test_the_last_vote_is_held_though_discord_takes_nothing_for_longer_than_it_lasts(stage: Stage) -> None:
    await holding.begin(stage)
    for _ in range(6):
        await holding.skip(stage)
    break_off(stage, (await holding.find(stage)).thread_id, 8)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Skip", "Skip it")
    await stage.advance(310)
    assert (await holding.find(stage)).state == "running"
    (told,) = await holding.vote(stage, onlooker="For")
    assert told.text.startswith("Your vote is recorded: **For**.")


@pytest.mark.parametrize(("in_channel", "came_to"), [(False, ("running", None)), (True, ("over", "unreachable"))])
async def test_a_debate_whose_card_can_never_be_shown_does_not_hang(
    stage: Stage, in_channel: bool, came_to: tuple[str, str | None]
) -> None:
    await holding.begin(stage)
    debate = await holding.find(stage)
    break_off(stage, debate.thread_id, 15)
    break_off(stage, debate.channel_id, 40 if in_channel else 0)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    await stage.advance(1400)
    debate = await holding.find(stage)
    assert ((debate.state, debate.ending), debate.thread_id) == (came_to, None)


async def test_paused_before_its_first_card_is_out_a_turn_has_all_its_time_once(stage: Stage) -> None:
    await holding.begin(stage)
    break_off(stage, (await holding.find(stage)).thread_id, 4)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    where = await place(stage, "alice")
    await stage.advance(1)
    await stage.db.write(chair.pause, where, stage.clock.now())
    await stage.advance(10)
    await stage.db.write(chair.take_up, where, stage.clock.now())
    await stage.advance(60)
    phase, debate = (await holding.phases(stage))[1], await holding.find(stage)
    posted_at = phase.posted_at or 0
    assert (phase.closes_at, debate.due_at) == (posted_at + 180_000, posted_at + 240_000)


async def test_a_turn_whose_first_card_comes_while_it_is_paused_has_all_its_time_when_it_goes_on(stage: Stage) -> None:
    await holding.begin(stage)
    break_off(stage, (await holding.find(stage)).thread_id, 4)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    where = await place(stage, "alice")
    await stage.advance(20)
    await stage.db.write(chair.pause, where, stage.clock.now())
    await stage.advance(60)
    assert (await holding.phases(stage))[1].posted_at is not None
    await stage.press("alice", await holding.now_open(stage), "Go on")
    phase, debate = (await holding.phases(stage))[1], await holding.find(stage)
    now = stage.clock.now()
    assert (phase.closes_at, debate.due_at) == (now + 180_000, now + 240_000)


async def test_a_minute_asked_for_is_kept_when_the_turn_is_handed_on(stage: Stage) -> None:
    await holding.begin(stage, ("dana", "For"), ("olga", "Against"))
    await holding.skip(stage)
    first = await place(stage, await holding.turn_of(stage))
    await stage.db.write(floor.extend, first, 1, stage.clock.now())
    await stage.db.write(seats.watch, first, stage.clock.now())
    assert (await holding.phases(stage))[1].closes_at == stage.clock.now() + 240_000


async def test_an_async_debate_whose_card_is_a_little_late_keeps_its_deadline(stage: Stage) -> None:
    await holding.begin(stage, pace="async")
    break_off(stage, (await holding.find(stage)).thread_id, 3)
    await holding.sure(stage, "alice", await holding.now_open(stage), "Close the vote", "Close it")
    await stage.advance(30)
    phase = (await holding.phases(stage))[1]
    assert (phase.posted_at or 0) - (phase.opened_at or 0) > 10_000
    assert phase.closes_at == (phase.opened_at or 0) + 24 * 3_600_000


# --- one live card ---------------------------------------------------------------------------------------------------


async def test_going_on_in_an_archived_thread_leaves_one_live_card(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    await stage.press("alice", await holding.now_open(stage), "Pause")
    await stage.advance(3)
    debate, card = await holding.find(stage), await holding.now_open(stage)
    stage.env.inject_error("PATCH", f"/channels/{debate.thread_id}/messages/{card.id}", status=400, code=50083)
    await stage.press("alice", card, "Go on")
    await stage.advance(3)
    hall = holding.hall(stage, debate)
    assert [text_of(m) for m in hall if m.id == card.id] == [OLDER]
    assert hall[-1].id == (await holding.now_open(stage)).id
    assert not any("Go on" in holding.labels(m) for m in hall)


async def test_a_card_that_still_comes_out_in_a_thread_that_the_debate_has_left_is_not_live(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    debate = await holding.find(stage)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    stage.env.inject_error("POST", f"/channels/{thread.id}/messages", status=400, code=50083)
    await holding.speak(stage, await holding.turn_of(stage))
    await stage.advance(3)
    assert (await holding.find(stage)).thread_id is None
    assert text_of(stage.messages(thread)[-1]) == OLDER
    assert "Speak" in holding.labels(stage.last())
    assert (await holding.now_open(stage)).id == stage.last().id


async def test_a_phase_whose_card_was_deleted_is_not_shown_again_when_it_is_over(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    debate, card = await holding.find(stage), await holding.now_open(stage)
    await stage.bot.http.delete_message(card.channel.id, card.id)
    thread = next(thread for thread in stage.quiz.threads if thread.id == debate.thread_id)
    await stage.forge(await holding.turn_of(stage), f"debate:pass:{debate.id}:1", thread)
    await stage.advance(3)
    shown = [text[:9] for text in holding.said(stage, debate) if text.startswith("-#")]
    assert shown == ["-# 1 of 8", "-# 3 of 8"]


async def test_a_card_with_seats_that_was_deleted_comes_back_no_more_once_the_debate_has_begun(stage: Stage) -> None:
    card = await holding.begin(stage)
    await stage.advance(3)
    await stage.bot.http.delete_message(card.channel.id, card.id)
    await holding.end(stage, "alice", await holding.now_open(stage))
    await stage.advance(3)
    assert [
        m.id for m in stage.messages() if "Report framing" in button_ids(m) or "The debate is over" in text_of(m)
    ] == []


async def test_an_edit_of_an_older_card_with_seats_does_not_take_the_newer_ones_place(stage: Stage) -> None:
    card = await holding.start(stage)
    debate = await holding.find(stage)
    await stage.db.write(seats.note_panel, stage.guild.id, debate.id, card.id + 5, stage.clock.now())
    await stage.db.write(posted.take_panel, card.id, stage.clock.now(), stage.guild.id, debate.id, 0, stage.quiz.id, 0)
    assert (await holding.find(stage)).message_id == card.id + 5
