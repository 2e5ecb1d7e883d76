"""Room: everything that is shown as one card fits one message."""

from __future__ import annotations

from collections.abc import Iterator

from content.faults import Flaw, Loc
from content.fields import Model
from content.pack import Pack, Question, Who

CARD = 3_900  # a message holds 4,000 characters of text; the rest is left for a bar or a footer
FURNITURE = 400  # the bot's own words on a card: theme, number, difficulty, letters, shares, labels
OPTION = 80


def crowded_cards(pack: Pack) -> Iterator[Flaw]:
    for loc, length in _cards(pack):
        if length + FURNITURE > CARD:
            room = CARD - FURNITURE
            yield Flaw(loc, f"fills a card with {length:,} characters; at most {room:,} fit, so shorten it")


def long_names(pack: Pack) -> Iterator[Flaw]:
    """A speaker's name that is an option somewhere is no longer than an option may be."""
    asked = {name for question in pack.questions if isinstance(question, Who) for name in question.options}
    for at, speaker in enumerate(pack.speakers):
        if speaker.id in asked and len(speaker.name) > OPTION:
            message = f"has {len(speaker.name)} characters; an option has at most {OPTION}"
            yield Flaw(("speakers", at, "name"), message)


def _cards(pack: Pack) -> Iterator[tuple[Loc, int]]:
    for at, question in enumerate(pack.questions):
        yield ("questions", at), _question(question, pack)
    for at, motion in enumerate(pack.motions):
        yield ("motions", at), len(motion.text) + _texts(motion.pro) + _texts(motion.con)
    for at, risk in enumerate(pack.risks):
        yield ("risks", at), _texts(risk)
    lines = sum(len(risk.title) + len(risk.line) for risk in pack.risks)
    yield ("risks",), lines + (len(pack.offramp.line) if pack.offramp else 0)
    for key in ("offramp", "table", "about"):
        yield (key,), _texts(getattr(pack, key))


def _question(question: Question, pack: Pack) -> int:
    """The reveal, which shows the most: prompt, options and explanation."""
    options: tuple[str, ...] = getattr(question, "options", ())
    if isinstance(question, Who):
        names = {speaker.id: speaker.name for speaker in pack.speakers}
        options = tuple(names[option] for option in options)
    return len(question.prompt) + sum(map(len, options)) + len(question.explanation)


def _texts(part: object) -> int:
    """The characters of all texts in a part of a pack, § included."""
    if isinstance(part, str):
        return len(part)
    if isinstance(part, tuple):
        return sum(map(_texts, part))
    if isinstance(part, Model):
        return sum(_texts(value) for _, value in part)
    return 0
