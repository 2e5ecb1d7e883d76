"""The audit log: who did what, when, and what was there before and after. By real presses."""

from __future__ import annotations

import pytest

from bot.text import link, moment
from storage import audit
from tests.argue import steps
from tests.build import make_motion
from tests.debate import holding
from tests.questions.steps import add, log, suggest
from tests.stage import Stage, button_ids

AT = "<t:1800000000:f>"


async def note(stage: Stage, *deeds: tuple[str, str, str | None, str | None]) -> None:
    """Put lines in the log: (deed, subject, before, after), as olga did them."""
    for id, (deed, subject, before, after) in enumerate(deeds, start=1):
        where = (stage.guild.id, id, stage.people["olga"].id)
        await stage.db.write(audit.note, *where, deed, subject, stage.clock.now(), before, after)


async def test_an_empty_log_says_what_will_stand_there(stage: Stage) -> None:
    told = await stage.slash("olga", "audit")
    assert (told.private, told.text) == (
        True,
        "### Audit log\nNothing is noted yet. Here will stand who wrote, changed, approved or ruled on what.",
    )


async def test_the_log_tells_the_newest_deed_first_with_what_it_changed(stage: Stage) -> None:
    await add(stage, prompt="What shape?")
    await suggest(stage, prompt="Which one?")
    card = await stage.slash("olga", "question edit", number=1)
    form = await stage.press("olga", card.message, "Edit")
    texts = {"prompt": "What shape is it?", "options": "round\nsquare\nflat", "source": "page 4"}
    card = await stage.submit("olga", form, **texts, explanation="It has four corners.")
    await stage.press("olga", card.message, "Save")
    await stage.forge_form("olga", "review:turned:2", {"reason": "We **have** that."})
    await stage.slash("olga", "question retire", number=1)
    await stage.forge("olga", "question:restore:1")
    olga, bob = stage.people["olga"].mention, stage.people["bob"].mention
    assert (await stage.slash("olga", "audit")).text.splitlines() == [
        "### Audit log",
        f"{olga} brought back \\#1 {AT}",
        "-# retired → live",
        "",
        f"{olga} retired \\#1 {AT}",
        "-# live → retired",
        "",
        f"{olga} turned down \\#2 {AT}",
        "-# waiting → We \\*\\*have\\*\\* that.",
        "",
        f"{olga} changed \\#1 {AT}",
        "-# Question: What shape? → What shape is it? · Source: page 3 → page 4",
        "",
        f"{bob} sent in \\#2 {AT}",
        "-# Which one? (right: B)",
        "",
        f"{olga} wrote \\#1 {AT}",
        "-# What shape? (right: B)",
        "-# 6 entries",
    ]


@pytest.mark.pack(motions=[make_motion()])
async def test_what_moderators_did_about_words_is_told_with_where_they_stand(stage: Stage) -> None:
    await steps.add(stage)
    claim = stage.last()
    card = await holding.begin(stage)
    debate = await holding.find(stage)
    await note(
        stage,
        ("claim.approve", "claim/1", None, None),
        ("claim.reject", "claim/7", None, None),
        ("flag.removed", "claim/1", None, None),
        ("flag.removed", "speech/5", None, None),
        ("flag.kept", f"debate/{debate.id}", None, None),
        ("debate.pause", f"debate/{debate.id}", None, None),
        ("season.start", "claim/1", None, None),
    )
    at = moment(stage.clock.now(), "f")
    olga = stage.people["olga"].mention
    claim_at, debate_at = (link(stage.guild.id, stage.quiz.id, id) for id in (claim.id, card.id))
    assert (await stage.slash("olga", "audit")).text.split("\n\n") == [
        f"### Audit log\n{olga} began the season claim/1 {at}",
        f"{olga} paused a debate {debate_at} {at}",
        f"{olga} let a debate {debate_at} stay after a flag {at}",
        f"{olga} took out words in a debate after a flag {at}",
        f"{olga} took away claim #1 {claim_at} after a flag {at}",
        f"{olga} turned down claim #7 {at}",
        f"{olga} had claim #1 {claim_at} shown {at}\n-# 7 entries",
    ]


@pytest.mark.pack(motions=[make_motion()])
async def test_a_changed_view_that_was_taken_away_is_told_with_its_message(stage: Stage) -> None:
    await steps.add(stage)
    message = stage.last()
    form = await stage.menu("carol", "This changed my view", message)
    await stage.submit(
        "carol",
        form,
        claim=["1"],
        direction=["weaker"],
        why="It made me see how towns are really built, street by street.",
    )
    await note(stage, ("delta.removed", f"delta/{message.id}", None, None))
    where = link(stage.guild.id, stage.quiz.id, message.id)
    said = f"took away what somebody said of a message {where}: that it changed their view"
    assert said in (await stage.slash("olga", "audit")).text


async def test_the_log_of_one_question_is_only_of_that(stage: Stage) -> None:
    await add(stage, prompt="One?")
    await add(stage, prompt="Two?")
    told = await stage.slash("olga", "audit", number=2)
    assert told.text.splitlines() == [
        "### Audit log of #2",
        f"{stage.people['olga'].mention} wrote \\#2 {AT}",
        "-# Two? (right: B)",
        "-# 1 entry",
    ]


async def test_settings_are_told_as_discord_shows_them_and_none_as_none(stage: Stage) -> None:
    card = await stage.slash("olga", "setup start")
    await stage.choose_in("olga", card.message, "setup:role", stage.editor)
    await stage.choose_in("olga", card.message, "setup:role")
    await stage.press("olga", card.message, "More settings")
    await stage.choose_in("olga", card.message, "setup:channel", stage.other)
    await stage.choose_in("olga", card.message, "setup:limit", "3")
    await stage.press("olga", card.message, "Ask for a second opinion")
    lines = (await stage.slash("olga", "audit")).text.splitlines()
    assert [line for line in lines if line.startswith("-# ")][:-1] == [
        "-# off → on",
        "-# 5 → 3",
        f"-# none → <#{stage.other.id}>",
        f"-# <@&{stage.editor.id}> → none",
        f"-# none → <@&{stage.editor.id}>",
    ]


async def test_what_was_brought_in_on_the_hosts_command_line_is_told_so(stage: Stage) -> None:
    where = (stage.guild.id, 1, 0)
    await stage.db.write(audit.note, *where, "question.import", "server/1", stage.clock.now(), None, "2 questions")
    assert "Whoever runs this bot imported questions" in (await stage.slash("olga", "audit")).text


async def test_a_long_log_has_pages_that_turn_also_after_a_restart(stage: Stage) -> None:
    await note(stage, *(("question.retire", f"server/{n}", "live", "retired") for n in range(1, 20)))
    card = await stage.slash("olga", "audit")
    assert ("\\#19 " in card.text, "\\#11 " in card.text, "-# Page 1 of 3 · 19 entries" in card.text) == (
        True,
        False,
        True,
    )
    await stage.restart()
    card = await stage.press("olga", card.message, "Next")
    assert ("\\#11 " in card.text, "-# Page 2 of 3 · 19 entries" in card.text) == (True, True)
    card = await stage.press("olga", card.message, "Next")
    assert [f"\\#{n} " in card.text for n in (1, 2, 3, 4)] == [True, True, True, False]


async def test_eight_long_changes_fit_a_page(stage: Stage) -> None:
    long = '{"prompt": "' + "*" * 300 + '", "explanation": "' + "*" * 1500 + '", "key": "A"}'
    await note(stage, *(("question.edit", f"server/{n}", long, long.replace("*", "_")) for n in range(1, 10)))
    card = await stage.slash("olga", "audit")
    assert [f"\\#{n} " in card.text for n in range(2, 10)] == [True] * 8
    assert list(button_ids(card.message)) == ["Back", "Next"]


@pytest.mark.parametrize("page", [3, 100_000])
async def test_a_page_behind_the_last_is_the_last(stage: Stage, page: int) -> None:
    await note(stage, *(("question.retire", f"server/{n}", "live", "retired") for n in range(1, 10)))
    assert "-# Page 2 of 2 · 9 entries" in await stage.forge("olga", f"audit:page:0:{page}")


async def test_a_page_that_no_log_has_is_refused(stage: Stage) -> None:
    assert await stage.forge("olga", f"audit:page:0:{2**63 - 1}") == (
        "The log is not that long. Please use /audit again."
    )


async def test_a_deed_is_noted_once_whatever_is_pressed_twice(stage: Stage) -> None:
    await suggest(stage)
    for _ in range(2):
        await stage.forge("olga", "review:approve:1:1")
    assert [entry.deed for entry in await log(stage)] == ["question.suggest", "suggestion.approve"]
