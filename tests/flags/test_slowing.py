"""A heated channel, by real presses: a calm word, slow mode where the bot may, and its end."""

from __future__ import annotations

import pytest
from discord import Permissions
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle
from simcord.enums import OverwriteType
from sqlalchemy import select
from sqlalchemy.orm import Session

from storage.tables import Slowed
from tests.argue import steps
from tests.build import make_motion
from tests.debate.prompts.steps import put
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])
CROWD = ("alice", "carol", "dana")
WITHIN = 15 * 60


async def allow(stage: Stage, channel: ChannelHandle, *permissions: str) -> None:
    """Give the bot permissions in a channel, as a moderator would."""
    assert stage.guild.me is not None
    allowed = Permissions(**dict.fromkeys(permissions, True)).value
    stage.env.backend.set_overwrite(channel.id, Overwrite(stage.guild.me.id, OverwriteType.MEMBER, allow=allowed))
    await stage.env.settle()


async def flag_claim(stage: Stage, *people: str, number: int = 1) -> None:
    """Flag a claim, each from #quiz."""
    for who in people:
        await stage.forge_form(who, f"flag:send:claim:{number}", {"reason": "rude", "note": "See for yourself."})


async def heat(stage: Stage) -> None:
    """Three people report the framing of a motion in #quiz."""
    card = await put(stage)
    for who in CROWD:
        shown = await stage.press(who, card, "Report framing")
        await stage.submit(who, shown, reason=["loaded"], note="")


def slowed(stage: Stage, channel: ChannelHandle) -> int:
    """Seconds that people wait there between two messages."""
    return stage.env.backend.channels[channel.id].rate_limit_per_user


def calm(stage: Stage, channel: ChannelHandle) -> int:
    return sum(text_of(one).startswith("Several people have flagged something") for one in stage.messages(channel))


async def kept(stage: Stage) -> list[int]:
    """The channels that are noted as slowed down."""

    def read(session: Session) -> list[int]:
        return list(session.scalars(select(Slowed.channel_id)))

    return await stage.db.read(read)


async def test_a_channel_that_becomes_heated_is_slowed_down_and_calms_again(stage: Stage) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    await heat(stage)
    await stage.advance(2)
    assert (calm(stage, stage.quiz), slowed(stage, stage.quiz), await kept(stage)) == (1, 30, [stage.quiz.id])
    await stage.skip(WITHIN - 30)
    await stage.advance(5)
    assert slowed(stage, stage.quiz) == 30
    await stage.restart()
    await stage.advance(30)
    assert (calm(stage, stage.quiz), slowed(stage, stage.quiz), await kept(stage)) == (1, 0, [])


async def test_while_people_flag_on_it_stays_slow(stage: Stage) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    await heat(stage)
    await stage.skip(WITHIN - 60)
    shown = await stage.press("onlooker", stage.messages()[0], "Report framing")
    await stage.submit("onlooker", shown, reason=["loaded"], note="")
    await stage.skip(WITHIN - 60)
    await stage.advance(6)
    assert slowed(stage, stage.quiz) == 30
    await stage.advance(60)
    assert slowed(stage, stage.quiz) == 0


async def test_it_calms_where_the_thing_is_and_not_where_people_flag_it(stage: Stage) -> None:
    for channel in (stage.quiz, stage.other):
        await allow(stage, channel, "manage_channels")
    await steps.add(stage, channel=stage.other)
    await flag_claim(stage, *CROWD)
    await stage.advance(2)
    assert [(calm(stage, one), slowed(stage, one)) for one in (stage.quiz, stage.other)] == [(0, 0), (1, 30)]


async def test_flags_from_several_channels_count_together_where_the_thing_is(stage: Stage) -> None:
    await steps.add(stage, channel=stage.other)
    await steps.add(stage, text=steps.DIFFERENT[1], channel=stage.other)
    await flag_claim(stage, "alice", "carol")
    form = {"reason": "rude", "note": "See for yourself."}
    await stage.forge_form("dana", "flag:send:claim:2", form, channel=stage.other)
    await stage.advance(2)
    assert (calm(stage, stage.quiz), calm(stage, stage.other)) == (0, 1)


async def test_a_thread_is_slowed_down_by_itself(stage: Stage) -> None:
    await stage.press("bob", await put(stage), "Open a thread")
    (thread,) = stage.quiz.threads
    await allow(stage, stage.quiz, "manage_threads", "manage_channels")
    await steps.add(stage, channel=thread)
    await flag_claim(stage, *CROWD)
    await stage.advance(2)
    assert (calm(stage, thread), slowed(stage, thread), slowed(stage, stage.quiz)) == (1, 30, 0)
    await stage.skip(WITHIN)
    await stage.advance(6)
    assert (slowed(stage, thread), await kept(stage)) == (0, [])


async def test_without_the_right_it_is_only_said(stage: Stage) -> None:
    await heat(stage)
    await stage.advance(2)
    assert (calm(stage, stage.quiz), slowed(stage, stage.quiz), await kept(stage)) == (1, 0, [])


async def test_in_a_thread_the_right_to_manage_channels_is_not_enough(stage: Stage) -> None:
    await stage.press("bob", await put(stage), "Open a thread")
    (thread,) = stage.quiz.threads
    await allow(stage, stage.quiz, "manage_channels")
    await steps.add(stage, channel=thread)
    await flag_claim(stage, *CROWD)
    await stage.advance(2)
    assert (calm(stage, thread), slowed(stage, thread), await kept(stage)) == (1, 0, [])


@pytest.mark.parametrize("own", [5, 60])
async def test_what_a_moderator_has_set_is_left_alone(stage: Stage, own: int) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    stage.env.backend.edit_channel(stage.quiz.id, {"rate_limit_per_user": own})
    await heat(stage)
    await stage.advance(2)
    assert (slowed(stage, stage.quiz), await kept(stage)) == (own, [])


async def test_what_a_moderator_sets_meanwhile_stays(stage: Stage) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    await heat(stage)
    stage.env.backend.edit_channel(stage.quiz.id, {"rate_limit_per_user": 120})
    await stage.skip(WITHIN)
    await stage.advance(6)
    assert (slowed(stage, stage.quiz), await kept(stage)) == (120, [])


async def test_where_the_right_was_taken_or_the_channel_deleted_nothing_is_tried_twice(stage: Stage) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    await allow(stage, stage.other, "manage_channels")
    await heat(stage)
    await steps.add(stage, channel=stage.other)
    await flag_claim(stage, *CROWD)
    await allow(stage, stage.quiz)
    await stage.delete_channel(stage.other)
    await stage.skip(WITHIN)
    await stage.advance(6)
    assert (slowed(stage, stage.quiz), await kept(stage)) == (30, [])


async def test_what_discord_does_not_take_is_tried_again(stage: Stage) -> None:
    await allow(stage, stage.quiz, "manage_channels")
    await heat(stage)
    stage.env.inject_error("PATCH", f"/channels/{stage.quiz.id}", status=503)
    await stage.skip(WITHIN)
    await stage.advance(6)
    assert (slowed(stage, stage.quiz), await kept(stage)) == (30, [stage.quiz.id])
    await stage.advance(66)
    assert (slowed(stage, stage.quiz), await kept(stage)) == (0, [])
