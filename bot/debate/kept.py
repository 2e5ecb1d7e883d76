"""Words that were refused in a debate are kept for a day for who wrote them, so that their form opens with them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from pydantic import BaseModel, ConfigDict

from storage import drafts

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from bot.act import Act

KIND: Final = "speech"


class Kept(BaseModel):
    """What somebody wrote in a form of a debate (`form`: said, why, asked), with the arguments that they rely on."""

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    debate_id: int
    form: str
    text: str
    cites: tuple[str, ...] = ()


def keep(session: Session, act: Act, kept: Kept) -> None:
    """Keep what somebody wrote in place of what they wrote in that form before."""
    drop(session, act, kept.debate_id, kept.form)
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, KIND, kept.model_dump_json(), act.now)


def find(session: Session, act: Act, debate_id: int, form: str) -> Kept:
    """What somebody wrote in a form and was refused; empty if there is nothing."""
    found = (kept for _, kept in _list(session, act) if (kept.debate_id, kept.form) == (debate_id, form))
    return next(found, Kept(debate_id=debate_id, form=form, text=""))


def drop(session: Session, act: Act, debate_id: int, form: str) -> None:
    """Keep no more what somebody wrote in a form."""
    for id, kept in _list(session, act):
        if (kept.debate_id, kept.form) == (debate_id, form):
            drafts.drop_draft(session, act.guild_id, id, act.user_id, KIND)


def _list(session: Session, act: Act) -> list[tuple[int, Kept]]:
    bodies = drafts.list_drafts(session, act.guild_id, act.user_id, KIND)
    return [(id, Kept.model_validate_json(body)) for id, body in bodies]
