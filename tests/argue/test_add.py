"""/argue add by real presses: from the form to a claim on the map; what is refused, changed, replaced, taken away."""

from __future__ import annotations

import pytest

from tests.argue.steps import MOTION, TEXT, claims, write
from tests.build import make_motion
from tests.stage import Stage, text_of

pytestmark = pytest.mark.pack(motions=[make_motion(), make_motion("m2")])
MOTION_TEXT = "Squares are better than circles (m1)."


async def test_a_claim_is_drafted_posted_and_listed(stage: Stage) -> None:
    draft = await write(stage)
    assert draft.private
    assert draft.text.splitlines()[:2] == [f"-# Not posted yet · For · {MOTION_TEXT}", f"### {TEXT}"]
    told = await stage.press("bob", draft.message, "Post")
    assert told.text == "**#1** is posted here. People find it with /argue rate and /argue map, too."
    await stage.advance(1)
    assert text_of(stage.last()).splitlines() == [
        "-# MEMBER ARGUMENT · For · #1",
        f"-# On: {MOTION_TEXT}",
        f"### {TEXT}",
        "Rate",
        "Change",
        "Flag",
    ]
    (claim,) = await claims(stage)
    assert (claim.number, claim.side, claim.state, claim.message_id) == (1, "for", "shown", stage.last().id)
    shown = await stage.slash("carol", "argue map", motion=MOTION)
    assert (shown.private, f"**#1** {TEXT}" in shown.text) == (True, True)
