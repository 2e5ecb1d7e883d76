"""A claim that waits for moderators, and whose author has their data deleted meanwhile."""

from __future__ import annotations

import pytest

from storage.settings import change_settings
from tests.argue import steps
from tests.build import make_motion
from tests.stage import Stage, button_ids, text_of

pytestmark = pytest.mark.pack(motions=[make_motion()])


@pytest.mark.parametrize("label", ["Show it", "Turn it down"])
async def test_a_press_takes_the_words_of_a_deleted_claim_off_the_moderators_card(stage: Stage, label: str) -> None:
    await stage.db.write(change_settings, stage.guild.id, {"approval": "all", "review_channel_id": stage.other.id})
    await steps.add(stage)
    waiting = stage.last(stage.other)
    await stage.forge("bob", "privacy:confirm")
    assert steps.TEXT in text_of(waiting)
    pressed = await stage.press("olga", waiting, label)
    assert (text_of(pressed.message), button_ids(pressed.message)) == (
        "Claim #1 waits no more: its author had their data deleted. /argue review shows what still waits.",
        {},
    )
