"""Claims are changed by real presses: in place, as another one, once at a time, and never back from where they were."""

from __future__ import annotations

import discord
import pytest

from tests.argue.steps import add
from tests.build import make_motion
from tests.stage import Reply, Stage

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
NEW = "Squares fill a plane."


async def draft_edit(stage: Stage, card: discord.Message, text: str = NEW) -> Reply:
    """Begin to change a claim of Bob's and write its new words; the draft as he sees it."""
    draft = await stage.press("bob", card, "Change")
    return await stage.submit("bob", await stage.press("bob", draft.message, "Change"), text=text)


async def edit(stage: Stage, card: discord.Message, text: str = NEW) -> str:
    """Change a claim of Bob's; what he is told."""
    draft = await draft_edit(stage, card, text)
    told = await stage.press("bob", draft.message, "Post")
    await stage.advance(2)
    return told.text


async def test_a_change_brings_back_no_card_that_was_deleted(stage: Stage) -> None:
    await add(stage)
    draft = await draft_edit(stage, stage.last())
    await stage.people["alice"].delete(stage.last())
    told = await stage.press("bob", draft.message, "Post")
    await stage.advance(2)
    assert told.text == "**#1** is changed. Nobody had rated it yet."
    assert stage.messages() == []
