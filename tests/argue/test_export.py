"""/argue export by real presses: two files that Polis tools read, and nothing in them that tells who."""

from __future__ import annotations

import csv
import io
import random

import pytest

from bot.argue.polis import Statement, Vote, write_comments, write_votes
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


async def test_claims_and_ratings_are_two_files_without_anybodys_id(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="=SUM(1,1) is no claim", side="against")
    people = [stage.people[name].id for name in await join(stage, 5)]
    said = ("agree", "agree", "disagree", "unsure", "topic")
    await save_all(stage, [(id, "for", {1: s, 2: "disagree"}) for id, s in zip(people, said, strict=True)])
    reply = await export(stage)
    assert (reply.private, reply.text.splitlines()[0]) == (True, "### 2 claims and 10 ratings")
    shown = await files(reply)
    comments = sorted(shown["comments.csv"], key=lambda row: row["comment-id"])
    first = {"comment-id": "1", "agrees": "2", "disagrees": "1", "moderated": "1"}
    assert {key: comments[0][key] for key in first} == first
    assert [row["comment-body"] for row in comments] == ["Squares stack without gaps.", "'=SUM(1,1) is no claim"]
    assert {row["author-id"] for row in comments} == {"0"}
    votes = shown["votes.csv"]
    assert sorted(row["vote"] for row in votes if row["comment-id"] == "1") == ["-1", "0", "0", "1", "1"]
    assert {row["voter-id"] for row in votes} == {"0", "1", "2", "3", "4"}
    ids = [str(id) for id in (*people, stage.people["bob"].id, stage.guild.id)]
    assert [id for id in ids if id in str(shown)] == []


async def test_ratings_of_few_people_are_not_handed_out(stage: Stage) -> None:
    await add(stage)
    people = [stage.people[name].id for name in await join(stage, 4)]
    await save_all(stage, [(id, "for", {1: "agree"}) for id in people])
    told = await export(stage)
    assert told.text == (
        "Ratings of fewer than 5 people would tell who thinks what. So far there are 4: please wait for more."
    )


@pytest.mark.parametrize("who", ["bob", "alice", "dana"])
async def test_only_moderators_are_handed_it(stage: Stage, who: str) -> None:
    assert (await export(stage, who)).text.startswith(NOT_YOU)


async def test_another_server_gets_nothing_of_this_one(stage: Stage) -> None:
    await add(stage)
    people = [stage.people[name].id for name in await join(stage, 5)]
    await save_all(stage, [(id, "for", {1: "agree"}) for id in people])
    elsewhere = await stage.open_elsewhere()
    told = await stage.slash("mallory", "argue export", elsewhere, motion=MOTION)
    assert told.text.startswith("Ratings of fewer than 5 people would tell who thinks what. So far there are 0:")


def test_columns_seconds_and_dates_are_those_of_polis() -> None:
    statements, votes = [Statement(7, 111, 'He said "no".', 5 * DAY + 9)], [Vote(7, 111, "disagree", 6 * DAY + 5)]
    assert write_comments(statements, votes, random.Random(1)) == (
        "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body\n"
        '432000,Tue Jan 06 1970 00:00:00 GMT+0000 (Coordinated Universal Time),7,0,0,1,1,"He said ""no""."\n'
    )
    assert write_votes(votes, random.Random(1)) == (
        "timestamp,datetime,comment-id,voter-id,vote\n"
        "518400,Wed Jan 07 1970 00:00:00 GMT+0000 (Coordinated Universal Time),7,0,-1\n"
    )


def test_numbers_and_the_order_of_rows_are_drawn_anew() -> None:
    votes = [Vote(number, user, "agree", number) for number in range(5) for user in range(100, 110)]
    drawn = {write_votes(votes, random.Random(seed)) for seed in range(20)}
    assert len(drawn) == 20
    assert {tuple(sorted(line.split(",")[3] for line in one.splitlines()[1:])) for one in drawn} == {
        tuple(sorted(str(n) for n in range(10) for _ in range(5)))
    }
