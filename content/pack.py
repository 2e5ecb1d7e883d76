"""What a pack is: the one model of questions, motions, risk cards and their source.

The same models check a pack, print its JSON Schema for editors, and are what the rest of the code holds.
Every model is frozen; every text is non-empty and trimmed. Options are named by letter (A is the first)
wherever a person writes them, and by index (0 is the first) wherever code holds them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationInfo, field_validator

from content.fields import (
    LANGUAGE_PATTERN,
    SECTION_PATTERN,
    Cites,
    Id,
    Line,
    Model,
    SubjectId,
    Text,
    Title,
    Whole,
    refuse,
)
from content.questions import (
    LETTERS,
    Claim,
    Number,
    Order,
    Question,
    QuestionBase,
    Several,
    Single,
    TrueFalse,
    Typed,
    Who,
)

__all__ = [
    "LETTERS",
    "About",
    "Argument",
    "Claim",
    "Motion",
    "Number",
    "Offramp",
    "Order",
    "Pack",
    "Question",
    "QuestionBase",
    "RiskCard",
    "Row",
    "Section",
    "Several",
    "Single",
    "Source",
    "Speaker",
    "Table",
    "Term",
    "Theme",
    "TrueFalse",
    "Typed",
    "Who",
]


class Section(Model):
    """One section of the source and what can be cited in it.

    `2.1`, `2.2` are sentences, `2q`, `2q2` quotes, `2b1` is a bullet and `2t1` a row of a table.
    """

    id: Annotated[str, StringConstraints(pattern=SECTION_PATTERN)]
    title: Title
    sentences: Whole = Field(ge=0, le=99)
    quotes: Whole = Field(default=0, ge=0, le=9)
    bullets: Whole = Field(default=0, ge=0, le=99)
    rows: Whole = Field(default=0, ge=0, le=99)

    def cites(self) -> Iterator[str]:
        """Every § of this section."""
        for n in range(1, self.sentences + 1):
            yield f"{self.id}.{n}"
        for n in range(1, self.quotes + 1):
            yield f"{self.id}q" if n == 1 else f"{self.id}q{n}"
        for n in range(1, self.bullets + 1):
            yield f"{self.id}b{n}"
        for n in range(1, self.rows + 1):
            yield f"{self.id}t{n}"


class Source(Model):
    """The text a pack is made from: what kind of text it is, and its § list."""

    kind: Line
    sections: tuple[Section, ...] = Field(min_length=1)


class Speaker(Model):
    """Somebody to whom the source attributes a claim. `side` is one of the pack's sides, or empty."""

    id: Id
    name: Title
    side: Id | None = None


class Theme(Model):
    id: SubjectId
    title: Title
    about: Line


class Argument(Model):
    text: Line
    cite: Cites


class Motion(Model):
    """A motion for debate with exactly three arguments on each side, each with its §.

    `mirrored` puts the same question the other way round: who is for `text` is against it, and `pro` speaks against it.
    """

    id: Id
    theme: Id
    text: Line
    mirrored: Line | None = None
    cite: Cites
    pro: tuple[Argument, ...] = Field(min_length=3, max_length=3)
    con: tuple[Argument, ...] = Field(min_length=3, max_length=3)


class RiskCard(Model):
    """A risk the source names. `against` is never empty: where the source has nothing, it says so."""

    id: Id
    title: Title
    line: Line
    says: Text
    who: Line
    against: Text
    leaves_out: Text
    cite: Cites


class Offramp(Model):
    """What the source says about ways down."""

    title: Title
    line: Line
    says: Text
    who: Line
    doubts: Text
    cite: Cites


class Row(Model):
    label: Title
    cells: tuple[Line, ...] = Field(min_length=1, max_length=4)
    cite: Cites


class Table(Model):
    """A table of the source, shown with the caution that belongs to it."""

    title: Title
    columns: tuple[Title, ...] = Field(min_length=2, max_length=5)
    rows: tuple[Row, ...] = Field(min_length=1, max_length=10)
    caution: Text

    @field_validator("rows")
    @classmethod
    def _one_cell_a_column(cls, rows: tuple[Row, ...], info: ValidationInfo) -> tuple[Row, ...]:
        cells = len(info.data["columns"]) - 1 if "columns" in info.data else None
        message = f"must hold {cells} cells: the first of the {(cells or 0) + 1} columns is for the label"
        odd = [at for at, row in enumerate(rows) if cells is not None and len(row.cells) != cells]
        refuse(rows, *(((at, "cells"), message) for at in odd))
        return rows


class Term(Model):
    term: Title
    meaning: Line
    cite: Cites | None = None


class About(Model):
    """What kind of text the source is, for people who will not open it."""

    title: Title
    paragraphs: tuple[Text, ...] = Field(min_length=1, max_length=10)


class Pack(Model):
    """One subject: everything that the bot asks and shows about one source."""

    id: SubjectId
    title: Title
    language: Annotated[str, StringConstraints(pattern=LANGUAGE_PATTERN)] = "en"
    source: Source
    sides: tuple[Id, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    themes: tuple[Theme, ...] = Field(min_length=1, max_length=20)
    questions: tuple[Question, ...] = Field(min_length=1, max_length=5000)
    motions: tuple[Motion, ...] = ()
    risks: tuple[RiskCard, ...] = Field(default=(), max_length=25)
    offramp: Offramp | None = None
    table: Table | None = None
    glossary: tuple[Term, ...] = ()
    about: About

    def cites(self) -> frozenset[str]:
        """Every § that something in this pack may cite."""
        return frozenset(cite for section in self.source.sections for cite in section.cites())
