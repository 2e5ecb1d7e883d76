"""Reports are shown: the form, the list, a question with what is said against it, a ruling before and after."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from discord import ButtonStyle

from bot import item_card
from bot.item import Item
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.reporting import FIGURES
from bot.reports import rules
from bot.reports.facts import Case, Page
from bot.reports.rescoring import Effect
from bot.reports.rules import REASONS
from bot.text import bar, clip, count, escape
from content.pack import LETTERS
from storage.reports import Complaint, Ruled

NOTES = 6  # on a card; the newest
SAID = REASONS | {FIGURES: "The answers look odd"}
PROPOSED = {  # as on the buttons
    "accept": "Accept another answer",
    "correct": "Correct the key",
    "void": "Void",
}
DECIDED = {  # as everybody reads it
    "accept": "another answer is right too",
    "correct": "the key is corrected",
    "void": "the question does not count",
}


def report_form(round_id: int, position: int) -> Form:
    choices = [Choice(words, id) for id, words in REASONS.items()]
    form = Form(custom_id("report:send", round_id, position), "Report this question")
    form.select("reason", "What is wrong with it?", choices)
    hint = "Only moderators read this"
    return form.field("note", "What should it say?", hint, rules.NOTE, required=False, lines=True)


def draw_list(page: Page, size: int) -> Card:
    """The questions with open reports."""
    card = Card().text("### Reported questions")
    if not page.rows:
        return card.text("Nothing is open. Members report with the button under a question's answer.")
    prompts = [Item.model_validate_json(row.item).prompt for row in page.rows]
    rows = list(zip(page.rows, prompts, strict=True))
    card.text("\n".join(f"**{escape(clip(prompt, 120))}**\n-# {count(row.reports, 'report')}" for row, prompt in rows))
    choices = [Choice(prompt, f"{row.round_id}-{row.position}") for row, prompt in rows]
    card.select(custom_id("reports:chosen"), "Open one", choices)
    return card.turning(page.skipped // size, (page.total - 1) // size, count(page.total, "question"), "reports:page")


def draw_case(case: Case) -> Card:
    """A question, its answers, what is said against it, and how it can be ruled."""
    item = case.item
    card = Card().text(f"### Reported: {escape(item.prompt)}").text("\n".join(_answers(case)))
    key = "does not count" if item.void else item_card.solution(item, case.order)
    card.text(f"**Key:** {key}").line().text("\n".join(_complaints(case.complaints)))
    if item.version != case.newest:
        card.text(f"-# This round asked version {item.version}; now it is version {case.newest}.")
    ids = (case.round_id, case.position)
    # The explanation comes last: it is what may be cut where a card is full.
    return card.text(item_card.why(item)).buttons(
        Button(PROPOSED["accept"], custom_id("ruling:accept", *ids), disabled=item.void),
        Button(PROPOSED["void"], custom_id("ruling:void", *ids), disabled=item.void),
        Button(PROPOSED["correct"], custom_id("ruling:correct", *ids)),
        Button("Keep", custom_id("ruling:keep", *ids), disabled=not case.complaints),
    )


def draw_new(case: Case) -> Card:
    """What is posted to moderators when a question is reported for the first time."""
    card = Card().text(f"### A question was reported\n{escape(case.item.prompt)}")
    card.text("\n".join(_counts(case.complaints)))
    return card.buttons(Button("Open", custom_id("reports:open", case.round_id, case.position)))


def draw_choice(case: Case, kind: str) -> Card:
    """Which answer is right, or right too: one of the options, or one of the wrong answers that were typed."""
    item, order = case.item, case.order
    card = Card().text(item_card.body(item, order)).text(f"-# Key now: {escape(rules.name_key(item))}")
    what = "Which answer counts as well?" if kind == "accept" else "Which is the key?"
    picking = custom_id("ruling:picked", kind, case.round_id, case.position)
    if item.options:
        choices = [Choice(f"{LETTERS[n]}: {item.options[index]}", str(index)) for n, index in enumerate(order)]
        return card.select(picking, what, choices, most=len(choices) if item.kind == "several" else 1)
    wrong = [Choice(text, text, f"given by {count(n, 'person', 'people')}") for text, n in case.answered.wrong]
    return card.select(picking, what, wrong).buttons(
        Button("Another answer", custom_id("ruling:ask", kind, case.round_id, case.position))
    )


def answer_form(case: Case, kind: str) -> Form:
    """The same as a form: for an order, and for a number or a text that nobody has given."""
    id = custom_id("ruling:typed", kind, case.round_id, case.position)
    if case.item.kind == "order":
        return item_card.order_form(case.item, case.order, id)
    form = Form(id, PROPOSED[kind])
    hint = f"A number ({case.item.unit})" if case.item.unit else "As people would write it"
    return form.field("text", "Right answer", hint, rules.TEXT)


def draw_preview(case: Case, draft_id: int, kind: str, after: Item, effect: Effect) -> Card:
    """What a ruling would change, before it does."""
    card = Card().text(f"### {PROPOSED[kind]}: {escape(case.item.prompt)}")
    card.text(f"**Key now:** {escape(rules.name_key(case.item))}\n**Then:** {escape(rules.name_key(after))}")
    card.text(describe_effect(effect)).text("-# A note in the channel where it was asked last tells everybody.")
    return card.buttons(
        Button("Confirm", custom_id("ruling:confirm", draft_id), ButtonStyle.primary),
        Button("Cancel", custom_id("ruling:cancel", draft_id)),
    )


def describe_effect(effect: Effect, done: bool = False) -> str:
    """What a ruling changes, or has changed, in one sentence."""
    if not effect.answers:
        return "No past answer counts differently by this; from now on it is asked as ruled."
    points = f"Points gained by {count(effect.gaining, 'person', 'people')}, lost by {effect.losing:,}."
    return f"{_changed(effect, 'now' if done else 'will')} {points}"


def draw_note(ruling: Ruled, is_open: bool) -> Card:
    """What everybody is told of a ruling; not which answer is right while the question is open somewhere."""
    before, after = (Item.model_validate_json(text) for text in (ruling.before, ruling.after))
    card = Card().text(f"### Correction: {DECIDED[ruling.kind]}").text(f"**{escape(before.prompt)}**")
    if is_open and not after.void:
        card.text("It is being asked right now: its answer there shows what is right.")
    elif not after.void:
        card.text(f"The key was: {escape(rules.name_key(before))}\nRight is now: {escape(rules.name_key(after))}")
    if not ruling.answers:
        then = "it is not asked" if after.void else "it is asked this way"
        return card.text(f"-# No past answer counts differently by this; from now on {then}.")
    card.text(_changed(ruling, "now"))
    return card.text("-# Standings and boards are corrected. A moderator decided this after a report.")


def _changed(of: Effect | Ruled, when: str) -> str:
    """`2 answers of 2 people in 1 round now count differently.`"""
    people, rounds = count(of.people, "person", "people"), count(of.rounds, "round")
    verb = "counts" if when == "now" and of.answers == 1 else "count"
    return f"{count(of.answers, 'answer')} of {people} in {rounds} {when} {verb} differently."


def _answers(case: Case) -> list[str]:
    """How often each option was chosen, or what was typed most, in all rounds."""
    item, answered = case.item, case.answered
    if item.kind == "order" or not item.options:
        lines = [f"{text if item.kind == 'order' else f'“{escape(text)}”'} · {n:,}" for text, n in answered.texts]
    else:
        letters = zip(LETTERS, case.order, strict=False)
        lines = [
            _share(letter, item.options[index], answered.picks[index], answered.people) for letter, index in letters
        ]
    if not answered.people:
        return [*lines, "-# no answers yet"]
    people, rounds = count(answered.people, "answer"), count(answered.rounds, "round")
    return [*lines, f"-# {people} in {rounds}, {answered.right:,} right"]


def _share(letter: str, option: str, picked: int, people: int) -> str:
    share = picked / people if people else 0.0
    return f"**{letter}**  {escape(option)}\n-# {bar(share)} {share:.0%} · {picked:,}"


def _complaints(complaints: Sequence[Complaint]) -> list[str]:
    """How many say what, and their notes with what each is about, the newest last."""
    if not complaints:
        return ["No report is open on it."]
    notes = [f"> {SAID[c.reason]}: {escape(c.note)}" for c in complaints if c.note]
    more = [f"-# {count(len(notes) - NOTES, 'older note')} not shown"] if len(notes) > NOTES else []
    return [*_counts(complaints), *more, *notes[-NOTES:]]


def _counts(complaints: Sequence[Complaint]) -> list[str]:
    counts = Counter(complaint.reason for complaint in complaints)
    return [f"**{SAID[reason]}** · {n}" for reason, n in counts.most_common()]
