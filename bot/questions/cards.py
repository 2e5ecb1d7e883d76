"""Questions are shown: the draft with its preview, and a question with all that is known of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from discord import ButtonStyle

from bot import item_card
from bot.item import Item, make_deck_item
from bot.item_card import DIFFICULTY
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.questions.draft import Draft, Outcome, list_options, sketch
from bot.questions.facts import Shown
from bot.questions.form import KINDS, STATUSES, list_fields
from bot.text import clip, escape, mention, moment
from content.pack import LETTERS
from storage.questions import Kept

ALSO_RIGHT = "**Ruled:** another answer counts besides the key. Changed words or options drop that."
TITLES = {
    "add": "New question",
    "edit": "Question #{number}",
    "suggest": "Your suggestion",
    "approve": "Suggestion #{number}",
}
SAVE = {"add": "Save", "edit": "Save", "suggest": "Send in", "approve": "Save and approve"}
STATES = {
    "live": "asked in rounds",
    "waiting": "waits for a review",
    "rejected": "turned down",
    "retired": "retired: not asked any more",
}


def question_form(draft_id: int, draft: Draft) -> Form:
    """The form of a draft, filled in with what was typed before."""
    form = Form(custom_id("draft:submit", draft_id), KINDS[draft.kind])
    for field in list_fields(draft.kind):
        value = draft.texts.get(field.id, "")
        form.field(field.id, field.label, field.hint, field.longest, field.required, field.lines, value)
    return form


def draw_kinds(draft_id: int, begin: str) -> Card:
    """Which kind of question a message is to become."""
    choices = [Choice(title, kind) for kind, title in KINDS.items()]
    card = Card().text("### A question of this message").text(f"> {escape(clip(begin, 200))}")
    return card.select(custom_id("draft:kind", draft_id), "What kind of question?", choices)


def draw_draft(draft_id: int, draft: Draft, outcome: Outcome, advice: Sequence[str]) -> Card:
    """A draft: the question as players will see it, what is still in its way, and what can be chosen."""
    title = TITLES[draft.purpose].format(number=draft.number)
    card = Card().text(f"### {title} · {escape(draft.deck)}\n-# Only you see this.")
    _add_list(card, "Still to do", [escape(problem) for problem in outcome.problems])
    question = sketch(draft)
    if question is not None:
        _add_preview(card, draft_id, draft, make_deck_item(question, draft.number, draft.version, "draft"))
    else:
        card.text(
            "\n".join(
                f"**{field.label}** {escape(clip(draft.texts[field.id], 200))}"
                for field in list_fields(draft.kind)
                if draft.texts.get(field.id, "").strip()
            )
        )
    if draft.ruled:
        card.text(ALSO_RIGHT)
    _add_list(card, "Reads nearly like", [clip(text, 150) for text in draft.near])
    _add_list(card, "Worth another look", advice)
    _add_selects(card, draft_id, draft)
    return card.buttons(*_buttons(draft_id, draft, ready=outcome.question is not None))


def draw_shown(shown: Shown, moderator: bool) -> Card:
    """A question with its key, its source and how it stands."""
    kept, item = shown.kept, shown.item
    order = range(len(item.options))
    about = " · ".join((KINDS[item.kind], DIFFICULTY[item.difficulty], STATES[kept.state]))
    card = Card().text(f"### #{kept.number} · {escape(kept.deck)}\n-# {about}")
    card.text(item_card.body(item, order)).text(f"**Right:** {item_card.solution(item, order)}")
    card.text(item_card.why(item))
    if shown.rejected:
        card.text(f"**Turned down:** {escape(shown.rejected)}")
    if shown.ruled == "void" and kept.state in ("live", "retired"):
        card.text("**Ruled:** a moderator took it out of the count. Before it is asked again, edit what was wrong.")
    if item.also:
        card.text(ALSO_RIGHT)
    versions = f"version {kept.version}" if kept.version > 1 else "never changed"
    card.text(f"-# Written by {mention(kept.author_id)} {moment(kept.made_at, 'D')} · {versions}")
    return card.buttons(*_deeds(shown)) if moderator else card


def add_rows(card: Card, rows: Sequence[Kept], about: Callable[[Kept], str], chosen: str) -> Card:
    """Questions of a list with a line `about` each, and a select that opens one by the route `chosen`."""
    lines = [f"**#{kept.number}** {escape(clip(kept.prompt, 120))}\n-# {about(kept)}" for kept in rows]
    choices = [Choice(f"#{kept.number} {kept.prompt}", str(kept.number)) for kept in rows]
    return card.text("\n".join(lines)).select(custom_id(chosen), "Open one", choices)


def _add_preview(card: Card, draft_id: int, draft: Draft, item: Item) -> None:
    order = range(len(item.options))
    card.line().text(f"-# As players will see it · {escape(draft.deck)} · {DIFFICULTY[item.difficulty]}")
    card.text(item_card.body(item, order))
    item_card.add_answer_controls(card, item, order, "draft:look", "draft:peek", draft_id)
    unknown = not draft.key and item.options and item.kind != "order"
    right = "still to be chosen" if unknown else item_card.solution(item, order)
    card.text(f"**Right:** {right}").text(item_card.why(item)).line()


def _add_list(card: Card, title: str, lines: Sequence[str]) -> None:
    if lines:
        card.text(f"**{title}**\n" + "\n".join(f"- {escape(clip(line, 300))}" for line in lines[:8]))


def _add_selects(card: Card, draft_id: int, draft: Draft) -> None:
    options = list_options(draft)[: len(LETTERS)]
    if options and draft.kind != "order":
        shown = zip(LETTERS, options, strict=False)
        keys = [Choice(f"{letter}: {text}", str(n), chosen=n in draft.key) for n, (letter, text) in enumerate(shown)]
        most = len(keys) if draft.kind == "several" else 1
        card.select(custom_id("draft:key", draft_id), "Which is right?", keys, most=most)
    who = draft.texts.get("who", "").strip()
    status = draft.status or ("attributed" if who else "stated")
    statuses = [Choice(words, id, chosen=id == status) for id, words in STATUSES.items()]
    card.select(custom_id("draft:status", draft_id), "What kind of claim is it?", statuses)
    levels = [Choice(words.capitalize(), str(n), chosen=n == draft.difficulty) for n, words in DIFFICULTY.items()]
    card.select(custom_id("draft:difficulty", draft_id), "How hard is it?", levels)


def _buttons(draft_id: int, draft: Draft, ready: bool) -> list[Button]:
    save = Button(SAVE[draft.purpose], custom_id("draft:save", draft_id), ButtonStyle.primary, disabled=not ready)
    buttons = [save, Button("Edit", custom_id("draft:open", draft_id))]
    if draft.purpose == "suggest":
        tell = "Tell me what becomes of it: yes" if draft.tell else "Tell me what becomes of it: no"
        buttons.append(Button(tell, custom_id("draft:tell", draft_id)))
    return [*buttons, Button("Discard", custom_id("draft:discard", draft_id))]


def _deeds(shown: Shown) -> list[Button]:
    number = shown.kept.number
    buttons = [
        Button("Edit", custom_id("question:edit", number)),
        Button("History", custom_id("question:history", number)),
    ]
    if shown.kept.state == "live":
        buttons.append(Button("Retire", custom_id("question:retire", number)))
    elif shown.kept.state == "retired":
        buttons.append(Button("Ask it again", custom_id("question:restore", number)))
    return buttons


def describe_saved(number: int, state: str, deck: str) -> str:
    """What became of a draft."""
    if state == "waiting":
        return f"**#{number}** is sent in. It will be asked once a moderator has approved it."
    if state != "live":
        return f"**#{number}** is saved. As before, it is {STATES[state]}."
    return f"**#{number}** is saved in {escape(deck)}. To play it, choose this server's questions in /quiz play."
