"""The list of reported questions: which stand there, in what order, on which page."""

from __future__ import annotations

import pytest

from bot.reports.actions import NOT_THERE
from bot.reports.ui import UNKNOWN
from tests.reports.held import ELEVEN, held, reported
from tests.reports.steps import choices, labels
from tests.stage import START, Stage


async def test_a_list_with_nothing_in_it_says_how_questions_come_there(stage: Stage) -> None:
    shown = await stage.slash("olga", "reports")
    assert (shown.private, shown.text.splitlines()) == (
        True,
        ["### Reported questions", "Nothing is open. Members report with the button under a question's answer."],
    )


async def test_the_question_with_most_reports_stands_first(stage: Stage) -> None:
    await held(stage, 1, *((item, {}) for item in ELEVEN[:3]))
    for position, reports in enumerate((1, 3, 2)):
        for user_id in range(1, 1 + reports):
            await reported(stage, ELEVEN[position], user_id, 1, position)
    shown = await stage.slash("olga", "reports")
    assert shown.text.splitlines()[1:8] == [
        "**Number 2?**",
        "-# 3 reports",
        "**Number 3?**",
        "-# 2 reports",
        "**Number 1?**",
        "-# 1 report",
        "Open one",
    ]
    assert labels(shown.message) == {"1-1": "Number 2?", "1-2": "Number 3?", "1-0": "Number 1?"}
    assert shown.text.splitlines()[-1] == "-# 3 questions"


async def test_eleven_questions_take_two_pages(stage: Stage) -> None:
    await held(stage, 1, *((item, {}) for item in ELEVEN))
    for position, item in enumerate(ELEVEN):
        await reported(stage, item, 1, 1, position, at=START + position)
    shown = await stage.slash("olga", "reports")
    assert "-# Page 1 of 2 · 11 questions" in shown.text.splitlines()
    first = choices(shown.message)
    await stage.restart()
    after = await stage.press("olga", shown.message, "Next")
    assert "-# Page 2 of 2 · 11 questions" in after.text.splitlines()
    assert (first, choices(after.message)) == ([f"1-{n}" for n in range(10)], ["1-10"])
    back = await stage.press("olga", shown.message, "Back")
    assert choices(back.message) == first


async def test_a_page_beyond_the_last_one_is_the_last_one(stage: Stage) -> None:
    await held(stage, 1, (ELEVEN[0], {}))
    await reported(stage, ELEVEN[0], 1)
    assert "-# 1 question" in await stage.forge("olga", "reports:page:7")


async def test_a_question_that_was_asked_twice_stands_in_the_list_once(stage: Stage) -> None:
    for number in (1, 2):
        await held(stage, number, (ELEVEN[0], {}))
        await reported(stage, ELEVEN[0], 1, number)
    shown = await stage.slash("olga", "reports")
    assert labels(shown.message) == {"2-0": "Number 1?"}
    assert shown.text.splitlines()[1:3] == ["**Number 1?**", "-# 2 reports"]


@pytest.mark.parametrize("value", ["x", "1", "1-", "-1-0", "1-0-0", f"{2**63}-0", "\u0661-0", "1-9999999999"])
async def test_a_choice_that_was_not_offered_is_refused(stage: Stage, value: str) -> None:
    assert await stage.forge_choice("olga", "reports:chosen", value) == UNKNOWN


async def test_a_question_that_does_not_exist_is_refused(stage: Stage) -> None:
    assert await stage.forge_choice("olga", "reports:chosen", "7-0") == NOT_THERE
    assert await stage.forge("olga", f"reports:open:{2**63 - 1}:0") == NOT_THERE
