"""What comes of a ruling afterwards: in later rounds, in practice, in a server's own questions, in other servers."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.quiz.actions import ALL_VOID
from storage.tables import Answer
from tests.build import SINGLE, make_pack
from tests.questions.steps import log, question, states
from tests.reports.steps import answer, ask, items, letter_of, play, points, report, rule, void
from tests.stage import Reply, Stage, button_ids, text_of

OWN = "server/general"


@pytest.fixture(autouse=True)
async def _trusting(stage: Stage) -> None:
    await stage.trust_editors()


async def ruled(stage: Stage, kind: str, right: str = "flat") -> None:
    """A round of the pack's question, reported and ruled on."""
    reveal = await play(stage, alice="square", bob="flat")
    await report(stage, "bob", reveal)
    await (void(stage, reveal) if kind == "void" else rule(stage, reveal, kind, right))
    await stage.advance(1)


async def play_own(stage: Stage, **given: str) -> None:
    """A round of one of the server's own questions."""
    await ask(stage, theme=OWN)
    await answer(stage, **given)
    await stage.advance(30)


async def ruled_own(stage: Stage, kind: str) -> None:
    """A question of the server's own that was asked, and reported because its key is False; and ruled on."""
    await stage.add_own({"prompt": "Is it so?", "difficulty": 1})
    await play_own(stage, alice="True", bob="False")
    reveal = next(message for message in stage.messages() if "Report" in button_ids(message))
    await report(stage, "bob", reveal)
    await (void(stage, reveal) if kind == "void" else rule(stage, reveal, kind, "False"))
    await stage.advance(1)


async def change_pack(stage: Stage, **changed: object) -> None:
    """Let another edition of the pack be read, with its one question changed."""
    pack = make_pack(SINGLE | changed)
    stage.packs = {pack.id: pack}
    await stage.restart()


# --- later rounds --------------------------------------------------------------------------------------------------


async def test_a_later_round_asks_with_the_corrected_key(stage: Stage) -> None:
    await ruled(stage, "correct")
    reveal = await play(stage, carol="flat", olga="square")
    assert next(line for line in text_of(reveal).splitlines() if "✓" in line).endswith("flat **✓ right**")
    assert {who: sums for who, sums in (await points(stage)).items() if who in ("carol", "olga")} == {
        "carol": (1, 100),
        "olga": (0, 0),
    }


async def test_a_later_round_accepts_what_was_accepted_and_shows_both(stage: Stage) -> None:
    await ruled(stage, "accept")
    reveal = await play(stage, carol="flat", olga="square")
    shown = [line.split("  ")[1] for line in text_of(reveal).splitlines() if "✓" in line]
    assert sorted(shown) == ["flat **✓ right**", "square **✓ right**"]
    assert (await points(stage))["carol"] == (await points(stage))["olga"] == (1, 100)


async def test_a_void_question_is_not_asked_again_and_who_asks_for_it_is_told(stage: Stage) -> None:
    await ruled(stage, "void")
    assert (await stage.slash("alice", "quiz play")).text == ALL_VOID


@pytest.mark.pack(SINGLE, SINGLE | {"prompt": "And now?"})
async def test_a_later_round_asks_what_is_left(stage: Stage) -> None:
    question = await ask(stage, questions=2)
    gone = "And now?" if "And now?" in text_of(question) else "Which shape is it?"
    await answer(stage, bob="flat")
    await stage.advance(21)
    reveal = next(message for message in stage.messages() if message.id == question.id)
    await report(stage, "bob", reveal)
    await void(stage, reveal)
    await stage.slash("alice", "quiz stop")
    opened = await stage.slash("alice", "quiz play", stage.other, questions=2)
    assert opened.text.splitlines()[1].startswith("1 question, ")
    assert [item.prompt for item in (await items(stage))[2:]] == [
        p for p in ("Which shape is it?", "And now?") if p != gone
    ]


async def test_a_void_question_whose_key_was_corrected_is_asked_again(stage: Stage) -> None:
    reveal = await play(stage, alice="square")
    await report(stage, "bob", reveal)
    await void(stage, reveal)
    await report(stage, "carol", reveal)
    await rule(stage, reveal, "correct", "round")
    await play(stage, carol="round")
    assert (await points(stage))["carol"] == (1, 100)


async def test_a_pack_whose_key_was_corrected_meanwhile_wins(stage: Stage) -> None:
    await ruled(stage, "correct", "flat")
    await change_pack(stage, key="A")
    await play(stage, carol="round", olga="flat")
    now = await points(stage)
    assert (now["carol"], now["olga"]) == ((1, 100), (0, 0))


async def test_a_pack_whose_question_was_written_anew_is_asked_though_the_old_one_is_void(stage: Stage) -> None:
    await ruled(stage, "void")
    await change_pack(stage, prompt="Which shape has it now?")
    await play(stage, carol="square")
    assert (await points(stage))["carol"] == (1, 100)


async def test_a_question_in_other_words_under_the_same_id_keeps_its_points(stage: Stage) -> None:
    old = await play(stage, alice="square", bob="flat")
    await change_pack(stage, prompt="Which shape has it now?")
    await play(stage, stage.other, carol="square", olga="flat")
    await report(stage, "bob", old)
    await rule(stage, old, "correct", "flat")
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100), "carol": (1, 100), "olga": (0, 0)}


# --- other servers -------------------------------------------------------------------------------------------------


async def test_other_servers_keep_their_points_and_their_key(stage: Stage) -> None:
    elsewhere = await stage.open_elsewhere()
    for ruled_between in (True, False):
        await stage.slash("mallory", "quiz play", elsewhere, questions=1, seconds=5)
        await stage.advance(5)
        theirs = elsewhere.history(viewer=stage.people["mallory"])
        await stage.press("mallory", theirs[-1], letter_of(theirs[-1], "square"))
        await stage.advance(20)
        if ruled_between:
            await ruled(stage, "correct")
    guild_id = stage.guild.id
    rows = await stage.db.read(
        lambda session: session.execute(
            select(Answer.right, Answer.points).where(Answer.guild_id != guild_id).order_by(Answer.at)
        ).all()
    )
    assert [tuple(row) for row in rows] == [(1, 100), (1, 100)]


# --- practice ------------------------------------------------------------------------------------------------------


async def practise(stage: Stage, option: str, theme: str = "shapes") -> Reply:
    card = await stage.slash("bob", "quiz practice", theme=theme)
    return await stage.press("bob", card.message, letter_of(card.message, option))


async def test_practice_follows_a_corrected_key(stage: Stage) -> None:
    await ruled(stage, "correct")
    assert "**Right.** The answer:" in (await practise(stage, "flat")).text
    assert "**Not this time.** The answer:" in (await practise(stage, "square")).text


async def test_practice_takes_what_was_accepted_and_names_both(stage: Stage) -> None:
    await ruled(stage, "accept")
    told = next(line for line in (await practise(stage, "flat")).text.splitlines() if "The answer:" in line)
    assert (told.startswith("**Right.** The answer: **"), "** square or **" in told) == (True, True)


async def test_a_void_question_is_not_practised(stage: Stage) -> None:
    await ruled(stage, "void")
    assert "### Which shape is it?" not in (await stage.slash("bob", "quiz practice")).text


# --- a server's own questions --------------------------------------------------------------------------------------


async def test_a_servers_own_question_gets_a_version_with_the_corrected_key(stage: Stage) -> None:
    await ruled_own(stage, "correct")
    assert ((await question(stage, 1)).key, await states(stage)) == (False, {1: "live"})
    await play_own(stage, carol="False", olga="True")
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100), "carol": (1, 100), "olga": (0, 0)}
    assert [item.version for item in await items(stage)] == [1, 2]
    assert "**Right.**" in (await practise(stage, "False", theme=OWN)).text
    deeds = [(entry.user_id, entry.deed) for entry in await log(stage) if entry.subject == "server/1"]
    dana = stage.people["dana"].id
    assert deeds == [(dana, "ruling.correct"), (dana, "question.edit")]


async def test_a_servers_own_question_takes_what_was_accepted_besides_its_key(stage: Stage) -> None:
    await ruled_own(stage, "accept")
    await play_own(stage, carol="False")
    assert await points(stage) == {"alice": (1, 100), "bob": (1, 100), "carol": (1, 100)}
    assert "**Right.**" in (await practise(stage, "False", theme=OWN)).text


async def test_a_void_question_of_a_servers_own_is_retired_until_somebody_asks_it_again(stage: Stage) -> None:
    await ruled_own(stage, "void")
    assert await states(stage) == {1: "retired"}
    assert (await stage.slash("alice", "quiz play", theme=OWN)).text.startswith("I don't know that theme.")
    card = await stage.slash("olga", "question show", number=1)
    assert (await stage.press("olga", card.message, "Ask it again")).text.endswith("#1 is asked again.")
    await play_own(stage, carol="True")
    assert await points(stage) == {"alice": (0, 0), "bob": (0, 0), "carol": (1, 100)}


async def test_a_question_that_was_edited_since_is_left_as_its_editor_wants_it(stage: Stage) -> None:
    await stage.add_own({"prompt": "Is it so?", "difficulty": 1})
    await play_own(stage, alice="True", bob="False")
    reveal = next(message for message in stage.messages() if "Report" in button_ids(message))
    await report(stage, "bob", reveal)
    card = await stage.slash("olga", "question edit", number=1)
    await stage.choose_in("olga", card.message, button_ids(card.message)["Save"].replace("save", "key"), "1")
    await stage.press("olga", card.message, "Save")
    await rule(stage, reveal, "correct", "False")
    assert ((await question(stage, 1)).key, [item.version for item in await items(stage)]) == (False, [1])
    assert len([entry for entry in await log(stage) if entry.deed == "question.edit"]) == 1
    assert await points(stage) == {"alice": (0, 0), "bob": (1, 100)}
