"""How a question looks: its words, the controls it is answered with, its key and its source."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle

from bot.item import Item
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.text import clip, escape, sections
from content.pack import LETTERS

DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}
HINTS = {
    "several": "\n-# More than one may be right; all of them together count.",
    "order": "\n-# Put these in order.",
}


def order_form(item: Item, order: Sequence[int], id: str) -> Form:
    """Put in order: a select a place."""
    choices = [Choice(f"{LETTERS[n]}: {item.options[index]}", str(n)) for n, index in enumerate(order)]
    form = Form(id, "Put in order")
    for place in range(len(order)):
        form.select(f"place{place}", f"Place {place + 1}", choices)
    return form


def text_form(item: Item, id: str) -> Form:
    """Type a number or a few words."""
    form = Form(id, "Your answer").text(escape(item.prompt))
    if item.kind == "number":
        return form.field("text", f"A number ({item.unit})", "Digits only, such as 12 or 3.5", 20)
    return form.field("text", "Your answer", "A word or a few; small slips are forgiven", 80)


def form(item: Item, order: Sequence[int], id: str) -> Form:
    return order_form(item, order, id) if item.kind == "order" else text_form(item, id)


def source(item: Item) -> str:
    """Where it stands and what kind of statement it is."""
    return " · ".join(filter(None, (sections(item.cite), item.source and escape(item.source), escape(item.claim))))


def why(item: Item) -> str:
    """The explanation, where there is one, and the source below it."""
    return "\n".join(filter(None, (item.explanation and escape(item.explanation), f"-# {source(item)}")))


def key_in_words(item: Item, order: Sequence[int]) -> str:
    """The right answer as people saw the options, and what a ruling accepts besides it."""
    if not item.options:
        return " or ".join(f"**{escape(answer)}**" for answer in (item.answer, *map(str, item.also)))
    answers = (item.key, *(other for other in item.also if not isinstance(other, str)))
    return " or ".join(_options_in_words(item, answer, order) for answer in answers)


def solution(item: Item, order: Sequence[int]) -> str:
    """The right answer, and what else counts or never does, which players are not shown."""
    spread = f" ± {item.tolerance:.15g}" if item.tolerance else ""
    lines = [key_in_words(item, order) + spread]
    for title, answers in (("Also right", item.accept), ("Never right", item.reject)):
        if answers:
            lines.append(f"-# {title}: {clip(' / '.join(map(escape, answers)), 400)}")
    return "\n".join(lines)


def _options_in_words(item: Item, answer: Sequence[int], order: Sequence[int]) -> str:
    letters = [LETTERS[order.index(index)] for index in answer]
    options = [escape(item.options[index]) for index in answer]
    if item.kind == "order":
        return "".join(f"\n{n + 1}. {option} ({letters[n]})" for n, option in enumerate(options))
    return " and ".join(f"**{letter}** {option}" for letter, option in zip(letters, options, strict=True))


def add_answer_controls(
    card: Card, item: Item, order: Sequence[int], press_route: str, form_route: str, *ids: int | str
) -> None:
    """The buttons or the select with which a question is answered."""
    letters = LETTERS[: len(order)]
    if item.kind == "several":
        choices = [Choice(f"{letters[n]}: {item.options[index]}", str(n)) for n, index in enumerate(order)]
        card.select(custom_id(press_route, *ids, 0), "Choose all that are right", choices, most=len(choices))
    elif item.kind in ("order", "number", "typed"):
        label = "Put in order" if item.kind == "order" else "Answer"
        card.buttons(Button(label, custom_id(form_route, *ids), ButtonStyle.primary))
    else:
        card.buttons(*(Button(letter, custom_id(press_route, *ids, n)) for n, letter in enumerate(letters)))


def body(item: Item, order: Sequence[int]) -> str:
    """The question and its options in the order shown. Nothing here depends on which of them is right."""
    hint = HINTS.get(item.kind, "")
    options = "\n".join(f"**{LETTERS[n]}**  {escape(item.options[index])}" for n, index in enumerate(order))
    return f"### {escape(item.prompt)}{hint}\n{options}"
