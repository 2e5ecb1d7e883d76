"""Builders of answers to a question with the options A, B and C, of which B is right."""

from __future__ import annotations

from bot.questions.analysis import Response

A, B, C = 0, 1, 2


def respond(
    user_id: int, given: int | tuple[int, ...] | str, right: bool, score: float | None, **times: int
) -> Response:
    """An answer; of times, `at`, `took` and `round_id` can be given."""
    picked = (given,) if isinstance(given, int) else given
    whole = {"round_id": 1, "took": 1000, "at": user_id} | times
    return Response(user_id, given=picked, right=right, score=score, **whole)


def crowd(*groups: tuple[float | None, str]) -> list[Response]:
    """One person for each letter: (score, the options they chose). B is right."""
    chosen = [(score, "ABC".index(letter)) for score, letters in groups for letter in letters]
    return [respond(n, option, option == B, score) for n, (score, option) in enumerate(chosen)]


# Twenty people, five at each score; 1, 2, 3 and 4 of them chose B, which is right.
RISING = crowd((0.2, "BAAAC"), (0.4, "BBAAC"), (0.6, "BBBAC"), (0.8, "BBBBC"))
