"""/argue export by real presses: two files that Polis tools read, and nothing in them that tells who."""

from __future__ import annotations

import csv
import io
import random

import pytest

from bot.argue.polis import Statement, fill_sheets
from storage import argue
from tests.argue.steps import MOTION, add, join, save_all
from tests.build import make_motion
from tests.stage import Reply, Stage

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
DAY = 86_400_000
NOT_YOU = "Only people who may manage this server"


async def export(stage: Stage, who: str = "olga") -> Reply:
    return await stage.slash(who, "argue export", motion=MOTION)


async def files(reply: Reply) -> dict[str, list[dict[str, str]]]:
    """The rows of each file of an answer."""
    read = {file.filename: (await file.read()).decode() for file in reply.message.attachments}
    return {name: list(csv.DictReader(io.StringIO(text))) for name, text in read.items()}


async def list_votes(stage: Stage) -> list[tuple[str, str]]:
    """(claim, vote) of every rating that is handed out now."""
    votes = (await files(await export(stage)))["votes.csv"]
    return sorted((row["comment-id"], row["vote"]) for row in votes)


async def save_ratings(stage: Stage, *said: dict[int, str]) -> list[int]:
    """As many new people rate claims; their ids."""
    people = [stage.people[name].id for name in await join(stage, len(said))]
    await save_all(stage, [(id, "for", sayings) for id, sayings in zip(people, said, strict=True)])
    return people


async def test_claims_and_ratings_are_two_files_without_anybodys_id(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="=SUM(1,1) is no claim", side="against")
    said = ("agree", "agree", "disagree", "unsure", "topic", "unclear")
    people = await save_ratings(stage, *({1: s, 2: "disagree"} for s in said))
    reply = await export(stage)
    assert (reply.private, reply.text.splitlines()[0]) == (True, "### 2 claims and 12 ratings")
    shown = await files(reply)
    comments = sorted(shown["comments.csv"], key=lambda row: row["comment-id"])
    first = {"comment-id": "1", "agrees": "2", "disagrees": "1", "moderated": "1"}
    assert {key: comments[0][key] for key in first} == first
    assert [row["comment-body"] for row in comments] == ["Squares stack without gaps.", "'=SUM(1,1) is no claim"]
    assert {row["author-id"] for row in comments} == {"0"}
    votes = shown["votes.csv"]
    assert sorted(row["vote"] for row in votes if row["comment-id"] == "1") == ["-1", "0", "0", "0", "1", "1"]
    assert {row["voter-id"] for row in votes} == {"0", "1", "2", "3", "4", "5"}
    ids = [str(id) for id in (*people, stage.people["bob"].id, stage.guild.id)]
    assert [id for id in ids if id in str(shown)] == []


async def test_claims_that_few_have_rated_are_in_neither_file(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.")
    await save_ratings(stage, {1: "agree"}, *[{1: "agree", 2: "disagree"}] * 5)
    reply = await export(stage)
    assert reply.text.splitlines()[0] == "### 1 claim and 6 ratings"
    assert "Where fewer than 6 people of a stance have rated a claim, their ratings are left out" in reply.text
    shown = await files(reply)
    assert [{row["comment-id"] for row in rows} for rows in shown.values()] == [{"1"}, {"1"}]


async def test_ratings_of_few_people_are_not_handed_out(stage: Stage) -> None:
    await add(stage)
    await save_ratings(stage, *[{1: "agree"}] * 5)
    told = await export(stage)
    assert told.text == (
        "No claim on this has been rated by 6 people of one stance yet; fewer could tell who thinks what. Please ask "
        "again when there are more."
    )


async def test_two_exports_with_one_rating_between_them_are_the_same(stage: Stage) -> None:
    await add(stage)
    await save_ratings(stage, *[{1: "agree"}] * 6)
    for nth in range(6):
        assert await list_votes(stage) == [("1", "1")] * 6
        await stage.forge(f"p{nth}", "argue:say:1:0:disagree")
    assert await list_votes(stage) == [("1", "-1")] * 6


async def test_six_who_rate_another_claim_do_not_make_the_files_tell_what_the_map_does_not(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.")
    await save_ratings(stage, *[{1: "agree"}] * 7)
    await stage.slash("p0", "argue map", motion=MOTION)
    await stage.forge("p0", "argue:say:1:0:disagree")
    for nth in range(7):
        await stage.forge(f"p{nth}", "argue:say:2:0:agree")
    assert await list_votes(stage) == [("1", "1")] * 7 + [("2", "1")] * 6


async def test_of_a_small_stance_no_rating_is_in_the_files_nor_in_their_sums(stage: Stage) -> None:
    """The map tells the share of those who are for it; with the sum of all, one would have that of the others."""
    await add(stage)
    people = [stage.people[name].id for name in await join(stage, 11)]
    said = [(id, "for", {1: "agree"}) for id in people[:6]] + [(id, "against", {1: "disagree"}) for id in people[6:]]
    await save_all(stage, said)
    shown = await files(await export(stage))
    assert [(row["agrees"], row["disagrees"]) for row in shown["comments.csv"]] == [("6", "0")]
    assert await list_votes(stage) == [("1", "1")] * 6


async def test_a_claim_that_is_gone_is_in_no_file_any_more(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.")
    await save_ratings(stage, *[{1: "agree", 2: "agree"}] * 6)
    await export(stage)
    await stage.db.write(argue.change_state, stage.guild.id, 1, "removed", "shown")
    shown = await files(await export(stage))
    assert [{row["comment-id"] for row in rows} for rows in shown.values()] == [{"2"}, {"2"}]


@pytest.mark.parametrize("who", ["bob", "alice", "dana"])
async def test_only_moderators_are_handed_it(stage: Stage, who: str) -> None:
    assert (await export(stage, who)).text.startswith(NOT_YOU)


async def test_another_server_gets_nothing_of_this_one(stage: Stage) -> None:
    await add(stage)
    await save_ratings(stage, *[{1: "agree"}] * 6)
    elsewhere = await stage.open_elsewhere()
    told = await stage.slash("mallory", "argue export", elsewhere, motion=MOTION)
    assert told.text.startswith("No claim on this has been rated by 6 people of one stance yet")


def test_columns_seconds_and_dates_are_those_of_polis() -> None:
    """Ratings have the day on which the files were made: a day of its own could be that of one person."""
    statements = [Statement(7, 111, 'He said "no".', 5 * DAY + 9)]
    votes = [(7, user, "disagree") for user in range(6)]
    comments, ballots = fill_sheets(statements, votes, 6 * DAY + 5, random.Random(1)).write()
    assert comments == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '432000,Tue Jan 06 1970 00:00:00 GMT+0000 (Coordinated Universal Time),7,0,0,6,1,"He said ""no""."\n'
    )
    head, *lines = ballots.splitlines()
    assert head == "timestamp,datetime,comment-id,voter-id,vote"
    assert sorted(lines) == [
        f"518400,Wed Jan 07 1970 00:00:00 GMT+0000 (Coordinated Universal Time),7,{n},-1" for n in range(6)
    ]


def test_numbers_and_the_order_of_rows_are_drawn_anew() -> None:
    votes = [(number, user, "agree") for number in range(5) for user in range(100, 110)]
    drawn = {fill_sheets([], votes, 0, random.Random(seed)).write()[1] for seed in range(20)}
    assert len(drawn) == 20
    assert {tuple(sorted(line.split(",")[3] for line in one.splitlines()[1:])) for one in drawn} == {
        tuple(sorted(str(n) for n in range(10) for _ in range(5)))
    }
