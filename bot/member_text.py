"""Whether a member's words may be shown to others: rules of a server's AutoMod, and what holds everywhere.

What a bot posts passes by AutoMod, so its rules are applied here, as Discord documents them:
https://discord.com/developers/docs/resources/auto-moderation
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, chain
from typing import Any, Final

from bot import blocked_words
from bot.rust_regex import Pattern, Unreadable
from bot.text import BLANK, HIDDEN

HELD = "This server's AutoMod would hold back a word in it. Please say it otherwise."
NOT_PASSED_ON = "There is a word in it that I pass on for nobody. Please say it otherwise."
MENTIONS = "This server's AutoMod would hold it back for its many mentions. Please take some out."
NO_LINKS = "I can't pass on links here. Please say it without one."
FEWER_LINKS = "It has more links than I can pass on: {most} at most. Please take some out."
INVITE = "I can't pass on invitations to servers. Please say it without one."
MARKS = "Its letters carry more accents and marks than can be read. Please write it plainly."

MOST_MARKS: Final = 4  # on one letter; living scripts put up to three or four there
KEYWORD, KEYWORD_PRESET, MENTION_SPAM = 1, 4, 5  # AutoMod's types of rules
MESSAGE_SEND: Final = 1  # its events
ALERT: Final = 2  # its one action that lets a message pass
PRESETS: Final = {1: blocked_words.PROFANITY, 2: blocked_words.SEXUAL_CONTENT, 3: blocked_words.SLURS}

LINK: Final = re.compile(r"https?://|\bwww\.\w", re.IGNORECASE)
INVITATION: Final = re.compile(r"discord ?\. ?gg ?/|discord(?:app)? ?\. ?com ?/ ?invite\b", re.IGNORECASE)
MENTION: Final = re.compile(r"<@[!&]?(\d+)>")
SMALL_CAPITALS: Final = str.maketrans("ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘꞯʀꜱᴛᴜᴠᴡʏᴢ", "abcdefghijklmnopqrstuvwyz")
# Letters of other alphabets that pass for English ones.
LOOKALIKES: Final = str.maketrans("авекмнорстухіјѕԁһαεικνορτυχ", "abekmhopctyxijsdhaeikvoptux")


@dataclass(frozen=True)
class Keyword:
    """A word or phrase of a rule, and whether it may begin and end inside a word (`*`)."""

    texts: frozenset[str]  # as written and laid bare, lower case
    begins_inside: bool
    ends_inside: bool


@dataclass(frozen=True)
class Rule:
    """What holds a text back, for whom it does not, and what the writer is told."""

    keywords: tuple[Keyword, ...] = ()
    patterns: tuple[Pattern, ...] = ()
    allowed: tuple[Keyword, ...] = ()
    most_mentions: int | None = None
    exempt_roles: frozenset[int] = frozenset()
    exempt_channels: frozenset[int] = frozenset()
    unreadable: int = 0  # patterns that cannot be applied
    reason: str = HELD


@dataclass(frozen=True)
class Writer:
    """The roles of who wrote it, and the channel with all that it lies in."""

    roles: frozenset[int] = frozenset()
    channels: frozenset[int] = frozenset()


def find_fault(text: str, rules: Iterable[Rule], writer: Writer, links: int = 0) -> str | None:
    """Why `text` may not be shown to others, in a sentence for its writer that repeats none of it, or None.

    At most `links` links may be in it. Takes time in proportion to its length, whatever the rules say.
    """
    seen, *_ = forms = _lay_bare(text)
    if _is_zalgo(seen):
        return MARKS
    if INVITATION.search(seen):
        return INVITE
    if len(LINK.findall(seen)) > links:
        return FEWER_LINKS.format(most=links) if links else NO_LINKS
    for rule in rules:
        if rule.exempt_roles & writer.roles or rule.exempt_channels & writer.channels:
            continue
        if rule.most_mentions is not None and len(set(MENTION.findall(text))) > rule.most_mentions:
            return MENTIONS
        if any(_holds_back(rule, form) for form in forms):
            return rule.reason
    return None


def read_rules(payload: Iterable[Mapping[str, Any]]) -> tuple[Rule, ...]:
    """The rules that hold messages back, from Discord's list of a server's AutoMod rules.

    Raises KeyError, TypeError, ValueError or AttributeError if that is no such list.
    """
    return tuple(_read_rule(rule) for rule in payload if _is_for_messages(rule))


def _is_for_messages(rule: Mapping[str, Any]) -> bool:
    return bool(
        rule["enabled"]
        and rule["event_type"] == MESSAGE_SEND
        and rule["trigger_type"] in (KEYWORD, KEYWORD_PRESET, MENTION_SPAM)
        and any(action["type"] != ALERT for action in rule["actions"])
    )


def _read_rule(rule: Mapping[str, Any]) -> Rule:
    trigger: Mapping[str, Any] = rule.get("trigger_metadata") or {}
    presets = [PRESETS.get(preset, ()) for preset in trigger.get("presets") or ()]
    most_mentions = trigger.get("mention_total_limit")
    sources = trigger.get("regex_patterns") or ()
    patterns = read_patterns(sources)
    return Rule(
        keywords=read_keywords(chain(trigger.get("keyword_filter") or (), *presets)),
        patterns=patterns,
        allowed=read_keywords(chain(trigger.get("allow_list") or (), blocked_words.ALLOWED if presets else ())),
        most_mentions=None if most_mentions is None else int(most_mentions),
        exempt_roles=frozenset(int(id) for id in rule.get("exempt_roles") or ()),
        exempt_channels=frozenset(int(id) for id in rule.get("exempt_channels") or ()),
        unreadable=len(sources) - len(patterns),
    )


def read_patterns(sources: Sequence[str]) -> tuple[Pattern, ...]:
    """The regular expressions that can be applied."""
    patterns = []
    for source in sources:
        try:
            patterns.append(Pattern(source))
        except Unreadable:
            continue
    return tuple(patterns)


def read_keywords(words: Iterable[str]) -> tuple[Keyword, ...]:
    """Keywords as moderators write them: `cat`, `cat*`, `*cat`, `*cat*`, `the mat`. One of nothing is left out."""
    return tuple(keyword for keyword in dict.fromkeys(map(_read_keyword, words)) if keyword.texts)


def _read_keyword(word: str) -> Keyword:
    word = word.strip()
    text = word.strip("*").strip()
    texts = {_lower(form).strip() for form in (text, _normalise(text))}
    return Keyword(frozenset(texts - {""}), word.startswith("*"), word.endswith("*"))


def _lay_bare(text: str) -> list[str]:
    """A text as it is seen, as it was written, and without what dresses it up; what would be the same is left out."""
    seen = _normalise(text)
    bare = re.sub(r"\w+", _unmask, _strip_accents(seen).casefold().translate(SMALL_CAPITALS))
    return [seen, *({text} - {seen}), *({bare} - {_lower(seen)})]


def _normalise(text: str) -> str:
    """A text as one line of what can be seen of it, each letter in its one usual form."""
    line = " ".join(unicodedata.normalize("NFKC", text).split())
    return " ".join("".join(c for c in line if unicodedata.category(c) not in HIDDEN and c not in BLANK).split())


def _strip_accents(text: str) -> str:
    parts = unicodedata.normalize("NFD", text)
    return unicodedata.normalize("NFC", "".join(c for c in parts if unicodedata.category(c) != "Mn"))


def _unmask(word: re.Match[str]) -> str:
    """A word in which English letters mix with some that only look like them."""
    return word[0].translate(LOOKALIKES) if re.search("[a-z]", word[0]) else word[0]


def _lower(text: str) -> str:
    """A text to compare without case and kinds of white space, each character still in its place."""
    text = re.sub(r"\s", " ", text)
    lower = text.casefold()
    return lower if len(lower) == len(text) else "".join(c.casefold() if len(c.casefold()) == 1 else c for c in text)


def _is_zalgo(text: str) -> bool:
    marks = "".join("m" if unicodedata.category(c) in ("Mn", "Me") else " " for c in text)
    return "m" * (MOST_MARKS + 1) in marks


def _holds_back(rule: Rule, text: str) -> bool:
    """Whether something in the text sets off the rule and is not part of something allowed."""
    lower = _lower(text)
    reach: list[int] = []
    for start, end in _find_all(rule, text, lower):
        reach = reach or _reach(rule.allowed, lower)
        if reach[start] < end:
            return True
    return False


def _find_all(rule: Rule, text: str, lower: str) -> Iterator[tuple[int, int]]:
    for keyword in rule.keywords:
        yield from _find(keyword, lower)
    for pattern in rule.patterns:
        yield from pattern.find(text)


def _reach(allowed: Iterable[Keyword], text: str) -> list[int]:
    """For each place in a text, how far what begins there or earlier is allowed; -1 if nothing is."""
    ends = [-1] * (len(text) + 1)
    for keyword in allowed:
        for start, end in _find(keyword, text):
            # A `*` stands for all up to the next white space.
            first = text.rfind(" ", 0, start) + 1 if keyword.begins_inside else start
            last = text.find(" ", end) if keyword.ends_inside else end
            ends[first] = max(ends[first], last if last >= 0 else len(text))
    return list(accumulate(ends, max))


def _find(keyword: Keyword, text: str) -> Iterator[tuple[int, int]]:
    """Where a keyword stands in a text: start and end of each."""
    for word in keyword.texts:
        start = text.find(word)
        while start >= 0:
            end = start + len(word)
            begins = keyword.begins_inside or not _is_inside(text, start)
            if begins and (keyword.ends_inside or not _is_inside(text, end)):
                yield start, end
            start = text.find(word, start + 1)


def _is_inside(text: str, place: int) -> bool:
    """Whether a place between two characters is inside a word. Discord asks for white space; a comma does as well."""
    return 0 < place < len(text) and text[place - 1].isalnum() and text[place].isalnum()


LOCAL: Final = Rule(
    keywords=read_keywords(word for words in PRESETS.values() for word in words),
    allowed=read_keywords(blocked_words.ALLOWED),
    reason=NOT_PASSED_ON,
)
