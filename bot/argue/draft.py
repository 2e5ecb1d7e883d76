"""A draft: a claim that somebody is writing and has not posted yet."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict


class Draft(BaseModel):
    """What somebody has said of their claim so far.

    `number` is the claim that is being changed, 0 for a new one; `near` are the claims that say nearly the same.
    `refused` is what may not be shown to others: it is never posted, but the form opens with it.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    motion_id: str
    side: str
    parent: int | None = None
    link: str | None = None
    text: str = ""
    cites: tuple[str, ...] = ()
    number: int = 0
    near: tuple[int, ...] = ()
    refused: str = ""
