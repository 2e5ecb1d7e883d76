"""Claims are written: from the command to a draft, from a draft to a claim that everybody can read and rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.argue import actions, cards, facts, rules
from bot.argue.draft import Draft
from bot.argue.posting import take_shown
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card, Form
from bot.press import Press
from storage import argue

if TYPE_CHECKING:
    from bot.app import Offramp

NOT_HERE = "You can't write in this channel, so I post no claim of yours in it. Please do this where you may write."


async def add(press: Press, motion: str, side: str, answers: int | None, link: str | None) -> None:
    """Open the form of a new claim."""
    motion_id, _ = rules.find_motion(press.bot.packs, motion)
    _need_place(press)
    answered = await press.bot.db.read(actions.find_claim, press.guild_id, answers) if answers is not None else None
    link = rules.choose_link(answers, link, side, answered.side if answered else None)
    draft = Draft(motion_id=motion_id, side=side, parent=answers, link=link)
    await press.bot.db.write(actions.keep_draft, press.act, draft)
    await press.ask(await _form(press, press.id, draft))


async def edit_pressed(press: Press, number: int) -> None:
    """Show a claim of one's own as a draft of what it is to be."""
    draft = await press.bot.db.write(actions.begin_edit, press.act, number)
    await press.show(await _draw_draft(press, press.id, draft))


async def change_pressed(press: Press, draft_id: int) -> None:
    draft = await press.bot.db.read(actions.find_draft, press.act, draft_id)
    await press.ask(await _form(press, draft_id, draft))


async def form_sent(press: Press, draft_id: int) -> None:
    """Keep what was written and show how it will look, or why the server's rules don't let others read it."""
    text = rules.tidy(press.fields.get("text", ""))
    await press.bot.db.read(actions.find_draft, press.act, draft_id)
    try:
        await press.bot.automod.check_text(press, text)
    except Refusal as refusal:
        await press.bot.db.write(actions.keep_refused, press.act, draft_id, text)
        await press.show(cards.draw_refused(draft_id, str(refusal)))
        return
    draft = await press.bot.db.write(actions.change_text, press.act, draft_id, text)
    card = await _draw_draft(press, draft_id, draft)
    await (press.show(card) if press.message_id is None else press.update(card))


async def cites_chosen(press: Press, draft_id: int) -> None:
    draft = await press.bot.db.read(actions.find_draft, press.act, draft_id)
    known = rules.list_cites(rules.find_motion(press.bot.packs, draft.motion_id)[1])
    cites = tuple(cite for cite in known if cite in press.values)
    draft = await press.bot.db.write(actions.change_cites, press.act, draft_id, cites)
    await press.update(await _draw_draft(press, draft_id, draft))


async def post_pressed(press: Press, draft_id: int) -> None:
    """Post a claim, or show its draft again where somebody has said nearly the same meanwhile."""
    draft = await press.bot.db.read(actions.find_draft, press.act, draft_id)
    rules.find_motion(press.bot.packs, draft.motion_id)
    _need_place(press)
    where = (draft_id, press.channel_id, _joined(press))
    posted = await press.bot.db.write(actions.post, press.act, *where)
    if isinstance(posted, Draft):
        await press.update(await _draw_draft(press, draft_id, posted))
    else:
        await press.update(Card().text(cards.describe_posted(posted, draft.number)))


async def discard_pressed(press: Press, draft_id: int) -> None:
    await press.bot.db.write(actions.drop_draft, press.act, draft_id)
    await press.update(Card().text("Discarded. Nothing was posted."))


async def draw_claim(bot: Offramp, guild_id: int, number: int) -> Card | None:
    """A claim's card for everybody, or None if it is not shown any more."""
    shown = await bot.db.read(facts.get_shown, guild_id, number)
    return cards.draw_claim(shown, rules.name_motion(bot.packs, shown.motion_id)) if shown else None


async def draw_new(bot: Offramp, guild_id: int, number: int) -> Card | None:
    claim = await bot.db.read(argue.get_claim, guild_id, number)
    return await draw_claim(bot, guild_id, number) if claim and claim.state == "shown" else None


async def draw_changed(bot: Offramp, guild_id: int, number: int) -> Card | None:
    """What a claim's card says now, or None if there is no such card, so that a change posts none."""
    claim = await bot.db.read(argue.get_claim, guild_id, number)
    return await draw_claim(bot, guild_id, number) if claim and claim.message_id is not None else None


async def _form(press: Press, draft_id: int, draft: Draft) -> Form:
    held = await press.bot.db.read(actions.must_wait, press.guild_id, _joined(press))
    return cards.claim_form(draft_id, draft, rules.name_motion(press.bot.packs, draft.motion_id), held)


async def _draw_draft(press: Press, draft_id: int, draft: Draft) -> Card:
    _, motion = rules.find_motion(press.bot.packs, draft.motion_id)
    held = await press.bot.db.read(actions.must_wait, press.guild_id, _joined(press))
    near = await press.bot.db.read(argue.find_texts, press.guild_id, draft.near)
    return cards.draw_draft(draft_id, draft, motion, near, held)


def _need_place(press: Press) -> None:
    """Refuse unless both the bot and this person may write in this channel."""
    press.need("show your claim", "view_channel", press.writing)
    if not press.may(press.writing):
        raise Refusal(NOT_HERE)


def _joined(press: Press) -> int | None:
    """How many ms ago this person joined the server, as Discord says with this press."""
    return None if press.joined_at is None else press.bot.clock.now() - press.joined_at


ROUTES: dict[str, Handler] = {
    "argue:edit": edit_pressed,
    "argue:change": change_pressed,
    "argue:written": form_sent,
    "argue:cites": cites_chosen,
    "argue:post": post_pressed,
    "argue:discard": discard_pressed,
}
POSTS = {"argue:claim": Kind(draw_new, take_shown), "argue:changed": Kind(draw_changed, anew=False)}
