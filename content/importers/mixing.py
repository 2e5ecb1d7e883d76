"""Options of a question whose format names the right answer apart from the wrong ones."""

from __future__ import annotations

from collections.abc import Sequence

from content.importers.options import letter, listed
from content.importers.parsed import leaf, several
from content.tree import Node


def mix(right: Node, wrong: Sequence[Node]) -> dict[str, Node]:
    """Options and key. They stand in the order of the alphabet.

    Were the right one always A, a look into the deck would tell it, and a place drawn by lot would differ at the next
    import. What people see is shuffled in each round anyway.
    """
    place = listed([right, *wrong]).place
    options = sorted([right, *wrong], key=lambda option: str(option.value))
    return {"options": several(place, options), "key": leaf(right.place, letter(options.index(right)))}
