"""A reported question as moderators see it: its answers in all rounds, its key, and all that is said against it."""

from __future__ import annotations

from typing import Any

import pytest

from bot.item import make_deck_item
from bot.reports.actions import STILL_OPEN
from content.deck import QUESTION
from storage.figures import FIGURES
from storage.questions import get_kept
from tests.build import NUMBER, ORDER, SEVERAL, SINGLE, TYPED
from tests.questions.rounds import Answers, make_items
from tests.reports.held import ELEVEN, held, reported
from tests.reports.steps import ask, choices, open_case, play, report, void
from tests.stage import Reply, Stage, button_ids, text_of

BUTTONS = ["Accept another answer", "Void", "Correct the key", "Keep"]


async def case_of(stage: Stage) -> Reply:
    """The card of the first question of the first round."""
    return await stage.choose("olga", (await stage.slash("olga", "reports")).message, "1-0")


async def test_a_case_shows_what_was_chosen_in_all_rounds_and_what_is_said(stage: Stage) -> None:
    reveal = await play(stage, alice="square", bob="flat", carol="round")
    await play(stage, stage.other, bob="flat")
    await report(stage, "bob", reveal, "key", "It is **flat**. @everyone")
    await report(stage, "carol", reveal, "key")
    await report(stage, "onlooker", reveal, "typo", "> flatt")
    case = await open_case(stage, "olga", reveal)
    lines = case.text.splitlines()
    shown = [line.split("  ") for line in lines[1:7:2]]
    assert dict(zip([option for _, option in shown], lines[2:7:2], strict=True)) == {
        "square": "-# ▰▰▱▱▱▱▱▱▱▱ 25% · 1",
        "flat": "-# ▰▰▰▰▰▱▱▱▱▱ 50% · 2",
        "round": "-# ▰▰▱▱▱▱▱▱▱▱ 25% · 1",
    }
    key = next(letter for letter, option in shown if option == "square")
    assert (case.private, lines[0]) == (True, "### Reported: Which shape is it?")
    assert lines[7:] == [
        "-# 4 answers in 2 rounds, 1 right",
        f"**Key:** {key} square",
        "**The key is wrong** · 2",
        "**There is a typo** · 1",
        "> The key is wrong: It is \\*\\*flat\\*\\*. \\@everyone",
        "> There is a typo: \\> flatt",
        "The source says so in its first sentence, and nothing else in it says otherwise.",
        "-# §1.1 · stated by the source, with no one named for it",
        *BUTTONS,
    ]


async def test_the_options_stand_in_the_order_in_which_they_were_shown(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal)
    texts = [(await open_case(stage, "olga")).text, text_of(reveal).replace(" **✓ right**", "")]
    case, shown = ([line for line in text.splitlines() if line[:3] in ("**A", "**B", "**C")] for text in texts)
    assert (case, len(case)) == (shown, 3)


@pytest.mark.parametrize(
    ("question", "answers", "lines"),
    [
        (
            SEVERAL,
            {1: [0, 2], 2: [0], 3: [0, 1, 2]},
            ["  red\n-# ▰▰▰▰▰▰▰▰▰▰ 100% · 3", "  blue\n-# ▰▰▰▱▱▱▱▱▱▱ 33% · 1"],
        ),
        (NUMBER, {1: "48", 2: "47", 3: "48"}, ["“48” · 2\n“47” · 1", "**Key:** **47 miles**"]),
        (TYPED, {1: "*x*", 2: "grove", 3: "*x*"}, ["“\\*x\\*” · 2\n“grove” · 1", "**Key:** **Žalgiris**"]),
        (ORDER, {1: [0, 1, 2], 2: [1, 0, 2], 3: [0, 1, 2]}, [" · 2\n", " · 1\n"]),
    ],
    ids=["several", "number", "typed", "order"],
)
async def test_a_case_shows_the_answers_of_each_kind(
    stage: Stage, question: dict[str, Any], answers: Answers, lines: list[str]
) -> None:
    (item,) = make_items(question)
    await held(stage, 1, (item, answers))
    await reported(stage, item, 1)
    text = (await case_of(stage)).text
    assert [line for line in [*lines, "-# 3 answers in 1 round, 1 right"] if line not in text] == []


async def test_of_what_was_typed_the_five_most_frequent_texts_are_shown(stage: Stage) -> None:
    (item,) = make_items(TYPED)
    await held(stage, 1, (item, {n: f"word {min(n, 8)}" for n in range(1, 10)}))
    await reported(stage, item, 1)
    lines = (await case_of(stage)).text.splitlines()
    assert lines[1] == "“word 8” · 2"
    assert (len([line for line in lines if line.startswith("“")]), lines[6]) == (5, "-# 9 answers in 1 round, 0 right")


@pytest.mark.parametrize(("question", "options"), [(SINGLE, 3), (SEVERAL, 3), (ORDER, 0), (NUMBER, 0), (TYPED, 0)])
async def test_a_question_that_nobody_answered_is_shown(stage: Stage, question: dict[str, Any], options: int) -> None:
    (item,) = make_items(question)
    await held(stage, 1, (item, {}))
    await reported(stage, item, 1)
    text = (await case_of(stage)).text
    assert (text.count("0% · 0"), text.count("-# no answers yet")) == (options, 1)


async def test_of_many_notes_the_newest_six_are_shown(stage: Stage) -> None:
    await held(stage, 1, (ELEVEN[0], {}))
    for user_id in range(1, 9):
        await reported(stage, ELEVEN[0], user_id, note=f"Note {user_id}.")
    await reported(stage, ELEVEN[0], 9)
    lines = (await case_of(stage)).text.splitlines()
    at = lines.index("**The key is wrong** · 9")
    assert lines[at + 1 : at + 8] == [
        "-# 2 older notes not shown",
        *(f"> The key is wrong: Note {n}." for n in range(3, 9)),
    ]


async def test_what_the_figures_say_stands_beside_what_members_say(stage: Stage) -> None:
    await held(stage, 1, (ELEVEN[0], {}))
    await reported(stage, ELEVEN[0], FIGURES, reason="figures", note="A distractor beats the key.")
    await reported(stage, ELEVEN[0], 1)
    lines = (await case_of(stage)).text.splitlines()
    at = lines.index("**The answers look odd** · 1")
    assert lines[at + 1 : at + 3] == ["**The key is wrong** · 1", "> The answers look odd: A distractor beats the key."]


async def test_only_moderators_read_a_note(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal, "key", "Between us.")
    assert "Between us." in (await open_case(stage, "olga")).text
    assert [message for message in stage.messages() if "Between us." in text_of(message)] == []


async def test_a_case_that_is_closed_says_so_and_has_nothing_to_keep(stage: Stage) -> None:
    reveal = await play(stage, bob="flat")
    await report(stage, "bob", reveal)
    shown = await stage.slash("olga", "reports")
    await void(stage, reveal, "olga")
    case = await stage.choose("olga", shown.message, *choices(shown.message))
    closed = ["**Key:** does not count", "No report is open on it."]
    assert [line for line in case.text.splitlines() if line in closed] == closed
    assert pressable(case) == ["Correct the key"]


async def test_a_question_that_was_edited_since_says_which_version_was_asked(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?"})
    kept = await stage.db.read(get_kept, stage.guild.id, 1)
    assert kept is not None
    item = make_deck_item(QUESTION.validate_json(kept.body), 1, 1, "general")
    await held(stage, 1, (item, {}))
    await reported(stage, item, 1)
    assert "asked version" not in (await case_of(stage)).text
    card = await stage.slash("olga", "question edit", number=1)
    await stage.choose_in("olga", card.message, button_ids(card.message)["Save"].replace("save", "key"), "1")
    await stage.press("olga", card.message, "Save")
    assert "-# This round asked version 1; now it is version 2." in (await case_of(stage)).text.splitlines()


@pytest.mark.parametrize("note", ["n" * 300, "*" * 300])
@pytest.mark.pack(SINGLE | {"prompt": "*" * 300, "options": [c * 80 for c in "*_~`|"], "explanation": "*" * 1500})
async def test_the_longest_case_fits_a_card_and_keeps_its_buttons(stage: Stage, note: str) -> None:
    reveal = await play(stage)
    for who in ("alice", "bob", "carol", "onlooker", "olga", "dana"):
        await report(stage, who, reveal, "key", note)
    assert list(button_ids((await open_case(stage, "olga")).message)) == BUTTONS


async def test_a_question_that_is_open_is_shown_to_no_moderator(stage: Stage) -> None:
    place = button_ids(await ask(stage))["A"].split(":")[2] + ":0"
    for route in ("reports:open", "ruling:accept", "ruling:correct", "ruling:void", "ruling:keep"):
        assert await stage.forge("olga", f"{route}:{place}") == STILL_OPEN


def pressable(card: Reply) -> list[str]:
    """The labels of the buttons that can be pressed."""
    rows = [part for component in card.message.components for part in component["components"]]
    return [b["label"] for row in rows for b in row.get("components", []) if not b.get("disabled")]
