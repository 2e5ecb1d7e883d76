"""Item: a question with everything needed to show and judge it, whatever becomes of its pack."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Literal

from pydantic import BaseModel, ConfigDict

from content.deck import DeckQuestion
from content.pack import LETTERS, Claim, Number, Order, Pack, Question, Several, Single, TrueFalse, Typed, Who

SERVER = "server"  # leads the ids of a server's own questions and decks; no pack may be called so

Kind = Literal["single", "several", "truefalse", "who", "order", "number", "typed"]


class Item(BaseModel):
    """A question as it is asked. `id` and `theme_id` lead with the pack, or with `server`: maps/sixty, server/17.

    `key` holds option indexes as authored (in the right order for `order`). For `number` and `typed` there are no
    options: `answer` is shown, and `value`, `tolerance`, `accept` and `reject` judge. `claim` says in words what
    kind of statement this rests on. `version` counts a server's edits (0 in a pack). `also` holds whole answers
    that a ruling accepts besides the key; after another ruling the question is `void` and no answer counts.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    id: str
    kind: Kind
    theme: str
    theme_id: str
    prompt: str
    options: tuple[str, ...] = ()
    key: tuple[int, ...] = ()
    answer: str = ""
    unit: str = ""
    value: float = 0
    tolerance: float = 0
    accept: tuple[str, ...] = ()
    reject: tuple[str, ...] = ()
    also: tuple[tuple[int, ...] | str, ...] = ()
    void: bool = False
    explanation: str
    cite: tuple[str, ...]
    source: str = ""
    claim: str
    difficulty: int
    version: int = 0


def make_item(pack: Pack, question: Question) -> Item:
    """The item of one of a pack's questions."""
    theme = next(t.title for t in pack.themes if t.id == question.theme)
    names = {speaker.id: speaker.name for speaker in pack.speakers}
    return Item(
        id=f"{pack.id}/{question.id}",
        kind=question.kind,
        theme=theme,
        theme_id=f"{pack.id}/{question.theme}",
        prompt=question.prompt,
        explanation=question.explanation,
        cite=question.cite,
        claim=_claim_in_words(names, question.claim),
        difficulty=question.difficulty,
        **_solution(names, question),
    )


def make_deck_item(question: DeckQuestion, number: int, version: int, deck_id: str) -> Item:
    """The item of one of a server's own questions; `question.theme` is the title of its deck."""
    return Item(
        id=f"{SERVER}/{number}",
        kind=question.kind,
        theme=question.theme,
        theme_id=f"{SERVER}/{deck_id}",
        prompt=question.prompt,
        explanation=question.explanation,
        cite=question.cite,
        source=question.source,
        claim=_claim_in_words({}, question.claim),
        difficulty=question.difficulty,
        version=version,
        **_solution({}, question),
    )


def _solution(names: Mapping[str, str], question: Question | DeckQuestion) -> dict[str, object]:
    """What is shown and judged; `names` are those of the speakers that a pack's questions refer to by id."""
    match question:
        case Single():
            return {"options": question.options, "key": _indexes(question.key)}
        case Several() | Order():
            return {"options": question.options, "key": _indexes(*question.key)}
        case TrueFalse():
            return {"options": ("True", "False"), "key": (0 if question.key else 1,)}
        case Who():
            options = tuple(names.get(option, option) for option in question.options)
            return {"options": options, "key": _indexes(question.key)}
        case Number():
            shown = f"{question.key:.15g} {question.unit}".rstrip()
            return {
                "answer": shown,
                "unit": question.unit,
                "value": question.key,
                "tolerance": question.tolerance,
            }
        case Typed():
            return {"answer": question.key, "accept": question.accept, "reject": question.reject}


def _indexes(*letters: str) -> tuple[int, ...]:
    return tuple(LETTERS.index(letter) for letter in letters)


def _claim_in_words(names: Mapping[str, str], claim: Claim) -> str:
    who = names.get(claim.who or "", claim.who or "")
    match claim.status:
        case "stated":
            return "stated by the source, with no one named for it"
        case "attributed":
            return f"attributed to {who}"
        case "quoted":
            return f"quoted words of {who}"
        case "opinion":
            return f"an opinion ({who})"
