"""Questions are written: the form, the preview, and what its buttons do."""

from __future__ import annotations

import logging
from collections.abc import Collection
from datetime import UTC, date, datetime

from bot.errors import Refusal
from bot.gate import Handler
from bot.item import Kind
from bot.kit import Card
from bot.press import FAILURES, Press
from bot.questions import actions, cards, facts, rules
from bot.questions.draft import Draft, Purpose, draft_of, list_options, read_draft
from bot.questions.form import EXPLANATION, KINDS, PROMPT, STATUSES, list_fields
from bot.rights import may_moderate, need_moderator
from bot.text import clip
from content.advice import advise
from content.pack import LETTERS

log = logging.getLogger("offramp.questions")

UNKNOWN_CHOICE = "I don't know that choice. Please use the newest card, or start again with /question add."
TOO_LONG = (
    "This question holds more text than a form can show. Take it out with /question export, change it there, bring it "
    "back with /question import, then retire this one."
)
PREVIEW = "This is how people will answer. In the preview nothing counts."


async def add(press: Press, kind: Kind, deck: str) -> None:
    """Open the form of a new question."""
    await need_moderator(press)
    await _begin(press, Draft(purpose="add", kind=kind, deck=rules.check_deck_title(deck)))


async def suggest(press: Press, kind: Kind, deck: str) -> None:
    """Open the form of a suggestion, unless this person has sent in enough for today."""
    title = rules.check_deck_title(deck)
    await press.bot.db.read(actions.check_suggesting, press.act, title)
    await _begin(press, Draft(purpose="suggest", kind=kind, deck=title))


async def begin_from_message(press: Press, text: str) -> None:
    """Take a message as the beginning of a question; which kind it is to be is asked next."""
    purpose: Purpose = "add" if await may_moderate(press) else "suggest"
    if purpose == "suggest":
        await press.bot.db.read(actions.check_suggesting, press.act, rules.DECK)
    if not text.strip():
        raise Refusal("There is no text in this message that I could take. Please choose one with words in it.")
    line = " ".join(text.split())
    texts = {"prompt": clip(line, PROMPT.longest), "source": "a message in this server"}
    if line != texts["prompt"]:
        texts["explanation"] = clip(text, EXPLANATION.longest)
    draft = Draft(purpose=purpose, texts=texts, deck=rules.DECK)
    await press.bot.db.write(actions.keep_draft, press.act, draft)
    await press.show(cards.draw_kinds(press.id, text))


async def edit(press: Press, number: int) -> None:
    """Open a question as a draft of its next version, which is its approval too, unless that is for somebody else."""
    settings = await need_moderator(press)
    shown = await press.bot.db.read(facts.get_shown, press.guild_id, number)
    kept = shown.kept
    waits_for_others = settings.second_opinion and kept.author_id == press.user_id
    purpose: Purpose = "approve" if kept.state == "waiting" and not waits_for_others else "edit"
    draft = draft_of(shown.question, purpose, number, kept.version).model_copy(update={"ruled": bool(shown.item.also)})
    draft = await _compare(press, draft)
    await press.bot.db.write(actions.keep_draft, press.act, draft)
    await _show(press, press.id, draft, anew=True)


async def kind_chosen(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    kind = next((kind for kind in KINDS if [kind] == press.values), None)
    if kind is None:
        raise Refusal(UNKNOWN_CHOICE)
    draft = draft.model_copy(update={"kind": kind})
    await press.bot.db.write(actions.change_draft, press.act, draft_id, draft)
    await press.ask(cards.question_form(draft_id, draft))


async def form_opened(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    if any(len(draft.texts.get(field.id, "")) > field.longest for field in list_fields(draft.kind)):
        raise Refusal(TOO_LONG)
    await press.ask(cards.question_form(draft_id, draft))


async def form_submitted(press: Press, draft_id: int) -> None:
    """Keep what was typed, whatever it is, and show what it makes."""
    before = await _find(press, draft_id)
    typed = {field.id: press.fields.get(field.id, "")[: field.longest] for field in list_fields(before.kind)}
    draft = before.model_copy(update={"texts": typed})
    if list_options(draft) != list_options(before):
        draft = draft.model_copy(update={"key": ()})
    if bool(typed["who"].strip()) != bool(before.texts.get("who")):
        draft = draft.model_copy(update={"status": ""})  # whose claim it is says what kind it is, until one is chosen
    await _change(press, draft_id, await _compare(press, draft))


async def key_chosen(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    key = tuple(sorted({int(value) for value in press.values if value in map(str, range(len(LETTERS)))}))
    await _change(press, draft_id, draft.model_copy(update={"key": key}))


async def status_chosen(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    await _change(press, draft_id, draft.model_copy(update={"status": _one(press, STATUSES)}))


async def difficulty_chosen(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    await _change(press, draft_id, draft.model_copy(update={"difficulty": int(_one(press, ("1", "2", "3")))}))


async def tell_pressed(press: Press, draft_id: int) -> None:
    draft = await _find(press, draft_id)
    await _change(press, draft_id, draft.model_copy(update={"tell": not draft.tell}))


async def save_pressed(press: Press, draft_id: int) -> None:
    """Save the question, or send it in for review."""
    draft = await _find(press, draft_id)
    outcome = read_draft(draft, today(press))
    if outcome.question is None:
        raise Refusal(f"This can't be saved yet. {outcome.problems[0]}")
    tell_channel_id = None
    if draft.purpose == "suggest":
        await _check_texts(press, draft)
        tell_channel_id = await _find_way_back(press) if draft.tell else None
    saved = await press.bot.db.write(actions.save, press.act, draft_id, outcome.question, tell_channel_id)
    card = Card().text(cards.describe_saved(saved.number, saved.state, draft.deck))
    if draft.tell and tell_channel_id is None:
        card.text("I can't write to you, so I won't be able to tell you what becomes of it.")
    await press.update(card)


async def discard_pressed(press: Press, draft_id: int) -> None:
    await press.bot.db.write(actions.drop_draft, press.act, draft_id)
    await press.update(Card().text("Discarded. Nothing was saved."))


async def look_pressed(press: Press, draft_id: int, shown: int) -> None:
    await press.say(PREVIEW)


async def peek_pressed(press: Press, draft_id: int) -> None:
    await press.say(PREVIEW)


def today(press: Press) -> date:
    return datetime.fromtimestamp(press.bot.clock.now() / 1000, UTC).date()


async def _begin(press: Press, draft: Draft) -> None:
    """Keep a new draft, so that its form finds it even after a restart, and open the form."""
    await press.bot.db.write(actions.keep_draft, press.act, draft)
    await press.ask(cards.question_form(press.id, draft))


async def _find(press: Press, draft_id: int) -> Draft:
    """This person's draft; Refusal if it is not there, or if they may not write questions any more."""
    draft = await press.bot.db.read(actions.find_draft, press.act, draft_id)
    if draft.purpose != "suggest":
        await need_moderator(press)
    return draft


async def _change(press: Press, draft_id: int, draft: Draft) -> None:
    await press.bot.db.write(actions.change_draft, press.act, draft_id, draft)
    await _show(press, draft_id, draft)


async def _show(press: Press, draft_id: int, draft: Draft, anew: bool = False) -> None:
    """Show a draft in place of the card that was pressed, or on a new one."""
    outcome = read_draft(draft, today(press))
    flaws = advise([outcome.question]) if outcome.question else []
    advice = [flaw.message[:1].upper() + flaw.message[1:] for flaw in flaws]
    card = cards.draw_draft(draft_id, draft, outcome, advice)
    if press.message_id is None or anew:
        await press.show(card)
    else:
        await press.update(card)


async def _compare(press: Press, draft: Draft) -> Draft:
    """The draft with the questions that ask nearly the same; it takes a tenth of a second where there are thousands."""
    packs = [question.prompt for pack in press.bot.packs.values() for question in pack.questions]
    prompt = draft.texts.get("prompt", "")
    near = await press.bot.db.read(facts.list_near, press.guild_id, prompt, packs, draft.number)
    return draft.model_copy(update={"near": tuple(near)})


async def _check_texts(press: Press, draft: Draft) -> None:
    """Hold a member's words to the server's own rules; a source may name one address."""
    for field in list_fields(draft.kind):
        await press.bot.automod.check_text(press, draft.texts.get(field.id, ""), links=1 if field.id == "source" else 0)


async def _find_way_back(press: Press) -> int | None:
    """The channel in which this person wants to hear what became of their suggestion; None if there is none."""
    try:
        return (await press.interaction.user.create_dm()).id
    except FAILURES as error:
        log.info("no way back", extra={"interaction": press.id, "why": type(error).__name__})
        return None


def _one(press: Press, choices: Collection[str]) -> str:
    """The one value taken in a select; Refusal if it is none of its choices."""
    taken = press.values[:1]
    if not taken or taken[0] not in choices:
        raise Refusal(UNKNOWN_CHOICE)
    return taken[0]


ROUTES: dict[str, Handler] = {
    "draft:kind": kind_chosen,
    "draft:open": form_opened,
    "draft:submit": form_submitted,
    "draft:key": key_chosen,
    "draft:status": status_chosen,
    "draft:difficulty": difficulty_chosen,
    "draft:tell": tell_pressed,
    "draft:save": save_pressed,
    "draft:discard": discard_pressed,
    "draft:look": look_pressed,
    "draft:peek": peek_pressed,
    "question:edit": edit,
}
