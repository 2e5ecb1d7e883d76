"""What a schedule starts: the risk brief, posted for everyone."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from discord.utils import snowflake_time

from bot.delivery import Kind
from bot.kit import Card
from bot.risk import rules, ui
from bot.startable import Occasion, Startable
from bot.text import moment
from storage import occasions

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.app import Offramp
    from content.pack import Pack


def choose_pack(packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> Pack:
    """The pack that a brief is about; Refusal if there is none or it has no risk cards."""
    return rules.choose_pack(packs, settings.get("theme"), with_risks=True)


def check(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> str:
    """What a brief would be about, in words."""
    return f"the risk brief of {choose_pack(packs, settings).title}"


def list_titles(session: Session, guild_id: int, packs: Mapping[str, Pack]) -> dict[str, str]:
    return dict(rules.list_packs(packs, with_risks=True))


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    """Nothing has to be saved: what is posted is in the pack. Refusal if it isn't any more."""
    choose_pack(packs, occasion.settings)


async def draw(bot: Offramp, guild_id: int, id: int) -> Card:
    """The brief as “Share” shows it. Its time keeps it apart from the last one, when a crash makes us look for it."""
    settings = await bot.db.read(occasions.get_settings_of, guild_id, id)
    at = moment(int(snowflake_time(id).timestamp() * 1000), "f")
    return ui.draw_public(choose_pack(bot.packs, settings), "brief", 0, f"On schedule, {at}.")


STARTABLE = Startable("Risk brief", check, start, list_titles, frozenset({"theme"}), Kind(draw, patient=True))
