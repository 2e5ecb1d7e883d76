"""What questions are worth, as moderators see it: real commands and presses, by those who may and those who may not."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import update

from bot.item import Item
from bot.questions import figures
from bot.questions.stats import NONE_COUNTS, NONE_YET, UNKNOWN, suggest_asked
from storage import reports
from storage.tables import Asked
from tests.build import ORDER, SINGLE
from tests.questions.rounds import FALLING, ITEM, OTHERS, RISING, everyone, hold, hold_six, make_items
from tests.stage import Reply, Stage, button_ids

NOT_YOU = "Only people who may manage this server can do that. /help shows what you may use here."
MANY = make_items(*(SINGLE | {"prompt": f"Which shape is number {n}?", "id": f"n{n:02}"} for n in range(1, 24)))


async def play(stage: Stage, picks: str, number: int = 1, item: Item = ITEM) -> None:
    await stage.db.write(hold_six, number, picks, item=item, first=100 * number, guild_id=stage.guild.id)


async def play_many(stage: Stage) -> None:
    """23 questions are asked, each of one person."""
    await stage.db.write(hold, 1, *((item, everyone("B")) for item in MANY), guild_id=stage.guild.id)


async def ask(stage: Stage, who: str = "olga", question: str | None = None) -> Reply:
    chosen: dict[str, Any] = {} if question is None else {"question": question}
    return await stage.slash(who, "question stats", **chosen)


def pictures(reply: Reply) -> list[tuple[str, str]]:
    """(name, what it shows in words) of every picture of a card."""
    (container,) = reply.message.components
    shown = [item for part in container["components"] for item in part.get("items", [])]
    return [(item["media"]["url"].rsplit("/", 1)[1], item["description"]) for item in shown]


def prompts(reply: Reply) -> list[str]:
    """The questions of a page of the overview."""
    return [line.strip("*") for line in reply.text.splitlines() if line.startswith("**Which shape is")]


async def test_a_question_with_all_that_is_known_of_it(stage: Stage) -> None:
    await play(stage, RISING)
    reply = await ask(stage, question=ITEM.id)
    assert reply.private
    assert reply.text.splitlines() == [
        "### Which shape is it?",
        "**A**  round",
        "**B**  square",
        "**C**  flat",
        "**Right:** **B** square",
        "Answered by 20 people in 1 round; first attempts only.",
        "Facility (share of right answers): 0.50",
        "Discrimination (-1 to 1; whether those right here were right elsewhere): 0.45",
        "Chosen: A 6, B (right) 10, C 4",
        "Median time: 10.5 s",
        "Reports: 0",
        "Nothing in these figures speaks against it.",
    ]
    told = (
        "Share of each option, by score third. People: low 5, middle 10, high 5. "
        "A: low 60%, middle 30%, high 0%. B (right): low 20%, middle 50%, high 80%. C: low 20%, middle 20%, high 20%."
    )
    assert pictures(reply) == [("shares.png", told)]
    assert [file.filename for file in reply.message.attachments] == ["shares.png"]


async def test_what_speaks_against_a_question_is_said(stage: Stage) -> None:
    await play(stage, FALLING)
    reply = await ask(stage, question=ITEM.id)
    assert [line for line in reply.text.splitlines() if line.startswith("**Suspect.**")] == [
        "**Suspect.** Discrimination is under 0.1 (-0.45): "
        "people who were right here were hardly more often right elsewhere, or less often.",
        "**Suspect.** A distractor beats the key: of the 5 people in the top third, 3 chose A, "
        "and 1 chose B, which is keyed as right.",
    ]


async def test_of_nineteen_people_nothing_is_said(stage: Stage) -> None:
    await play(stage, RISING[:-1])
    reply = await ask(stage, question=ITEM.id)
    assert reply.text.splitlines()[5:] == [
        "Answered by 19 people in 1 round: too few to say. From 20 on there is more.",
        "Reports: 0",
    ]
    assert pictures(reply) == []


async def test_a_question_without_options_has_no_picture(stage: Stage) -> None:
    (item,) = make_items(ORDER)
    answers = {person: [1, 0, 2] if person < 10 else [0, 1, 2] for person in range(20)}
    await stage.db.write(hold, 1, (item, answers), guild_id=stage.guild.id)
    reply = await ask(stage, question=item.id)
    assert "Facility (share of right answers): 0.50" in reply.text.splitlines()
    assert pictures(reply) == []


async def test_reports_are_counted(stage: Stage) -> None:
    await play(stage, RISING)
    values = {"guild_id": stage.guild.id, "round_id": 1, "position": 0, "question_id": ITEM.id, "at": 1, "note": ""}
    for user_id in (7, 8):
        await stage.db.write(reports.add_report, values | {"user_id": user_id, "reason": "key"})
    await stage.db.write(reports.close_reports, stage.guild.id, ITEM.id, 5)
    await stage.db.write(reports.add_report, values | {"user_id": 9, "reason": "typo"})
    assert "Reports: 3 (1 open)" in (await ask(stage, question=ITEM.id)).text.splitlines()


async def test_a_question_can_be_typed_in_its_words(stage: Stage) -> None:
    await play(stage, RISING)
    for typed in ("Which shape is it?", " which SHAPE is it? ", "SHAPES/Q1"):
        assert (await ask(stage, question=typed)).text.splitlines()[0] == "### Which shape is it?"


async def test_a_question_that_was_not_asked_here_is_unknown(stage: Stage) -> None:
    await stage.db.write(hold_six, 1, RISING, guild_id=stage.guild.id + 1)
    for typed in (ITEM.id, "Which shape is it?", "", "server/9", "x" * 6000):
        assert (await ask(stage, question=typed)).text == UNKNOWN


async def test_a_question_of_which_no_answer_counts(stage: Stage) -> None:
    await play(stage, RISING)
    await stage.db.write(lambda session: session.execute(update(Asked).values(void=1)) and None)
    assert (await ask(stage, question=ITEM.id)).text == NONE_COUNTS
    assert (await ask(stage)).text == NONE_YET


async def test_a_server_that_has_asked_nothing(stage: Stage) -> None:
    assert (await ask(stage)).text == NONE_YET


async def test_the_overview_shows_the_worst_first(stage: Stage) -> None:
    bad, good = make_items(SINGLE | {"prompt": "Which shape is bad?"}, SINGLE | {"prompt": "Which shape is good?"})
    await play(stage, RISING, 1, good.model_copy(update={"id": "shapes/good"}))
    await play(stage, FALLING, 2, bad.model_copy(update={"id": "shapes/bad"}))
    reply = await ask(stage)
    assert reply.private
    lines = reply.text.splitlines()
    assert lines[:3] == [
        "## What the questions are worth",
        "**Which shape is bad?**",
        "-# **suspect** · 20 people · facility 0.50 · discrimination -0.45",
    ]
    assert lines[lines.index("**Which shape is good?**") + 1] == "-# 20 people · facility 0.50 · discrimination 0.45"


async def test_the_overview_has_ten_a_page(stage: Stage) -> None:
    await play_many(stage)
    first = await ask(stage)
    assert prompts(first) == [f"Which shape is number {n}?" for n in range(1, 11)]
    assert first.text.splitlines()[2] == "-# 1 person · too few to say"
    assert "-# Page 1 of 3 · 23 questions" in first.text.splitlines()
    second = await stage.press("olga", first.message, "Next")
    third = await stage.press("olga", second.message, "Next")
    assert prompts(third) == [f"Which shape is number {n}?" for n in range(21, 24)]
    assert prompts(await stage.press("olga", third.message, "Back")) == prompts(second)


async def test_pages_can_be_turned_after_a_restart(stage: Stage) -> None:
    await play_many(stage)
    first = await ask(stage)
    await stage.restart()
    second = await stage.press("olga", first.message, "Next")
    assert prompts(second) == [f"Which shape is number {n}?" for n in range(11, 21)]


async def test_a_page_beyond_the_last_is_the_last(stage: Stage) -> None:
    await play_many(stage)
    assert "Page 3 of 3" in await stage.forge("olga", "stats:page:9223372036854775807")


async def test_the_role_that_looks_after_questions_may_see(stage: Stage) -> None:
    await play_many(stage)
    await stage.trust_editors()
    first = await ask(stage, "dana")
    assert "Page 2 of 3" in (await stage.press("dana", first.message, "Next")).text
    assert "too few to say" in (await ask(stage, "dana", MANY[0].id)).text


@pytest.mark.parametrize("who", ["alice", "bob", "dana"])  # alice may manage messages; nobody has trusted editors
async def test_others_may_not_see(stage: Stage, who: str) -> None:
    await play_many(stage)
    for reply in (await ask(stage, who), await ask(stage, who, MANY[0].id)):
        assert (reply.text, reply.private) == (NOT_YOU, True)
    assert await stage.forge(who, "stats:page:1") == NOT_YOU


async def test_a_role_that_was_taken_away_a_second_ago_counts_no_more(stage: Stage) -> None:
    await play_many(stage)
    await stage.trust_editors()
    first = await ask(stage, "dana")
    await stage.take_role("dana", stage.editor)
    told = (await stage.press("dana", first.message, "Next")).text
    assert told == NOT_YOU.replace("server", f"server or have the role <@&{stage.editor.id}>", 1)


async def test_a_moderator_of_another_server_sees_only_their_own(stage: Stage) -> None:
    await play_many(stage)
    elsewhere = await stage.open_elsewhere()
    id = button_ids((await ask(stage)).message)["Next"]
    assert await stage.forge("mallory", id, elsewhere) == NONE_YET
    assert (await stage.slash("mallory", "question stats", elsewhere, question=MANY[0].id)).text == UNKNOWN


async def test_what_was_left_out_is_said(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await play_many(stage)
    await stage.db.write(hold, 2, (MANY[0], everyone("BC")), guild_id=stage.guild.id)
    monkeypatch.setattr(figures, "MOST", 2)
    monkeypatch.setattr(figures, "MOST_IN_ALL", 5)
    one, overview = await ask(stage, question=MANY[0].id), await ask(stage)
    assert "-# From the newest 20,000 answers; older ones are left out." in one.text.splitlines()
    assert "-# From the newest 50,000 answers; older ones are left out." in overview.text.splitlines()
    assert len(prompts(overview)) == 4  # two answers to the first, and to three more one each


async def test_questions_are_offered_by_their_words(stage: Stage) -> None:
    await play_many(stage)
    await stage.db.write(hold, 2, (OTHERS[0], {}), guild_id=stage.guild.id)
    assert await suggest_asked(stage.bot, stage.guild.id, "NUMBER 21") == [(MANY[20].id, "Which shape is number 21?")]
    newest, *_ = await suggest_asked(stage.bot, stage.guild.id, "")
    assert newest == (OTHERS[0].id, "Which shape is number 2?")
    assert await suggest_asked(stage.bot, stage.guild.id, "shapes/n07") == [(MANY[6].id, "Which shape is number 7?")]
    assert await suggest_asked(stage.bot, stage.guild.id, "no such thing") == []
    assert await suggest_asked(stage.bot, stage.guild.id + 1, "") == []


@pytest.mark.parametrize(("who", "offered"), [("olga", [MANY[20].id]), ("alice", []), ("bob", [])])
async def test_only_moderators_are_offered_questions(stage: Stage, who: str, offered: list[str]) -> None:
    await play_many(stage)
    found = await stage.people[who].autocomplete(stage.quiz, "question stats", "question", "number 21")
    assert [choice["value"] for choice in found] == offered


async def test_no_more_than_discord_takes_are_offered(stage: Stage) -> None:
    long = make_items(*(SINGLE | {"prompt": f"{n} {'x' * 200}?", "id": f"x{n}"} for n in range(30)))
    await stage.db.write(hold, 1, *((item, {}) for item in long), guild_id=stage.guild.id)
    offered = await suggest_asked(stage.bot, stage.guild.id, "x")
    assert (len(offered), {len(title) for _, title in offered}) == (25, {100})
