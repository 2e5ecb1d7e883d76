"""Each kind of question, answered with its own buttons, select or form."""

from __future__ import annotations

import pytest

from tests.build import NUMBER, ORDER, SEVERAL, TYPED, WHO
from tests.stage import Stage, button_ids, text_of


async def ask(stage: Stage) -> None:
    await stage.slash("alice", "quiz play", questions=1, seconds=20)
    await stage.advance(5)


async def reveal(stage: Stage) -> list[str]:
    await stage.advance(20)
    return text_of(stage.last()).splitlines()


def letters(stage: Stage, *options: str) -> list[str]:
    """The select values under which options stand in the open question."""
    shown = [line.split("  ")[-1] for line in text_of(stage.last()).splitlines() if line.startswith("**")]
    return [str(shown.index(option)) for option in options]


@pytest.mark.pack(SEVERAL)
async def test_several_right_options_are_taken_in_a_select(stage: Stage) -> None:
    await ask(stage)
    right = await stage.choose("alice", stage.last(), *letters(stage, "red", "orange"))
    await stage.choose("bob", stage.last(), *letters(stage, "red"))
    assert right.text.endswith(", locked in.")
    assert (await reveal(stage))[-2] == "1 of 2 answers right. Fastest: alice, 1.0 s."


@pytest.mark.pack(WHO)
async def test_who_says_it_is_asked_by_name(stage: Stage) -> None:
    await ask(stage)
    assert "Ann the painter" in text_of(stage.last())
    await stage.press("bob", stage.last(), "AB"[int(letters(stage, "Ann the painter")[0])])
    assert (await reveal(stage))[-2] == "1 of 1 answer right. Fastest: bob, 1.0 s."


@pytest.mark.pack(ORDER)
async def test_an_order_is_given_in_a_form_with_a_select_a_place(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Put in order")
    one, two, three = letters(stage, "ant", "cat", "cow")
    twice = await stage.submit("bob", form, place0=[one], place1=[one], place2=[three])
    assert twice.text.startswith("Each option can stand in one place only.")
    form = await stage.press("bob", stage.last(), "Put in order")
    answer = await stage.submit("bob", form, place0=[one], place1=[two], place2=[three])
    assert answer.text == f"**{', '.join('ABC'[int(n)] for n in (one, two, three))}**, locked in."
    lines = await reveal(stage)
    assert [line.split()[:2] for line in lines[3:6]] == [["1.", "ant"], ["2.", "cat"], ["3.", "cow"]]
    assert lines[6] == "-# 1 of 1 answer right"


@pytest.mark.pack(NUMBER)
async def test_a_number_is_typed_and_anything_else_is_refused_without_costing_the_answer(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Answer")
    assert "A number (miles)" in form.text
    wrong = await stage.submit("bob", form, text="about fifty")
    assert wrong.text == "I need a plain number there, such as 12 or 3.5. Please try again."
    form = await stage.press("bob", stage.last(), "Answer")
    assert (await stage.submit("bob", form, text="47")).text == "**“47”**, locked in."
    lines = await reveal(stage)
    assert lines[2:4] == ["Right: **47 miles**", "-# 1 of 1 answer right"]


@pytest.mark.pack(NUMBER)
async def test_a_number_that_nobody_answered_has_no_count_of_right_answers(stage: Stage) -> None:
    await ask(stage)
    lines = await reveal(stage)
    assert lines[2] == "Right: **47 miles**"
    assert lines[-2:] == ["Nobody answered this one.", "Report"]
    assert not any("0 of 0" in line for line in lines)


@pytest.mark.pack(TYPED)
async def test_a_word_is_typed_and_small_slips_are_forgiven(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Answer")
    await stage.submit("bob", form, text="zalgris")
    form = await stage.press("alice", stage.last(), "Answer")
    await stage.submit("alice", form, text="salgiris")
    lines = await reveal(stage)
    assert lines[2:4] == ["Right: **Žalgiris**", "-# 1 of 2 answers right"]


@pytest.mark.pack(TYPED)
async def test_what_a_member_types_is_shown_to_nobody_else_and_cannot_format_or_ping(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Answer")
    answer = await stage.submit("bob", form, text="**@everyone** <@1>")
    assert answer.private
    assert answer.text == "**“\\*\\*\\@everyone\\*\\* \\<\\@1>”**, locked in."
    assert not any("everyone" in line for line in await reveal(stage))


@pytest.mark.pack(TYPED)
async def test_a_form_is_not_opened_again_for_somebody_who_has_answered(stage: Stage) -> None:
    await ask(stage)
    form = await stage.press("bob", stage.last(), "Answer")
    await stage.submit("bob", form, text="grove")
    again = await stage.press("bob", stage.last(), "Answer")
    assert again.text == "Your first answer, “grove”, is the one that counts."


@pytest.mark.pack(TYPED)
async def test_a_form_sent_after_the_close_is_refused_kindly(stage: Stage) -> None:
    await ask(stage)
    question = stage.last()
    form = await stage.press("bob", question, "Answer")
    assert list(button_ids(question)) == ["Answer"]
    await stage.advance(20)
    late = await stage.submit("bob", form, text="grove")
    assert late.text == "This question is closed. You can answer the next one."
