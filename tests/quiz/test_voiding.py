"""A round is taken out of every board and counted again, by real presses."""

from __future__ import annotations

from sqlalchemy import event
from sqlalchemy.orm import Session

from storage import rounds
from tests.quiz.test_daily import A_DAY, answer, start
from tests.stage import START, Stage, button_ids, text_of

NOT_YOU = "Only people who may manage this server can do that. /help shows what you may use here."
UNKNOWN = "I don't know that round. Please pick one from the list that opens as you type."


async def play(stage: Stage) -> None:
    """A round in which bob is right: the second letter of those shown is not always B, so he finds the square."""
    await stage.slash("alice", "quiz play", questions=1, seconds=5)
    await stage.advance(5)
    line = next(line for line in text_of(stage.last()).splitlines() if "square" in line)
    await stage.press("bob", stage.last(), line[2])
    await stage.advance(20)


async def newest(stage: Stage) -> tuple[str, str]:
    """Name and value of what is offered first."""
    found = await stage.people["olga"].autocomplete(stage.quiz, "quiz void", "round", "")
    return str(found[0]["name"]), str(found[0]["value"])


async def board(stage: Stage, period: str = "all") -> list[str]:
    shown = await stage.slash("onlooker", "quiz leaderboard", stage.other, period=period)
    return [line for line in shown.text.splitlines() if line.startswith("**")]


async def test_a_round_is_taken_out_and_counted_again_and_both_are_said(stage: Stage) -> None:
    await stage.slash("olga", "season start", stage.other, name="Winter")
    await play(stage)
    name, id = await newest(stage)
    assert name == "Shapes: everything, 15 Jan 08:00, #quiz, 1 person"
    card = await stage.slash("olga", "quiz void", round=id)
    assert card.private
    assert "That is 1 answer of 1 person, 100 points in all." in card.text
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]
    await stage.restart()
    await stage.press("olga", card.message, "Take it out")
    await stage.advance(1)
    assert [await board(stage, period) for period in ("day", "week", "month", "season", "all")] == [[]] * 5
    assert text_of(stage.last()).startswith("A moderator took the round “Shapes: everything” of <t:1800000000:f>")
    assert (await newest(stage))[0].endswith(", 1 person, taken out")
    back = await stage.slash("olga", "quiz void", round=id)
    await stage.press("olga", back.message, "Count it again")
    await stage.advance(1)
    assert [await board(stage, period) for period in ("day", "week", "month", "season", "all")] == [
        ["**1.** bob · **100 points** · 1 of 1 right"]
    ] * 5
    assert text_of(stage.last()).startswith("A moderator put the round “Shapes: everything” of <t:1800000000:f>")
    log = (await stage.slash("olga", "audit")).text
    assert f"put the round Shapes: everything ({id}) back on the boards" in log
    assert f"took the round Shapes: everything ({id}) out of the boards" in log


async def test_points_below_zero_have_a_minus_sign(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=5, mode="certainty")
    await stage.advance(5)
    line = next(line for line in text_of(stage.last()).splitlines() if "flat" in line)
    sure = await stage.press("bob", stage.last(), line[2])
    await stage.press("bob", sure.message, "High")
    await stage.advance(20)
    card = await stage.slash("olga", "quiz void", round=(await newest(stage))[1])
    assert "That is 1 answer of 1 person, −600 points in all." in card.text


async def test_who_may_not_void_is_offered_no_rounds(stage: Stage) -> None:
    await play(stage)
    found = [await stage.people[who].autocomplete(stage.quiz, "quiz void", "round", "") for who in ("alice", "olga")]
    assert [len(choices) for choices in found] == [0, 1]


async def test_rounds_to_void_are_the_newest_with_answers_in_one_query(stage: Stage) -> None:
    await play(stage)
    await stage.skip(60)
    await stage.slash("alice", "quiz play", questions=1, seconds=5)  # nobody answers
    await stage.advance(60)
    await play(stage)
    found, queries = await stage.db.read(list_watched, stage.guild.id)
    assert [(round.started_at // 1000, round.people, round.answers, round.points) for round in found] == [
        (START // 1000 + 145, 1, 1, 100),
        (START // 1000, 1, 1, 100),
    ]
    assert queries == 1


def list_watched(session: Session, guild_id: int) -> tuple[list[rounds.Played], int]:
    """The rounds to void, and how many queries that took."""
    queries: list[object] = []
    event.listen(session.connection(), "before_cursor_execute", lambda *given: queries.append(given))
    return rounds.list_played(session, guild_id, 60), len(queries)


async def test_taking_out_twice_is_taking_out_once(stage: Stage) -> None:
    await play(stage)
    await play(stage)
    _, id = await newest(stage)
    cards = [await stage.slash("olga", "quiz void", round=id) for _ in range(2)]
    await stage.press("olga", cards[0].message, "Take it out")
    late = await stage.press("olga", cards[1].message, "Take it out")
    assert late.text == "Somebody has just done that. /quiz void shows how the round stands now."
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]


async def test_what_closes_in_a_round_that_is_out_counts_for_nobody(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=30)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    _, id = await newest(stage)
    card = await stage.slash("olga", "quiz void", round=id)
    await stage.press("olga", card.message, "Take it out")
    await stage.advance(40)
    assert await board(stage) == []


async def test_nothing_is_changed_by_cancelling(stage: Stage) -> None:
    await play(stage)
    card = await stage.slash("olga", "quiz void", round=(await newest(stage))[1])
    await stage.press("olga", card.message, "Cancel")
    assert card.text == "Nothing was changed."
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]


async def test_only_moderators_void_a_round(stage: Stage) -> None:
    await play(stage)
    _, id = await newest(stage)
    assert (await stage.slash("bob", "quiz void", round=id)).text == NOT_YOU
    card = await stage.slash("olga", "quiz void", round=id)
    assert await stage.forge("bob", button_ids(card.message)["Take it out"]) == NOT_YOU
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]


async def test_a_round_of_another_server_is_unknown(stage: Stage) -> None:
    await play(stage)
    _, id = await newest(stage)
    there = await stage.open_elsewhere()
    assert (await stage.slash("mallory", "quiz void", there, round=id)).text == UNKNOWN
    assert await stage.forge("mallory", f"quiz:void:{id}:1", there) == UNKNOWN
    assert (await stage.slash("olga", "quiz void", round="Shapes")).text == UNKNOWN


async def test_a_daily_question_is_taken_out_like_any_round(stage: Stage) -> None:
    id = await start(stage)
    await answer(stage, "bob", right=True)
    await stage.skip(A_DAY)
    await stage.advance(2)
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]
    assert (await newest(stage))[1] == str(id)
    card = await stage.slash("olga", "quiz void", round=str(id))
    await stage.press("olga", card.message, "Take it out")
    assert await board(stage) == []
