"""kill -9 in the middle of a turn of a debate: same phase, same deadline, old buttons answer, a speech is told once."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.demo.acting import controls
from tests.build import make_motion, make_pack
from tests.socket.table import Table
from tests.socket_world import Message, text_of

PLACE = "#debates"
SAID = "I was writing all the while."


class Hall(Table):
    """A table with a debate in it, and what the database file holds of that."""

    def __init__(self, folder: Path) -> None:
        packs = folder / "motions" / "shapes"
        packs.mkdir(parents=True)
        pack = make_pack(motions=[make_motion()]).model_dump(mode="json", exclude_defaults=True)
        (packs / "pack.yaml").write_text(yaml.safe_dump(pack))
        super().__init__(folder, environment={"OFFRAMP_PACKS": str(packs.parent)})

    async def open_floor(self) -> None:
        """A duel that alice chairs, between bob and carol, in its first speech."""
        await self.slash("alice", PLACE, "debate start", motion="shapes/m1")
        panel = self.messages(PLACE)[-1]
        await self.press("bob", panel, "For")
        await self.press("carol", panel, "Against")
        await self.press("alice", panel, "Begin")
        vote = await self.until(lambda: self.showing("Close the vote"))
        assert vote is not None
        asked = await self.press("alice", vote, "Close the vote")
        assert asked.message is not None
        await self.press("alice", asked.message, "Close it")
        await self.until(lambda: self.showing("Speak"))
        await self.until(lambda: self.rows("SELECT 1 FROM phases WHERE position = 1 AND message_id IS NOT NULL"))

    def hall(self) -> list[Message]:
        """What everybody sees where the debate is held, oldest first."""
        ((thread_id,),) = self.rows("SELECT thread_id FROM debates")
        stored = self.world.backend.messages.get(thread_id, {}).values() if thread_id else ()
        return [self.world.message_payload(m) for m in stored if not m.is_ephemeral]

    def showing(self, label: str) -> Message | None:
        """The newest card with such a button."""
        shown = [m for m in self.hall() if any(control.get("label") == label for control in controls(m))]
        return shown[-1] if shown else None

    def stands(self) -> list[tuple[Any, ...]]:
        """The open phase, its deadline and whose turn it is."""
        same = "p.debate_id = d.id AND p.position = d.position"
        return self.rows(
            f"SELECT state, d.position, due_at, closes_at, speaker_id FROM debates d JOIN phases p ON {same}"
        )

    def speaker(self) -> str:
        ((speaker_id,),) = self.rows("SELECT speaker_id FROM phases WHERE position = 1")
        return next(person.name for person in self.world.people.values() if person.id == speaker_id)

    def told(self) -> int:
        """How many messages show what was said."""
        return sum(SAID in text_of(message) for message in self.hall())


@pytest.mark.parametrize("writing", [False, True])
async def test_in_the_middle_of_a_turn_phase_and_deadline_stay_and_the_old_button_answers(
    tmp_path: Path, writing: bool
) -> None:
    async with Hall(tmp_path) as hall:
        await hall.open_floor()
        before, card, speaker = hall.stands(), hall.showing("Speak"), hall.speaker()
        assert card is not None
        form = await hall.press(speaker, card, "Speak") if writing else None
        await hall.kill()
        await hall.start_bot()
        assert hall.stands() == before
        form = form or await hall.press(speaker, card, "Speak")
        await hall.submit(speaker, form, {"text": SAID})
        await hall.until(lambda: hall.rows("SELECT position FROM debates") == [(2,)])
        await hall.until(lambda: not hall.rows("SELECT 1 FROM posts"))
        assert hall.rows("SELECT position, text FROM speeches") == [(1, SAID)]
        assert hall.told() == 1


@pytest.mark.parametrize("arrived", [False, True])
async def test_a_speech_that_is_on_its_way_is_told_once(tmp_path: Path, arrived: bool) -> None:
    async with Hall(tmp_path) as hall:
        await hall.open_floor()
        card, speaker = hall.showing("Speak"), hall.speaker()
        assert card is not None
        ((thread_id,),) = hall.rows("SELECT thread_id FROM debates")
        form = await hall.press(speaker, card, "Speak")
        hanging = hall.faults.add("POST", f"/channels/{thread_id}/messages", "hang", applied=arrived)
        await hall.submit(speaker, form, {"text": SAID})
        await hall.until(lambda: hanging.hits)
        await hall.until(lambda: hall.told() == arrived)
        before = hall.stands()
        await hall.kill()
        await hall.start_bot()
        await hall.until(lambda: not hall.rows("SELECT 1 FROM posts"))
        assert hall.told() == 1
        assert hall.rows("SELECT message_id IS NOT NULL, channel_id FROM speeches") == [(1, thread_id)]
        assert hall.stands()[0][:2] == before[0][:2] == ("running", 2)
        assert sum(text_of(message).startswith("-# 3 of 8") for message in hall.hall()) == 1
