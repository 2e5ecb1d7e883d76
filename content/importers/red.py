"""Trivia lists of Red-DiscordBot: YAML in which each question is a key, and its value the list of right answers.

A question becomes one of kind `typed`: the first answer is shown, the others count too. Red's YAML makes numbers or
yes and no of some answers; here each stays as it is written. AUTHOR, CONFIG and the like say something about the list.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from content.deck import MOST, WIDEST
from content.faults import Fault, Place
from content.fields import fold
from content.importers.parsed import Parsed, deck, group, leaf, several
from content.tree import Node, read_yaml

ABOUT = ("$schema", "author", "config", "description", "language", "mode", "name", "title")
LIKE_ABOUT = re.compile(r"[A-Z_]{2,}")
OPTION = 80  # a longer answer is a fault of its own, whatever it repeats


def read(text: str, file: str) -> Parsed:
    """The questions of a trivia list."""
    root, found = read_yaml(text, file)
    if root is None:
        return Parsed(None, tuple(found))
    assert isinstance(root.value, dict)
    if len(root.value) > MOST:
        message = f"has {len(root.value):,} questions; at most {MOST:,} may stand in a file: split it"
        return Parsed(None, (*found, root.place.fault("file", message)))
    questions, faults, notes = list[Node](), list(found), list[Fault]()
    for prompt, answers in root.value.items():
        place, name = root.keys[prompt], " ".join(prompt.split())[:40]
        if isinstance(answers.value, list) and answers.value:
            again = list(_repeats(answers.value))
            notes += [answer.place.fault(name, "repeats an earlier answer and is left out") for answer in again]
            questions.append(_question(place, prompt, [answer for answer in answers.value if answer not in again]))
        elif prompt.casefold() in ABOUT or LIKE_ABOUT.fullmatch(prompt):
            notes.append(place.fault(name, "is left out; a deck has no place for it"))
        else:
            message = "must be a list of right answers; write each in a line of its own, after '- '"
            faults.append(place.fault(name, message))
    return Parsed(deck(file, questions) if questions or not faults else None, tuple(faults), tuple(notes))


def _question(place: Place, prompt: str, answers: list[Node]) -> Node:
    key, *accept = answers
    return group(
        place,
        kind=leaf(place, "typed"),
        prompt=leaf(place, prompt),
        key=key,
        accept=several(accept[0].place if accept else place, accept),
    )


def _repeats(answers: list[Node]) -> Iterator[Node]:
    """The answers that read like an earlier one: case and spacing never count when an answer is judged."""
    seen: set[str] = set()
    for answer in answers[:WIDEST]:
        if isinstance(answer.value, str) and len(answer.value) <= OPTION:
            folded = fold(answer.value)
            if folded in seen:
                yield answer
            seen.add(folded)
