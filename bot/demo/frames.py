"""What the page may send, checked before anything looks at it."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, TypeAdapter

Id = Annotated[int, Field(ge=1, lt=2**64)]
Short = Annotated[str, StringConstraints(min_length=1, max_length=100)]
FileName = Annotated[str, StringConstraints(min_length=1, max_length=260)]
CommandName = Annotated[str, StringConstraints(pattern=r"^\S{1,32}( \S{1,32}){0,2}$")]
Text = Annotated[str, StringConstraints(max_length=6000)]


class File(BaseModel):
    """A file chosen for an option, or in a form."""

    model_config = ConfigDict(extra="forbid")

    name: FileName
    base64: str

    def unpack(self) -> tuple[str, bytes]:
        """Name and bytes; ValueError for the page when it is not base64."""
        try:
            return self.name, base64.b64decode(self.base64, validate=True)
        except binascii.Error as error:
            raise ValueError("That file can't be read") from error


Value = bool | int | float | Text | File


class Frame(BaseModel):
    """One thing the page asks for; the answer carries the same nonce."""

    model_config = ConfigDict(extra="forbid")

    nonce: int


class Open(Frame):
    k: Literal["open"]
    channel: Id


class Send(Frame):
    k: Literal["send"]
    channel: Id
    text: Annotated[str, StringConstraints(min_length=1, max_length=2000)]


class Slash(Frame):
    k: Literal["slash"]
    channel: Id
    name: CommandName
    options: dict[Short, Value] = {}


class UseOnMessage(Frame):
    k: Literal["useOnMessage"]
    channel: Id
    message: Id
    name: Annotated[str, StringConstraints(min_length=1, max_length=32)]


class Autocomplete(Frame):
    k: Literal["autocomplete"]
    channel: Id
    name: CommandName
    option: Short
    value: Text
    options: dict[Short, Value] = {}


class Click(Frame):
    k: Literal["click"]
    channel: Id
    message: Id
    custom_id: Short


class Select(Frame):
    k: Literal["select"]
    channel: Id
    message: Id
    custom_id: Short
    values: Annotated[list[Short], Field(max_length=25)]


class Submit(Frame):
    k: Literal["submit"]
    custom_id: Short
    values: dict[Short, bool | Text | list[Short] | list[File]]


class Cancel(Frame):
    k: Literal["cancel"]


class Vote(Frame):
    k: Literal["vote"]
    channel: Id
    message: Id
    answers: Annotated[list[int], Field(max_length=10)]


class Dismiss(Frame):
    k: Literal["dismiss"]
    channel: Id
    message: Id


class AddPerson(Frame):
    k: Literal["addPerson"]
    name: Annotated[str, StringConstraints(strip_whitespace=True, pattern=r"^[\w .-]{1,32}$")]


class Restart(Frame):
    k: Literal["restart"]


AnyFrame = Annotated[
    Open
    | Send
    | Slash
    | UseOnMessage
    | Autocomplete
    | Click
    | Select
    | Submit
    | Cancel
    | Vote
    | Dismiss
    | AddPerson
    | Restart,
    Field(discriminator="k"),
]

_adapter: TypeAdapter[Any] = TypeAdapter(AnyFrame)


def read(text: str) -> Any:
    """The frame; ValueError (pydantic's is one) for anything else."""
    return _adapter.validate_json(text)


def unpacked(values: Mapping[str, Any]) -> dict[str, Any]:
    """Values of options or of a form, with their files as name and bytes."""
    return {name: _unpacked(value) for name, value in values.items()}


def _unpacked(value: Any) -> Any:
    if isinstance(value, list):
        return [_unpacked(item) for item in value]
    return value.unpack() if isinstance(value, File) else value
