"""Flags are shown: the form, a case as moderators see it, the list, and a calm word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from bot.flaggable import Flaggable
from bot.flags import rules
from bot.flags.actions import Case
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.text import clip, count, escape, link, moment

NOTES = 5  # on a card; the newest
TEXT = 1500  # characters of what was flagged
CALM = (
    "Several people have flagged something here in the last minutes. Let us take it slowly: one point at a time, about "
    "what is said and not about who says it. Moderators can look at it."
)
GONE = "It is not there any more."


def flag_form(flaggable: Flaggable, subject: str, id: int) -> Form:
    form = Form(custom_id("flag:send", subject, id), f"Report this {flaggable.title.lower()}")
    form.select("reason", "What is wrong with it?", [Choice(words, id) for id, words in flaggable.reasons.items()])
    return form.field(
        "note", "What should moderators know?", "Only they read it", rules.NOTE, required=False, lines=True
    )


def draw_case(case: Case) -> Card:
    """What was flagged and why. Members' words stand behind a spoiler: nobody has to read them unprepared."""
    card = Card().text(f"### Flagged: {case.flaggable.title.lower()}")
    if case.found is None:
        card.text(GONE)
    else:
        text = escape(clip(case.found.text, TEXT))
        author = f"\n-# by <@{case.found.author_id}>" if case.found.author_id else ""
        card.text((f"||{text}||" if case.found.author_id else text) + f"{author}\n-# in {_place(case)}")
    card.line().text("\n".join(_reasons(case)))
    if case.flags[0].settled:
        return card.text(f"-# {_settled(case)}")
    return card.buttons(
        Button("Keep it", custom_id("flags:keep", case.id)),
        Button(case.flaggable.removes, custom_id("flags:remove", case.id), disabled=case.found is None),
    )


def draw_list(cases: Sequence[Case], page: int, last: int, total: int) -> Card:
    card = Card().text("### Flagged")
    if not cases:
        return card.text(
            "Nothing waits for you. Members flag with the button under a motion or under what somebody said."
        )
    for case in cases:
        text = escape(clip(case.found.text, 120)) if case.found else GONE
        hidden = f"||{text}||" if case.found and case.found.author_id else text
        card.text(f"**{case.flaggable.title}** · {count(len(case.flags), 'flag')}\n{hidden}")
        card.buttons(Button("Open", custom_id("flags:open", case.id)))
    return card.turning(page, last, count(total, "case"), "flags:page")


def draw_calm() -> Card:
    return Card().text(CALM)


def _place(case: Case) -> str:
    assert case.found is not None
    guild_id, found = case.flags[0].guild_id, case.found
    if found.message_id is None:
        return f"<#{found.channel_id}>"
    return link(guild_id, found.channel_id, found.message_id)


def _reasons(case: Case) -> list[str]:
    """How often each reason was given, and the newest notes."""
    reasons = Counter(flag.reason for flag in case.flags)
    lines = [f"- {case.flaggable.reasons.get(reason, reason)}: {n}" for reason, n in reasons.most_common()]
    notes = [flag for flag in reversed(case.flags) if flag.note]
    lines += [f"-# {moment(flag.at, 'f')}: ||{escape(flag.note)}||" for flag in notes[:NOTES]]
    if len(notes) > NOTES:
        lines.append(f"-# … and {count(len(notes) - NOTES, 'note')} more")
    return lines


def _settled(case: Case) -> str:
    return "Moderators decided that it stays." if case.flags[0].settled == "kept" else case.flaggable.removed
