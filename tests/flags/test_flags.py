"""Flags by real presses: a motion's framing is reported, moderators hear of it and decide; who may not."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.orm import Session

from bot.text import spoiler
from storage import flags
from storage.settings import change_settings
from tests.argue import steps
from tests.build import make_motion
from tests.debate import holding
from tests.debate.prompts.steps import prompt_id, put
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])
AGAIN = "You have flagged this already, and that counts once. Moderators decide."
ONLY = "Only people who may manage"
THANKS = "Thank you. It waits for the moderators now; they find it with /flags."
NOTED = "Thank you, it is noted. Moderators are told as soon as somebody else flags it too, or one of them does."


async def report(stage: Stage, who: str, note: str = "", reason: str = "biased") -> str:
    """Fill in the form under the newest motion; what was said."""
    shown = await stage.press(who, stage.last(), "Report framing")
    if shown.result.modal is None:
        return shown.text
    return (await stage.submit(who, shown, reason=[reason], note=note)).text


async def flag_claim(stage: Stage, who: str, number: int = 1, note: str = "See for yourself.") -> str:
    """Flag a claim from wherever; what was said."""
    form = {"reason": "rude", "note": note}
    return await stage.forge_form(who, f"flag:send:claim:{number}", form)


def _save_flags(session: Session, stage: Stage, who: str, many: int) -> None:
    for id in range(many):
        values = {"guild_id": stage.guild.id, "subject": "speech", "subject_id": id, "user_id": stage.people[who].id}
        values |= {"id": id, "channel_id": stage.other.id, "reason": "rude", "note": "", "at": stage.clock.now()}
        flags.add_flag(session, values)


async def test_a_motions_framing_reaches_the_review_channel_and_a_moderator_closes_the_vote(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    card = await put(stage)
    assert (
        await report(stage, "carol", note="One side only.")
        == "Thank you. It waits for the moderators now; they find it with /flags."
    )
    await stage.advance(1)
    told = stage.last(stage.other)
    assert text_of(told).splitlines() == [
        "### Flagged: motion",
        "Squares are better than circles (m1).",
        f"-# in https://discord.com/channels/{stage.guild.id}/{stage.quiz.id}/{card.id}",
        "- Its framing takes a side: 1",
        f"-# <t:{stage.clock.now() // 1000 - 1}:f>: ||One side only.||",
        "Keep it",
        "Close the vote",
    ]
    await stage.restart()
    asked = await stage.press("olga", told, "Close the vote")
    assert text_of(asked.message).splitlines()[-3:] == [
        "**Close the vote?** That can't be taken back.",
        "Close the vote",
        "Cancel",
    ]
    decided = await stage.press("olga", asked.message, "Close the vote")
    assert text_of(decided.message).splitlines()[-1] == "-# Moderators closed the vote."
    await stage.advance(3)
    assert "The vote is closed" in text_of(stage.last())


async def test_without_a_review_channel_moderators_find_it_with_a_command(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    assert (await stage.slash("bob", "flags")).text.startswith(ONLY)
    listed = await stage.slash("olga", "flags")
    assert "**Motion** · 1 flag" in listed.text
    opened = await stage.press("olga", listed.message, "Open")
    await stage.press("olga", opened.message, "Keep it")
    assert (await stage.slash("olga", "flags")).text.splitlines()[1].startswith("Nothing waits for you.")


async def test_a_flag_counts_once_and_not_after_the_decision(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    assert await report(stage, "carol") == AGAIN
    assert len(await stage.db.read(flags.list_flags, stage.guild.id, "prompt", prompt_id(stage.last()))) == 1
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    await stage.press("olga", opened.message, "Keep it")
    told = await stage.press("bob", stage.last(), "Report framing")
    assert told.text == "Moderators have looked at this already. If something new is said, please flag that."


async def test_nothing_is_taken_away_by_one_wrong_press(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    asked = await stage.press("olga", opened.message, "Close the vote")
    back = await stage.press("olga", asked.message, "Cancel")
    assert list(button_ids(back.message)) == ["Keep it", "Close the vote"]
    await stage.advance(2)
    assert "The vote is closed" not in text_of(stage.last())


async def test_two_moderators_decide_once(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol")
    listed = await stage.slash("olga", "flags")
    opened = await stage.press("olga", listed.message, "Open")
    (flag,) = await stage.db.read(flags.list_raised, stage.guild.id, 0, 5)
    await stage.press("olga", opened.message, "Keep it")
    told = (await stage.forge("olga", f"flags:confirm:{flag.id}")).splitlines()
    assert told[-2:] == [
        "Another moderator has decided on this meanwhile. /flags shows what is still open.",
        "-# Moderators decided that it stays.",
    ]


async def test_what_is_over_can_not_be_closed_and_the_case_can(stage: Stage) -> None:
    card = await put(stage)
    await report(stage, "carol")
    opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
    asked = await stage.press("olga", opened.message, "Close the vote")
    await stage.press("alice", card, "Close")
    late = await stage.press("olga", asked.message, "Close the vote")
    assert text_of(late.message).splitlines()[-3:] == [
        "There is nothing left to take away here, so nothing was changed.",
        "-# The vote is over already.",
        "Close this case",
    ]
    done = await stage.press("olga", late.message, "Close this case")
    assert text_of(done.message).splitlines()[-1] == "-# Moderators have looked at it."
    assert (await stage.slash("olga", "flags")).text.splitlines()[1].startswith("Nothing waits for you.")


async def test_the_framing_of_a_debate_that_is_over_can_only_be_looked_at(stage: Stage) -> None:
    card = await holding.start(stage)
    shown = await stage.press("carol", card, "Report framing")
    await stage.submit("carol", shown, reason=["biased"], note="")
    await holding.end(stage, "alice", card)
    opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
    assert opened.text.splitlines()[-2:] == ["-# The debate is over already.", "Close this case"]


async def test_a_claim_that_was_deleted_meanwhile_can_only_be_looked_at(stage: Stage) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"review_channel_id": stage.other.id})
    await steps.add(stage)
    for who in ("carol", "dana"):
        await flag_claim(stage, who)
    await stage.advance(1)
    told = stage.last(stage.other)
    asked = await stage.press("olga", told, "Take it away")
    await stage.forge("bob", "privacy:confirm")
    late = await stage.press("olga", asked.message, "Take it away")
    assert (steps.TEXT in late.text, late.text.splitlines()[1]) == (False, "It is not there any more.")
    assert list(button_ids(late.message)) == ["Close this case"]


async def test_a_note_is_held_to_what_holds_for_other_words(stage: Stage) -> None:
    await put(stage)
    assert await report(stage, "carol", note="Look at https://example.org and discord.gg/abc") == (
        "I can't pass on invitations to servers. Please say it without one. "
        "A flag counts without a note, too: you can leave it empty."
    )
    assert await report(stage, "carol", note="One side only.") == THANKS


async def test_people_hear_whether_moderators_know(stage: Stage) -> None:
    await steps.add(stage)
    told = [await flag_claim(stage, who) for who in ("carol", "dana", "onlooker")]
    assert told == [NOTED, THANKS, THANKS]


async def test_ones_own_words_are_not_flagged_by_oneself(stage: Stage) -> None:
    await steps.add(stage)
    told = [await flag_claim(stage, who) for who in ("bob", "carol", "dana")]
    own = "These are your own words, so flagging them changes nothing. To say it otherwise, press “Change” under them. "
    assert told == [own + "To have them taken away, please ask a moderator.", NOTED, THANKS]
    assert (await stage.forge("bob", "flag:open:claim:1")).startswith("These are your own words")


async def test_what_one_said_in_a_debate_is_not_flagged_by_oneself(stage: Stage) -> None:
    await holding.begin(stage)
    await holding.skip(stage)
    who = await holding.turn_of(stage)
    await holding.speak(stage, who)
    card = next(m for m in holding.hall(stage, await holding.find(stage)) if "Report" in button_ids(m))
    assert (await stage.press(who, card, "Report")).text.endswith("please ask who chairs the debate, or a moderator.")


async def test_a_moderator_takes_away_also_their_own_words(stage: Stage) -> None:
    await steps.add(stage, "olga")
    assert await flag_claim(stage, "olga") == THANKS


async def test_whoever_deletes_their_data_and_flags_again_is_still_one_person(stage: Stage) -> None:
    await steps.add(stage)
    told = []
    for _ in range(3):
        told.append(await flag_claim(stage, "carol"))
        await stage.forge("carol", "privacy:confirm")
    await stage.advance(2)
    assert (told, await flag_claim(stage, "dana"), await flag_claim(stage, "alice")) == ([NOTED] * 3, NOTED, THANKS)
    assert not any(text_of(one).startswith("Several people have flagged") for one in stage.messages())


async def test_a_note_in_which_nothing_can_be_seen_is_none(stage: Stage) -> None:
    await put(stage)
    await report(stage, "carol", note="\u200b\u2800 \u3164")
    listed = await stage.slash("olga", "flags")
    assert "||" not in (await stage.press("olga", listed.message, "Open")).text


async def test_a_moderators_flag_alone_tells_the_others(stage: Stage) -> None:
    await steps.add(stage)
    assert [await flag_claim(stage, who) for who in ("olga", "carol")] == [THANKS, THANKS]


async def test_one_person_flags_so_many_things_a_day(stage: Stage) -> None:
    for text in steps.DIFFERENT:
        await steps.add(stage, "bob", text)
    for text in ("Every tile fits.", "Circles are kind.", "A corner guides the eye.", "Pots turn on a wheel."):
        await steps.add(stage, "alice", text)
    told = [await flag_claim(stage, "carol", number) for number in range(1, 11)]
    assert told == [NOTED] * 10
    enough = "You have flagged 10 things within a day, as many as one person can."
    assert (await stage.forge("carol", "flag:open:claim:11")).startswith(enough)
    assert await flag_claim(stage, "dana", 11) == NOTED
    await stage.skip(24 * 60 * 60)
    assert await flag_claim(stage, "carol", 11) == THANKS


async def test_somebody_who_moderates_flags_as_much_as_there_is(stage: Stage) -> None:
    await put(stage)
    await stage.db.write(_save_flags, stage, "olga", 12)
    assert await report(stage, "olga") == THANKS


async def test_a_members_words_stay_behind_their_spoiler(stage: Stage) -> None:
    await steps.add(stage, text="No || spoiler " + "|" * 180)
    note = "||" * 150
    told = [await flag_claim(stage, who, note=note) for who in ("carol", "dana")]
    assert told == [NOTED, THANKS]
    listed = await stage.slash("olga", "flags")
    (words,) = [line for line in listed.text.splitlines() if "spoiler" in line]
    assert (words[:17], words[-5:], len(words)) == ("||No \\|\\| spoiler", "\\|…||", 119)
    opened = await stage.press("olga", listed.message, "Open")
    hidden = [line.partition("||")[2] for line in opened.text.splitlines() if "||" in line]
    assert [(text[-2:], re.search(r"(?<!\\)\|", text[:-2])) for text in hidden] == [("||", None)] * 3


async def test_the_words_that_were_taken_away_stand_on_no_answer_to_them(stage: Stage) -> None:
    await steps.add(stage, "bob")
    await steps.add(stage, "carol", steps.DIFFERENT[1], answers=1, link="rebuts")
    assert steps.TEXT in text_of(stage.last())
    await flag_claim(stage, "olga")
    opened = await stage.press("olga", (await stage.slash("olga", "flags")).message, "Open")
    asked = await stage.press("olga", opened.message, "Take it away")
    await stage.press("olga", asked.message, "Take it away")
    await stage.advance(3)
    said = "\n".join(map(text_of, stage.messages()))
    assert (steps.TEXT in said, steps.DIFFERENT[1] in said) == (False, True)


@given(st.text(st.sampled_from("a |\\_*`:/<@.1#")), st.integers(8, 60))
def test_a_spoiler_holds_whatever_is_in_it_and_fits(text: str, most: int) -> None:
    hidden = spoiler(text, most)
    inside = hidden[2:-2]
    unescaped = re.sub(r"\\[\\*_~`|\[\]<@/#.>-]", "", inside)
    assert (hidden[:2], hidden[-2:], len(hidden) <= most) == ("||", "||", True)
    assert ("|" in unescaped, "\\" in unescaped) == (False, False)


@pytest.mark.parametrize("ids", ["prompt:1", "speech:1", "nothing:5"])
async def test_what_is_not_there_can_not_be_flagged(stage: Stage, ids: str) -> None:
    assert (await stage.forge("bob", f"flag:open:{ids}")).startswith("I don't find that any more")


async def test_a_motion_of_another_channel_or_server_can_not_be_flagged_from_here(stage: Stage) -> None:
    id = prompt_id(await put(stage))
    told = await stage.forge("bob", f"flag:open:prompt:{id}", channel=stage.other)
    assert told.startswith("I don't find that any more")
    elsewhere = await stage.open_elsewhere()
    assert (await stage.forge("mallory", f"flag:open:prompt:{id}", channel=elsewhere)).startswith("I don't find that")


@pytest.mark.parametrize("deed", ["open", "keep", "remove", "confirm", "cancel"])
async def test_only_moderators_decide(stage: Stage, deed: str) -> None:
    await put(stage)
    await report(stage, "carol")
    (flag,) = await stage.db.read(flags.list_raised, stage.guild.id, 0, 5)
    assert (await stage.forge("bob", f"flags:{deed}:{flag.id}")).startswith(ONLY)
    assert (await stage.forge("olga", f"flags:{deed}:77")).startswith("I don't know that case any more.")


async def test_a_long_list_is_paged(stage: Stage) -> None:
    for _ in range(5):
        await put(stage)
        await report(stage, "carol")
    first = await stage.slash("olga", "flags")
    assert (first.text.count("**Motion**"), "Page 1 of 2 · 5 cases" in first.text) == (4, True)
    second = await stage.press("olga", first.message, "Next")
    assert text_of(second.message).count("**Motion**") == 1
