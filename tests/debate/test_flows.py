"""What of the nine cells is shown, and that no small one can be worked out from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from bot.debate.flows import ORDER, PARTS, Cell, Moves, Shown, show, tabulate

CELLS: list[Cell] = [(before, after) for before in ORDER for after in ORDER]
TABLES = st.fixed_dictionaries({cell: st.integers(0, 9) for cell in CELLS})


def table(**people: int) -> dict[Cell, int]:
    """A table from names like `for_unsure`."""
    empty = dict.fromkeys(CELLS, 0)
    return empty | {(name.split("_")[0], name.split("_")[1]): n for name, n in people.items()}


def ways(people: int, cells: int) -> Iterator[tuple[int, ...]]:
    """Every way to put people into cells."""
    if cells == 1:
        yield (people,)
        return
    for first in range(people + 1):
        for rest in ways(people - first, cells - 1):
            yield (first, *rest)


def test_pairs_are_counted_by_cell() -> None:
    pairs = [("for", "for"), ("unsure", "for"), ("unsure", "for")]
    assert tabulate(pairs) == table(for_for=1, unsure_for=2)


def test_the_nine_cells_lie_in_three_directions() -> None:
    assert sorted(cell for part in PARTS.values() for cell in part) == sorted(CELLS)


def test_a_table_without_small_cells_is_shown_whole() -> None:
    full = table(for_for=8, unsure_for=6, unsure_unsure=5, for_against=7)
    assert show(full) == Shown(26, Moves(6, 13, 7), full, (15, 11, 0))


def test_a_direction_with_a_small_cell_is_not_split() -> None:
    shown = show(table(for_for=8, unsure_for=6, against_for=4, for_against=7))
    assert shown.moves == Moves(10, 8, 7)
    assert shown.cells is not None
    assert set(shown.cells) == {*PARTS["stayed"], *PARTS["to_against"]}


def test_totals_before_are_left_out_where_a_small_cell_follows_from_them() -> None:
    assert show(table(for_for=9, unsure_for=3)).before is None  # three were Unsure, and three moved towards For
    tied = table(for_for=9, unsure_for=3, against_unsure=3, unsure_unsure=9)  # of 12 Unsure nine stayed
    assert show(tied).before is None
    assert show(tied | {("against", "against"): 2}).before == (9, 12, 5)  # now who stayed is not split


@given(TABLES)
def test_no_small_cell_is_shown(people: dict[Cell, int]) -> None:
    assert all(n == 0 or n >= 5 for n in (show(people).cells or {}).values())


@given(st.lists(st.sampled_from(CELLS), max_size=9))
def test_of_fewer_than_ten_nothing_but_their_number_is_shown(pairs: list[Cell]) -> None:
    assert show(tabulate(pairs)) == Shown(len(pairs))


def test_nothing_that_is_shown_tells_how_large_a_small_cell_is() -> None:
    """All 43,758 tables of ten people. Somebody who knows these rules sees which tables would look like this one."""
    alike: dict[object, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in ways(10, len(CELLS)):
        shown = show(dict(zip(CELLS, numbers, strict=True)))
        alike[shown.moves, tuple(sorted((shown.cells or {}).items())), shown.before].append(numbers)
    told = [set(cell) for numbers in alike.values() for cell in zip(*numbers, strict=True)]
    assert len(alike) > 900
    assert [sizes for sizes in told if len(sizes) == 1 and 0 < min(sizes) < 5] == []
