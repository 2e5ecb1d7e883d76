"""What a question is: seven kinds, what each must hold, and the claim that it rests on."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated, Literal, get_args

from pydantic import Field, ValidationInfo, field_validator

from content.fields import (
    Cites,
    Day,
    Decimal,
    Difficulty,
    Flag,
    Id,
    Letter,
    Line,
    Model,
    OptionText,
    Text,
    Title,
    fold,
    name_letters,
    refuse,
    repeated,
)

LETTERS: tuple[str, ...] = get_args(Letter)


class Claim(Model):
    """What kind of statement a question rests on, and whose it is.

    `who` is a speaker's id, and none where the source just states.
    """

    status: Literal["stated", "attributed", "quoted", "opinion"]
    who: Id | None = Field(default=None, validate_default=True)

    @field_validator("who")
    @classmethod
    def _named_where_it_is_somebodys(cls, who: str | None, info: ValidationInfo) -> str | None:
        status = info.data.get("status")
        if who is None and status not in (None, "stated"):
            raise ValueError(f"a claim that is {status} is somebody's; name here whose")
        return who


class QuestionBase(Model):
    """What every kind of question has. `as_of` is the day the item was last compared with the source."""

    id: Id
    theme: Id
    prompt: Line
    explanation: Text
    cite: Cites
    claim: Claim
    difficulty: Difficulty
    as_of: Day


class Optioned(QuestionBase):
    """A question with lettered options: all different, and the key names letters that are there."""

    @field_validator("options", check_fields=False)
    @classmethod
    def _distinct_options(cls, options: tuple[str, ...]) -> tuple[str, ...]:
        pairs = ((again, f"option {LETTERS[first]} again") for first, again in repeated(options))
        refuse(options, *(((at,), f"is {what}; the options must differ") for at, what in pairs))
        return options

    @field_validator("key", check_fields=False)
    @classmethod
    def _letters_of_options(cls, key: str | tuple[str, ...], info: ValidationInfo) -> str | tuple[str, ...]:
        if isinstance(key, str):
            refuse(key, *(((), flaw) for _, flaw in _misnamed((key,), info.data.get("options"))))
        else:
            refuse(key, *(((at,), flaw) for at, flaw in _misnamed(key, info.data.get("options"))))
        return key


def _misnamed(key: Sequence[str], options: Sequence[str] | None) -> Iterator[tuple[int, str]]:
    """What is wrong with the letters of a key, each with its index; without valid options only repeats."""
    there = LETTERS[: len(options)] if options else LETTERS
    for index, letter in enumerate(key):
        if letter not in there:
            yield index, f"names option {letter}, but there are {len(there)} options ({name_letters(there)})"
        elif letter in key[:index]:
            yield index, f"names option {letter} twice; each letter stands once"


class Single(Optioned):
    """One right of two to five options."""

    kind: Literal["single"]
    options: tuple[OptionText, ...] = Field(min_length=2, max_length=5)
    key: Letter


class Several(Optioned):
    """Several right options; an answer counts when it names exactly these."""

    kind: Literal["several"]
    options: tuple[OptionText, ...] = Field(min_length=3, max_length=5)
    key: tuple[Letter, ...] = Field(min_length=1, max_length=5)


class TrueFalse(QuestionBase):
    """Does the source say this, yes or no."""

    kind: Literal["truefalse"]
    key: Flag


class Who(Optioned):
    """Who says it: the options are the pack's speakers, by id."""

    kind: Literal["who"]
    options: tuple[Id, ...] = Field(min_length=2, max_length=5)
    key: Letter


class Order(Optioned):
    """Put in order: the options as written, and `key` as the letters in the right order."""

    kind: Literal["order"]
    options: tuple[OptionText, ...] = Field(min_length=3, max_length=5)
    key: tuple[Letter, ...] = Field(min_length=3, max_length=5)

    @field_validator("key")
    @classmethod
    def _every_option_once(cls, key: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        missing = [letter for letter in LETTERS[: len(info.data.get("options", ()))] if letter not in key]
        if missing:
            raise ValueError(f"leaves out option {', '.join(missing)}; an order names every option once")
        return key


class Number(QuestionBase):
    """A number, right within `tolerance` (0: exactly); `unit` is shown beside the field."""

    kind: Literal["number"]
    key: Decimal
    tolerance: Decimal = Field(default=0, ge=0)
    unit: Title


class Typed(QuestionBase):
    """A typed short answer: `key` is shown, `accept` counts too, `reject` never counts, however close."""

    kind: Literal["typed"]
    key: OptionText
    accept: tuple[OptionText, ...] = ()
    reject: tuple[OptionText, ...] = ()

    @field_validator("accept", "reject")
    @classmethod
    def _each_answer_once(cls, answers: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        taken = {fold(info.data["key"]): "the key"} if "key" in info.data else {}
        taken |= {fold(answer): "among 'accept'" for answer in info.data.get("accept", ())}
        flaws = [
            (at, f"is already {taken[fold(answer)]}; an answer stands in one place only")
            for at, answer in enumerate(answers)
            if fold(answer) in taken
        ]
        flaws += [(again, f"repeats entry {first + 1}; once is enough") for first, again in repeated(answers)]
        refuse(answers, *(((at,), flaw) for at, flaw in flaws))
        return answers


Question = Annotated[Single | Several | TrueFalse | Who | Order | Number | Typed, Field(discriminator="kind")]
