"""The quiz shows: cards made from facts."""

from __future__ import annotations

from collections.abc import Sequence

from discord import ButtonStyle

from bot import item_card, judge
from bot.board import say_row
from bot.kit import Button, Card, custom_id
from bot.quiz import facts, rules
from bot.quiz.facts import Opening, Question, Reveal, Standing
from bot.quiz.modes import describe_team
from bot.quiz.rules import Ranked
from bot.text import bar, count, escape, moment, name, number
from content.pack import LETTERS
from storage.boards import Row
from storage.quiz import Given

PODIUM = 10
ENDINGS = {
    "played": "That was the last question.",
    "decided": "Only one is left, so the round is decided.",
    "stopped": "The round was stopped.",
    "silent": "Nobody pressed “Go on”, so the round ended here.",
    "declined": "The duel was not accepted.",
    "forbidden": "The round ended because I may no longer write in <#{channel}>. All scores are kept. "
    "A moderator can let me see and write there again.",
    "gone": "The round ended because the place where it was played was deleted. All scores are kept.",
    "unreachable": "The round ended because Discord did not take my messages for a while. All scores are kept.",
}


SCORINGS = {
    "accuracy": "points by difficulty",
    "speed": "points by difficulty and speed",
    "certainty": "points by how sure you are",
}


def draw_opening(opening: Opening) -> Card:
    """The card that opens a round."""
    mode = opening.mode
    title = "Quiz" if mode.id == "classic" else mode.title
    card = Card().text(f"## {title}: {escape(opening.subject)}")
    card.text(
        f"{count(opening.length, 'question')}, {opening.seconds} seconds each, {SCORINGS[opening.scoring]}. Only you "
        "see your answer, and your first one counts."
    )
    if mode.words:
        card.text(mode.words)
    if mode.id == "duel":
        return _add_duel(card, opening)
    if mode.teams:
        return _add_teams(card, opening)
    return card.text(
        "It is played in a thread of its own." if opening.thread else "The first question follows in a few seconds."
    )


def _add_teams(card: Card, opening: Opening) -> Card:
    """How big the teams are, and a button to join each until the first question is asked."""
    card.text(" · ".join(f"Team {team + 1}: {count(size, 'member')}" for team, size in enumerate(opening.sizes)))
    if opening.state == "over":
        return card
    if opening.state not in ("opening", "threading", "starting"):
        return card.text("The round has begun.")
    ids = [custom_id("quiz:join", opening.round_id, team) for team in range(opening.mode.teams)]
    card.buttons(*(Button(f"Join Team {team + 1}", id) for team, id in enumerate(ids)))
    if opening.state != "starting":
        return card
    return card.text(f"The first question follows {moment(opening.due_at)}.")


def _add_duel(card: Card, opening: Opening) -> Card:
    """Who asked whom, and what became of it."""
    asks, asked = map(name, opening.people)
    if opening.state == "declined":
        return card.text(f"{asks} asked {asked} for a duel; it was not accepted.")
    if opening.state == "over":
        return card.text(f"{asks} asked {asked} for a duel; it is over.")
    if opening.state != "invited":
        return card.text(f"{asks} against {asked}. The first question follows in a few seconds.")
    # A mention, so that it rings, also for who is hidden: Discord shows it to everybody, and it goes when they reply.
    call = f"{asks} asks <@{opening.rival_id}> for a duel. They can accept until {moment(opening.due_at, 'T')}."
    return card.text(call).buttons(
        Button("Accept", custom_id("quiz:accept", opening.round_id), ButtonStyle.primary),
        Button("Decline", custom_id("quiz:decline", opening.round_id)),
    )


def draw_here() -> Card:
    """The sentence where a round was to have a thread and has none."""
    return Card().text("I could not open a thread, so the round is played right here.")


def draw_sure(round_id: int, position: int, shown: str) -> Card:
    """What somebody who has answered is asked in a round by certainty."""
    levels = (("Low", 1), ("Mid", 2), ("High", 3))
    worth = [f"{label} {' or '.join(map(number, judge.CERTAIN[level]))}" for label, level in levels]
    return (
        Card()
        .text(f"**{shown}**, locked in. How sure are you? If you don't say, it counts as low.")
        .buttons(*(Button(label, custom_id("quiz:sure", round_id, position, level)) for label, level in levels))
        .text(f"-# Points if right or wrong: {', '.join(worth)}")
    )


def draw_daily_answer(shown: str, streak: int) -> Card:
    """What somebody who has answered a daily question is told."""
    days = count(streak, "day") + (" in a row" if streak > 1 else "")
    return (
        Card()
        .text(f"**{shown}**, locked in. You have answered the daily question on {days}.")
        .text("-# One day off a week is forgiven, two in a row are not. The answer is shown when the question closes.")
        .buttons(Button("Reminders on or off", custom_id("quiz:remind")))
    )


def draw_question(question: Question) -> Card:
    """An open question with its buttons. Nothing here depends on which option is right."""
    card = Card().text(_heading(question))
    if question.before is not None:
        card.text(_day_before(question.before))
    card.text(item_card.body(question.item, question.order))
    _add_controls(card, question)
    answered = count(question.answered, "answer") if question.answered else "no answers yet"
    return card.text(f"-# Closes {moment(question.closes_at)} · {answered}")


def draw_reveal(reveal: Reveal) -> Card:
    """A closed question: key, shares, why, source, who was fastest."""
    card = Card().text(_heading(reveal))
    card.text(f"**{escape(reveal.item.prompt)}**").text("\n".join(_shares(reveal)))
    card.text(item_card.why(reveal.item)).line().text(_people(reveal))
    return card.buttons(Button("Report", custom_id("report:open", reveal.round_id, reveal.position)))


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


def draw_end(standing: Standing, debated: bool) -> Card:
    """The podium of a round; `debated` says whether there are motions on what divided people most."""
    final = standing.closed == standing.length or standing.ending == "decided"
    title = "Final standing" if final else "Standing"
    card = Card().text(f"## {title}: {escape(standing.subject)}")
    if not standing.length:
        return card.text("A moderator took every question of this round out of the count.")
    card.text(ENDINGS[standing.ending or "stopped"].format(channel=standing.channel_id))
    if not standing.ranked:
        return card.text("Nobody answered this time, so there is no standing.")
    if standing.special:
        card.text(standing.special)
    if standing.teams:
        card.text("\n".join(map(describe_team, standing.teams)))
    card.text("\n".join(_place(ranked, standing) for ranked in standing.ranked[:PODIUM]))
    more = len(standing.ranked) - PODIUM
    if more > 0:
        card.text(f"-# … and {count(more, 'more person', 'more people')}. Press the button for your own place.")
    if standing.divided:
        card.line().text(
            f"**Most divided:** {escape(standing.divided.prompt)}\n-# {item_card.source(standing.divided)}"
        )
    buttons = [Button("My place", custom_id("quiz:place", standing.round_id))]
    if debated:
        buttons.append(Button("Debate this", custom_id("debate:put", *standing.divided_theme.split("/"))))
    return card.buttons(*buttons)


def row(ranked: Ranked, asked: int) -> str:
    """A line of a round's standing, after so many questions that count."""
    score = ranked.score
    return say_row(Row(ranked.rank, score.user_id, score.name, score.points, score.right, asked or score.answered))


def _place(ranked: Ranked, standing: Standing) -> str:
    """A line of a final standing; in teams it ends with somebody's team."""
    team = standing.team_of.get(ranked.score.user_id)
    return row(ranked, standing.counted) + ("" if team is None else f" · Team {team + 1}")


def _add_controls(card: Card, question: Question) -> None:
    ids = (question.round_id, question.position)
    item_card.add_answer_controls(card, question.item, question.order, "quiz:answer", "quiz:open", *ids)


def _heading(shown: Question | Reveal) -> str:
    which = f"Question {shown.position + 1} of {shown.length}" if shown.mode.waits_for_people else shown.mode.title
    return f"-# {which} · {escape(shown.item.theme)} · {item_card.DIFFICULTY[shown.item.difficulty]}"


def _day_before(reveal: Reveal) -> str:
    """What became of the daily question before this one."""
    right = sum(answer.right for answer in reveal.answers)
    key = "taken out of the count" if reveal.item.void else item_card.key_in_words(reveal.item, reveal.order)
    shares = (
        f"-# {right} of {count(len(reveal.answers), 'answer')} right" if reveal.answers else "-# Nobody answered it."
    )
    return "\n".join((f"**Last time:** {escape(reveal.item.prompt)}", key, shares))


def _shares(reveal: Reveal) -> list[str]:
    """Options in the order asked, each with its share; or the key and how many had it, unless nobody can have."""
    item, total = reveal.item, len(reveal.answers)
    if item.kind in ("order", "number", "typed"):
        if item.void:
            return [f"-# {count(total, 'answer')}"]
        right = sum(answer.right for answer in reveal.answers)
        key = f"Right: {item_card.key_in_words(item, reveal.order)}"
        return [key, f"-# {right} of {count(total, 'answer')} right"] if total else [key]
    picks = facts.picks_by_option(reveal)
    return [_share(reveal, letter, index, picks[index]) for letter, index in zip(LETTERS, reveal.order, strict=False)]


def _share(reveal: Reveal, letter: str, index: int, picked: int) -> str:
    right = not reveal.item.void and index in judge.right_options(reveal.item)
    share = picked / len(reveal.answers) if reveal.answers else 0.0
    words = f"**{letter}**  {escape(reveal.item.options[index])}{' **✓ right**' if right else ''}"
    return f"{words}\n-# {bar(share)} {share:.0%} · {picked}"


def _people(reveal: Reveal) -> str:
    if reveal.item.void:
        return "A moderator took this question out of the count: nobody gets points for it."
    if not reveal.answers:
        return "Nobody answered this one."
    right = [answer for answer in reveal.answers if answer.right]
    if not right:
        stay = " So all stay in." if reveal.mode.id == "standing" else ""
        return f"{count(len(reveal.answers), 'answer')}, none of them right.{stay}"
    fastest = f" {_fastest(right)}" if reveal.mode.waits_for_people else ""
    lines = [f"{len(right)} of {count(len(reveal.answers), 'answer')} right.{fastest}"]
    if reveal.out:
        more = f" and {len(reveal.out) - 5} more" if len(reveal.out) > 5 else ""
        lines.append(f"Out: {', '.join(map(name, reveal.out[:5]))}{more}. Still in: {reveal.standing}.")
    fresh = [score for score in reveal.leaders if score.user_id not in reveal.led]
    if fresh and reveal.position > 0:
        lines.append(f"New in the lead: {', '.join(name(s.name) for s in fresh[:3])} with {fresh[0].points:,} points.")
    return "\n".join(lines)


def _fastest(right: Sequence[Given]) -> str:
    best = min(right, key=lambda answer: answer.took)
    return f"Fastest: {name(best.name)}, {best.took / 1000:.1f} s."
