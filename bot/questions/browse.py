"""Questions are looked through: lists, searches, one question, its history, retiring it."""

from __future__ import annotations

from bot.changes import list_changes
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from bot.questions import actions, cards, facts, rules
from bot.questions.facts import Page
from bot.questions.form import KINDS
from bot.rights import need_moderator
from bot.text import clip, count, escape, mention, moment
from content.fields import fold
from storage import drafts, questions
from storage.questions import Filter

PAGE = 10
VERSIONS = 3  # on a page of the history
CHANGE = 1150  # characters of what a version changed: three of them fit a card
ALL = "all"  # stands for no filter in the id of a button
STATES = ("live", "waiting", "rejected", "retired")
NO_WORDS = "Please type a word of the question, of its answers or of its explanation."


async def show(press: Press, number: int) -> None:
    await need_moderator(press)
    shown = await press.bot.db.read(facts.get_shown, press.guild_id, number)
    await press.show(cards.draw_shown(shown, moderator=True))


async def show_chosen(press: Press) -> None:
    """A question that was taken from a list."""
    await show(press, read_number(press))


async def list_all(press: Press, deck: str | None, kind: str | None, state: str) -> None:
    await need_moderator(press)
    deck_id = await find_deck(press, deck) if deck else ALL
    await press.show(await _draw_list(press, state, kind or ALL, deck_id, 0))


async def page_pressed(press: Press, state: str, kind: str, deck_id: str, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_list(press, state, kind, deck_id, page))


async def search(press: Press, words: str) -> None:
    """Find questions by words; they are kept as a draft, so that the pages of what was found can be turned."""
    await need_moderator(press)
    if not fold(words):
        raise Refusal(NO_WORDS)
    act = press.act
    await press.bot.db.write(drafts.add_draft, act.guild_id, act.id, act.user_id, "search", fold(words), act.now)
    await press.show(await _draw_found(press, press.id, 0))


async def found_pressed(press: Press, draft_id: int, page: int) -> None:
    await need_moderator(press)
    await press.update(await _draw_found(press, draft_id, page))


async def history_pressed(press: Press, number: int) -> None:
    """The versions of a question, newest first, each with what it changed."""
    await press.show(await _draw_history(press, number, 0))


async def versions_pressed(press: Press, number: int, page: int) -> None:
    await press.update(await _draw_history(press, number, page))


async def retire(press: Press, number: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.set_asked, press.act, number, asked=False)
    await _show_outcome(
        press, number, f"#{number} is retired: new rounds do not ask it any more. Scores stay as they are."
    )


async def restore_pressed(press: Press, number: int) -> None:
    await need_moderator(press)
    await press.bot.db.write(actions.set_asked, press.act, number, asked=True)
    await _show_outcome(press, number, f"#{number} is asked again.")


async def _show_outcome(press: Press, number: int, told: str) -> None:
    """Say what was done, on the question's card if that was pressed."""
    if press.message_id is None:
        await press.say(told)
        return
    shown = await press.bot.db.read(facts.get_shown, press.guild_id, number)
    await press.update(cards.draw_shown(shown, moderator=True).text(told))


def read_number(press: Press) -> int:
    """The number of the question that was taken from a list; Refusal for what is no number."""
    taken = press.values[0] if press.values else ""
    if not taken.isdecimal() or len(taken) > 9:
        raise Refusal(actions.NO_QUESTION.format(number=clip(taken, 9)))
    return int(taken)


async def find_deck(press: Press, chosen: str) -> str:
    """The id of a deck that somebody picked from the list or typed."""
    for id, title, _ in await press.bot.db.read(questions.list_decks, press.guild_id):
        if fold(chosen) in (id, fold(title)):
            return id
    raise Refusal(rules.NO_DECK)


async def _draw_list(press: Press, state: str, kind: str, deck_id: str, page: int) -> Card:
    if state not in (*STATES, ALL) or kind not in (*KINDS, ALL):
        raise Refusal("I don't know that filter any more. Please use /question list again.")
    states = STATES if state == ALL else (state,)
    wanted = Filter(states, None if deck_id == ALL else deck_id, None if kind == ALL else kind)
    found = await press.bot.db.read(facts.list_page, press.guild_id, wanted, page, PAGE)
    card = Card().text("### This server's questions")
    if not found.rows:
        return card.text(
            "There are none of that kind yet. Write one with /question add, or bring a file with /question import."
        )
    return _add_page(card, found, "question:list", state, kind, deck_id)


async def _draw_found(press: Press, draft_id: int, page: int) -> Card:
    words = await press.bot.db.read(drafts.get_draft, press.guild_id, draft_id, press.user_id, "search")
    if words is None:
        raise Refusal("That search is too old. Please use /question search again.")
    wanted = Filter(states=STATES, words=tuple(words.split()))
    found = await press.bot.db.read(facts.list_page, press.guild_id, wanted, page, PAGE)
    card = Card().text(f"### Questions with “{escape(clip(words, 100))}”")
    if not found.rows:
        return card.text("I found none. Fewer or shorter words find more.")
    return _add_page(card, found, "question:found", draft_id)


def _add_page(card: Card, found: Page, route: str, *ids: int | str) -> Card:
    """The questions of a page, a select that opens one, and buttons that turn pages."""
    cards.add_rows(
        card, found.rows, lambda kept: f"{escape(kept.deck)} · {cards.STATES[kept.state]}", "question:chosen"
    )
    page, last = found.skipped // PAGE, (found.total - 1) // PAGE
    return card.turning(page, last, count(found.total, "question"), route, *ids)


async def _draw_history(press: Press, number: int, page: int) -> Card:
    await need_moderator(press)
    editions = await press.bot.db.read(facts.list_history, press.guild_id, number)
    last = (len(editions) - 1) // VERSIONS
    page = min(page, last)
    card = Card().text(f"### History of #{number}")
    for at in range(page * VERSIONS, min(len(editions), (page + 1) * VERSIONS)):
        edition = editions[at]
        before = editions[at + 1].body if at + 1 < len(editions) else None
        card.text(
            f"**Version {edition.version}** · {mention(edition.editor_id)} {moment(edition.at, 'f')}\n"
            f"{clip(_describe(before, edition.body), CHANGE)}"
        )
    return card.turning(page, last, count(len(editions), "version"), "question:versions", number)


def _describe(before: str | None, after: str) -> str:
    return "\n".join(f"- {change}" for change in list_changes(before, after)) or "Nothing that players see."


ROUTES: dict[str, Handler] = {
    "question:list": page_pressed,
    "question:found": found_pressed,
    "question:chosen": show_chosen,
    "question:history": history_pressed,
    "question:versions": versions_pressed,
    "question:retire": retire,
    "question:restore": restore_pressed,
}
