"""kill -9 at several points of a round: what was confirmed counts once, and the round goes on to its podium."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from pathlib import Path

import pytest

from bot.demo.acting import Reply
from tests.socket.table import AWAY, Table, is_locked_in
from tests.socket_world import Message, text_of

CROWD = ["bob", "carol", *(f"player{n}" for n in range(28))]


async def before_the_first_question(table: Table) -> None:
    assert table.state() == "starting"


async def with_a_question_posted_but_not_noted(table: Table) -> None:
    hanging = table.faults.add("POST", table.posting(), "hang", applied=True)
    await table.until(lambda: hanging.hits)
    await table.asked()
    assert table.rows("SELECT message_id FROM asked WHERE position = 0") == [(None,)]


async def after_a_confirmed_answer(table: Table) -> None:
    assert is_locked_in(await table.press("bob", await table.asked(), "B"))


async def with_many_answers_under_way(table: Table) -> None:
    question = await table.asked()
    presses = [asyncio.ensure_future(table.press(name, question, "A")) for name in CROWD]
    await table.until(lambda: any(press.done() for press in presses))
    await table.kill()
    told = [name for name, press in zip(CROWD, presses, strict=True) if is_locked_in(await press)]
    assert told
    assert set(told) <= {name for _, name in table.answers()}


async def between_a_close_and_its_reveal(table: Table) -> None:
    assert is_locked_in(await table.press("bob", await table.asked(), "B"))
    await table.until(lambda: table.calls("PATCH", table.posting()))  # the live count: the next edit is the reveal
    hanging = table.faults.add("PATCH", table.posting(), "hang")
    await table.until(lambda: hanging.hits)
    assert table.state() == "showing"


@pytest.mark.parametrize(
    ("reach", "questions"),
    [
        (before_the_first_question, 2),
        (with_a_question_posted_but_not_noted, 1),
        (after_a_confirmed_answer, 1),
        (with_many_answers_under_way, 1),
        (between_a_close_and_its_reveal, 2),
    ],
)
async def test_a_killed_round_goes_on_and_counts_what_it_confirmed(
    tmp_path: Path, reach: Callable[[Table], Awaitable[None]], questions: int
) -> None:
    async with Table(tmp_path, brisk=True, people=CROWD[2:]) as table:
        await table.play(questions=questions)
        await reach(table)
        await table.kill()
        saved, position = table.answers(), int(table.state() == "showing")
        await table.start_bot()
        await table.until(lambda: table.lines(AWAY))
        old_buttons = await table.asked(position + 1)
        replies = await all_press(table, old_buttons)
        assert {name for name, reply in replies.items() if is_locked_in(reply)} == set(CROWD) - {
            name for at, name in saved if at == position
        }
        assert table.answers() == sorted({*saved, *((position, name) for name in CROWD)})
        await table.podium()
        assert await places_told(table) == places_on_disk(table, questions)
        assert [len(table.cards(number + 1)) for number in range(questions)] == [1] * questions
        assert len(table.lines(AWAY)) == 1


async def all_press(table: Table, question: Message) -> dict[str, Reply]:
    """Everybody presses at once, one third on each letter."""
    letters = {name: "ABC"[n % 3] for n, name in enumerate(CROWD)}
    replies = await asyncio.gather(*(table.press(name, question, letter) for name, letter in letters.items()))
    return dict(zip(letters, replies, strict=True))


async def places_told(table: Table) -> dict[str, str]:
    """What each person reads on asking for their own place in the final standing."""
    podium = table.messages("#quiz-night")[-1]
    replies = await asyncio.gather(*(table.press(name, podium, "My place") for name in CROWD))
    texts = (text_of(reply.message).splitlines()[0] for reply in replies)
    return {name: text.split(f" {name} · ")[-1] for name, text in zip(CROWD, texts, strict=True)}


def places_on_disk(table: Table, questions: int) -> dict[str, str]:
    rows: Iterable[tuple[str, int, int]] = table.rows(
        "SELECT name, sum(points), sum(right) FROM answers JOIN members USING (guild_id, user_id) GROUP BY name"
    )
    return {name: f"**{points} points** · {right} of {questions} right" for name, points, right in rows}
