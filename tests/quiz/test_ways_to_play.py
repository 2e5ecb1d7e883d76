"""Ways to play, by real presses."""

from __future__ import annotations

from typing import Any

import pytest

from storage.members import set_hidden
from tests.build import SINGLE
from tests.stage import Reply, Stage, button_ids, text_of

FIVE = [SINGLE | {"prompt": f"Number {n}?"} for n in range(5)]
pytestmark = pytest.mark.pack(*FIVE)


async def play(stage: Stage, mode: str, **options: Any) -> None:
    await stage.slash("alice", "quiz play", mode=mode, **({"questions": 3, "seconds": 5} | options))
    await stage.advance(35 if mode == "teams" else 5)


async def answer(stage: Stage, who: str, right: bool) -> Reply:
    """Answer the open question rightly or wrongly."""
    question = next(m for m in reversed(stage.messages()) if "A" in button_ids(m))
    line = next(t for t in text_of(question).splitlines() if t.endswith("square" if right else "flat"))
    return await stage.press(who, question, line[2])


async def to_the_next(stage: Stage) -> None:
    await stage.advance(5 + 9.5)


async def test_a_last_one_standing_ends_when_one_is_left(stage: Stage) -> None:
    await play(stage, "last one standing", questions=5)
    for who, right in (("alice", True), ("bob", True), ("carol", False)):
        await answer(stage, who, right)
    await stage.advance(5)
    assert "Out: carol. Still in: 2." in text_of(stage.last())
    await stage.advance(9.5)
    assert (await answer(stage, "carol", True)).text.startswith("You are out of this round")
    assert (await answer(stage, "olga", True)).text.startswith("This is a last one standing, and it began without you.")
    await stage.restart()
    await answer(stage, "alice", True)
    await to_the_next(stage)
    end = text_of(stage.last()).splitlines()
    assert end[:3] == [
        "## Final standing: Shapes: everything",
        "Only one is left, so the round is decided.",
        "**Last one standing:** alice.",
    ]
    assert "**1.** alice · **200 points** · 2 of 2 right" in end


async def test_whoever_answers_the_first_question_that_anybody_answers_is_in(stage: Stage) -> None:
    await play(stage, "last one standing")
    await to_the_next(stage)  # nobody answers the first
    told = [(await answer(stage, who, True)).text[5:] for who in ("alice", "bob")]
    assert told == [", locked in.", ", locked in."]
    await to_the_next(stage)
    assert (await answer(stage, "carol", True)).text.startswith(
        "This is a last one standing, and it began without you."
    )
    assert (await answer(stage, "bob", True)).text.endswith("locked in.")


async def test_stopping_a_last_one_standing_puts_out_who_was_wrong_by_then(stage: Stage) -> None:
    await play(stage, "last one standing")
    await answer(stage, "alice", True)
    await answer(stage, "bob", False)
    stopped = await stage.slash("alice", "quiz stop")
    assert stopped.text.splitlines()[1:3] == ["The round was stopped.", "**Last one standing:** alice."]
    await stage.advance(1)
    assert "Out: bob. Still in: 1." in "".join(map(text_of, stage.messages()))


async def test_where_all_are_wrong_nobody_is_out(stage: Stage) -> None:
    await play(stage, "last one standing")
    await answer(stage, "alice", False)
    await answer(stage, "bob", False)
    await stage.advance(5)
    assert "none of them right. So all stay in." in text_of(stage.last())
    await stage.advance(9.5)
    assert (await answer(stage, "bob", True)).text.endswith("locked in.")


async def test_teams_are_joined_balanced_and_scored_by_their_average(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", mode="teams", questions=1, seconds=5)
    opening = stage.last()
    joins = button_ids(opening)
    assert list(joins) == ["Join Team 1", "Join Team 2"]
    joined = await stage.press("alice", opening, "Join Team 1")
    assert joined.text == "You are in Team 1 (1 member). Your points count toward its average."
    assert (await stage.press("bob", opening, "Join Team 1")).text == (
        "Team 1 has more people already. Please join Team 2."
    )
    await stage.press("bob", opening, "Join Team 2")
    await stage.advance(5)
    assert "Team 1: 1 member · Team 2: 1 member" in text_of(stage.last())
    await stage.advance(26)
    told = {}
    for who, right in (("alice", True), ("bob", True), ("carol", False)):  # carol is put into a team
        told[who] = (await answer(stage, who, right)).text[5:]
    assert told == {
        "alice": ", locked in, for Team 1.",
        "bob": ", locked in, for Team 2.",
        "carol": ", locked in, for Team 1.",
    }
    await to_the_next(stage)
    assert text_of(stage.last()).splitlines()[2:7] == [
        "**1.** Team 2 · **100.0** points on average · 1 member",
        "**2.** Team 1 · **50.0** points on average · 2 members",
        "**1.** alice · **100 points** · 1 of 1 right · Team 1",
        "**1.** bob · **100 points** · 1 of 1 right · Team 2",
        "**3.** carol · **0 points** · 0 of 1 right · Team 1",
    ]
    late = await stage.forge("dana", joins["Join Team 1"])
    assert late.startswith("This round has no teams to join any more.")


@pytest.mark.parametrize("restarts", [False, True])
async def test_the_card_of_teams_offers_no_joining_once_the_first_question_is_asked(
    stage: Stage, restarts: bool
) -> None:
    await stage.slash("alice", "quiz play", mode="teams", questions=1, seconds=20)
    if restarts:
        await stage.restart()
    await stage.advance(32)
    assert stage.last().id != stage.messages()[0].id
    assert text_of(stage.messages()[0]).splitlines()[-1] == "The round has begun."
    assert button_ids(stage.messages()[0]) == {}


async def test_the_card_of_teams_that_were_stopped_before_the_first_question_offers_no_joining(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", mode="teams")
    await stage.slash("alice", "quiz stop")
    await stage.advance(2)
    assert button_ids(stage.messages()[0]) == {}


async def test_certainty_is_asked_after_the_answer_and_counts_once(stage: Stage) -> None:
    await play(stage, "certainty", questions=1)
    asked = await answer(stage, "alice", True)
    assert asked.private
    assert asked.text.splitlines()[0].endswith("locked in. How sure are you? If you don't say, it counts as low.")
    worth = "-# Points if right or wrong: Low 100 or 0, Mid 200 or −200, High 300 or −600"
    assert asked.text.splitlines()[-1] == worth
    ids = button_ids(asked.message)
    assert (
        await stage.press("alice", asked.message, "High")
    ).text == "Noted: high, 300 points if it is right, −600 if it is wrong."
    again = await stage.forge("alice", ids["Low"])
    assert again == "How sure you were is noted for this question already, and what you said first counts."
    wrong = await answer(stage, "bob", False)
    told = await stage.press("bob", wrong.message, "High")
    assert told.text == "Noted: high, 300 points if it is right, −600 if it is wrong."  # says nothing of whether it is
    await answer(stage, "carol", True)
    assert (await stage.forge("olga", ids["Low"])).startswith("Please answer the question first")
    assert (await stage.forge("carol", ids["Low"].rsplit(":", 1)[0] + ":4")).startswith("Please")
    await to_the_next(stage)
    assert [line for line in text_of(stage.last()).splitlines() if line.startswith("**") and "right" in line] == [
        "**1.** alice · **300 points** · 1 of 1 right",
        "**2.** carol · **100 points** · 1 of 1 right",
        "**3.** bob · **−600 points** · 0 of 1 right",
    ]
    late = await stage.forge("carol", ids["High"])
    assert late.startswith("This question is closed")


async def test_a_duel_is_accepted_by_the_one_who_was_asked(stage: Stage) -> None:
    await stage.slash("alice", "quiz duel", member=stage.people["bob"], questions=1, seconds=5)
    card = stage.last()
    assert f"alice asks {stage.people['bob'].mention} for a duel." in text_of(card)
    for who in ("carol", "alice"):
        assert (await stage.press(who, card, "Accept")).text.startswith("Only the person who was asked")
    assert (await stage.press("bob", card, "Accept")).text.startswith("The duel is on.")
    await stage.advance(1)
    assert "alice against bob." in text_of(stage.last())
    await stage.advance(4)
    assert (await answer(stage, "carol", True)).text.startswith("This is a duel between two people.")
    assert (await answer(stage, "bob", True)).text.endswith("locked in.")
    await to_the_next(stage)
    assert "**1.** bob · **100 points** · 1 of 1 right" in text_of(stage.last())


def rung(stage: Stage) -> list[list[Any]]:
    """Whom the bot's messages and edits may have rung, of each that may have rung anybody."""
    sent = [entry.json for entry in stage.env.http_requests if isinstance(entry.json, dict)]
    allowed = [body.get("data", body).get("allowed_mentions") or {} for body in sent if "allowed_mentions" in str(body)]
    return [each.get("users", []) + each.get("roles", []) + each["parse"] for each in allowed if len(each) > 1]


@pytest.mark.parametrize("reply", ["Accept", "Decline"])
async def test_a_duel_rings_once_for_the_one_who_is_asked_even_hidden(stage: Stage, reply: str) -> None:
    bob = stage.people["bob"]
    await stage.db.write(set_hidden, stage.guild.id, bob.id, "bob", True)
    await stage.slash("alice", "quiz duel", member=bob, questions=1, seconds=5)
    assert f"alice asks {bob.mention} for a duel." in text_of(stage.last())
    assert rung(stage) == [[bob.id]]
    await stage.press("bob", stage.last(), reply)
    await stage.advance(2)
    assert bob.mention not in text_of(stage.messages()[0])
    await stage.advance(20)
    assert rung(stage) == [[bob.id]]


async def test_a_duel_that_is_stopped_while_it_waits_can_not_be_accepted(stage: Stage) -> None:
    await stage.slash("alice", "quiz duel", member=stage.people["bob"])
    await stage.slash("alice", "quiz stop")
    await stage.advance(1)
    opening = stage.messages()[0]
    assert text_of(opening).splitlines()[-1] == "alice asked bob for a duel; it is over."
    assert button_ids(opening) == {}


@pytest.mark.parametrize("how", ["declined", "taken back", "too late"])
async def test_a_duel_that_is_not_accepted_frees_the_channel(stage: Stage, how: str) -> None:
    await stage.slash("alice", "quiz duel", member=stage.people["bob"])
    card = stage.last()
    if how == "too late":
        await stage.restart()
        await stage.advance(61)
    else:
        told = await stage.press("bob" if how == "declined" else "alice", card, "Decline")
        assert told.text == ("You declined the duel." if how == "declined" else "You took your duel back.")
        await stage.advance(1)
    assert text_of(stage.last()).splitlines()[-1] == "alice asked bob for a duel; it was not accepted."
    assert (await stage.forge("bob", button_ids(card)["Accept"])).startswith("This duel does not wait")
    assert (await stage.slash("carol", "quiz play")).text.startswith("## Quiz")


async def test_a_duel_with_oneself_or_a_bot_is_refused(stage: Stage) -> None:
    alone = await stage.slash("alice", "quiz duel", member=stage.people["alice"])
    assert alone.text.startswith("A duel takes two.")
    robot = stage.guild.add_member(stage.env.create_user("robot", bot=True))
    told = await stage.slash("alice", "quiz duel", member=robot)
    assert (told.private, told.text) == (True, "Bots don't accept duels. Please choose a person.")


async def test_who_is_hidden_plays_along_as_somebody_and_sees_their_own_place(stage: Stage) -> None:
    await stage.db.write(set_hidden, stage.guild.id, stage.people["bob"].id, "bob", True)
    await play(stage, "last one standing", questions=1)
    await answer(stage, "bob", True)
    await to_the_next(stage)
    assert "bob" not in "".join(text_of(message) for message in stage.messages())
    assert "**Last one standing:** somebody." in text_of(stage.last())
    mine = await stage.press("bob", stage.last(), "My place")
    assert mine.text.startswith("**1.** bob · **100 points**")
