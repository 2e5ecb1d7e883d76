"""What a schedule starts: a motion to vote on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from bot.debate.prompts import actions, rules, ui
from bot.debate.prompts.actions import Put
from bot.delivery import Kind
from bot.startable import Occasion, Startable
from content.subjects import list_subjects
from storage import prompts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from content.pack import Pack


def check(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> str:
    """What a motion would be about, in words. Refusal if there are no motions on that."""
    _, title = rules.choose_subject(packs, settings.get("theme"))
    return f"a motion about {title}"


def list_titles(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> dict[str, str]:
    return dict(list_subjects(packs, "motions"))


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Open a vote on the motion that was not put in this server for longest."""
    motions = rules.list_motions(packs, occasion.settings.get("theme"))
    put = Put(occasion.guild_id, occasion.id, occasion.channel_id, occasion.starter_id, motions)
    actions.put_motion(session, put, occasion.now)


def take_posted(session: Session, message_id: int, now: int, guild_id: int, prompt_id: int) -> None:
    prompts.set_message(session, guild_id, prompt_id, message_id)


def take_loss(session: Session, why: str, now: int, guild_id: int, prompt_id: int) -> None:
    """Nobody sees a motion whose card can't be posted: its vote closes without a word."""
    prompt = prompts.get_prompt(session, guild_id, prompt_id)
    if prompt is not None:
        prompts.close_prompt(session, prompt, now)


OPENING = Kind(ui.draw_open, take_posted, take_loss, patient=True)
STARTABLE = Startable("Motion to vote on", check, start, list_titles, frozenset({"theme"}), OPENING)
