"""/argue map by real presses: what it shows to whom, its pages, branches, pictures and hidden camps."""

from __future__ import annotations

import re
import sys

import discord
import pytest
from simcord.backend.models import Overwrite
from simcord.enums import OverwriteType

from bot.argue import figures
from tests.argue.steps import MOTION, TEXT, add, add_many, join, save_all, stand
from tests.build import make_motion
from tests.stage import Reply, Stage, alt_texts, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
NOT_YET = "First say what you think of some claims yourself, with /argue rate. The map shows more then."
CLOSED = "-# Where claims stand is shown to you once you have said what you think of 5 of them"
MOTION_TEXT = "Squares are better than circles (m1)."


async def rate_all(stage: Stage, who: str, stance: str = "for", saying: str = "agree", claims: int = 1) -> None:
    await save_all(stage, [(stage.people[who].id, stance, dict.fromkeys(range(1, claims + 1), saying))])


async def open_map(stage: Stage, who: str = "carol") -> Reply:
    return await stage.slash(who, "argue map", motion=MOTION)


async def test_where_claims_stand_is_shown_only_to_who_has_rated(stage: Stage) -> None:
    await add(stage)
    await rate_all(stage, "bob")
    card = await open_map(stage)
    assert (card.private, CLOSED in card.text, "needs" in card.text, alt_texts(card.message)) == (True, True, False, [])
    assert (await stage.forge("carol", "argue:share:shapes:m1:0:0"), NOT_YET) == (NOT_YET, NOT_YET)
    assert await stage.forge("carol", "argue:camps:shapes:m1") == NOT_YET
    await stage.press("carol", (await stand(stage, "carol", "For")).message, "Agree")
    card = await open_map(stage)
    assert f"**#1** {TEXT}\n-# ? needs more ratings\n" in card.text
    assert alt_texts(card.message) == ["Where claims stand. For: #1 needs more ratings. Against: none."]


async def rate_from_both_sides(stage: Stage, each: int) -> list[str]:
    """So many people of each side agree with claim #1; their names."""
    people = await join(stage, 2 * each)
    for n, name in enumerate(people):
        await rate_all(stage, name, "for" if n < each else "against")
    return people


async def test_a_map_says_how_many_rated_and_how_many_of_each_stance_agree(stage: Stage) -> None:
    await add(stage)
    people = await rate_from_both_sides(stage, 6)
    card = await open_map(stage, people[0])
    assert f"**#1** {TEXT}\n-# ★ common ground · 12 ratings · agree: For 100 %, Against 100 %" in card.text
    assert alt_texts(card.message) == [
        "Where claims stand. For: #1 common ground, 12 ratings. Against: none.",
        "Who agrees, by stance. #1 For 100 %, Against 100 %.",
    ]


async def test_a_shared_map_lists_claims_and_keeps_to_itself_where_they_stand(stage: Stage) -> None:
    await add(stage)
    people = await rate_from_both_sides(stage, 6)
    card = await open_map(stage, people[0])
    await stage.restart()
    shared = await stage.press(people[0], card.message, "Share here")
    assert not shared.private
    lines = text_of(stage.last()).splitlines()
    assert lines[:6] == [
        "-# Map of arguments, by members",
        f"### {MOTION_TEXT}",
        "**For** · 1 claim",
        f"**#1** {TEXT}",
        "**Against** · 0 claims",
        "-# Nobody has written one yet.",
    ]
    assert lines[6].startswith("-# 1 claim in all, as of now. Where claims stand is shown to you once you have said")
    assert (lines[7:], alt_texts(stage.last())) == (["Rate", "Open the map"], [])
    own = await stage.press("carol", stage.last(), "Open the map")
    assert (own.private, CLOSED in own.text) == (True, True)
    assert (await stage.press("carol", stage.last(), "Rate")).text.startswith("### Where do you stand?")


async def test_who_may_not_write_in_a_channel_shares_nothing_there_through_the_bot(stage: Stage) -> None:
    await add(stage)
    await rate_all(stage, "carol")
    card = await open_map(stage)
    muted = Overwrite(
        stage.people["carol"].id, OverwriteType.MEMBER, deny=discord.Permissions(send_messages=True).value
    )
    stage.env.backend.set_overwrite(stage.quiz.id, muted)
    await stage.env.settle()
    told = await stage.press("carol", card.message, "Share here")
    assert told.text.startswith("You can't write in this channel, so I post no map of yours in it.")
    assert text_of(stage.last()).startswith("-# MEMBER ARGUMENT")


async def test_looking_before_and_after_somebody_rates_tells_nothing(stage: Stage) -> None:
    await add(stage)
    people = await rate_from_both_sides(stage, 6)
    before = await open_map(stage, people[0])
    for name in (*people[1:5], people[0], people[0]):  # to change one's own rating again and again helps nobody
        await stage.forge(name, "argue:say:1:0:disagree")
        after = await open_map(stage, people[0])
        assert (after.text, alt_texts(after.message)) == (before.text, alt_texts(before.message))
    fifth = await stage.forge(people[5], "argue:say:1:0:disagree")
    assert "- For: 0 % agree" in fifth  # five others than the one who reads this: all but one of For
    assert "≠ stances differ · 12 ratings · agree: For 0 %, Against 100 %" in (await open_map(stage, people[0])).text


async def test_what_is_not_told_yet_is_told_as_soon_as_enough_have_rated(stage: Stage) -> None:
    await add(stage)
    people = await join(stage, 6)
    for n, name in enumerate(people):
        asked = await stand(stage, name, "For" if n % 2 else "Against")
        card = await stage.press(name, asked.message, "Agree")
        assert ("common ground" in card.text) == (n == 5)


async def test_which_stance_is_missing_is_said_where_it_tells_nobodys(stage: Stage) -> None:
    await add(stage)
    people = await join(stage, 7)
    for name in people[:5]:
        await rate_all(stage, name)
    await rate_all(stage, people[5], "against")
    assert f"**#1** {TEXT}\n-# ? needs more ratings · 6 ratings\n" in (await open_map(stage, people[0])).text
    await rate_all(stage, people[6])
    card = await open_map(stage, people[0])
    assert f"**#1** {TEXT}\n-# ? needs 2 more from Against · 7 ratings · agree: For 100 %\n" in card.text


@pytest.mark.parametrize("saying", ["agree", "disagree"])
async def test_with_three_voters_no_split_arrow_camp_or_winner_appears(stage: Stage, saying: str) -> None:
    await add(stage)
    people = await join(stage, 3)
    for name, stance in zip(people, ("for", "against", "unsure"), strict=True):
        await rate_all(stage, name, stance, saying)
    card = await open_map(stage, people[0])
    await stage.press(people[0], card.message, "Share here")
    camps = await stage.press(people[0], card.message, "Hidden camps")
    typical = await stage.press(people[0], card.message, "By stance")
    rated = await stage.press(people[0], stage.messages()[0], "Rate")
    again = await open_map(stage, people[1])
    assert [line for line in again.text.splitlines() if re.search(r"\d", line.replace("#1", ""))] == [
        f"### {MOTION_TEXT}",
        "-# Figures are made anew when 6 more people have rated, so that nobody's rating can be told from them.",
        "**For** · 1 claim",
        "**Against** · 0 claims",
        "-# 1 claim",
    ]
    every = [
        card.text,
        text_of(stage.last()),
        camps.text,
        typical.text,
        rated.text,
        *alt_texts(stage.last()),
        *alt_texts(card.message),
    ]
    assert [re.findall(r"[→←↑↓↔⇄%≠]|winner|\bagree:|differ|Camp [A-E]", text) for text in every] == [[]] * len(every)
    assert "**Too few people yet.**" in camps.text
    assert f"**#1** {TEXT}\n-# ? needs more ratings\n" in card.text


async def test_a_map_turns_its_pages(stage: Stage) -> None:
    await add_many(stage, 7)
    first = await open_map(stage)
    assert (first.text.count("**#"), "-# Page 1 of 3 · 7 claims" in first.text) == (3, True)
    assert "**For** · 7 claims" in first.text
    await stage.restart()
    last = await stage.press("carol", (await stage.press("carol", first.message, "Next")).message, "Next")
    assert (last.text.count("**#"), "**#7**" in last.text) == (1, True)
    assert "-# Page 3 of 3" in (await stage.forge("carol", f"argue:map:shapes:m1:0:{2**63 - 1}"))


async def test_a_branch_shows_a_claim_with_its_answers(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    await add(stage, text="Gaps let water through.", side="against", answers=1, link="beside")
    whole = await open_map(stage)
    assert f"**#1** {TEXT}\n-# 2 answers" in whole.text
    assert "> rebuts #1: **#2** (Against) Round things roll away." in whole.text
    branch = await stage.choose("carol", whole.message, "1")
    assert f"**#1** · For · {TEXT}" in branch.text
    assert "**Against** · 2 answers\n**#2** Round things roll away.\n**#3** Gaps let water through." in branch.text
    assert f"**#1** {TEXT}" in (await stage.press("carol", branch.message, "Whole map")).text


async def test_answers_to_what_is_gone_stand_on_the_motion(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    for who in ("carol", "dana"):
        shown = await stage.press(who, stage.messages()[0], "Flag")
        await stage.submit(who, shown, reason=["rude"], note="")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    asked = await stage.press("olga", opened.message, "Take it away")
    await stage.press("olga", asked.message, "Take it away")
    await stage.advance(2)
    assert "Moderators took this claim away." in text_of(stage.messages()[0])
    assert TEXT not in text_of(stage.messages()[0])
    card = await open_map(stage)
    assert ("**#1**" in card.text, "**Against** · 1 claim\n**#2** Round" in card.text) == (False, True)
    assert await stage.forge("carol", "argue:rate:1") == (
        "I don't find claim #1 here any more. /argue map shows what there is."
    )


async def vote_in_camps(stage: Stage, claims: int) -> list[str]:
    """Two camps of six, who say the opposite of each other of every claim."""
    people = await join(stage, 12)
    for n, name in enumerate(people):
        sayings = {c: "agree" if (c % 2 == 0) == (n < 6) else "disagree" for c in range(1, claims + 1)}
        await save_all(stage, [(stage.people[name].id, "unsure", sayings)])
    return people


async def test_hidden_camps_are_told_with_what_is_typical_of_them_and_not_who_is_in_them(stage: Stage) -> None:
    await add_many(stage, 7)
    people = await vote_in_camps(stage, 7)
    card = await open_map(stage, people[0])
    camps = await stage.press(people[0], card.message, "Hidden camps")
    lines = camps.text.splitlines()
    assert lines[2].startswith("**2 camps.** Chance alone would show as much in about 0.5% of cases.")
    assert [line for line in lines if line.startswith("**Camp")] == ["**Camp A** · 6 people", "**Camp B** · 6 people"]
    assert sum("more than the others" in line for line in lines) == 6
    assert not any(name in camps.text or str(stage.people[name].id) in camps.text for name in people)
    again = await stage.press(people[1], (await open_map(stage, people[1])).message, "Hidden camps")
    assert again.text == camps.text


async def test_who_agrees_broadly_is_told_so(stage: Stage) -> None:
    await add_many(stage, 7)
    people = await join(stage, 12)
    for name in people:
        await rate_all(stage, name, claims=7)
    card = await open_map(stage, people[0])
    told = await stage.press(people[0], card.message, "Hidden camps")
    assert "**Broad agreement, no camps.**" in told.text


async def test_without_numpy_that_view_is_off_and_the_map_is_not(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    await add(stage)
    await rate_all(stage, "carol")
    monkeypatch.setitem(sys.modules, "numpy", None)
    monkeypatch.delitem(sys.modules, "bot.argue.camps.clusters", raising=False)
    card = await open_map(stage)
    assert "? needs more ratings" in card.text
    told = await stage.press("carol", card.message, "Hidden camps")
    assert told.text.splitlines()[2].startswith("**This view is off.** It needs numpy")


async def test_claims_of_another_motion_are_on_their_own_map(stage: Stage) -> None:
    await add(stage)
    other = await stage.slash("carol", "argue map", motion="shapes/m2")
    assert "There are no claims on this yet." in other.text
    assert list(button_ids(other.message)) == ["Rate"]
    told = await stage.slash("carol", "argue map", motion="no such")
    assert told.text == "I don't know that motion. Please pick one from the list that opens as you type."


async def test_a_long_claim_full_of_markup_fits_and_pings_nobody(stage: Stage) -> None:
    for n in range(6):
        side = "for" if n % 2 else "against"
        text = f"{n}{n}{n}{n} @everyone <@{stage.people['bob'].id}> " + "*_`" * 45
        await add(
            stage,
            "bob" if n % 2 else "dana",
            text=text[:200],
            side=side,
            press="Post as different" if n > 1 else "Post",
        )
    card = await open_map(stage)
    assert len(card.text) < 4000
    assert "\\@everyone" in card.text


async def test_what_is_typical_of_each_stance_is_told_from_six_ratings_on(stage: Stage) -> None:
    await add_many(stage, 2)
    people = await join(stage, 12)
    for name in people[:6]:
        await save_all(stage, [(stage.people[name].id, "for", {1: "agree", 2: "agree"})])
    for name in people[6:11]:
        await save_all(stage, [(stage.people[name].id, "against", {1: "disagree", 2: "agree"})])
    card = await open_map(stage, people[0])
    few = await stage.press(people[0], card.message, "By stance")
    assert few.text.count("-# No claim is typical of it beyond doubt.") == 3
    await save_all(stage, [(stage.people[people[11]].id, "against", {1: "disagree", 2: "agree"})])
    told = await stage.press(people[0], card.message, "By stance")
    assert told.text.splitlines()[2:8] == [
        "**For**",
        "- agrees more than the others: **#1** Corners stack without gaps.",
        "**Against**",
        "- disagrees more than the others: **#1** Corners stack without gaps.",
        "**Unsure**",
        "-# No claim is typical of it beyond doubt.",
    ]
    assert (await stage.forge("carol", "argue:typical:shapes:m1")) == NOT_YET


async def test_what_a_claim_bears_on_and_changed_is_told_once_enough_have_said_so(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    people = await join(stage, 6)
    for n, name in enumerate(people, start=1):
        await save_all(stage, [(stage.people[name].id, "for", {1: "agree", 2: "agree"})])
        await stage.forge(name, f"argue:bears:2:0:{min(n, 4)}")
        form = await stage.menu(name, "This changed my view", stage.messages()[1])
        await stage.submit(name, form, claim=["2"], direction=["weaker"], why="x" * 60)
        figures.forget(stage.bot)
        told = (await open_map(stage, name)).text
        assert ("bears on #1: 3 of 4" in told, f"changed the views of {n} people" in told) == (n == 6, n == 6)


async def test_a_side_that_only_answers_is_not_said_to_have_written_nothing(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    lines = (await open_map(stage)).text.splitlines()
    assert lines[lines.index("**Against** · 0 claims on the motion itself") + 1] == "-# Nobody has written one yet."
    assert "**For** · 1 claim" in lines
