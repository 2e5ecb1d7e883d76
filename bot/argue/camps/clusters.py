"""The arithmetic of camps, with numpy: principal components tested by permutation, and k-means on those that pass."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from bot.small import CAMP_FROM

PERMUTATIONS = 200
STARTS = 10  # of k-means; the tightest result counts
STEPS = 50  # of one start, which settles in far fewer
MOST_CAMPS = 5
ROUNDING = 1e-9  # what is smaller is rounding of the singular values

Matrix = NDArray[np.float64]
Labels = NDArray[np.intp]


def centre(votes: Matrix) -> Matrix:
    """Votes (voters x claims, nan where not rated) less their claim's mean, without claims that nobody rated."""
    rated = votes[:, ~np.isnan(votes).all(axis=0)]
    centred: Matrix = rated - np.nanmean(rated, axis=0)
    return centred


def compare_with_chance(centred: Matrix, chance: np.random.Generator) -> tuple[float, float]:
    """p of the first and the second principal component: how often as much is explained if claims had no connection.

    Each claim's votes are shuffled, as in PCAtest (Camargo 2022, doi 10.7717/peerj.12967), among those who rated it, so
    that who rated what stays as it is. The second is held against what the first leaves over.
    """
    explained = explain(centred) - ROUNDING
    as_much = sum(explain(_shuffle(centred, chance)) > explained for _ in range(PERMUTATIONS))
    first, second = (as_much + np.ones(2)) / (PERMUTATIONS + 1)
    return float(first), float(second)


def explain(centred: Matrix) -> Matrix:
    """The share of the variance that the first principal component explains, and of the rest that the second does."""
    variances = np.zeros(2 + min(centred.shape))
    variances[:-2] = np.linalg.svd(_fill(centred), compute_uv=False) ** 2
    left_over = variances[::-1].cumsum()[::-1]
    shares: Matrix = np.where(left_over > ROUNDING, variances / np.maximum(left_over, ROUNDING), 0)
    return shares[:2]


def _fill(centred: Matrix) -> Matrix:
    """Not rated counts as the claim's mean, as in Polis."""
    return np.nan_to_num(centred)


def _shuffle(centred: Matrix, chance: np.random.Generator) -> Matrix:
    shuffled = centred.copy()
    for column in shuffled.T:
        rated = ~np.isnan(column)
        column[rated] = chance.permutation(column[rated])
    return shuffled


def split(centred: Matrix, components: int, chance: np.random.Generator) -> Labels | None:
    """Each row's camp on so many components: of two to five camps the number with the best silhouette.

    Only splits in which no camp is too small are compared; None if there is none.
    """
    left, spread, _ = np.linalg.svd(_fill(centred), full_matrices=False)
    points = left[:, :components] * spread[:components]
    most = min(MOST_CAMPS, len(points) // CAMP_FROM)
    splits = [_find_means(points, k, chance) for k in range(2, most + 1)]
    large_enough = [labels for labels in splits if _count(labels).min() >= CAMP_FROM and len(_count(labels)) > 1]
    return max(large_enough, key=lambda labels: measure_silhouette(points, labels), default=None)


def _count(labels: Labels) -> Labels:
    return np.unique(labels, return_counts=True)[1]


def _find_means(points: Matrix, k: int, chance: np.random.Generator) -> Labels:
    """k-means: Lloyd's steps from k-means++ starts (Arthur and Vassilvitskii 2007)."""
    runs = [_settle(points, _choose_starts(points, k, chance)) for _ in range(STARTS)]
    return min(runs, key=lambda run: run[0])[1]


def _choose_starts(points: Matrix, k: int, chance: np.random.Generator) -> Matrix:
    means = points[[chance.integers(len(points))]]
    while len(means) < k:
        far = _measure(points, means).min(axis=1) ** 2
        weights = far / far.sum() if far.any() else None
        means = np.vstack([means, points[chance.choice(len(points), p=weights)]])
    return means


def _settle(points: Matrix, means: Matrix) -> tuple[float, Labels]:
    """(Sum of squared distances, labels) after Lloyd's steps; a mean that nobody is nearest to stays where it is."""
    for _ in range(STEPS):
        labels = _measure(points, means).argmin(axis=1)
        before, means = means, means.copy()
        for label in np.unique(labels):
            means[label] = points[labels == label].mean(axis=0)
        if np.array_equal(before, means):
            break
    distances = _measure(points, means)
    return float((distances.min(axis=1) ** 2).sum()), distances.argmin(axis=1)


def _measure(points: Matrix, others: Matrix) -> Matrix:
    distances: Matrix = np.linalg.norm(points[:, None] - others[None], axis=2)
    return distances


def measure_silhouette(points: Matrix, labels: Labels) -> float:
    """-1 to 1: how much nearer people are to their own camp than to the next one, on average (Rousseeuw 1987)."""
    distances = _measure(points, points)
    own = labels[:, None] == np.unique(labels)
    others = np.maximum(own.sum(axis=0) - own, 1)  # oneself, at distance 0, is not one of one's camp
    to_camps = distances @ own / others
    near, next_near = to_camps[own], np.where(own, np.inf, to_camps).min(axis=1)
    return float(np.mean((next_near - near) / np.maximum(np.maximum(near, next_near), ROUNDING)))
