"""What earlier debates say of a motion, and how a recap is written."""

from __future__ import annotations

import pytest
from sqlalchemy import event
from sqlalchemy.orm import Session

from bot.debate import outcome_facts, seats, swing
from bot.debate.recap import Recap, Spent, Words, describe_recap, escape_lines, write_markdown
from bot.debate.seats import Start
from content.pack import Motion
from storage import debates, members
from storage.db import Database
from storage.settings import change_settings
from tests.build import make_motion

MOTION = Motion.model_validate(make_motion(mirrored="Circles are better than squares."))


def hold(session: Session, id: int, before: dict[str, int]) -> str:
    """Save a debate that was held, with so many ballots before it; its wording."""
    seats.start(session, Start(1, id, id, 3, "shapes/m1", MOTION, "duel", "live", 24), 0)
    debate = debates.get_debate(session, 1, id)
    assert debate is not None
    debates.move(session, debate, state="over", ending="held")
    votes = [vote for vote, number in before.items() for _ in range(number)]
    for user_id, vote in enumerate(votes):
        key = {"guild_id": 1, "debate_id": id, "stage": "before", "user_id": user_id}
        debates.save_ballot(session, key | {"vote": vote, "late": 0, "at": 0})
    return debate.wording


@pytest.mark.parametrize(
    ("ballots", "lopsided"),
    [
        ([(8, 2), (2, 8), (8, 2)], "for"),  # the second was mirrored, so its Against is the plain wording's For
        ([(8, 2), (8, 2), (8, 2)], None),
        ([(8, 2), (2, 8)], None),  # too few debates
        ([(3, 0), (0, 3), (3, 0)], None),  # too few people to say so
    ],
)
async def test_a_motion_is_lopsided_by_its_plain_wording_from_three_debates_and_ten_ballots_on(
    db: Database, ballots: list[tuple[int, int]], lopsided: str | None
) -> None:
    wordings = []
    for id, (one, other) in enumerate(ballots, 1):
        wordings.append(await db.write(hold, id, {"for": one, "against": other}))
    assert wordings == ["plain", "mirrored", "plain"][: len(ballots)]
    assert (await db.read(outcome_facts.examine, 1, "shapes/m1")).lopsided == lopsided


async def test_a_motion_whose_debates_favour_one_side_is_said_to_by_its_plain_wording(db: Database) -> None:
    for id in range(1, 11):
        wording = await db.write(hold, id, {"unsure": 10})
        await db.write(vote_after, id, "for" if wording == "plain" else "against", 10)
        before = await db.read(outcome_facts.examine, 1, "shapes/m1")
        assert before.favoured == ("for" if id == 10 else None)


async def test_how_speakers_voted_says_nothing_of_a_motion(db: Database) -> None:
    for id in range(1, 11):
        wording = await db.write(hold, id, {"unsure": 16})
        await db.write(vote_after, id, "for" if wording == "plain" else "against", 16)
        for user_id in range(8):
            seat = {"guild_id": 1, "debate_id": id, "user_id": user_id, "side": "for", "state": "seated", "at": 0}
            await db.write(debates.save_seat, seat)
    assert (await db.read(outcome_facts.examine, 1, "shapes/m1")).favoured is None


def vote_after(session: Session, id: int, vote: str, number: int) -> None:
    for user_id in range(number):
        key = {"guild_id": 1, "debate_id": id, "stage": "after", "user_id": user_id}
        debates.save_ballot(session, key | {"vote": vote, "late": 0, "at": 0})


def hold_with_speeches(session: Session, moved: dict[int, int]) -> None:
    """Save a debate with four speeches, the first of which was taken out; so many people were moved by each."""
    hold(session, 1, {})
    kinds = ("opening", "opening", "closing", "closing")
    key = {"guild_id": 1, "debate_id": 1}
    debates.add_phases(session, [key | {"position": n, "kind": kind, "side": "for"} for n, kind in enumerate(kinds)])
    members.note_name(session, 1, 70, "\u200b\u200d")
    for n in range(len(kinds)):
        said = {
            "id": n + 1,
            "position": n,
            "kind": "speech",
            "user_id": 70,
            "side": "for",
            "text": "A point.",
            "took": 0,
        }
        debates.add_speech(session, key | said | {"cites": "[]", "state": "shown" if n else "void", "at": n})
    voters = (id for id, number in moved.items() for _ in range(number))
    for user_id, speech_id in enumerate(voters):
        ballot = {"stage": "after", "user_id": user_id, "vote": "for", "late": 0, "at": 0}
        debates.save_ballot(session, key | ballot)
        debates.set_moved_by(session, 1, 1, user_id, speech_id)


async def test_three_points_are_named_though_others_that_moved_more_are_not_shown(db: Database) -> None:
    await db.write(hold_with_speeches, {1: 9, 2: 8, 3: 7, 4: 5})
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.moved == [("Opening For", 8), ("Closing For", 7), ("Closing For", 5)]


async def test_a_point_that_moved_few_is_not_named(db: Database) -> None:
    await db.write(hold_with_speeches, {2: 4, 3: 5})
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.moved == [("Closing For", 5)]


async def test_those_whom_a_point_moved_are_counted_without_speakers_and_without_who_joined_later(db: Database) -> None:
    await db.write(hold_with_speeches, {2: 5, 3: 7})
    for user_id in (5, 6, 7):  # of those whom the third moved
        seat = {"guild_id": 1, "debate_id": 1, "user_id": user_id, "side": "for", "state": "withdrawn", "at": 0}
        await db.write(debates.save_seat, seat)
    await db.write(make_late, 0)
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.moved == []
    await db.write(vote_moved, 20, 2)
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.moved == [("Opening For", 5)]


def make_late(session: Session, user_id: int) -> None:
    ballot = debates.get_ballot(session, 1, 1, "after", user_id)
    assert ballot is not None
    ballot.late = 1


def vote_moved(session: Session, user_id: int, speech_id: int) -> None:
    key = {"guild_id": 1, "debate_id": 1, "stage": "after", "user_id": user_id}
    debates.save_ballot(session, key | {"vote": "for", "late": 0, "at": 0})
    debates.set_moved_by(session, 1, 1, user_id, speech_id)


async def test_who_waited_for_a_seat_counts_with_those_whom_a_point_moved(db: Database) -> None:
    await db.write(hold_with_speeches, {2: 5})
    seat = {"guild_id": 1, "debate_id": 1, "user_id": 0, "side": "for", "state": "queued", "at": 0}
    await db.write(debates.save_seat, seat)
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.moved == [("Opening For", 5)]


@pytest.mark.parametrize(("format", "winner"), [("oxford", True), ("duel", True), ("circle", False)])
async def test_a_circle_names_no_winner_though_the_server_turned_that_on(
    db: Database, format: str, winner: bool
) -> None:
    await db.write(change_settings, 1, {"winner": 1})
    await db.write(seats.start, Start(1, 1, 1, 3, "shapes/m1", MOTION, format, "live", 24), 0)
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.winner == winner


async def test_a_name_that_can_not_be_seen_is_told_as_somebody(db: Database) -> None:
    await db.write(hold_with_speeches, {})
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert {words.name for words in found.said} == {"somebody"}


def count_statements(session: Session, motion_id: str) -> int:
    """How many statements it takes to examine a motion."""
    ran: list[str] = []
    engine = session.get_bind()
    listen = ("before_cursor_execute", lambda *args: ran.append(args[2]))
    event.listen(engine, *listen)
    outcome_facts.examine(session, 1, motion_id)
    event.remove(engine, *listen)
    return len(ran)


async def test_a_motion_with_many_debates_is_examined_with_as_few_reads_as_with_one(db: Database) -> None:
    await db.write(hold, 1, {"for": 8})
    one = await db.read(count_statements, "shapes/m1")
    for id in range(2, 20):
        await db.write(hold, id, {"for": 8})
    assert await db.read(count_statements, "shapes/m1") == one


@pytest.mark.parametrize(("starter_id", "chair_id", "told"), [(3, 3, "eve"), (3, None, ""), (-5, None, None)])
async def test_who_chaired_is_known_unless_who_started_the_debate_had_their_data_deleted(
    db: Database, starter_id: int, chair_id: int | None, told: str | None
) -> None:
    await db.write(members.note_name, 1, 3, "eve")
    await db.write(seats.start, Start(1, 1, 1, starter_id, "shapes/m1", MOTION, "duel", "live", 24), 0)
    await db.write(set_chair, chair_id)
    found = await db.read(outcome_facts.get_recap, 1, 1)
    assert found is not None
    assert found.chair == told


def set_chair(session: Session, chair_id: int | None) -> None:
    debate = debates.get_debate(session, 1, 1)
    assert debate is not None
    debate.chair_id = chair_id


def recap(**given: object) -> Recap:
    words = [
        Words("Opening", "for", "bob", "Squares stack.\n# They do. https://example.org/", ("1.1",), "shown"),
        Words("Restatement", "against", "carol", "They stack.", (), "shown", ((False, "Not *all*."), (True, ""))),
        Words("Rebuttal", "against", "carol", "Rude words.", (), "void"),
        Words("Question from the audience", None, "", "Who pays?", (), "shown"),
        Words("Closing", "for", "bob", "", (), "passed"),
        Words("Closing", "against", "", "", (), "absent"),
    ]
    base: dict[str, object] = {
        "motion": "Squares are better.",
        "cite": ("1.1", "1.2"),
        "plain": None,
        "format": "oxford",
        "pace": "live",
        "hours": 24,
        "chair": "alice",
        "began_at": 1_800_000_000_000,
        "ended_at": 1_800_000_000_000,
        "ending": "held",
        "swing": swing.read_swing({}, {}, [], []),
        "winner": False,
        "spent": Spent((5, 0), (1, 0), (95, 60)),
        "fair": (1, 2, 0),
        "said": words,
        "moved": [("Opening For", 5)],
    }
    return Recap(**(base | given))  # type: ignore[arg-type]


def test_the_file_holds_what_was_said_in_order_made_safe_and_without_what_was_taken_out() -> None:
    assert write_markdown(recap()).splitlines() == [
        "# Squares are better.",
        "",
        "The source on this: §1.1 §1.2",
        "",
        "Oxford, live: openings, each side restates the other, rebuttals, questions from the audience, closings. "
        "Held on 2027-01-15 (UTC). Chaired by alice.",
        "",
        "This file holds members' arguments. It does not say who is right.",
        "",
        "## Result",
        "",
        "**Too few to read: nobody voted both before and after; 10 people are needed.**  ",
        "Restatements found fair by the other side: 1/2  ",
        "What moved people most: Opening For (5)",
        "",
        "Time taken: For 1 min 35 s, Against 1 min 0 s. Words: For 5, Against 0. § cited: For 1, Against 0.",
        "",
        "## What was said",
        "",
        "### Opening, For, bob",
        "",
        "Squares stack.  ",
        r"\# They do. https:\//example.org/",
        "",
        "Relies on §1.1 · 1 outside source, unchecked",
        "",
        "### Restatement, Against, carol",
        "",
        "They stack.",
        "",
        r"The other side: not quite. Not \*all\*.",
        "",
        "The other side finds this fair.",
        "",
        "### Rebuttal, Against, carol",
        "",
        "(taken out by the chair or a moderator)",
        "",
        "### Question from the audience",
        "",
        "Who pays?",
        "",
        "### Closing, For, bob",
        "",
        "(passed)",
        "",
        "### Closing, Against",
        "",
        "(nobody was there to speak)",
    ]


def test_of_a_debate_that_was_ended_early_no_result_is_told() -> None:
    told = describe_recap(recap(ending="ended", fair=(0, 0, 0), moved=[]))
    assert told == "**The debate was ended early.** Its votes are not compared, so nothing is said about a shift."


@pytest.mark.parametrize(
    ("fair", "told"),
    [
        ((1, 1, 1), "Restatements found fair by the other side: 1/1; 1 not judged"),
        ((0, 0, 2), "2 restatements, not judged by the other side"),
    ],
)
def test_a_restatement_that_nobody_judged_is_not_called_unfair(fair: tuple[int, int, int], told: str) -> None:
    assert describe_recap(recap(fair=fair, moved=[])).splitlines()[-1] == told


def test_a_mirrored_wording_and_hours_are_told_in_the_file() -> None:
    later = 1_800_000_000_000 + 3 * 86_400_000
    told = write_markdown(recap(plain="Circles are better.", pace="async", chair="", ended_at=later)).splitlines()
    assert told[2] == "The other wording of this motion: Circles are better."
    assert told[6].startswith("Oxford, async, 24 hours a turn: ")
    assert told[6].endswith("Held from 2027-01-15 to 2027-01-18 (UTC). The bot chaired it.")


def test_of_a_debate_whose_chair_is_not_known_any_more_nothing_is_said_about_who_chaired_it() -> None:
    assert write_markdown(recap(chair=None)).splitlines()[4].endswith("Held on 2027-01-15 (UTC).")


def test_a_speech_keeps_its_lines_up_to_fifteen() -> None:
    assert escape_lines("one\n\n\n*two*") == "one\n\\*two\\*"
    assert escape_lines("\n".join(map(str, range(100)))).count("\n") == 14
