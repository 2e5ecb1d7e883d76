"""The quiz shows: cards made from facts."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle

from bot.kit import Button, Card, Choice, Form, custom_id
from bot.quiz import facts, rules
from bot.quiz.facts import Question, Reveal, Standing
from bot.quiz.item import Item
from bot.quiz.rules import Ranked
from bot.text import bar, count, escape, moment, name, sections
from content.pack import LETTERS
from storage.quiz import Given

DIFFICULTY = {1: "easy", 2: "medium", 3: "hard"}
PODIUM = 10
HINTS = {
    "several": "\n-# More than one may be right; all of them together count.",
    "order": "\n-# Put these in order.",
}
ENDINGS = {
    "played": "That was the last question.",
    "stopped": "The round was stopped.",
    "silent": "Nobody pressed “Go on”, so the round ended here.",
    "forbidden": "The round ended because I may no longer write in <#{channel}>. All scores are kept. "
    "A moderator can let me see and write there again.",
    "gone": "The round ended because the place where it was played was deleted. All scores are kept.",
    "unreachable": "The round ended because Discord did not take my messages for a while. All scores are kept.",
}


def draw_start(subject: str, length: int, seconds: int, scoring: str, thread: bool) -> Card:
    """The card that opens a round."""
    how = "points by difficulty" if scoring == "accuracy" else "points by difficulty and speed"
    return (
        Card()
        .text(f"## Quiz: {escape(subject)}")
        .text(
            f"{count(length, 'question')}, {seconds} seconds each, {how}. Only you see "
            f"your answer, and your first one counts."
        )
        .text("It is played in a thread of its own." if thread else "The first question follows in a few seconds.")
    )


def draw_question(question: Question) -> Card:
    """An open question with its buttons. Nothing here depends on which option is right."""
    card = Card().text(_heading(question.item, question.position, question.length))
    card.text(body(question.item, question.order))
    _add_controls(card, question)
    answered = count(question.answered, "answer") if question.answered else "no answers yet"
    return card.text(f"-# Closes {moment(question.closes_at)} · {answered}")


def draw_reveal(reveal: Reveal) -> Card:
    """A closed question: key, shares, why, source, who was fastest."""
    card = Card().text(_heading(reveal.item, reveal.position, reveal.length))
    card.text(f"**{escape(reveal.item.prompt)}**").text("\n".join(_shares(reveal)))
    card.text(f"{escape(reveal.item.explanation)}\n-# {source(reveal.item)}")
    return card.line().text(_people(reveal))


def draw_paused(round_id: int, until: int) -> Card:
    return (
        Card()
        .text("### The round is paused")
        .text(
            f"Nobody answered the last {rules.SILENT} questions. Press “Go on” when you are back. "
            f"Otherwise the round ends {moment(until)}."
        )
        .buttons(Button("Go on", custom_id("quiz:goon", round_id), ButtonStyle.primary))
    )


def draw_back(position: int, closes_at: int | None) -> Card:
    """The sentence after an absence; `closes_at` is None between two questions."""
    goes_on = "The round goes on"
    if closes_at is not None:
        goes_on = f"Question {position + 1} is open until {moment(closes_at, 'T')}"
    return Card().text(f"I was away for a moment and am back. {goes_on}; every answer that was confirmed still counts.")


def draw_end(standing: Standing) -> Card:
    """The podium of a round."""
    title = "Final standing" if standing.closed == standing.length else "Standing"
    card = Card().text(f"## {title}: {escape(standing.subject)}")
    card.text(ENDINGS[standing.ending or "stopped"].format(channel=standing.channel_id))
    if not standing.ranked:
        return card.text("Nobody answered this time, so there is no standing.")
    card.text("\n".join(row(ranked, standing.closed) for ranked in standing.ranked[:PODIUM]))
    more = len(standing.ranked) - PODIUM
    if more > 0:
        card.text(f"-# … and {count(more, 'more person', 'more people')}. Press the button for your own place.")
    if standing.divided:
        card.line().text(f"**Most divided:** {escape(standing.divided.prompt)}\n-# {source(standing.divided)}")
    return card.buttons(Button("My place", custom_id("quiz:place", standing.round_id)))


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


def row(ranked: Ranked, asked: int | None = None) -> str:
    """A line of a board: rank, name, points, right of answered."""
    score = ranked.score
    right = f"{score.right} of {asked or score.answered} right"
    return f"**{ranked.rank}.** {name(score.name)} · **{score.points:,}** · {right}"


def source(item: Item) -> str:
    """Where it stands and what kind of statement it is."""
    return f"{sections(item.cite)} · {escape(item.claim)}"


def key_in_words(item: Item, order: Sequence[int]) -> str:
    """The right answer as people saw the options."""
    if not item.options:
        return f"**{escape(item.answer)}**"
    letters = [LETTERS[order.index(index)] for index in item.key]
    options = [escape(item.options[index]) for index in item.key]
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


def _add_controls(card: Card, question: Question) -> None:
    ids = (question.round_id, question.position)
    add_answer_controls(card, question.item, question.order, "quiz:answer", "quiz:open", *ids)


def _heading(item: Item, position: int, length: int) -> str:
    return f"-# Question {position + 1} of {length} · {escape(item.theme)} · {DIFFICULTY[item.difficulty]}"


def body(item: Item, order: Sequence[int]) -> str:
    hint = {
        "several": "\n-# More than one may be right; all of them together count.",
        "order": "\n-# Put these in order.",
    }.get(item.kind, "")
    options = "\n".join(f"**{LETTERS[n]}**  {escape(item.options[index])}" for n, index in enumerate(order))
    return f"### {escape(item.prompt)}{hint}\n{options}"


def _shares(reveal: Reveal) -> list[str]:
    """Options in the order asked, each with its share; or what was typed and how many were right."""
    item, total = reveal.item, len(reveal.answers)
    if item.kind in ("order", "number", "typed"):
        right = sum(answer.right for answer in reveal.answers)
        return [f"Right: {key_in_words(item, reveal.order)}", f"-# {right} of {count(total, 'answer')} right"]
    picks = facts.picks_by_option(reveal)
    return [_share(reveal, letter, index, picks[index]) for letter, index in zip(LETTERS, reveal.order, strict=False)]


def _share(reveal: Reveal, letter: str, index: int, picked: int) -> str:
    right = index in reveal.item.key
    share = picked / len(reveal.answers) if reveal.answers else 0.0
    words = f"**{letter}**  {escape(reveal.item.options[index])}{' **✓ right**' if right else ''}"
    return f"{words}\n-# {bar(share)} {share:.0%} · {picked}"


def _people(reveal: Reveal) -> str:
    if not reveal.answers:
        return "Nobody answered this one."
    right = [answer for answer in reveal.answers if answer.right]
    if not right:
        return f"{count(len(reveal.answers), 'answer')}, none of them right."
    lines = [f"{len(right)} of {count(len(reveal.answers), 'answer')} right. {_fastest(right)}"]
    fresh = [score for score in reveal.leaders if score.user_id not in reveal.led]
    if fresh and reveal.position > 0:
        lines.append(f"New in the lead: {', '.join(name(s.name) for s in fresh[:3])} with {fresh[0].points:,} points.")
    return "\n".join(lines)


def _fastest(right: Sequence[Given]) -> str:
    best = min(right, key=lambda answer: answer.took)
    return f"Fastest: {name(best.name)}, {best.took / 1000:.1f} s."
