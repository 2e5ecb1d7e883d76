"""Review: what somebody missed comes back to them, when it is due and they come by."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.errors import Refusal
from bot.item import Item
from bot.kit import custom_id
from bot.quiz import missed, spacing
from bot.quiz.review import NOTHING_YET
from storage.questions import set_state
from storage.tables import Asked, Review, Round
from tests.build import NUMBER, ORDER, SEVERAL, SINGLE, TRUEFALSE, make_pack
from tests.questions.rounds import Answers, Given, hold, make_items
from tests.stage import START, Reply, Stage, button_ids

TWO = (SINGLE | {"prompt": "Which is one?"}, SINGLE | {"prompt": "Which is two?"})
WRONG: dict[str, Given] = {"number": "1", "order": [0, 1, 2], "several": [1]}
MINUTE, DAY = 60_000, 86_400_000
NOT_DUE = "That card is an old one. /quiz review shows what is due to you now."


async def miss(stage: Stage, *questions: dict[str, Any], who: str = "bob", number: int = 1, **changed: Any) -> None:
    """A round in which somebody had each of these questions wrong, and the time after it."""
    guild_id = changed.pop("guild_id", stage.guild.id)
    items = make_items(*questions or (SINGLE,))
    asked: list[tuple[Item, Answers]] = [(item, {stage.people[who].id: WRONG.get(item.kind, [0])}) for item in items]
    await stage.db.write(hold, number, *asked, guild_id=guild_id, **changed)
    await stage.skip((number + 1) * 3600)


async def rows(stage: Stage) -> list[Review]:
    return await stage.db.read(lambda session: list(session.scalars(select(Review).order_by(Review.question_id))))


async def due_at(stage: Stage) -> int:
    (row,) = await rows(stage)
    return row.due_at


async def answer(stage: Stage, card: Reply, right: bool, who: str = "bob") -> Reply:
    """Press the letter of the option that is right, or of one that is not."""
    lines = [line for line in card.text.splitlines() if line.startswith("**")]
    letter = next(line[2] for line in lines if line.endswith("  square" if right else "  flat"))
    return await stage.press(who, card.message, letter)


async def test_a_missed_question_is_asked_again_in_private(stage: Stage) -> None:
    await miss(stage)
    card = await stage.slash("bob", "quiz review")
    assert card.private
    assert card.text.splitlines()[:2] == ["-# Review · Shape · easy", "### Which shape is it?"]
    told = await answer(stage, card, right=True)
    now = stage.clock.time
    assert "**Right.** The answer: " in told.text
    assert "-# §1.1 · stated by the source, with no one named for it" in told.text
    assert f"It comes back <t:{(now + 10 * MINUTE) // 1000}:R>." in told.text
    assert "use /quiz review then" in told.text


async def test_who_missed_nothing_is_told_so(stage: Stage) -> None:
    await miss(stage)
    assert (await stage.slash("carol", "quiz review")).text == NOTHING_YET


async def test_what_was_right_at_the_latest_time_is_not_reviewed(stage: Stage) -> None:
    await miss(stage)
    bob = stage.people["bob"].id
    await stage.db.write(hold, 2, (make_items(SINGLE)[0], {bob: [1]}), guild_id=stage.guild.id)
    assert (await stage.slash("bob", "quiz review")).text == NOTHING_YET


async def test_it_is_due_only_when_it_is_due(stage: Stage) -> None:
    await miss(stage)
    await answer(stage, await stage.slash("bob", "quiz review"), right=True)
    await stage.skip(599.999)
    early = await stage.slash("bob", "quiz review")
    at = await due_at(stage)
    assert early.text == (
        f"Nothing is due right now; well kept up. The next question comes back <t:{at // 1000}:R>: "
        "use /quiz review then."
    )
    await stage.skip(0.001)
    assert "### Which shape is it?" in (await stage.slash("bob", "quiz review")).text


async def test_right_answers_push_it_out_further_each_time_and_a_wrong_one_brings_it_back(stage: Stage) -> None:
    await miss(stage)
    intervals = []
    for right in (True, True, True, True, False, True):
        await answer(stage, await stage.slash("bob", "quiz review"), right)
        intervals.append(await due_at(stage) - stage.clock.time)
        stage.clock.time = await due_at(stage)
    assert intervals == [10 * MINUTE, DAY, 2 * DAY, 7 * DAY, 10 * MINUTE, DAY]


async def test_the_miss_itself_was_the_first_review() -> None:
    first = spacing.start(START)
    assert first.due_at == START + MINUTE
    assert spacing.last_reviewed(first.card) == START
    assert spacing.rate(first.card, True, START + DAY).due_at == START + DAY + 10 * MINUTE


@pytest.mark.pack(*TWO)
async def test_one_comes_after_another_also_after_a_restart(stage: Stage) -> None:
    await miss(stage, *TWO)
    card = await stage.slash("bob", "quiz review")
    await stage.restart()
    told = await answer(stage, card, right=False)
    assert ("**Not this time.**" in told.text, "Which is one?" in told.text) == (True, True)
    await stage.restart()
    second = await stage.press("bob", told.message, "Next")
    assert "### Which is two?" in second.text
    assert "Next" not in button_ids((await answer(stage, second, right=True)).message)


async def test_missing_it_again_in_a_round_brings_it_back_now(stage: Stage) -> None:
    await miss(stage)
    for _ in range(3):
        await answer(stage, await stage.slash("bob", "quiz review"), right=True)
        stage.clock.time = await due_at(stage)
    await answer(stage, await stage.slash("bob", "quiz review"), right=True)
    assert await due_at(stage) == stage.clock.time + 7 * DAY
    hours = (stage.clock.time - START) // 3_600_000 + 1
    await miss(stage, number=hours)
    assert "### Which shape is it?" in (await stage.slash("bob", "quiz review")).text


async def test_two_servers_know_nothing_of_each_other(stage: Stage) -> None:
    elsewhere = await stage.open_elsewhere()
    await miss(stage, who="mallory")
    assert (await stage.slash("mallory", "quiz review", elsewhere)).text == NOTHING_YET
    assert await rows(stage) == []


async def test_two_presses_at_once_rate_once(stage: Stage) -> None:
    await miss(stage)
    card = await stage.slash("bob", "quiz review")
    where = (stage.guild.id, stage.packs, stage.people["bob"].id, "shapes/q1", await due_at(stage), [0])
    writes = (stage.db.write(missed.answer, *where, stage.clock.time) for _ in range(2))
    refused = [r for r in await asyncio.gather(*writes, return_exceptions=True) if isinstance(r, Refusal)]
    at = await due_at(stage)
    again = (
        f"You have answered that one already, and that counts: it comes back <t:{at // 1000}:R>. "
        "/quiz review shows what is due."
    )
    assert [str(refusal) for refusal in refused] == [again]
    assert (await stage.press("bob", card.message, "A")).text == again
    assert await due_at(stage) == at


@pytest.mark.parametrize("ids", ["shapes:q9:5:0", "other:q1:5:0", "server:1:5:0", "shapes:q1:5:0"])
async def test_a_forged_id_shows_and_changes_nothing(stage: Stage, ids: str) -> None:
    await miss(stage)
    await stage.slash("bob", "quiz review")
    before = await due_at(stage)
    assert await stage.forge("bob", f"missed:answer:{ids}") == NOT_DUE
    assert await due_at(stage) == before


async def test_a_question_of_somebody_else_is_not_shown(stage: Stage) -> None:
    await miss(stage)
    await stage.slash("bob", "quiz review")
    told = await stage.forge("carol", f"missed:answer:shapes:q1:{await due_at(stage)}:0")
    assert told == NOT_DUE


async def test_the_key_of_a_question_that_a_round_asks_now_is_not_shown(stage: Stage) -> None:
    await miss(stage)
    card = await stage.slash("bob", "quiz review")
    await stage.slash("alice", "quiz play", questions=1, seconds=30)
    await stage.advance(5)
    pressed = await stage.press("bob", card.message, "A")
    assert pressed.text == missed.OPEN
    skipped = await stage.slash("bob", "quiz review")
    assert skipped.text == ("1 question of yours is being asked in a round right now, and waits until that is closed.")
    await stage.advance(40)
    assert "### Which shape is it?" in (await stage.slash("bob", "quiz review")).text


async def test_what_is_not_asked_any_more_is_forgotten(stage: Stage) -> None:
    await miss(stage)
    card = await stage.slash("bob", "quiz review")
    stage.bot.packs = {"shapes": make_pack(TRUEFALSE | {"id": "q2"})}
    gone = await stage.press("bob", card.message, "A")
    assert gone.text == missed.GONE
    assert (await stage.slash("bob", "quiz review")).text == NOTHING_YET
    assert await rows(stage) == []


async def test_a_retired_question_of_the_servers_own_is_forgotten(stage: Stage) -> None:
    number = await stage.add_own({"prompt": "Is it one?"})
    item = Item.model_validate(make_items(TRUEFALSE)[0].model_dump() | {"id": f"server/{number}"})
    await stage.db.write(hold, 1, (item, {stage.people["bob"].id: [1]}), guild_id=stage.guild.id)
    await stage.skip(7200)
    assert "### Is it one?" in (await stage.slash("bob", "quiz review")).text
    await stage.db.write(set_state, stage.guild.id, number, ("live",), "retired")
    assert (await stage.slash("bob", "quiz review")).text == NOTHING_YET


@pytest.mark.parametrize("table", [Asked, Round])
async def test_what_is_void_was_not_missed(stage: Stage, table: Any) -> None:
    await miss(stage)
    await stage.db.write(lambda session: session.execute(update(table).values(void=1)) and None)
    assert (await stage.slash("bob", "quiz review")).text == NOTHING_YET


@pytest.mark.pack(NUMBER)
async def test_a_number_is_reviewed_with_a_form(stage: Stage) -> None:
    await miss(stage, NUMBER)
    card = await stage.slash("bob", "quiz review")
    form = await stage.press("bob", card.message, "Answer")
    assert "**Right.** The answer: **47 miles**" in (await stage.submit("bob", form, text="47")).text


@pytest.mark.pack(SEVERAL)
async def test_several_are_reviewed_with_a_select(stage: Stage) -> None:
    await miss(stage, SEVERAL)
    card = await stage.slash("bob", "quiz review")
    shown = [line.split("  ")[-1] for line in card.text.splitlines() if line.startswith("**")]
    values = [str(shown.index(option)) for option in ("red", "orange")]
    assert "**Right.**" in (await stage.choose("bob", card.message, *values)).text


@pytest.mark.pack(ORDER)
async def test_an_order_that_was_answered_once_opens_no_form(stage: Stage) -> None:
    await miss(stage, ORDER)
    card = await stage.slash("bob", "quiz review")
    id = button_ids(card.message)["Put in order"]
    form = await stage.press("bob", card.message, "Put in order")
    await stage.submit("bob", form, place0=["0"], place1=["1"], place2=["2"])
    assert (await stage.forge("bob", id)).startswith("You have answered that one already")


async def test_the_longest_ids_fit_a_button() -> None:
    longest = "x" * 32
    assert len(custom_id("missed:answer", longest, longest, 9_999_999_999_999, 9)) <= 100
