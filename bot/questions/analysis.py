"""What a question is worth: how many get it right, whom it tells apart, what is chosen instead, how long it takes."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from bot.text import count
from content.pack import LETTERS

LEAST = 20  # people; about fewer nothing is said
WEAK = 0.1  # discrimination under which a question is suspect


@dataclass(frozen=True)
class Response:
    """Somebody's answer to the question. `given` is the options as authored, or the text typed.

    `took` is ms since the question opened, `at` ms since 1970. `score` is the share of right ones, 0 to 1, among
    this person's answers to the other questions of that round; None if there were none.
    """

    user_id: int
    round_id: int
    given: tuple[int, ...] | str
    right: bool
    took: int
    at: int
    score: float | None


@dataclass(frozen=True)
class Third:
    """How many people are in a score third, and how many of them chose each option."""

    people: int
    picks: tuple[int, ...]

    def share(self, option: int) -> float | None:
        """The share of these people who chose an option, 0 to 1; None if nobody is here."""
        return self.picks[option] / self.people if self.people else None


Thirds = tuple[Third, Third, Third]  # low, middle, high


@dataclass(frozen=True)
class Analysis:
    """What the answers say about a question. From fewer than LEAST people there are only counts.

    `asked` counts the rounds in which somebody answered it, `answers` the people who did. `facility` is the share of
    right answers, `median` the time in ms. `picks` counts who chose each option; where options are not chosen
    between (order, number, typed) it is empty, and there are no `thirds`. `either`: each option of the key is right
    by itself, and not all of them together.
    """

    key: tuple[int, ...]
    asked: int
    answers: int
    picks: tuple[int, ...]
    either: bool = False
    facility: float | None = None
    discrimination: float | None = None
    median: int | None = None
    thirds: Thirds | None = None


def analyse(
    responses: Iterable[Response], options: int = 0, key: Collection[int] = (), either: bool = False
) -> Analysis:
    """Analyse a question by each person's first attempt at it; the responses may come in any order.

    `options` is how many there are to choose between: 0 for the kinds order, number and typed. `key` is the right
    ones, as authored; `either` if each of them is right by itself, because a ruling accepts another answer, too.
    All responses have to be to the same options. Discrimination and thirds need LEAST people who have a score.
    """
    everything = list(responses)
    firsts = _first_attempts(everything)
    rounds = {r.round_id for r in everything}
    counts = Analysis(tuple(sorted(key)), len(rounds), len(firsts), _count_picks(firsts, options), either)
    if len(firsts) < LEAST:
        return counts
    scored = [(r, r.score) for r in firsts if r.score is not None]
    enough = len(scored) >= LEAST
    return replace(
        counts,
        facility=sum(r.right for r in firsts) / len(firsts),
        discrimination=_discrimination(scored) if enough else None,
        median=round(statistics.median(r.took for r in firsts)),
        thirds=_split(scored, options) if enough and options else None,
    )


def suspicions(analysis: Analysis, names: Sequence[str] = LETTERS) -> list[str]:
    """Why somebody should look at this question again, a sentence each; none if nothing speaks against it.

    `names` are what to call the options, in the order in which they were authored.

    Discrimination under 0.1: those who were right here were hardly more often right elsewhere. (Textbooks draw the
    line at about 0.2, for hundreds of answers: Ebel & Frisbie, Essentials of Educational Measurement, 1991.)

    A distractor that beats the key: more people of the top third chose it than the key (than the least chosen, where
    several are right together; than the most chosen, where each is right by itself). The top third decides and not
    everybody, because a hard question about a common error is *meant* to have a distractor that most people choose; it
    is those who know the rest that should not (Crocker & Algina 1986, ch. 14; Haladyna, Developing and Validating
    Multiple-Choice Test Items, 2004). Only where there is no top third does everybody decide.
    """
    if analysis.answers < LEAST:
        return []
    reasons = []
    if analysis.discrimination is not None and analysis.discrimination < WEAK:
        reasons.append(
            f"Discrimination is under {WEAK} ({analysis.discrimination:z.2f}): "
            "people who were right here were hardly more often right elsewhere, or less often."
        )
    return reasons + _beaten_key(analysis, names)


def describe(analysis: Analysis) -> list[str]:
    """The figures in words, a line each. Options have the letters of the order in which they were authored."""
    rounds, people = count(analysis.asked, "round"), count(analysis.answers, "person", "people")
    if analysis.answers < LEAST:
        return [f"Answered by {people} in {rounds}: too few to say. From {LEAST} on there is more."]
    lines = [f"Answered by {people} in {rounds}; first attempts only."]
    if analysis.facility is not None:
        lines.append(f"Facility (share of right answers): {analysis.facility:.2f}")
    told = "can't be told" if analysis.discrimination is None else f"{analysis.discrimination:z.2f}"
    lines.append(f"Discrimination (-1 to 1; whether those right here were right elsewhere): {told}")
    if analysis.picks:
        picked = (f"{name_option(analysis.key, n)} {picks}" for n, picks in enumerate(analysis.picks))
        lines.append(f"Chosen: {', '.join(picked)}")
    if analysis.median is not None:
        lines.append(f"Median time: {analysis.median / 1000:.1f} s")
    return lines


def name_option(key: Collection[int], option: int) -> str:
    """`A`, or `A (right)` of a key."""
    return f"{LETTERS[option]} (right)" if option in key else LETTERS[option]


def _first_attempts(responses: Iterable[Response]) -> list[Response]:
    firsts: dict[int, Response] = {}
    for response in sorted(responses, key=lambda r: (r.at, r.round_id)):
        firsts.setdefault(response.user_id, response)
    return list(firsts.values())


def _count_picks(responses: Sequence[Response], options: int) -> tuple[int, ...]:
    chosen = [r.given for r in responses if not isinstance(r.given, str)]
    return tuple(sum(option in given for given in chosen) for option in range(options))


def _discrimination(scored: Sequence[tuple[Response, float]]) -> float | None:
    """The point-biserial correlation between being right here and the score on the rest of the round.

    r = (M1 - M) / S * sqrt(p / q): M1 is the mean score of those who were right, M and S mean and standard deviation
    (over n) of all scores, p the share of right answers, q = 1 - p. It is Pearson's r with 0 and 1 for wrong and right
    (Crocker & Algina, Introduction to Classical and Modern Test Theory, 1986, ch. 14).
    The score leaves the question itself out, so that it does not correlate with itself (Henrysson, Psychometrika
    28, 1963). None where all were right, all wrong, or all scores are equal. Scores come from different rounds, so it
    is a hint and no measurement.
    """
    rights, scores = [float(response.right) for response, _ in scored], [score for _, score in scored]
    if len(set(rights)) == 1 or len(set(scores)) == 1:  # a mean that is rounded would make up some variance
        return None
    return max(-1.0, min(1.0, statistics.correlation(rights, scores)))


def _split(scored: Sequence[tuple[Response, float]], options: int) -> Thirds:
    """Split people into thirds by score, whatever the order in which they come.

    People with equal scores stay together and go where the middle of their places falls: in the first third of all
    places is low, in the last is high. So nobody's third depends on chance, but one may be larger, or empty. (The
    classic upper and lower 27 % of Kelley, Journal of Educational Psychology 30, 1939, are near thirds.)
    """
    low: list[Response] = []
    middle: list[Response] = []
    high: list[Response] = []
    below = 0
    for _, equal in groupby(sorted(scored, key=_score), key=_score):
        group = [response for response, _ in equal]
        place = (2 * below + len(group)) * 3  # six times the middle: halves and thirds as whole numbers
        (low if place < 2 * len(scored) else high if place > 4 * len(scored) else middle).extend(group)
        below += len(group)
    return _count_third(low, options), _count_third(middle, options), _count_third(high, options)


def _score(scored: tuple[Response, float]) -> float:
    return scored[1]


def _count_third(responses: Sequence[Response], options: int) -> Third:
    return Third(len(responses), _count_picks(responses, options))


def _beaten_key(analysis: Analysis, names: Sequence[str]) -> list[str]:
    high = analysis.thirds[2] if analysis.thirds else None
    picks = high.picks if high and high.people else analysis.picks
    wrong = [option for option in range(len(picks)) if option not in analysis.key]
    if not wrong or not analysis.key:
        return []
    rival = max if analysis.either else min
    chosen, key = max(wrong, key=picks.__getitem__), rival(analysis.key, key=picks.__getitem__)
    if picks[chosen] <= picks[key]:
        return []
    whose = f"the {high.people} people in the top third" if high and high.people else f"all {analysis.answers} people"
    return [
        f"A distractor beats the key: of {whose}, {picks[chosen]} chose {names[chosen]}, "
        f"and {picks[key]} chose {names[key]}, which is keyed as right."
    ]
