"""What must not be in a log at any level: the token, interaction tokens, and what somebody typed."""

from __future__ import annotations

from pathlib import Path

from bot.demo.faults import Outcome
from tests.build import TYPED
from tests.socket.table import Table
from tests.socket_world import text_of

TROUBLE: tuple[Outcome, ...] = (500, "reset")  # when most is written
WORDS = "an unmistakable turn of phrase"


async def test_a_log_at_debug_holds_no_token_and_nothing_that_was_typed(tmp_path: Path) -> None:
    async with Table(tmp_path, brisk=True, questions=[TYPED], environment={"OFFRAMP_LOG_LEVEL": "debug"}) as table:
        await table.play(questions=1, seconds=30)
        question = await table.asked()
        for outcome in TROUBLE:
            table.faults.add("POST", "/callback", outcome, applied=True)
            await table.press("carol", question, "Answer")
        form = await table.press("bob", question, "Answer")
        reply = await table.submit("bob", form, {"text": WORDS})
        assert text_of(reply.message) == f"**“{WORDS}”**, locked in."
        await table.drop_gateway()
        await table.until(lambda: table.resumes == 1)
        await table.slash("alice", "#quiz-night", "quiz stop")
        await table.terminate()
        written = table.log.read_text()
        assert '"handler": "form_submitted"' in written
        secrets = [table.discord.bot_token, WORDS, *table.world.backend.interaction_tokens]
        assert [secret for secret in secrets if secret in written] == []
