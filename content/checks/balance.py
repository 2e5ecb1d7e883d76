"""Balance: every theme and difficulty has its questions, and no side of the subject is short-changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from content.faults import Flaw
from content.fields import fold
from content.pack import Argument, Motion, Pack

THEME_QUESTIONS = 6
DIFFICULTIES = (1, 2, 3)
SIDE_MARGIN = 0.15
LEAST_SIDED = 10  # with fewer, one question moves a share by more than the margin allows
MOTION_MARGIN = 0.10
MIRROR_MARGIN = 0.20  # a wording much longer than the other hedges it, or explains it


def least_per_theme(pack: Pack) -> int:
    """Six questions a theme; in a small pack half of an even share, but one at least."""
    return max(1, min(THEME_QUESTIONS, len(pack.questions) // len(pack.themes) // 2))


def thin_themes(pack: Pack) -> Iterator[Flaw]:
    counts = Counter(question.theme for question in pack.questions)
    least = least_per_theme(pack)
    for at, theme in enumerate(pack.themes):
        if counts[theme.id] < least:
            yield Flaw(("themes", at), f"has {counts[theme.id]} questions; it needs at least {least}")


def missing_difficulties(pack: Pack) -> Iterator[Flaw]:
    there = {question.difficulty for question in pack.questions}
    for difficulty in DIFFICULTIES:
        if difficulty not in there:
            yield Flaw(("questions",), f"none has difficulty {difficulty}; write one, or weigh the others again")


def sides(pack: Pack) -> dict[str, int]:
    """How many questions rest on a claim of each side."""
    side_of = {speaker.id: speaker.side for speaker in pack.speakers}
    counts = Counter(side_of.get(question.claim.who or "") for question in pack.questions)
    return {side: counts[side] for side in pack.sides}


def unequal_sides(pack: Pack) -> Iterator[Flaw]:
    """Each side's share of the claims lies within 15 percentage points of an equal share."""
    counts = sides(pack)
    total = sum(counts.values())
    if total < LEAST_SIDED:
        return
    low, high = 1 / len(counts) - SIDE_MARGIN, 1 / len(counts) + SIDE_MARGIN
    for at, (side, count) in enumerate(counts.items()):
        if not low <= count / total <= high:
            message = f"{count} of {total} claims that belong to a side are of '{side}' ({count / total:.0%})"
            yield Flaw(("sides", at), f"{message}; bring it between {low:.0%} and {high:.0%}")


def motion_ratio(motion: Motion) -> float:
    """The length of the three arguments for, to the length of the three against."""
    return _length(motion.pro) / _length(motion.con)


def unequal_motions(pack: Pack) -> Iterator[Flaw]:
    for at, motion in enumerate(pack.motions):
        pro, con = _length(motion.pro), _length(motion.con)
        if abs(pro - con) > MOTION_MARGIN * max(pro, con):
            message = f"the arguments for have {pro} characters and those against {con}"
            yield Flaw(("motions", at), f"{message}; bring them within {MOTION_MARGIN:.0%} of each other")


def unmirrored_motions(pack: Pack) -> Iterator[Flaw]:
    """Every motion can be put the other way round, in other words of about the same length."""
    for at, motion in enumerate(pack.motions):
        if motion.mirrored is None:
            message = "has no mirrored wording; add 'mirrored', the same question put the other way round"
            yield Flaw(("motions", at), message)
            continue
        loc = ("motions", at, "mirrored")
        plain, turned = len(motion.text), len(motion.mirrored)
        if fold(motion.text) == fold(motion.mirrored):
            yield Flaw(loc, "says the same as the motion; put the question the other way round")
        if abs(plain - turned) > MIRROR_MARGIN * max(plain, turned):
            message = f"has {turned} characters and the motion {plain}"
            yield Flaw(loc, f"{message}; bring them within {MIRROR_MARGIN:.0%} of each other")


def _length(arguments: Sequence[Argument]) -> int:
    return sum(len(argument.text) for argument in arguments)
