"""The audit log is read: who did what, when, and what was there before and after."""

from __future__ import annotations

import json

from bot.audit import facts
from bot.audit.facts import Line
from bot.changes import list_changes, say
from bot.errors import Refusal
from bot.gate import Handler
from bot.item import SERVER
from bot.kit import Card
from bot.press import Press
from bot.rights import need_moderator
from bot.text import clip, count, escape, mention, moment
from storage import audit
from storage.audit import Entry

PAGE = 8
DEEDS = {
    "question.add": "wrote {subject}",
    "question.suggest": "sent in {subject}",
    "question.edit": "changed {subject}",
    "question.retire": "retired {subject}",
    "question.restore": "brought back {subject}",
    "question.import": "imported questions",
    "suggestion.approve": "approved {subject}",
    "suggestion.reject": "turned down {subject}",
    "ruling.accept": "ruled on {subject}: another answer is right too",
    "ruling.void": "ruled on {subject}: it does not count",
    "ruling.correct": "ruled on {subject}: the key is corrected",
    "ruling.keep": "ruled on {subject}: it stays as it is",
    "schedule.add": "made a schedule",
    "schedule.edit": "changed a schedule",
    "schedule.pause": "paused a schedule",
    "schedule.resume": "took up a schedule",
    "schedule.remove": "removed a schedule",
    "schedule.run": "had a schedule run at once",
    "claim.approve": "had {subject} shown",
    "claim.reject": "turned down {subject}",
    "delta.removed": "took away what somebody said of {subject}: that it changed their view",
    "flag.kept": "let {subject} stay after a flag",
    "flag.removed claim": "took away {subject} after a flag",
    "flag.removed speech": "took out {subject} after a flag",
    "flag.removed prompt": "closed the vote on {subject} after a flag",
    "flag.removed debate": "ended {subject} after a flag",
    "prompt.close": "closed the vote on {subject} that somebody else had put",
    "debate.begin": "let {subject} begin for others",
    "debate.skip": "skipped a turn of {subject}",
    "debate.pause": "paused {subject}",
    "debate.resume": "let {subject} go on after a pause",
    "debate.end": "ended {subject}",
    "debate.void": "took words out of {subject}",
    "debate.stand": "let words stand in {subject}",
    "debate.decline": "left words out of {subject}",
    "debate.relay": "relayed a question in {subject}",
    "setup": "set {subject}",
    "privacy.delete": "had what was kept about them deleted",
    "season.start": "began the season {subject}",
    "season.end": "ended the season {subject}",
    "round.void": "took the round {subject} out of the boards",
    "round.count": "put the round {subject} back on the boards",
}
SETTINGS = {
    "moderator_role_id": "the role that looks after questions",
    "review_channel_id": "the review channel",
    "second_opinion": "the second opinion",
    "suggestions_a_day": "suggestions a day",
    "zone": "the time zone",
    "quiz_channel_id": "the channel for rounds",
    "subject": "what rounds are about",
    "approval": "whose claims wait for a moderator",
    "winner": "whether a debate's winner is named",
}
SAID = {  # as Discord names it
    "moderator_role_id": "<@&{}>",
    "review_channel_id": "<#{}>",
    "quiz_channel_id": "<#{}>",
    "channel": "<#{}>",
    "role": "<@&{}>",
}
CHANGE = 330  # characters of a deed's change: eight of them fit a card
EMPTY = "Nothing is noted yet. Here will stand who wrote, changed, approved or ruled on what."


async def show_log(press: Press, number: int | None) -> None:
    """The log, of everything or of one of the server's own questions."""
    await press.show(await _draw(press, number or 0, 0))


async def page_pressed(press: Press, number: int, page: int) -> None:
    await press.update(await _draw(press, number, page))


async def _draw(press: Press, number: int, page: int) -> Card:
    await need_moderator(press)
    if page > 100_000:
        raise Refusal("The log is not that long. Please use /audit again.")
    subject = f"{SERVER}/{number}" if number else None
    total = await press.bot.db.read(audit.count_entries, press.guild_id, subject)
    last = max(total - 1, 0) // PAGE
    page = min(page, last)
    lines = await press.bot.db.read(facts.list_lines, press.guild_id, subject, page * PAGE, PAGE)
    card = Card().text(f"### Audit log{f' of #{number}' if number else ''}")
    if not lines:
        return card.text(EMPTY)
    card.text("\n\n".join(map(_describe, lines)))
    return card.turning(page, last, count(total, "entry", "entries"), "audit:page", number)


def _describe(line: Line) -> str:
    """A deed in one line, and below it what it changed."""
    entry = line.entry
    words = DEEDS.get(f"{entry.deed} {line.kind}") or DEEDS.get(entry.deed, f"{entry.deed} {{subject}}")
    deed = words.format(subject=line.name or _name_own(entry.subject))
    change = clip(_describe_change(entry), CHANGE)
    who = mention(entry.user_id) if entry.user_id else "Whoever runs this bot"  # on the command line
    return f"{who} {deed} {moment(entry.at, 'f')}" + (f"\n-# {change}" if change else "")


def _name_own(subject: str) -> str:
    """A setting, a season, a question of the server's by its number."""
    own = subject.removeprefix(f"{SERVER}/")
    return escape(SETTINGS.get(subject, subject if own == subject else f"#{own}"))


def _describe_change(entry: Entry) -> str:
    """What was there before and after; of a question that was changed, what differs."""
    if entry.deed == "setup":
        return " → ".join(_say_setting(entry.subject, side) for side in (entry.before, entry.after))
    if entry.deed == "question.edit" and entry.before and entry.after:
        return " · ".join(list_changes(entry.before, entry.after))
    if entry.deed in ("schedule.edit", "schedule.resume") and entry.before and entry.after:
        old, new = json.loads(entry.before), json.loads(entry.after)
        return " · ".join(f"{name}: {_say_option(name, old[name])} → {_say_option(name, new[name])}" for name in new)
    return " → ".join(_short(entry.deed, side) for side in (entry.before, entry.after) if side is not None)


def _short(deed: str, side: str) -> str:
    """One side of a change: of a question its words, else the text as it is."""
    if deed not in ("question.add", "question.suggest", "question.edit"):
        return escape(clip(side, 160))
    told = json.loads(side)
    return f"{say(told.get('prompt'))} (right: {say(told.get('key'))})"


def _say_setting(name: str, value: str | None) -> str:
    if value is None:
        return "none"
    return SAID.get(name, "{}").format(
        {"0": "off", "1": "on"}[value] if name in ("second_opinion", "winner") else escape(value)
    )


def _say_option(name: str, value: object) -> str:
    """An option of a schedule: what is on or off stands as 1 or 0."""
    if value is None:
        return "none"
    if name in ("thread", "event"):
        return "on" if value else "off"
    return SAID.get(name, "{}").format(say(value))


ROUTES: dict[str, Handler] = {"audit:page": page_pressed}
