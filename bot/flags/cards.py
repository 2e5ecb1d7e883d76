"""Flags are shown: the form, a case as moderators see it, the list, and a calm word."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from discord import ButtonStyle

from bot.flaggable import Flaggable, Found
from bot.flags import rules
from bot.flags.actions import Case
from bot.kit import Button, Card, Choice, Form, custom_id
from bot.text import count, escape, link, mention, moment, spoiler

NOTES = 5  # on a card; the newest
NOTE = rules.NOTE  # characters of one; with TEXT they fit a card
TEXT = 1500  # characters of what was flagged,
LISTED = 120  # and in the list
CALM = (
    "Several people have flagged something here in the last minutes. Let us take it slowly: one point at a time, about "
    "what is said and not about who says it. Moderators can look at it."
)
GONE = "It is not there any more."
LOOKED_AT = "Moderators have looked at it."


def flag_form(flaggable: Flaggable, subject: str, id: int) -> Form:
    form = Form(custom_id("flag:send", subject, id), f"Report this {flaggable.title.lower()}")
    form.select("reason", "What is wrong with it?", [Choice(words, id) for id, words in flaggable.reasons.items()])
    return form.field(
        "note",
        "What should moderators know?",
        "Only they read it, without your name",
        rules.NOTE,
        required=False,
        lines=True,
    )


def draw_case(case: Case, sure: bool = False, told: str = "") -> Card:
    """What was flagged and why, and what can be done; `sure` asks once before it is taken away for good.

    Members' words stand behind a spoiler: nobody has to read them unprepared. `told`: why a press changed nothing.
    """
    card = Card().text(f"### Flagged: {case.flaggable.title.lower()}")
    if case.found is None:
        card.text(GONE)
    else:
        author = f"\n-# by {mention(case.found.author_id)}" if case.found.author_id else ""
        card.text(f"{_words(case.found, TEXT)}{author}\n-# in {_place(case)}")
    card.line().text("\n".join(_reasons(case))).text(told)
    if case.flags[0].settled:
        return card.text(f"-# {_settled(case)}")
    if case.found is not None and case.found.over:
        card.text(f"-# {case.found.over}")
    if not case.removable:
        return card.buttons(Button("Close this case", custom_id("flags:keep", case.id)))
    if sure:
        return card.text(f"**{case.flaggable.removes}?** That can't be taken back.").buttons(
            Button(case.flaggable.removes, custom_id("flags:confirm", case.id), ButtonStyle.primary),
            Button("Cancel", custom_id("flags:cancel", case.id)),
        )
    return card.buttons(
        Button("Keep it", custom_id("flags:keep", case.id)),
        Button(case.flaggable.removes, custom_id("flags:remove", case.id)),
    )


def draw_list(cases: Sequence[Case], page: int, last: int, total: int) -> Card:
    card = Card().text("### Flagged")
    if not cases:
        return card.text(
            "Nothing waits for you. Members flag with the button under a motion or under what somebody said."
        )
    for case in cases:
        text = _words(case.found, LISTED) if case.found else GONE
        card.text(f"**{case.flaggable.title}** · {count(len(case.flags), 'flag')}\n{text}")
        card.buttons(Button("Open", custom_id("flags:open", case.id)))
    return card.turning(page, last, count(total, "case"), "flags:page")


def draw_calm() -> Card:
    return Card().text(CALM)


def _words(found: Found, most: int) -> str:
    """What was flagged. A pack's words are no member's: they are short, and need no spoiler."""
    return spoiler(found.text, most) if found.author_id else escape(found.text)


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
    lines += [f"-# {moment(flag.at, 'f')}: {spoiler(flag.note, NOTE)}" for flag in notes[:NOTES]]
    if len(notes) > NOTES:
        lines.append(f"-# … and {count(len(notes) - NOTES, 'note')} more")
    return lines


def _settled(case: Case) -> str:
    if case.flags[0].settled == "removed":
        return case.flaggable.removed
    return "Moderators decided that it stays." if case.removable else LOOKED_AT
