"""The JSON Schema of a pack file, for editors, and of every part of a pack, for naming its keys."""

from __future__ import annotations

from functools import cache
from typing import Any

from content.faults import Loc
from content.fields import Model
from content.pack import Pack

Schema = dict[str, Any]


def pack_file_schema() -> Schema:
    """The schema of one file of a pack: any top-level key may stand in another file, so none is required."""
    schema = as_written(Pack.model_json_schema())
    assert isinstance(schema, dict)
    schema.pop("required")
    first = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "A file of an Offramp pack"}
    return first | {key: value for key, value in schema.items() if key != "title"}


def as_written(part: Any) -> Any:
    """The schema with numbers allowed wherever a text is: a pack takes `cite: [2.1]` as the text it is."""
    if isinstance(part, list):
        return [as_written(item) for item in part]
    if not isinstance(part, dict):
        return part
    changed = {key: as_written(value) for key, value in part.items() if key != "title" or isinstance(value, dict)}
    if part.get("type") == "string" and not part.keys() & {"enum", "const", "format"}:
        changed["type"] = ["string", "number"]
    return changed


def keys_at(loc: Loc, kind: object = None, model: type[Model] = Pack) -> list[str]:
    """The keys that may stand in the group at this place of a pack or deck; `kind` is the kind of a question."""
    whole = part = _whole(model)
    for step in loc:
        part = _plain(whole, part["properties"][step] if isinstance(step, str) else part["items"], kind)
    return list(part.get("properties", ()))


@cache
def _whole(model: type[Model]) -> Schema:
    return model.model_json_schema()


def _plain(whole: Schema, part: Schema, kind: object) -> Schema:
    """The part that a reference, a choice by kind or a 'this or nothing' stands for."""
    if "discriminator" in part:
        part = {"$ref": part["discriminator"]["mapping"][kind]}
    part = next((choice for choice in part.get("anyOf", ()) if choice.get("type") != "null"), part)
    if "$ref" in part:
        found: Schema = whole["$defs"][part["$ref"].split("/")[-1]]
        return found
    return part
