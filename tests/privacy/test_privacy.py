"""/privacy, by real presses: hidden and shown again, reminders stopped, for whoever pressed and nobody else."""

from __future__ import annotations

from storage.members import hidden_ids
from storage.reminders import add_reminder, has_reminder
from tests.stage import Stage, button_ids

YOURS = ["Export my data", "Delete my data"]


async def hidden(stage: Stage) -> set[str]:
    ids = {person.id: who for who, person in stage.people.items()}
    return {ids[id] for id in await stage.db.read(hidden_ids, stage.guild.id, list(ids))}


async def test_somebody_who_never_answered_hides_and_shows_themselves_again(stage: Stage) -> None:
    card = await stage.slash("bob", "privacy")
    assert card.private
    assert list(button_ids(card.message)) == ["Hide me from boards", *YOURS]
    await stage.press("bob", card.message, "Hide me from boards")
    assert await hidden(stage) == {"bob"}
    assert list(button_ids(card.message)) == ["Show me again", *YOURS]
    assert "What was posted before stays as it is." in card.text
    await stage.restart()
    await stage.press("bob", card.message, "Show me again")
    assert await hidden(stage) == set()


async def test_a_copied_button_hides_only_the_one_who_presses_it(stage: Stage) -> None:
    await stage.forge("carol", "privacy:hide:1")
    assert await hidden(stage) == {"carol"}


async def test_answering_leaves_hidden_who_is_hidden(stage: Stage) -> None:
    await stage.forge("bob", "privacy:hide:1")
    await stage.slash("alice", "quiz play", questions=1, seconds=5)
    await stage.advance(5)
    await stage.press("bob", stage.last(), "A")
    await stage.advance(6)
    assert await hidden(stage) == {"bob"}
    assert (await stage.slash("alice", "quiz leaderboard")).text.splitlines()[1].startswith("Nobody has answered yet.")


async def test_hiding_in_one_server_hides_in_no_other(stage: Stage) -> None:
    there = await stage.open_elsewhere()
    card = await stage.slash("mallory", "privacy", there)
    await stage.press("mallory", card.message, "Hide me from boards")
    assert await hidden(stage) == set()


async def test_reminders_are_stopped_where_there_are_some(stage: Stage) -> None:
    for who in ("bob", "carol"):
        await stage.db.write(add_reminder, stage.guild.id, stage.people[who].id, 1)
    card = await stage.slash("bob", "privacy")
    assert list(button_ids(card.message)) == ["Hide me from boards", "Stop reminders", *YOURS]
    await stage.press("bob", card.message, "Stop reminders")
    assert list(button_ids(card.message)) == ["Hide me from boards", *YOURS]
    left = [await stage.db.read(has_reminder, stage.guild.id, stage.people[who].id) for who in ("bob", "carol")]
    assert left == [False, True]
