"""Item: a question with everything needed to show and judge it, whatever becomes of its pack."""

from __future__ import annotations

from typing import Literal

from pydantic import BaseModel, ConfigDict

from content.pack import LETTERS, Claim, Number, Order, Pack, Question, Several, Single, TrueFalse, Typed, Who

Kind = Literal["single", "several", "truefalse", "who", "order", "number", "typed"]


class Item(BaseModel):
    """A question as it is asked. `id` and `theme_id` lead with the pack: maps/sixty.

    `key` holds option indexes as authored (in the right order for `order`). For `number` and `typed` there are no
    options: `answer` is shown, and `value`, `tolerance`, `accept` and `reject` judge. `claim` says in words what
    kind of statement this rests on.
    """

    model_config = ConfigDict(frozen=True)

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
    explanation: str
    cite: tuple[str, ...]
    claim: str
    difficulty: int


def make_item(pack: Pack, question: Question) -> Item:
    """The item of one of a pack's questions."""
    theme = next(t.title for t in pack.themes if t.id == question.theme)
    return Item(
        id=f"{pack.id}/{question.id}",
        kind=question.kind,
        theme=theme,
        theme_id=f"{pack.id}/{question.theme}",
        prompt=question.prompt,
        explanation=question.explanation,
        cite=question.cite,
        claim=_claim_in_words(pack, question.claim),
        difficulty=question.difficulty,
        **_solution(pack, question),
    )


def _solution(pack: Pack, question: Question) -> dict[str, object]:
    match question:
        case Single():
            return {"options": question.options, "key": _indexes(question.key)}
        case Several() | Order():
            return {"options": question.options, "key": _indexes(*question.key)}
        case TrueFalse():
            return {"options": ("True", "False"), "key": (0 if question.key else 1,)}
        case Who():
            names = {speaker.id: speaker.name for speaker in pack.speakers}
            return {"options": tuple(names[id] for id in question.options), "key": _indexes(question.key)}
        case Number():
            shown = f"{question.key:g} {question.unit}"
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


def _claim_in_words(pack: Pack, claim: Claim) -> str:
    who = next((speaker.name for speaker in pack.speakers if speaker.id == claim.who), "")
    match claim.status:
        case "stated":
            return "stated by the source, with no one named for it"
        case "attributed":
            return f"attributed to {who}"
        case "quoted":
            return f"quoted words of {who}"
        case "opinion":
            return f"an opinion ({who})"
