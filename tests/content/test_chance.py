"""The chi-square test against printed tables and against itself."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from content.checks.chance import chi_square, survival

# Upper 5 % and 1 % points: NIST/SEMATECH e-Handbook of Statistical Methods, table 1.3.6.7.4.
CRITICAL = [
    (3.841, 1, 0.05),
    (5.991, 2, 0.05),
    (7.815, 3, 0.05),
    (9.488, 4, 0.05),
    (11.070, 5, 0.05),
    (6.635, 1, 0.01),
    (9.210, 2, 0.01),
    (11.345, 3, 0.01),
    (13.277, 4, 0.01),
]


@pytest.mark.parametrize(("statistic", "freedom", "chance"), CRITICAL)
def test_the_tail_agrees_with_the_printed_table(statistic: float, freedom: int, chance: float) -> None:
    assert round(survival(statistic, freedom), 4) == chance


ROUNDING = 1e-12


@given(statistic=st.floats(0, 1000), freedom=st.integers(1, 10))
@example(statistic=1e-05, freedom=7)
def test_the_tail_is_a_chance_that_grows_with_the_classes(statistic: float, freedom: int) -> None:
    fewer, more = survival(statistic, freedom), survival(statistic, freedom + 1)
    assert 0 <= fewer <= more + ROUNDING <= 1 + 2 * ROUNDING


CLASSES = [
    ((10, 10, 10, 10), (10, 10, 10, 10), 1.0),
    ((20, 0), (10, 10), 0.0),
    ((3, 1), (2, 2), None),  # one class is left, which judges nothing
    ((9, 3, 2), (6, 4, 4), 0.1052),  # the last two are one class of 8: (9-6)²/6 + (5-8)²/8 = 2.625
]


@pytest.mark.parametrize(("observed", "expected", "chance"), CLASSES)
def test_small_classes_are_merged(observed: tuple[int, ...], expected: tuple[float, ...], chance: float | None) -> None:
    found = chi_square(observed, expected)
    assert (found if found is None else round(found, 4)) == chance
