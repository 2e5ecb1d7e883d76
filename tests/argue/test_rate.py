"""/argue rate by real presses: the stance, a hand of five, what one sees of others, races, restarts, forged presses."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import select

from bot.act import Act
from bot.argue.rating.saying import rate
from storage.settings import change_settings
from storage.tables import Stance
from tests.argue.steps import MOTION, TEXT, add, add_many, join, ratings, save_all, stand
from tests.build import make_motion
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
GONE = "I don't find claim #{} here any more. /argue map shows what there is."
UNKNOWN = "That is not an answer I know. Please use the buttons of the newest card, from /argue rate."


async def stances(stage: Stage) -> list[tuple[str, int, str]]:
    columns = (Stance.motion_id, Stance.user_id, Stance.stance)
    rows = await stage.db.read(lambda session: session.execute(select(*columns)).all())
    return [(motion, user, stance) for motion, user, stance in rows]


async def test_the_stance_comes_first_and_then_a_claim_to_rate_privately(stage: Stage) -> None:
    await add(stage)
    asked = await stage.slash("carol", "argue rate", motion=MOTION)
    assert (asked.private, asked.text.splitlines()[0]) == (True, "### Where do you stand?")
    dealt = await stage.press("carol", asked.message, "Against")
    assert dealt.text.splitlines()[:3] == [
        "-# 1 of 1 · MEMBER ARGUMENT · For · #1",
        "-# On: Squares are better than circles (m1).",
        f"### {TEXT}",
    ]
    said = await stage.press("carol", dealt.message, "Disagree")
    assert "**You disagree.**" in said.text
    assert await stances(stage) == [(MOTION, stage.people["carol"].id, "against")]
    assert await ratings(stage) == [(1, stage.people["carol"].id, "disagree", None, None)]
    assert stage.last().id == stage.messages()[0].id  # nothing was said in public


async def test_five_claims_are_dealt_one_after_another_also_across_restarts(stage: Stage) -> None:
    await add_many(stage, 7)
    card = await stand(stage, "carol", "Unsure")
    seen = []
    for nth in range(1, 6):
        await stage.restart()
        assert card.text.startswith(f"-# {nth} of 5 · MEMBER ARGUMENT")
        seen.append(card.text.splitlines()[2])
        card = await stage.press("carol", card.message, "Agree")
        card = await stage.press("carol", card.message, "Next" if nth < 5 else "Five more")
    assert (len(set(seen)), card.text.startswith("-# 1 of 2 · ")) == (5, True)
    for label in ("Pass: unsure", "Next", "Pass: unclear"):
        card = await stage.press("carol", card.message, label)
    assert list(button_ids(card.message)) == ["Change", "I stand: Unsure", "Open the map"]
    assert "You have said what you think of every claim on this." in card.text
    assert len(await ratings(stage)) == 7


async def test_a_rating_can_be_changed_and_the_last_one_counts(stage: Stage) -> None:
    await add(stage)
    card = await stand(stage, "carol", "For")
    card = await stage.press("carol", card.message, "Agree")
    card = await stage.press("carol", card.message, "Change")
    card = await stage.press("carol", card.message, "Pass: not my topic")
    assert "**You pass: it is not your topic.**" in card.text
    assert await ratings(stage) == [(1, stage.people["carol"].id, "pass", "topic", None)]


async def test_a_stance_can_be_changed(stage: Stage) -> None:
    await add(stage)
    card = await stand(stage, "carol", "For")
    asked = await stage.press("carol", card.message, "I stand: For")
    assert "So far you said **For**." in asked.text
    await stage.press("carol", asked.message, "Unsure")
    assert await stances(stage) == [(MOTION, stage.people["carol"].id, "unsure")]


async def test_a_claim_is_rated_from_its_own_card(stage: Stage) -> None:
    await add(stage)
    asked = await stage.press("carol", stage.last(), "Rate")
    card = await stage.press("carol", asked.message, "For")
    assert card.text.startswith("-# MEMBER ARGUMENT · For · #1")
    await stage.press("carol", card.message, "Agree")
    again = await stage.press("carol", stage.last(), "Rate")
    assert (again.private, "**You agree.**" in again.text) == (True, True)


async def test_an_author_is_asked_like_everyone(stage: Stage) -> None:
    await add(stage, "bob")
    assert await ratings(stage) == []
    assert (await stand(stage, "bob", "For")).text.splitlines()[2] == f"### {TEXT}"


async def test_an_answer_asks_how_much_it_bears_on_the_other(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1, link="beside")
    await stand(stage, "carol", "For")
    card = await stage.press("carol", stage.last(), "Rate")
    assert f"-# It calls #1 true but not relevant here: “{TEXT}”" in card.text
    card = await stage.press("carol", card.message, "Agree")
    assert "How much does it bear on #1?" in card.text
    card = await stage.press("carol", card.message, "1")
    assert "You said 1." in card.text
    card = await stage.press("carol", card.message, "Change")
    await stage.press("carol", card.message, "Disagree")
    assert await ratings(stage) == [(2, stage.people["carol"].id, "disagree", None, 1)]


async def test_what_others_say_is_shown_after_ones_own_and_by_stances_with_six_ratings(stage: Stage) -> None:
    await add(stage)
    people = [stage.people[name].id for name in await join(stage, 11)]
    await save_all(stage, [(id, "for", {1: "agree"}) for id in people[:6]])
    await save_all(stage, [(id, "against", {1: "disagree"}) for id in people[6:]])
    card = await stand(stage, "carol", "For")
    assert "%" not in card.text
    card = await stage.press("carol", card.message, "Disagree")
    assert card.text.splitlines()[4:9] == [
        "**What people say**",
        "- For: 100 % agree",
        "- Against: shown from 6 ratings on",
        "- Unsure: shown from 6 ratings on",
        "-# ≠ stances differ",
    ]


@pytest.mark.parametrize("stances", ["for against", "for for", "against against", "unsure unsure"])
async def test_among_three_voters_nothing_is_told_of_the_others(stage: Stage, stances: str) -> None:
    await add(stage)
    people = [stage.people[name].id for name in await join(stage, 2)]
    await save_all(stage, [(id, one, {1: "disagree"}) for id, one in zip(people, stances.split(), strict=True)])
    card = await stage.press("carol", (await stand(stage, "carol", "Unsure")).message, "Agree")
    assert card.text.splitlines()[4:7] == [
        "**What people say**",
        "How many of each stance agree is shown from 6 ratings of it on.",
        "-# ? needs more ratings",
    ]


async def test_fifty_racing_writes_leave_one_rating(stage: Stage) -> None:
    await add(stage)
    await stand(stage, "carol", "For")
    carol, now = stage.people["carol"].id, stage.clock.now()
    acts = [Act(stage.guild.id, stage.env.backend.snowflake(), carol, now) for _ in range(50)]
    writes = (stage.db.write(rate, act, 1, ("agree", "disagree")[n % 2]) for n, act in enumerate(acts))
    assert await asyncio.gather(*writes) == [MOTION] * 50
    assert await ratings(stage) == [(1, carol, "disagree", None, None)]


async def test_six_who_find_a_claim_unclear_bring_it_before_moderators_once(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await add(stage)
    for name in await join(stage, 7):
        await stage.press(name, (await stand(stage, name, "Unsure")).message, "Pass: unclear")
        await stage.advance(1)
    (told,) = stage.messages(stage.other)
    assert text_of(told).splitlines()[0] == "### Unclear to several people"
    assert f"||{TEXT}||" in text_of(told)


async def test_without_a_stance_nothing_is_rated(stage: Stage) -> None:
    await add(stage)
    told = await stage.forge("carol", "argue:say:1:0:agree")
    assert told == "First say where you stand on the motion: /argue rate asks you. You can change it later."
    assert await ratings(stage) == []


@pytest.mark.parametrize(
    ("custom_id", "told"),
    [
        ("argue:say:1:0:love", UNKNOWN),
        ("argue:say:7:0:agree", GONE.format(7)),
        ("argue:rate:7", GONE.format(7)),
        ("argue:bears:1:0:5", UNKNOWN),
        ("argue:bears:1:0:4", "Claim #1 answers no other one, so there is nothing that it could bear on."),
        ("argue:stance:shapes:m1:winner:0", UNKNOWN),
        (
            "argue:stance:shapes:m9:for:0",
            "I don't know that motion. Please pick one from the list that opens as you type.",
        ),
    ],
)
async def test_a_forged_press_is_refused(stage: Stage, custom_id: str, told: str) -> None:
    await add(stage)
    await stand(stage, "carol", "For")
    assert await stage.forge("carol", custom_id) == told
    assert await ratings(stage) == []


async def test_how_much_it_bears_comes_after_the_rating(stage: Stage) -> None:
    await add(stage)
    await add(stage, text="Round things roll away.", side="against", answers=1)
    told = await stage.forge("carol", "argue:bears:2:0:3")
    assert told.startswith("First say what you think of claim #2, with /argue rate;")


async def test_claims_of_another_server_are_not_there(stage: Stage) -> None:
    await add(stage)
    elsewhere = await stage.open_elsewhere()
    for press in ("argue:rate:1", "argue:say:1:0:agree", "argue:again:1:0", "argue:next:1:0"):
        assert await stage.forge("mallory", press, channel=elsewhere) == GONE.format(1)
    shown = await stage.slash("mallory", "argue map", elsewhere, motion=MOTION)
    assert "There are no claims on this yet." in shown.text


async def test_where_there_are_no_claims_one_is_asked_to_write_the_first(stage: Stage) -> None:
    card = await stand(stage, "carol", "For")
    assert card.text.startswith("There are no claims on this yet. Write the first one with /argue add.")
