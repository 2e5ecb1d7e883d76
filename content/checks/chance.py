"""What chance alone would do: the chi-square test, without a library of statistics."""

from __future__ import annotations

import math
from collections.abc import Sequence

LEAST_EXPECTED = 5.0  # Cochran (1954), Biometrics 10: below this in a class the approximation is poor


def chi_square(observed: Sequence[float], expected: Sequence[float]) -> float | None:
    """The p value of Pearson's goodness of fit, or None where there is too little to judge.

    Neighbouring classes are merged until each expects at least five.
    """
    seen, due = _merge(observed, expected)
    if len(due) < 2:
        return None
    statistic = sum((o - e) ** 2 / e for o, e in zip(seen, due, strict=True))
    return survival(statistic, len(due) - 1)


def survival(statistic: float, freedom: int) -> float:
    """The chance of a chi-square value of at least `statistic`, for 1 or more degrees of freedom.

    Closed form: Q(1/2, x) = erfc(sqrt x), Q(1, x) = exp(-x) and Q(a + 1, x) = Q(a, x) + x^a exp(-x) / Gamma(a + 1)
    with x half the statistic (NIST Digital Library of Mathematical Functions, 8.4.6, 8.4.8 and 8.8.6).
    """
    x = statistic / 2
    a = 0.5 if freedom % 2 else 1.0
    chance = math.erfc(math.sqrt(x)) if freedom % 2 else math.exp(-x)
    while 2 * a < freedom:
        chance += x**a * math.exp(-x) / math.gamma(a + 1)
        a += 1
    return chance


def _merge(observed: Sequence[float], expected: Sequence[float]) -> tuple[list[float], list[float]]:
    seen: list[float] = []
    due: list[float] = []
    for o, e in zip(observed, expected, strict=True):
        if due and due[-1] < LEAST_EXPECTED:
            seen[-1] += o
            due[-1] += e
        else:
            seen.append(o)
            due.append(e)
    if len(due) > 1 and due[-1] < LEAST_EXPECTED:
        seen[-2:], due[-2:] = [sum(seen[-2:])], [sum(due[-2:])]
    return seen, due
