"""Every ruling on every kind of question, by real presses."""

from __future__ import annotations

from typing import Any, NamedTuple

import pytest

from tests.build import KINDS, NUMBER, ORDER, SEVERAL, SINGLE, TRUEFALSE, TYPED, WHO
from tests.reports.steps import ask, open_case, points, report, rulings
from tests.stage import Reply, Stage, button_ids, text_of

BUTTONS = {"accept": "Accept another answer", "correct": "Correct the key"}


class Case(NamedTuple):
    """A question, and what three people answer to it: the key, another answer, a third one (or none)."""

    question: dict[str, Any]
    alice: tuple[str, ...]
    bob: tuple[str, ...]
    carol: tuple[str, ...]
    key: str  # as it is told
    other: str  # bob's, when it is a key


CASES = {
    "single": Case(SINGLE, ("square",), ("flat",), ("round",), "square", "flat"),
    "several": Case(SEVERAL, ("red", "orange"), ("red",), ("red", "blue"), "red and orange", "red"),
    "truefalse": Case(TRUEFALSE, ("True",), ("False",), (), "True", "False"),
    "who": Case(WHO, ("Ann the painter",), ("Ben the builder",), (), "Ann the painter", "Ben the builder"),
    "order": Case(
        ORDER, ("ant", "cat", "cow"), ("ant", "cow", "cat"), ("cow", "cat", "ant"), "ant → cat → cow", "ant → cow → cat"
    ),
    "number": Case(NUMBER, ("47",), ("50",), ("12",), "47 miles", "50 miles"),
    "typed": Case(TYPED, ("the grove",), ("Trakai",), ("Vilnius",), "Žalgiris or the Grove", "Trakai"),
}
RIGHT, WRONG = (1, 100), (0, 0)


async def give(stage: Stage, who: str, answer: tuple[str, ...]) -> None:
    """Answer the open question with its buttons, select or form."""
    question = stage.last()
    labels = list(button_ids(question))
    if "Answer" in labels:
        await stage.submit(who, await stage.press(who, question, "Answer"), text=answer[0])
    elif "Put in order" in labels:
        form = await stage.press(who, question, "Put in order")
        await stage.submit(who, form, **in_places(text_of(question), answer))
    elif labels:
        await stage.press(who, question, "ABCDE"[int(values(text_of(question), answer)[0])])
    else:
        await stage.choose(who, question, *values(text_of(question), answer))


def values(text: str, answer: tuple[str, ...]) -> list[str]:
    """The places (from 0) at which options stand on a card."""
    options = [line.split("  ")[1] for line in text.splitlines() if line.startswith("**") and "**  " in line]
    return [str(options.index(option)) for option in answer]


def in_places(text: str, answer: tuple[str, ...]) -> dict[str, list[str]]:
    return {f"place{place}": [value] for place, value in enumerate(values(text, answer))}


async def reported(stage: Stage, case: Case) -> None:
    """A round of that question, with its answers, after which bob reports it; somebody looks after questions."""
    await stage.trust_editors()
    question = await ask(stage)
    for who in ("alice", "bob", "carol"):
        if getattr(case, who):
            await give(stage, who, getattr(case, who))
    await stage.advance(30)
    reveal = next(message for message in stage.messages() if message.id == question.id)
    await report(stage, "bob", reveal)


async def propose(stage: Stage, kind: str, case: Case) -> Reply:
    """Come to the preview of a ruling on the question, in bob's favour where it names an answer."""
    card = await open_case(stage)
    if kind == "void":
        return await stage.press("dana", card.message, "Void")
    text = card.text
    shown = await stage.press("dana", card.message, BUTTONS[kind])
    if case.question["kind"] == "order":
        options = text_of(next(m for m in stage.messages() if "Report" in button_ids(m)))
        return await stage.submit("dana", shown, **in_order(options, case.bob))
    if case.question["kind"] in ("number", "typed"):
        return await stage.choose("dana", card.message, case.bob[0])
    chosen = [case.question.get("options", ["True", "False"]).index(option) for option in authored(case)]
    assert values(text, case.bob) == values(shown.text, case.bob)  # it stands there as it stood in the round
    return await stage.choose("dana", card.message, *map(str, chosen))


def authored(case: Case) -> tuple[str, ...]:
    """Bob's answer as the question's author wrote the options."""
    return ("ben",) if case.question["kind"] == "who" else case.bob


def in_order(reveal: str, answer: tuple[str, ...]) -> dict[str, list[str]]:
    """An order for the form, by the letters that stand in the reveal."""
    letters = {}
    for line in reveal.splitlines():
        if line[:1].isdigit() and line.endswith(")"):
            letters[line.split()[1]] = line[-2]
    return {f"place{place}": [str("ABC".index(letters[option]))] for place, option in enumerate(answer)}


@pytest.mark.parametrize("kind", ["accept", "correct", "void"])
@pytest.mark.parametrize("case", [pytest.param(c, marks=pytest.mark.pack(c.question), id=n) for n, c in CASES.items()])
async def test_a_ruling_puts_points_right_whatever_the_kind_of_question(stage: Stage, case: Case, kind: str) -> None:
    await reported(stage, case)
    third = {"carol": WRONG} if case.carol else {}
    assert await points(stage) == {"alice": RIGHT, "bob": WRONG} | third
    card = await propose(stage, kind, case)
    also = case.bob[0] if len(case.bob) == 1 and "options" not in case.question else case.other
    after = {"accept": f"{case.key} or {also}", "correct": case.other, "void": "does not count"}
    assert card.text.splitlines()[1:3] == [f"**Key now:** {case.key}", f"**Then:** {after[kind]}"]
    await stage.press("dana", card.message, "Confirm")
    now = {"accept": (RIGHT, RIGHT), "correct": (WRONG, RIGHT), "void": (WRONG, WRONG)}[kind]
    assert await points(stage) == dict(zip(("alice", "bob"), now, strict=True)) | third
    (ruling,) = await rulings(stage)
    changed = {"accept": 1, "correct": 2, "void": 2 + len(third)}[kind]
    assert (ruling.kind, ruling.rounds, ruling.answers, ruling.people) == (kind, 1, changed, changed)


@pytest.mark.parametrize("case", [pytest.param(c, marks=pytest.mark.pack(c.question), id=n) for n, c in CASES.items()])
async def test_a_question_that_is_kept_changes_nothing(stage: Stage, case: Case) -> None:
    await reported(stage, case)
    before, messages = await points(stage), len(stage.messages())
    kept = await stage.press("dana", (await open_case(stage)).message, "Keep")
    await stage.advance(1)
    assert kept.text == "The question stays as it is, and its reports are closed."
    assert (await points(stage), len(stage.messages())) == (before, messages)
    (ruling,) = await rulings(stage)
    assert (ruling.kind, ruling.before == ruling.after, ruling.answers) == ("keep", True, 0)


def test_every_kind_of_question_is_ruled_on_here() -> None:
    assert {kind["kind"] for kind in KINDS} == set(CASES)
