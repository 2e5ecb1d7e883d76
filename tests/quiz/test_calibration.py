"""Calibration: how often somebody was right at each level of certainty, its picture, and who sees it."""

from __future__ import annotations

import io
from fractions import Fraction

from PIL import Image
from sqlalchemy import update

from bot.item import Item
from bot.judge import CERTAIN
from bot.quiz.calibration import Calibration, Cell, best_level, bounds, describe, weigh
from bot.quiz.calibration_picture import alt_text, draw
from bot.quiz.certainty import NONE_YET
from storage.tables import Answer
from tests.build import SINGLE
from tests.questions.rounds import Answers, hold, make_items
from tests.stage import START, Stage

DAY = 86_400_000
MOST = Calibration((Cell(9999, 8888),) * 3, tuple((f"Sep 202{n}", (Cell(1500, 1230),) * 3) for n in range(6)))


def test_the_levels_cross_where_moodle_says() -> None:
    assert bounds() == (Fraction(2, 3), Fraction(4, 5))


def test_saying_how_sure_one_is_pays_most() -> None:
    for percent in range(101):
        chance = Fraction(percent, 100)
        worth = {level: chance * right + (1 - chance) * wrong for level, (right, wrong) in CERTAIN.items()}
        assert worth[best_level(chance)] == max(worth.values())


def test_a_month_begins_at_midnight_in_the_servers_zone() -> None:
    new_year = 1_798_754_400_000  # 2026-12-31 22:00 UTC, midnight in Vilnius
    answers = [(1, True, new_year - 1), (3, False, new_year)]
    none, hit, miss = Cell(), Cell(1, 1), Cell(1, 0)
    assert weigh(answers, "Europe/Vilnius") == Calibration(
        (hit, none, miss), (("Jan 2027", (none, none, miss)), ("Dec 2026", (hit, none, none)))
    )
    assert [month for month, _ in weigh(answers, "UTC").months] == ["Dec 2026"]


def test_the_last_six_months_with_answers_are_shown_and_all_count() -> None:
    months = weigh([(2, True, START - n * 61 * DAY) for n in range(8)], "UTC")
    assert (len(months.months), months.months[0][0], months.overall[1]) == (6, "Jan 2027", Cell(8, 8))


def test_fewer_than_five_answers_say_nothing() -> None:
    assert [describe(Cell(n, 1 if n else 0)) for n in (0, 1, 4, 5)] == [
        "no answers",
        "1 answer, too few to say",
        "4 answers, too few to say",
        "20% right, 1 of 5",
    ]


def test_the_alternative_text_gives_the_same_numbers() -> None:
    calibration = Calibration((Cell(12, 9), Cell(3, 1), Cell()), (("Jan 2027", (Cell(12, 9), Cell(3, 1), Cell())),))
    assert alt_text(calibration) == (
        "How sure, and how often right. "
        "Low, pays below 67%: over all 75% right, 9 of 12; Jan 2027 75% right, 9 of 12. "
        "Mid, pays from 67% to 80%: over all 3 answers, too few to say; Jan 2027 3 answers, too few to say. "
        "High, pays above 80%: no answers."
    )


def test_the_most_that_there_can_be_fits() -> None:
    assert len(alt_text(MOST)) <= 1024
    picture = Image.open(io.BytesIO(draw(MOST)), formats=["PNG"]).convert("L")
    box = picture.point([255 if shade < 200 else 0 for shade in range(256)]).getbbox()
    assert box is not None
    assert (picture.width, min(box[0], box[1], 800 - box[2], picture.height - box[3]) >= 10) == (800, True)


async def test_somebody_sees_their_own_certainty_in_private(stage: Stage) -> None:
    bob, carol = stage.people["bob"].id, stage.people["carol"].id
    (item,) = make_items(SINGLE)
    asked: list[tuple[Item, Answers]] = [(item, {bob: [min(n, 1)], carol: [0]}) for n in range(5)]
    await stage.db.write(hold, 1, *asked, guild_id=stage.guild.id)
    await stage.db.write(lambda session: session.execute(update(Answer).values(certainty=3)) and None)
    shown = await stage.slash("bob", "quiz certainty")
    assert shown.private
    assert shown.text.splitlines()[1:4] == [
        "**Low**: no answers. It pays most below 67% right.",
        "**Mid**: no answers. It pays most from 67% to 80% right.",
        "**High**: 80% right, 4 of 5. It pays most above 80% right.",
    ]
    other = await stage.slash("carol", "quiz certainty")
    assert "**High**: 0% right, 0 of 5. It pays most above 80% right. “low” would have paid more." in other.text


async def test_who_has_never_said_how_sure_is_told_how_to(stage: Stage) -> None:
    (item,) = make_items(SINGLE)
    await stage.db.write(hold, 1, (item, {stage.people["bob"].id: [1]}), guild_id=stage.guild.id)
    assert (await stage.slash("bob", "quiz certainty")).text == NONE_YET
