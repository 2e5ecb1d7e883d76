"""What the answers in a database say about its questions: figures worked out by hand, and which answers they are of."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update
from sqlalchemy.orm import Session

from bot.item import Item
from bot.questions import figures
from bot.questions.analysis import Analysis, Third
from storage.db import Database
from storage.tables import Asked
from tests.build import NUMBER, ORDER, SEVERAL, SINGLE, TYPED
from tests.questions.answers import A, B, C
from tests.questions.rounds import FALLING, GUILD, ITEM, OTHERS, RISING, everyone, hold, hold_six, make_items


async def weigh(db: Database, item: Item = ITEM) -> Analysis:
    known = await figures.weigh(db, GUILD, item.id)
    assert known is not None
    return known.analysis


def change(session: Session, /, round_id: int, position: int, **columns: Any) -> None:
    where = (Asked.guild_id == GUILD, Asked.round_id == round_id, Asked.position == position)
    session.execute(update(Asked).where(*where).values(**columns))


async def test_the_figures_of_a_round_worked_out_by_hand(db: Database) -> None:
    await db.write(hold_six, 1, RISING)
    known = await figures.weigh(db, GUILD, ITEM.id)
    # The same people as in test_analysis.py: scores 1/5 to 4/5, of whom 1, 2, 3 and 4 chose B. They answer one second
    # after another: the tenth after 10 s, the eleventh after 11.
    assert known == figures.Figures(
        ITEM,
        Analysis(
            key=(B,),
            asked=1,
            answers=20,
            picks=(6, 10, 4),
            facility=0.5,
            discrimination=pytest.approx(0.4472, abs=0.00005),  # type: ignore[arg-type]
            median=10_500,
            thirds=(Third(5, (3, 1, 1)), Third(10, (3, 5, 2)), Third(5, (0, 4, 1))),
        ),
        cut=False,
    )
    assert known.suspicions == []


async def test_a_question_that_those_who_know_get_wrong_is_suspect(db: Database) -> None:
    await db.write(hold_six, 1, FALLING)
    known = await figures.weigh(db, GUILD, ITEM.id)
    assert known is not None
    # The same with the scores turned round: r changes its sign. Of the five with 4 of 5 right, 3 chose A, 1 chose B.
    assert known.suspicions == [
        "Discrimination is under 0.1 (-0.45): "
        "people who were right here were hardly more often right elsewhere, or less often.",
        "A distractor beats the key: of the 5 people in the top third, 3 chose A, "
        "and 1 chose B, which is keyed as right.",
    ]


async def test_only_the_first_attempt_of_a_person_counts_over_all_rounds(db: Database) -> None:
    await db.write(hold, 2, (ITEM, everyone("A" * 20)))
    await db.write(hold_six, 1, RISING)
    analysis = await weigh(db)
    assert (analysis.asked, analysis.answers, analysis.picks) == (2, 20, (6, 10, 4))


async def test_a_score_is_of_the_round_of_the_first_attempt(db: Database) -> None:
    await db.write(hold_six, 1, RISING)
    await db.write(hold, 2, (OTHERS[0], everyone("B" * 20)), (ITEM, everyone("B" * 20)))
    assert (await weigh(db)).discrimination == pytest.approx(0.4472, abs=0.00005)


async def test_nineteen_people_are_too_few(db: Database) -> None:
    await db.write(hold_six, 1, RISING[:-1])
    assert await weigh(db) == Analysis(key=(B,), asked=1, answers=19, picks=(6, 10, 3))


@pytest.mark.parametrize(
    "edit",
    [{"prompt": "Which shape is it today?"}, {"options": ("round", "flat", "square")}, {"kind": "who"}],
)
async def test_an_edited_question_starts_anew(db: Database, edit: dict[str, Any]) -> None:
    await db.write(hold_six, 1, RISING)
    await db.write(hold, 2, (ITEM.model_copy(update=edit), everyone("CCB", first=200)))
    assert await weigh(db) == Analysis(key=(B,), asked=1, answers=3, picks=(0, 1, 2))


async def test_an_edit_that_is_taken_back_finds_its_answers_again(db: Database) -> None:
    edited = ITEM.model_copy(update={"prompt": "Which shape is it today?"})
    for number, item, picks in ((1, ITEM, "AAB"), (2, edited, "CCCC"), (3, ITEM, "B")):
        await db.write(hold, number, (item, everyone(picks, first=100 * number)))
    assert await weigh(db) == Analysis(key=(B,), asked=2, answers=4, picks=(2, 2, 0))


async def test_another_explanation_is_the_same_question(db: Database) -> None:
    await db.write(hold, 1, (ITEM, everyone("AB")))
    item = ITEM.model_copy(update={"explanation": "It says so.", "version": 2, "difficulty": 3})
    await db.write(hold, 2, (item, everyone("C", first=200)))
    assert (await weigh(db)).picks == (1, 1, 1)


async def test_answers_are_judged_by_the_newest_key(db: Database) -> None:
    await db.write(hold, 1, (ITEM, everyone(RISING)))
    await db.write(hold, 2, (ITEM.model_copy(update={"key": (A,)}), {}))
    analysis = await weigh(db)
    assert (analysis.key, analysis.facility) == ((A,), 6 / 20)  # six of them chose A


async def test_what_a_ruling_accepts_is_right(db: Database) -> None:
    await db.write(hold, 1, (ITEM.model_copy(update={"also": ((C,),)}), everyone(RISING)))
    analysis = await weigh(db)
    assert (analysis.key, analysis.facility) == ((B, C), 14 / 20)


async def test_after_a_void_round_the_others_remain(db: Database) -> None:
    await db.write(hold_six, 1, RISING)
    await db.write(hold, 2, (ITEM, everyone("A" * 9, first=200)))
    await db.write(change, 2, 0, void=1)
    assert (await weigh(db)).picks == (6, 10, 4)


async def test_a_question_whose_every_round_is_void_has_no_figures(db: Database) -> None:
    await db.write(hold_six, 1, RISING)
    await db.write(change, 1, 0, void=1)
    assert await figures.weigh(db, GUILD, ITEM.id) is None
    assert ITEM.id not in [known.item.id for known in await figures.weigh_all(db, GUILD)]


async def test_an_open_question_has_no_figures(db: Database) -> None:
    await db.write(hold, 1, (ITEM, everyone("AB")))
    await db.write(change, 1, 0, closed_at=None)
    assert await figures.weigh(db, GUILD, ITEM.id) is None


async def test_the_answers_of_another_server_are_not_looked_at(db: Database) -> None:
    await db.write(hold_six, 1, RISING, guild_id=2)
    assert await figures.weigh(db, GUILD, ITEM.id) is None
    assert await figures.weigh_all(db, GUILD) == []


async def test_answers_beyond_the_most_are_left_out_and_that_is_said(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in (1, 2, 3):
        await db.write(hold, number, (ITEM, everyone("ABC", first=100 * number)))
    for most, answers, cut in ((9, 9, False), (8, 8, True), (6, 6, True), (1, 1, True)):
        monkeypatch.setattr(figures, "MOST", most)
        known = await figures.weigh(db, GUILD, ITEM.id)
        assert known is not None
        assert (known.analysis.answers, known.cut) == (answers, cut)


async def test_the_pieces_in_which_answers_are_read_make_no_difference(
    db: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await db.write(hold_six, 1, RISING)
    for number in (2, 3, 4):
        await db.write(hold, number, (ITEM, everyone("ABC", first=100 * number)), (OTHERS[0], everyone("ABB")))
    whole = await figures.weigh(db, GUILD, ITEM.id), await figures.weigh_all(db, GUILD)
    for piece in (1, 2, 3, 7, 20):
        monkeypatch.setattr(figures, "PIECE", piece)
        assert (await figures.weigh(db, GUILD, ITEM.id), await figures.weigh_all(db, GUILD)) == whole


async def test_the_overview_knows_the_same_as_the_question_itself(db: Database) -> None:
    await db.write(hold_six, 1, FALLING)
    await db.write(hold_six, 2, RISING, first=300)
    known = await figures.weigh_all(db, GUILD)
    assert len(known) == 6
    assert known == [await figures.weigh(db, GUILD, figure.item.id) for figure in known]


async def test_the_worst_come_first_and_those_too_little_known_last(db: Database) -> None:
    bad, good = make_items(SINGLE | {"id": "bad"}, SINGLE | {"id": "good"})
    easy, rare = make_items(SINGLE | {"id": "easy"}, SINGLE | {"id": "rare"})
    await db.write(hold_six, 1, RISING, item=good)
    await db.write(hold_six, 2, FALLING, item=bad, first=200)
    await db.write(hold, 3, (easy, everyone("B" * 20)), (rare, everyone("A")))
    order = [known.item.id for known in await figures.weigh_all(db, GUILD)]
    assert [id for id in order if id in {item.id for item in (bad, good, easy, rare)}] == [
        "shapes/bad",
        "shapes/good",
        "shapes/easy",
        "shapes/rare",
    ]


@pytest.mark.parametrize(
    ("kind", "right", "wrong", "picks"),
    [
        (SEVERAL, [A, C], [A, B], (20, 10, 10)),
        (ORDER, [B, A, C], [A, B, C], ()),
        (NUMBER, "47", "46", ()),
        (TYPED, "zalgiris", "Salgiris", ()),
    ],
)
async def test_each_kind_has_its_figures(
    db: Database, kind: dict[str, Any], right: Any, wrong: Any, picks: tuple[int, ...]
) -> None:
    (item,) = make_items(kind)
    await db.write(hold, 1, (item, {person: right if person < 10 else wrong for person in range(20)}))
    analysis = await weigh(db, item)
    assert (analysis.facility, analysis.picks) == (0.5, picks)
