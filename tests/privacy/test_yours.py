"""Somebody's own data by real presses: they are handed it, they have it deleted, and what others see of that."""

from __future__ import annotations

import gzip
import json
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.errors import Refusal
from bot.privacy.handing_out import write_file
from bot.text import link
from storage import prompts
from storage.db import Database
from storage.tables import Base
from tests.argue import steps
from tests.build import make_motion
from tests.debate import holding
from tests.debate.prompts.steps import prompt_id, put
from tests.debate.test_restating import OTHER, judge_unfair, open_restating, restate
from tests.quiz.test_voiding import board, newest, play
from tests.stage import Reply, Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])
DELETED = "Its author had their data deleted."
NOTHING = "I keep nothing about you in this server, so there is nothing to delete."


async def export(stage: Stage, who: str) -> dict[str, Any]:
    card = await stage.slash(who, "privacy")
    reply = await stage.press(who, card.message, "Export my data")
    assert reply.private
    (file,) = reply.message.attachments
    assert file.filename == "offramp-my-data.json"
    read: dict[str, Any] = json.loads(await file.read())
    return read


async def delete(stage: Stage, who: str) -> Reply:
    card = await stage.slash(who, "privacy")
    asked = await stage.press(who, card.message, "Delete my data")
    done = await stage.press(who, asked.message, "Delete it for good")
    await stage.advance(1)
    return done


async def traces(stage: Stage, who: str) -> list[str]:
    """The tables in which somebody's id stands."""

    def read(session: Session) -> list[str]:
        id = str(stage.people[who].id)
        return [table.name for table in Base.metadata.sorted_tables if id in str(session.execute(select(table)).all())]

    return await stage.db.read(read)


async def test_somebody_is_handed_what_is_kept_about_them_and_nothing_of_others(stage: Stage) -> None:
    await steps.add(stage, "bob")
    await steps.add(stage, "carol", steps.DIFFERENT[1])
    card = await steps.stand(stage, "bob", "Against")
    await stage.press("bob", card.message, "Agree")
    handed = await export(stage, "bob")
    assert (handed["server"], handed["you"]) == (str(stage.guild.id), str(stage.people["bob"].id))
    assert {table: len(rows) for table, rows in handed["rows"].items()} == {
        "stances": 1,
        "claims as author": 1,
        "ratings": 1,
    }
    (claim,) = handed["rows"]["claims as author"]
    assert (claim["text"], claim["number"], claim["at"]) == (steps.TEXT, 1, "2027-01-15T08:00:00.000+00:00")
    assert str(stage.people["carol"].id) not in json.dumps(handed)


async def test_who_never_did_anything_is_handed_no_rows(stage: Stage) -> None:
    assert (await export(stage, "bob"))["rows"] == {}


async def test_an_answer_is_not_handed_out_while_others_can_still_give_theirs(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    assert "answers" not in (await export(stage, "bob"))["rows"]
    await stage.advance(30)
    assert len((await export(stage, "bob"))["rows"]["answers"]) == 1


def test_a_large_file_is_compressed_and_one_too_large_is_refused() -> None:
    rows = {"answers": [{"given": "a" * 1000}]}
    name, data = write_file(rows, {"you": "1"}, most=500)
    assert name == "offramp-my-data.json.gz"
    assert json.loads(gzip.decompress(data)) == {"you": "1", "rows": rows}
    with pytest.raises(Refusal, match="It is too large for a file on Discord"):
        write_file(rows, {}, most=20)


async def test_deleting_asks_first_and_can_be_cancelled(stage: Stage) -> None:
    await steps.add(stage, "bob")
    card = await stage.slash("bob", "privacy")
    asked = await stage.press("bob", card.message, "Delete my data")
    assert "Nobody can undo it." in asked.text
    assert "what moderators were shown in their own channel" in asked.text
    assert list(button_ids(asked.message)) == ["Delete it for good", "Export it first", "Cancel"]
    back = await stage.press("bob", asked.message, "Cancel")
    assert "Delete my data" in button_ids(back.message)
    assert await traces(stage, "bob") == ["claims"]


async def test_after_deleting_nothing_leads_to_somebody_and_their_words_are_gone(stage: Stage) -> None:
    await steps.add(stage, "bob")
    shown = stage.last()
    card = await steps.stand(stage, "carol", "For")
    await stage.press("carol", card.message, "Agree")
    await stage.press("bob", await put(stage), "For")
    await play(stage)
    done = await delete(stage, "bob")
    assert done.text.startswith("### Deleted\nWhat I keep leads to you no more.")
    assert await traces(stage, "bob") == []
    await stage.advance(2)
    again = next(message for message in stage.messages() if message.id == shown.id)
    assert (steps.TEXT in text_of(again), DELETED in text_of(again)) == (False, True)
    assert [claim.text for claim in await steps.claims(stage)] == [""]
    assert len(await steps.ratings(stage)) == 1  # carol's


async def test_deleting_twice_says_that_there_is_nothing(stage: Stage) -> None:
    await steps.add(stage, "bob")
    await delete(stage, "bob")
    assert (await delete(stage, "bob")).text == NOTHING


async def test_votes_that_are_closed_go_on_counting(stage: Stage) -> None:
    card = await put(stage)
    for who in ("bob", "carol"):
        await stage.press(who, card, "For")
    await stage.press("alice", card, "Close")
    await delete(stage, "bob")
    assert await stage.db.read(prompts.count_votes, stage.guild.id, prompt_id(card)) == {"for": 2}
    assert "ballots" not in (await export(stage, "bob"))["rows"]


async def test_nobody_votes_twice_with_data_deleted_in_between(stage: Stage) -> None:
    card = await put(stage)
    for _ in range(3):
        await stage.press("bob", card, "For")
        await delete(stage, "bob")
    await stage.press("bob", card, "Against")
    assert await stage.db.read(prompts.count_votes, stage.guild.id, prompt_id(card)) == {"against": 1}


async def test_nobody_rates_twice_with_data_deleted_in_between(stage: Stage) -> None:
    await steps.add(stage, "carol")
    for stance in ("For", "Against"):
        card = await steps.stand(stage, "bob", stance)
        await stage.press("bob", card.message, "Disagree")
        await delete(stage, "bob")
    assert (await steps.ratings(stage), await _all(stage.db, "stances")) == ([], [])


async def test_a_map_counts_whoever_deleted_no_more_and_says_so_when_it_is_made_anew(stage: Stage) -> None:
    await steps.add(stage, "carol")
    people = await steps.join(stage, 14)
    stances = ["for", "against"] * 7
    said = [(stage.people[who].id, stance, {1: "agree"}) for who, stance in zip(people, stances, strict=True)]
    await steps.save_all(stage, said)
    before = (await stage.slash(people[1], "argue map", motion=steps.MOTION)).text
    assert "14 ratings" in before
    await delete(stage, people[0])
    assert (await stage.slash(people[1], "argue map", motion=steps.MOTION)).text == before
    await stage.restart()  # figures are kept for a while: a restart counts them anew
    after = (await stage.slash(people[1], "argue map", motion=steps.MOTION)).text
    assert after == before.replace("14 ratings", "13 ratings")


async def test_whoever_deleted_is_on_no_board_also_when_rounds_are_counted_anew(stage: Stage) -> None:
    await play(stage)
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]
    await delete(stage, "bob")
    assert await board(stage) == []
    _, id = await newest(stage)
    for label in ("Take it out", "Count it again"):
        card = await stage.slash("olga", "quiz void", round=id)
        await stage.press("olga", card.message, label)
    assert await board(stage) == []
    await play(stage)
    assert await board(stage) == ["**1.** bob · **100 points** · 1 of 1 right"]


async def test_deleting_during_a_round_changes_nobody_elses_score(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await stage.advance(5)
    line = next(line for line in text_of(stage.last()).splitlines() if "square" in line)
    for who in ("bob", "carol"):
        await stage.press(who, stage.last(), line[2])
    await delete(stage, "bob")
    await stage.advance(40)
    assert await traces(stage, "bob") == []
    assert await board(stage) == ["**1.** carol · **100 points** · 1 of 1 right"]
    assert "bob" not in text_of(stage.last())


async def test_a_speech_is_taken_out_of_a_debate_that_is_over(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    who = await holding.turn_of(stage)
    await holding.speak(stage, who, "Squares tile a floor.")
    card = await stage.slash(who, "privacy")
    refused = await stage.press(who, card.message, "Delete my data")
    assert refused.text.startswith("You have a seat in a debate that is not over, and others count on it: https://")
    await holding.finish(stage)
    await stage.advance(2)
    debate = await holding.find(stage)
    assert any("Squares tile a floor." in said for said in holding.said(stage, debate))
    await delete(stage, who)
    await stage.advance(2)
    assert await traces(stage, who) == []
    assert not any("Squares tile a floor." in said for said in holding.said(stage, debate))
    assert sum("had their data deleted" in said for said in holding.said(stage, debate)) == 1


@pytest.mark.parametrize("state", ["gathering", "running", "paused"])
async def test_who_gives_up_their_seat_can_delete_before_the_debate_is_over(stage: Stage, state: str) -> None:
    card = await (holding.start if state == "gathering" else holding.begin)(stage)
    if state == "gathering":
        await stage.press("bob", card, "For")
    if state == "paused":
        await stage.press("alice", await holding.now_open(stage), "Pause")
        await stage.advance(2)
    debate = await holding.find(stage)
    refused = await stage.forge("bob", "privacy:confirm")
    where = link(stage.guild.id, stage.quiz.id, (await holding.panel(stage)).id)
    assert (debate.state, refused) == (
        state,
        f"You have a seat in a debate that is not over, and others count on it: {where}. Press “Watch” there to give "
        "it up, or wait until it is over. Then please delete your data.",
    )
    if state == "gathering":
        await stage.press("bob", card, "Watch")
    else:
        await holding.give_up(stage, "bob")
    assert (await delete(stage, "bob")).text.startswith("### Deleted")
    assert await traces(stage, "bob") == []


async def test_a_claim_that_answers_shows_the_words_no_more(stage: Stage) -> None:
    await steps.add(stage, "bob")
    await steps.add(stage, "carol", steps.DIFFERENT[1], answers=1, link="rebuts")
    answer = stage.last()
    assert steps.TEXT in text_of(answer)
    await delete(stage, "bob")
    await stage.advance(2)
    again = next(message for message in stage.messages() if message.id == answer.id)
    assert (steps.TEXT in text_of(again), steps.DIFFERENT[1] in text_of(again)) == (False, True)


async def test_a_reason_given_in_a_debate_is_gone_from_the_card_of_what_it_was_about(stage: Stage) -> None:
    first = await open_restating(stage)
    card = await restate(stage, first)
    await judge_unfair(stage, OTHER[first], card, "You left out the best part.")
    await holding.finish(stage)
    await delete(stage, OTHER[first])
    await stage.advance(2)
    shown = next(m for m in holding.hall(stage, await holding.find(stage)) if m.id == card.id)
    assert "You left out the best part." not in text_of(shown)
    assert "not quite. (taken out: who said it had their data deleted)" in text_of(shown).replace("\\", "")
    assert "They say that squares stack." in text_of(shown)


async def test_the_file_of_a_debate_holds_no_more_what_was_deleted_and_the_same_result(stage: Stage) -> None:
    await holding.begin(stage)
    people = dict.fromkeys(("alice", "bob", "carol", "dana", "olga", "onlooker"), "For")
    await holding.vote(stage, **people)
    await holding.skip(stage)
    who = await holding.turn_of(stage)
    await holding.speak(stage, who, "Squares tile a floor.")
    while (await holding.phases(stage))[(await holding.find(stage)).position].kind != "after":
        await holding.skip(stage)
    await holding.vote(stage, **people | {"dana": "Against", "olga": "Against"})
    await holding.finish(stage)
    await stage.advance(2)
    before = await _recap(stage)
    for voter in (who, "dana"):
        await delete(stage, voter)
    await stage.advance(5)
    after = await _recap(stage)
    assert ("Squares tile a floor." in before, "Squares tile a floor." in after) == (True, False)
    assert (who in before, who in after) == (True, False)
    assert _without_words(after) == _without_words(before)


async def test_whoever_chairs_a_debate_leaves_that_to_the_bot(stage: Stage) -> None:
    await holding.begin(stage)
    await delete(stage, "alice")
    assert (await holding.find(stage)).chair_id is None
    assert await traces(stage, "alice") == []


async def test_nobody_can_use_up_the_right_of_others_to_delete(stage: Stage) -> None:
    told = []
    for _ in range(7):
        await stage.forge("carol", "privacy:hide:1")
        told.append((await delete(stage, "carol")).text)
    await steps.add(stage, "bob")
    told.append((await delete(stage, "bob")).text)
    assert [text.splitlines()[0] for text in told] == ["### Deleted"] * 8


async def test_moderators_read_in_the_log_that_it_was_done_and_not_for_whom(stage: Stage) -> None:
    await steps.add(stage, "bob")
    await delete(stage, "bob")
    log = (await stage.slash("olga", "audit")).text
    assert "somebody (data deleted) had what was kept about them deleted" in log


async def test_questions_and_deeds_stay_the_servers_without_whose_they_were(stage: Stage) -> None:
    await stage.trust_editors()
    await stage.add_own({})
    await stage.slash("olga", "season start", name="Winter")
    await delete(stage, "olga")
    assert await traces(stage, "olga") == []
    assert "somebody (data deleted) began the season Winter" in (await stage.slash("dana", "audit")).text
    shown = await stage.slash("dana", "question show", number=1)
    assert "Written by somebody (data deleted)" in shown.text


async def test_deleting_in_one_server_deletes_in_no_other(stage: Stage) -> None:
    there = await stage.open_elsewhere()
    await steps.add(stage, "bob")
    card = await stage.slash("mallory", "privacy", there)
    await stage.press("mallory", card.message, "Hide me from boards")
    assert await stage.forge("mallory", "privacy:confirm", there) != NOTHING
    assert await traces(stage, "mallory") == []
    assert await traces(stage, "bob") == ["claims"]


async def _recap(stage: Stage) -> str:
    """The file beside the result of the newest debate."""
    result = (await holding.find(stage)).result_id
    (message,) = [m for channel in (stage.quiz, *stage.quiz.threads) for m in stage.messages(channel) if m.id == result]
    (file,) = [file for file in message.attachments if file.filename.endswith(".md")]
    return (await file.read()).decode()


def _without_words(recap: str) -> list[str]:
    """The result of a debate, but for how many words were spoken: those of a speech that is gone count no more."""
    return [line for line in recap.partition("## What was said")[0].splitlines() if "Words: " not in line]


async def _all(db: Database, table: str) -> list[dict[str, Any]]:
    def read(session: Session) -> list[dict[str, Any]]:
        return [dict(row) for row in session.execute(select(Base.metadata.tables[table])).mappings()]

    return await db.read(read)
