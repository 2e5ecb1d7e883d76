"""Wording: fair verbs, quotation marks where words are quoted, an owner for every opinion, no question twice."""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.checks.asked import Asked, Worded
from content.checks.likeness import find_alike
from content.faults import Flaw, Loc
from content.fields import Model, fold

# Words that judge for the reader. Inside quotation marks they are somebody's own words, and stay.
LOADED = (
    "slam", "slams", "slammed", "slamming", "blasts", "blasted", "blasting",
    "fired back", "fires back", "hit back", "hits back", "lash out", "lashes out", "lashed out", "lashing out",
    "rant", "rants", "ranted", "sneer", "sneers", "sneered", "whine", "whined", "brag", "brags", "bragged",
    "rail against", "railed against", "gloat", "gloated",
    "brazen", "brazenly", "shameless", "shamelessly", "outrageous", "hysterical", "hysteria", "laughable",
    "warmonger", "warmongers", "warmongering", "bloodthirsty", "barbaric", "evil",
    "regime", "regimes", "stooge", "stooges", "thug", "thugs", "crazy", "insane", "lunatic", "madman",
    "so-called", "of course", "obviously", "clearly shows", "everyone knows",
)  # fmt: skip
PLAIN_USES = ("sanctions regime", "transit regime", "visa regime", "border regime", "control regime")
QUOTED = re.compile(r"“[^”]*”|„[^“”]*[“”]|«[^»]*»|‘[^’]*’|\"[^\"]*\"")
OPENING_MARKS = '“„«"'
OWNERS = re.compile(
    r"\b(author|article|writer|text|source|commentary|column|speech|interview|according|opinion|view|views|eyes"
    r"|sa(y|ys|id|ying)|argu\w+|thinks?|thought|calls?|called|describ\w+|sees?|believ\w+|judg\w+|warn\w*"
    r"|claim\w*|conclud\w+|compar\w+|liken\w*|wonder\w*|find|finds|suggest\w*|word|words)\b",
    re.IGNORECASE,
)
EXPLANATION = 40


def loaded_words(pack: Worded) -> Iterator[Flaw]:
    """Loaded verbs and nouns outside quotation marks, in any text of an English pack."""
    if pack.language != "en":
        return
    words = re.compile(rf"\b({'|'.join(map(re.escape, LOADED))})\b")
    for loc, text in _texts(pack, ()):
        plain = QUOTED.sub(" ", text).casefold()
        for use in PLAIN_USES:
            plain = plain.replace(use, " ")
        for word in dict.fromkeys(words.findall(plain)):
            yield Flaw(loc, f"'{word}' judges for the reader; use a plain word, or quote whoever says it")


def ownerless_opinions(pack: Worded) -> Iterator[Flaw]:
    """An opinion asked as if it were a fact; English packs only, since owners are known by English words."""
    names = {speaker.id: speaker.name for speaker in pack.speakers}
    for at, question in enumerate(pack.questions):
        who = question.claim.who or ""
        owner = names.get(who, who)  # a deck names people itself
        named = OWNERS.search(question.prompt) or fold(owner) in fold(question.prompt)
        if pack.language == "en" and question.claim.status == "opinion" and not named:
            message = "asks for an opinion without saying whose; write 'in the author's view' or the like"
            yield Flaw(("questions", at, "prompt"), message)


def unmarked_quotes(pack: Asked) -> Iterator[Flaw]:
    for at, question in enumerate(pack.questions):
        texts = (question.prompt, question.explanation, *getattr(question, "options", ()))
        if question.claim.status == "quoted" and not any(mark in text for text in texts for mark in OPENING_MARKS):
            message = "rests on quoted words, but nothing in it stands in quotation marks; quote the words"
            yield Flaw(("questions", at), message)


def thin_explanations(pack: Asked) -> Iterator[Flaw]:
    for at, question in enumerate(pack.questions):
        length = len(question.explanation)
        if length < EXPLANATION:
            message = f"has {length} characters; in at least {EXPLANATION}, say why the right answer is right"
            yield Flaw(("questions", at, "explanation"), message)


def repeated_prompts(pack: Asked) -> Iterator[Flaw]:
    """Prompts that ask nearly the same, once the words that many prompts share are taken out."""
    for at, first in find_alike([question.prompt for question in pack.questions]):
        message = f"asks nearly the same as '{pack.questions[first].id}'; ask something else, or drop one"
        yield Flaw(("questions", at, "prompt"), message)


def _texts(part: object, loc: Loc) -> Iterator[tuple[Loc, str]]:
    """Every text in a part of a pack, with its place."""
    if isinstance(part, str):
        yield loc, part
    elif isinstance(part, tuple):
        for at, item in enumerate(part):
            yield from _texts(item, (*loc, at))
    elif isinstance(part, Model):
        for key, value in part:
            yield from _texts(value, (*loc, key))
