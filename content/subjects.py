"""Subjects: what can be asked for by name, a whole pack or one of its themes, as people choose it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Literal

from content.pack import Motion, Pack

Part = Literal["questions", "motions"]


def list_subjects(packs: Mapping[str, Pack], part: Part = "questions") -> Iterator[tuple[str, str]]:
    """(id, title) of each pack that has such a part, then of its themes that do; an id is pack or pack/theme."""
    for pack in packs.values():
        themes = {item.theme for item in getattr(pack, part)}
        if themes:
            yield pack.id, f"{pack.title}: everything"
        for theme in pack.themes:
            if theme.id in themes:
                yield f"{pack.id}/{theme.id}", f"{pack.title}: {theme.title}"


def list_motions(packs: Mapping[str, Pack]) -> dict[str, Motion]:
    """Every motion by its id, pack/motion."""
    return {f"{pack.id}/{motion.id}": motion for pack in packs.values() for motion in pack.motions}


def find_subject(packs: Mapping[str, Pack], chosen: str, part: Part = "questions") -> str | None:
    """The id of the subject that somebody picked from the list or typed, or None."""
    for id, title in list_subjects(packs, part):
        if chosen.casefold() in (id, title.casefold()):
            return id
    return None
