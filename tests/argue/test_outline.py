"""Where answers stand when what they answer is replaced or gone."""

from __future__ import annotations

import pytest

from bot.argue.outline import Node, find_place, list_path


@pytest.mark.parametrize(
    ("parent", "place"),
    [
        (None, None),  # on the motion
        (1, 1),  # shown
        (2, 4),  # replaced by 3, which is replaced by 4
        (5, None),  # replaced by 6, which was taken away
        (7, None),  # gone
        (8, None),  # what no press can make: two that replace each other
    ],
)
def test_an_answer_stands_under_what_took_the_place_of_what_it_answers(parent: int | None, place: int | None) -> None:
    successors = {2: 3, 3: 4, 5: 6, 8: 9, 9: 8}
    assert find_place(parent, {1, 4}, successors) == place


def test_the_path_to_a_claim_begins_on_the_motion_and_ends_with_it() -> None:
    outline = {n: Node(n, "for", "A claim.", (), parent) for n, parent in ((1, None), (2, 1), (3, 2), (4, 1))}
    assert [node.number for node in list_path(outline, 3)] == [1, 2, 3]
    assert list_path(outline, 9) == []
