"""Claims are written: a draft becomes a claim, or changes one. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy.orm import Session

from bot.act import Act
from bot.approval import waits
from bot.argue import rules
from bot.argue.draft import Draft
from bot.argue.likeness import Written, find_alike
from bot.argue.posting import ask_moderators, redraw, replace, show
from bot.errors import Refusal
from storage import argue, drafts
from storage.settings import get_settings

if TYPE_CHECKING:
    from storage.tables import Claim

DONE = (
    "I have no such draft of yours any more: it was posted or discarded, or it lay untouched for a day. "
    "/argue add begins another."
)
GONE = "I don't find claim #{number} here any more. /argue map shows what there is."
ELSEWHERE = "Claim #{number} is about another motion. Please choose one of this motion, from the list that opens."
NOT_YOURS = "Only who wrote claim #{number} can change it. You can answer it: /argue add with `answers`."
SAME = "That says what it said before. Press “Change” to write something else, or “Discard”."
WAITS = "A change of claim #{number} waits for a moderator already. Once it is decided on you can change it again."


@dataclass(frozen=True)
class Posted:
    """What came of a draft: the number of the claim, its state, and the claim that it replaces, if it does."""

    number: int
    state: str
    replaces: int | None = None


def keep_draft(session: Session, act: Act, draft: Draft) -> None:
    """Begin a draft, under the id of the interaction; Refusal if it can't be posted as things stand."""
    _check(session, act, draft)
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, "claim", draft.model_dump_json(), act.now)


def find_draft(session: Session, act: Act, draft_id: int) -> Draft:
    """Somebody's own draft; Refusal if it is not there any more."""
    body = drafts.get_draft(session, act.guild_id, draft_id, act.user_id, "claim")
    if body is None:
        raise Refusal(DONE)
    return Draft.model_validate_json(body)


def change_text(session: Session, act: Act, draft_id: int, text: str) -> Draft:
    """Write the text of a draft, and note which claims say nearly the same."""
    return _change(session, act, draft_id, text=text, refused="")


def keep_refused(session: Session, act: Act, draft_id: int, text: str) -> None:
    """Keep what may not be shown to others for who wrote it; the draft says what it said."""
    _change(session, act, draft_id, refused=text)


def change_cites(session: Session, act: Act, draft_id: int, cites: tuple[str, ...]) -> Draft:
    """Note the § that a draft relies on, and again which claims say nearly the same."""
    return _change(session, act, draft_id, cites=cites)


def drop_draft(session: Session, act: Act, draft_id: int) -> None:
    if not drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "claim"):
        raise Refusal(DONE)


def begin_edit(session: Session, act: Act, number: int) -> Draft:
    """Begin to change a claim of one's own, under the id of the interaction."""
    claim = find_claim(session, act.guild_id, number)
    draft = Draft(
        motion_id=claim.motion_id,
        side=claim.side,
        parent=claim.parent,
        link=claim.link,
        text=claim.text,
        cites=tuple(json.loads(claim.cites)),
        number=number,
    )
    keep_draft(session, act, draft)
    return draft


def post(session: Session, act: Act, draft_id: int, channel_id: int, joined: int | None) -> Posted | Draft:
    """Make a claim of a draft, or change the claim that it is about; the author joined so many ms ago.

    The draft again, if what says nearly the same as it was not there yet when its author last saw it.
    """
    draft = find_draft(session, act, draft_id)
    if not draft.text:
        raise Refusal(rules.EMPTY)
    _check(session, act, draft)
    if set(_find_near(session, act, draft)) - set(draft.near):
        return _change(session, act, draft_id)
    held = must_wait(session, act.guild_id, joined)
    posted = _edit(session, act, draft, held) if draft.number else _add(session, act, draft, channel_id, held)
    drop_draft(session, act, draft_id)
    return posted


def must_wait(session: Session, guild_id: int, joined: int | None) -> bool:
    """Whether a moderator sees a claim before others do, its author having joined so many ms ago."""
    return waits(get_settings(session, guild_id).approval, joined)


def find_claim(session: Session, guild_id: int, number: int, *states: str) -> Claim:
    """A claim that is shown, or in one of these states; Refusal if there is none such."""
    claim = argue.get_claim(session, guild_id, number)
    if claim is None or claim.state not in (states or ("shown",)):
        raise Refusal(GONE.format(number=number))
    return claim


def _change(session: Session, act: Act, draft_id: int, **given: Any) -> Draft:
    """Change something about a draft, and note which claims say nearly the same as what it says now."""
    changed = find_draft(session, act, draft_id).model_copy(update=given)
    draft = changed.model_copy(update={"near": _find_near(session, act, changed)})
    drafts.change_draft(session, act.guild_id, draft_id, act.user_id, "claim", draft.model_dump_json(), act.now)
    return draft


def _find_near(session: Session, act: Act, draft: Draft) -> tuple[int, ...]:
    """The claims of the same side that say nearly the same; none where the claim being changed says what it said."""
    others = argue.list_claims(session, act.guild_id, draft.motion_id, "shown")
    if any((claim.number, claim.text) == (draft.number, draft.text) for claim in others):
        return ()
    same_side = [c for c in others if c.side == draft.side and c.number != draft.number]
    written = [Written(claim.number, claim.text, json.loads(claim.cites)) for claim in same_side]
    return tuple(one.number for one in find_alike(draft.text, draft.cites, written))


def _check(session: Session, act: Act, draft: Draft) -> None:
    """Refuse a draft whose claim is somebody else's or gone, that answers nothing here, or that is one too many.

    What it answers may have been replaced meanwhile: then it stands under what took that place.
    """
    if draft.number:
        _check_edit(session, act, draft.number)
        return
    if draft.parent is not None:
        answered = find_claim(session, act.guild_id, draft.parent, "shown", "replaced")
        if answered.motion_id != draft.motion_id:
            raise Refusal(ELSEWHERE.format(number=draft.parent))
    rules.check_written(_count_written(session, act))


def _check_edit(session: Session, act: Act, number: int) -> None:
    """Refuse to change a claim of somebody else, or one of which a change waits for a moderator."""
    claim = find_claim(session, act.guild_id, number)
    if claim.author_id != act.user_id:
        raise Refusal(NOT_YOURS.format(number=number))
    if argue.has_change_waiting(session, act.guild_id, claim.motion_id, number):
        raise Refusal(WAITS.format(number=number))


def _count_written(session: Session, act: Act) -> int:
    return argue.count_written(session, act.guild_id, act.user_id, act.now - rules.DAY)


def _add(session: Session, act: Act, draft: Draft, channel_id: int, held: bool) -> Posted:
    state = "waiting" if held else "shown"
    values = {
        "guild_id": act.guild_id,
        "id": act.id,
        "motion_id": draft.motion_id,
        "author_id": act.user_id,
        "side": draft.side,
        "parent": draft.parent,
        "link": draft.link,
        "text": draft.text,
        "cites": json.dumps(draft.cites),
        "state": state,
        "replaces": draft.number or None,
        "channel_id": channel_id,
        "at": act.now,
    }
    number = argue.add_claim(session, values)
    if held:
        ask_moderators(session, act, number)
    else:
        show(session, act, find_claim(session, act.guild_id, number))
    return Posted(number, state, draft.number or None)


def _edit(session: Session, act: Act, draft: Draft, held: bool) -> Posted:
    """Change a claim that nobody has rated, answered or flagged, and that has changed nobody's view.

    Another takes the place of one that somebody has, or where a moderator looks first; it counts as one written today.
    """
    claim = find_claim(session, act.guild_id, draft.number)
    cites = json.dumps(draft.cites)
    if (claim.text, claim.cites) == (draft.text, cites):
        raise Refusal(SAME)
    if not held and argue.change_untouched(session, act.guild_id, claim.number, draft.text, cites):
        redraw(session, act, claim)
        return Posted(claim.number, claim.state)
    rules.check_changed(_count_written(session, act), claim.number, held)
    posted = _add(session, act, draft, claim.channel_id, held)
    if not held:
        replace(session, act, claim.number)
    return posted
