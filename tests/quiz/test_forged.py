"""Presses that no card of ours has asked for: nothing changes, and everybody gets a plain sentence."""

from __future__ import annotations

import pytest

from tests.build import SINGLE, TYPED
from tests.stage import Stage, button_ids

UNKNOWN = "I don't know this button any more. Please use the newest card, or start again with a command."
NO_ROUND = "There is no round in this channel. Start one with /quiz play."
NOT_ONE = "That is not an answer to this question. Please use the newest card."
NO_THEME = "I don't know that theme. Please pick one from the list that opens as you type."
CLOSED = "This question is closed. You can answer the next one."


async def play(stage: Stage) -> int:
    await stage.slash("alice", "quiz play", questions=2, seconds=5)
    await stage.advance(5)
    return int(next(iter(button_ids(stage.last()).values())).split(":")[2])


@pytest.mark.pack(SINGLE, SINGLE | {"prompt": "And then?"})
@pytest.mark.parametrize(
    ("id", "told"),
    [
        ("quiz:answer:{round}:0:7", NOT_ONE),
        ("quiz:answer:{round}:1:0", CLOSED),
        ("quiz:answer:{round}:9:0", NO_ROUND),
        ("quiz:answer:1:0:0", NO_ROUND),
        ("quiz:answer:9223372036854775807:0:0", NO_ROUND),
        ("quiz:answer:9223372036854775808:0:0", UNKNOWN),
        ("quiz:answer:{round}:0", UNKNOWN),
        ("quiz:answer:{round}:0:0:0", UNKNOWN),
        ("quiz:answer:{round}:-1:0", UNKNOWN),
        ("quiz:answer:{round}:x:0", UNKNOWN),
        ("quiz:open:1:0", NO_ROUND),
        ("quiz:open:{round}:0", NOT_ONE),
        ("practice:open:shapes:all:1:0:1", NOT_ONE),
        ("quiz:goon:{round}", "The round is going on already."),
        ("quiz:goon:1", "This round is over. Start another with /quiz play."),
        ("quiz:place:1", "You did not answer in this round. Join the next one with any letter."),
        ("quiz:board:year:all:all:0", "I don't know that period. Please use /quiz leaderboard again."),
        ("quiz:nothing", UNKNOWN),
        ("quiz", UNKNOWN),
        (
            "practice:next:nothing:all:1:1",
            "I don't know that theme. Please pick one from the list that opens as you type.",
        ),
    ],
)
async def test_a_forged_press_changes_nothing(stage: Stage, id: str, told: str) -> None:
    round_id = await play(stage)
    assert await stage.forge("bob", id.format(round=round_id)) == told
    assert await stage.answers() == []


@pytest.mark.pack(SINGLE, SINGLE | {"prompt": "And then?"})
async def test_a_press_from_another_channel_is_refused(stage: Stage) -> None:
    round_id = await play(stage)
    assert await stage.forge("bob", f"quiz:answer:{round_id}:0:0", stage.other) == NO_ROUND
    assert await stage.answers() == []


@pytest.mark.pack(TYPED, TYPED | {"prompt": "And then?"})
async def test_an_old_button_after_the_round_says_so(stage: Stage) -> None:
    round_id = await play(stage)
    await stage.slash("alice", "quiz stop")
    told = await stage.forge("bob", f"quiz:open:{round_id}:0")
    assert told == "This round is over. Start another with /quiz play."
