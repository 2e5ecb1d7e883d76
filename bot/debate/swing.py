"""What a debate moved: ballots before and after in pairs, how sure the shift is, and in which words it is told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from bot.debate.flows import ORDER, Cell, Moves, Shown, show, tabulate
from bot.small import TWICE_FROM
from bot.text import count
from bot.votes import VOTES

CLEAR, LEANING = Fraction(1, 20), Fraction(1, 5)  # the greatest chance at which a shift is called so
DEAD_HEAT = 5  # percentage points; the Soho Forum calls a smaller shift a tie


Once = tuple[int, int]  # how many people voted only before, only after


@dataclass(frozen=True)
class Swing:
    """The result of a debate: its audience, with the speakers and those who came late set apart.

    `once` says of each of the three how many voted (only before, only after).
    """

    audience: Shown
    speakers: Shown
    late: Shown
    once: tuple[Once, Once, Once] = ((0, 0), (0, 0), (0, 0))


@dataclass(frozen=True)
class Verdict:
    """What may be said of a shift: `clear`, `leaning` or `none`, towards "for", "against" or None."""

    shift: str
    side: str | None


def read_swing(
    before: Mapping[int, str], after: Mapping[int, str], speakers: Collection[int], late: Collection[int]
) -> Swing:
    """The result from ballots (one of VOTES by user id). Only who has both counts; a speaker who came late spoke."""
    voted = before.keys() | after.keys()
    spoke = voted & set(speakers)
    joined = (voted & set(late)) - spoke
    groups = (voted - spoke - joined, spoke, joined)
    audience, speaking, joining = (show(tabulate(pair(before, after, group))) for group in groups)
    one, two, three = ((len(group - after.keys()), len(group - before.keys())) for group in groups)
    return Swing(audience, speaking, joining, (one, two, three))


def pair(before: Mapping[int, str], after: Mapping[int, str], people: Collection[int]) -> Iterator[Cell]:
    """The vote before and the vote after of each of these people who has both."""
    return ((before[id], after[id]) for id in people if id in before and id in after)


def sign_test(one: int, other: int) -> Fraction:
    """The chance that `one + other` tosses of a fair coin split at least as unevenly as this.

    The exact two-sided sign test: twice the binomial tail, at most 1 (Institute of Phonetic Sciences, Amsterdam,
    "The Sign Test"). Without a mover it is 1.
    """
    movers = one + other
    ways = tail = 1
    for n in range(min(one, other)):  # each binomial coefficient from the one before: fast for thousands, too
        ways = ways * (movers - n) // (n + 1)
        tail += ways
    return min(Fraction(2 * tail, 2**movers), Fraction(1))


def judge(moves: Moves) -> Verdict:
    """A shift is clear up to a chance of 5 %, leaning up to 20 % if it is 5 points or more; else it is none."""
    chance = sign_test(moves.to_for, moves.to_against)
    side = "for" if moves.net > 0 else "against"
    if chance <= CLEAR:
        return Verdict("clear", side)
    if chance <= LEANING and abs(moves.points) >= DEAD_HEAT:
        return Verdict("leaning", side)
    return Verdict("none", None)


def describe(swing: Swing, winner: bool = False) -> str:
    """The result in words, a sentence or two a line. `winner`: the server wants a clear shift to be called a win."""
    lines = [*_describe_moves(swing.audience, winner), say_once(swing.once[0]), *_describe_apart(swing)]
    return "\n".join(line for line in lines if line)


def say_verdict(shown: Shown) -> str:
    """The verdict in a few words, without an end; of too few people, how many more are needed."""
    if shown.moves is None:
        if shown.people == 0:
            return f"Too few to read: nobody voted both before and after; {TWICE_FROM} people are needed"
        more = count(TWICE_FROM - shown.people, "more is needed", "more are needed")
        return f"Too few to read: {count(shown.people, 'person', 'people')} voted both before and after; {more}"
    verdict = judge(shown.moves)
    if verdict.side is None:
        return "No clear shift"
    return f"{'Clear shift' if verdict.shift == 'clear' else 'Leaning'} towards {VOTES[verdict.side]}"


def say_once(once: Once) -> str:
    """How many voted only one of the two times; empty if nobody did."""
    before, after = once
    return f"Voted only before: {before}; only after: {after}." if before or after else ""


def say_share(shown: Shown, side: str) -> str:
    """How many of those who were not on a side before moved towards it; empty where that may not be shown.

    It is the fairer measure of the two: whoever starts ahead has fewer people left to win.
    """
    if shown.moves is None or shown.before is None:
        return ""
    label, people = VOTES[side], shown.people - shown.before[ORDER.index(side)]
    if people == 0:
        return f"Everybody was {label} before"
    moved = shown.moves.to_for if side == "for" else shown.moves.to_against
    return f"Of {people} who were not {label} before, {moved} moved towards it ({moved / people:.0%})"


def _describe_moves(shown: Shown, winner: bool) -> list[str]:
    verdict, moves = say_verdict(shown), shown.moves
    if moves is None:
        return [f"**{verdict}.**"]
    shares = [f"{share}." for side in ("for", "against") if (share := say_share(shown, side))]
    return [
        f"**{verdict}.**{_say_winner(moves) if winner else ''} {_say_moves(shown.people, moves)}",
        f"Net shift: {_say_net(moves)}. {_say_chance(moves)}",
        " ".join(shares) or "How each side began is left out here, as it would tell how single people voted.",
    ]


def _say_moves(people: int, moves: Moves) -> str:
    return (
        f"Of {people} people who voted both before and after, {moves.to_for} moved towards For, "
        f"{moves.to_against} towards Against, and {moves.stayed} voted the same."
    )


def _say_winner(moves: Moves) -> str:
    verdict = judge(moves)
    if verdict.side is None or verdict.shift != "clear":
        return ""
    return f" By this server's rule, {VOTES[verdict.side]} is the winner."


def _say_net(moves: Moves) -> str:
    if moves.net == 0:
        return "none"
    side = "For" if moves.net > 0 else "Against"
    points = f"{float(abs(moves.points)):.1f}".removesuffix(".0")
    return f"{abs(moves.net)} towards {side}, {points} percentage {'point' if points == '1' else 'points'}"


def _say_chance(moves: Moves) -> str:
    movers = moves.to_for + moves.to_against
    if movers == 0:
        return "Nobody moved."
    chance = float(sign_test(moves.to_for, moves.to_against))
    told = "less than 0.1%" if chance < 0.001 else f"{chance:.1%}"
    return f"If chance alone had moved these {movers}, a split at least as uneven would come up {told} of the time."


def _describe_apart(swing: Swing) -> list[str]:
    groups = (("Speakers", swing.speakers, swing.once[1]), ("Joined after the start", swing.late, swing.once[2]))
    return [f"{label}, not counted above: {told}" for label, shown, once in groups if (told := _say_group(shown, once))]


def _say_group(shown: Shown, once: Once) -> str:
    told = [_say_moves(shown.people, shown.moves)] if shown.moves else []
    if shown.people and not shown.moves:
        told = [f"{count(shown.people, 'person', 'people')} voted both before and after, too few to read."]
    return " ".join([*told, *filter(None, [say_once(once)])])
