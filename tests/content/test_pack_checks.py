"""What a sound pack must still do better: each check, just within its bound and just beyond it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import ValidationError

from content.check import find_flaws
from content.checks import balance, guessing, room, wording
from content.faults import Flaw
from content.pack import Pack
from tests.build import SINGLE, TRUEFALSE, make_motion, make_pack

ARGUMENT = {"text": "An argument.", "cite": ["1.1"]}
RISK = {"id": "flood", "title": "Flood", "line": "It may come.", "who": "Ann", "cite": ["1.1"]}
SIDED = [{"id": "ann", "name": "Ann", "side": "east"}, {"id": "ben", "name": "Ben", "side": "west"}]


def flaws(check: Callable[[Pack], Iterator[Flaw]], pack: Pack) -> list[tuple[tuple[str | int, ...], str]]:
    return [(flaw.loc, flaw.message) for flaw in check(pack)]


def keyed(*keys: str) -> Pack:
    return make_pack(*(SINGLE | {"options": ["ant", "bee", "cow", "dog"], "key": key} for key in keys))


def test_even_places_of_right_options_pass() -> None:
    assert flaws(guessing.uneven_positions, keyed(*"ABCD" * 5)) == []


def test_right_options_in_one_place_are_told() -> None:
    assert flaws(guessing.uneven_positions, keyed(*"B" * 20)) == [
        (
            ("questions",),
            "the places of right options are uneven (A 0, B 20, C 0, D 0, E 0; p = 0.000);"
            " spread the keys until p is above 0.05",
        )
    ]


def test_questions_of_few_options_expect_their_keys_in_front() -> None:
    pack = make_pack(*(SINGLE | {"options": ["ant", "bee"], "key": key} for key in "AB" * 10), *[SINGLE] * 3)
    assert [round(due, 9) for due in guessing.positions(pack).expected] == [11, 11, 1, 0, 0]


def sized(right: int, wrong: int, count: int = 8) -> Pack:
    options = ["a" * wrong, "b" * right, "c" * wrong]
    return make_pack(*[SINGLE | {"options": options, "key": "B"}] * count)


@pytest.mark.parametrize(
    ("right", "wrong", "words"), [(11, 10, None), (9, 10, None), (12, 10, "longer"), (8, 10, "shorter")]
)
def test_right_options_are_as_long_as_wrong_ones(right: int, wrong: int, words: str | None) -> None:
    expected = (
        f"right options are {words} than wrong ones (median ratio {right / wrong:.2f}); bring it between 0.9 and 1.1"
    )
    found = flaws(guessing.telling_lengths, sized(right, wrong))
    assert found == ([(("questions",), expected)] if words else [])


def test_a_few_questions_say_nothing_about_lengths() -> None:
    assert guessing.length_ratio(sized(30, 10, count=5)) is None


def test_a_right_option_that_is_mostly_the_longest_is_told() -> None:
    assert flaws(guessing.telling_longest, sized(11, 10)) == [
        (
            ("questions",),
            "the right option is the longest in 100% of the questions with one right option;"
            " chance explains at most 67%",
        )
    ]


def test_a_right_option_as_long_as_another_is_not_the_longest() -> None:
    assert flaws(guessing.telling_longest, sized(10, 10)) == []


@pytest.mark.parametrize(
    ("true", "false", "share"), [(4, 6, None), (6, 4, None), (2, 8, "20%"), (5, 0, None), (6, 0, "100%")]
)
def test_about_half_of_the_statements_are_true(true: int, false: int, share: str | None) -> None:
    keys = ["true"] * true + ["false"] * false
    found = flaws(guessing.telling_truths, make_pack(*(TRUEFALSE | {"key": key} for key in keys)))
    message = f"{share} of the true-or-false statements are true; bring it between 35% and 65%"
    assert found == ([(("questions",), message)] if share else [])


def themed(first: int, second: int) -> Pack:
    themes = [{"id": id, "title": id, "about": id} for id in ("shape", "size")]
    return make_pack(*[SINGLE] * first, *[SINGLE | {"theme": "size"}] * second, themes=themes)


@pytest.mark.parametrize(("first", "second", "least"), [(30, 6, None), (30, 5, 6), (6, 2, None), (7, 1, 2), (3, 0, 1)])
def test_every_theme_has_its_questions(first: int, second: int, least: int | None) -> None:
    message = f"has {second} questions; it needs at least {least}"
    expected = [(("themes", 1), message)] if least else []
    assert flaws(balance.thin_themes, themed(first, second)) == expected


def test_every_difficulty_occurs() -> None:
    assert flaws(balance.missing_difficulties, make_pack(SINGLE, SINGLE | {"difficulty": 3})) == [
        (("questions",), "none has difficulty 2; write one, or weigh the others again")
    ]


def sided(east: int, west: int) -> Pack:
    claims = [{"status": "attributed", "who": who} for who in ["ann"] * east + ["ben"] * west]
    return make_pack(*(SINGLE | {"claim": claim} for claim in claims), sides=["east", "west"], speakers=SIDED)


def test_sides_within_fifteen_points_pass() -> None:
    assert flaws(balance.unequal_sides, sided(13, 7)) == []


def test_few_claims_say_nothing_about_sides() -> None:
    assert flaws(balance.unequal_sides, sided(9, 0)) == []


def test_a_side_with_most_claims_is_told() -> None:
    assert flaws(balance.unequal_sides, sided(14, 6)) == [
        (("sides", 0), "14 of 20 claims that belong to a side are of 'east' (70%); bring it between 35% and 65%"),
        (("sides", 1), "6 of 20 claims that belong to a side are of 'west' (30%); bring it between 35% and 65%"),
    ]


@pytest.mark.parametrize(("pro", "con", "told"), [(30, 27, False), (27, 30, False), (30, 26, True)])
def test_motions_argue_both_sides_at_equal_length(pro: int, con: int, told: bool) -> None:
    def arguments(length: int) -> list[dict[str, Any]]:
        return [ARGUMENT | {"text": "x" * n} for n in (length - 20, 10, 10)]

    motion = {"id": "m", "theme": "shape", "text": "A motion.", "cite": ["1.1"]}
    pack = make_pack(motions=[motion | {"pro": arguments(pro), "con": arguments(con)}])
    message = f"the arguments for have {pro} characters and those against {con}; bring them within 10% of each other"
    assert flaws(balance.unequal_motions, pack) == ([(("motions", 0), message)] if told else [])


MIRRORED = [
    (None, (), "has no mirrored wording; add 'mirrored', the same question put the other way round"),
    ("squares ARE best.", ("mirrored",), "says the same as the motion; put the question the other way round"),
    ("x" * 22, ("mirrored",), "has 22 characters and the motion 17; bring them within 20% of each other"),
    ("x" * 13, ("mirrored",), "has 13 characters and the motion 17; bring them within 20% of each other"),
]


@pytest.mark.parametrize(("mirrored", "key", "message"), MIRRORED)
def test_a_motion_that_is_not_mirrored_is_told(mirrored: str | None, key: tuple[str, ...], message: str) -> None:
    pack = make_pack(motions=[make_motion(text="Squares are best.", mirrored=mirrored)])
    assert flaws(balance.unmirrored_motions, pack) == [(("motions", 0, *key), message)]


@pytest.mark.parametrize("mirrored", ["Circles are best.", "x" * 21, "x" * 14])
def test_a_mirrored_wording_of_about_the_same_length_passes(mirrored: str) -> None:
    pack = make_pack(motions=[make_motion(text="Squares are best.", mirrored=mirrored)])
    assert flaws(balance.unmirrored_motions, pack) == []


def test_a_motion_may_lack_a_mirrored_wording_until_its_pack_is_checked() -> None:
    assert [motion.mirrored for motion in make_pack(motions=[make_motion()]).motions] == [None]


@pytest.mark.parametrize("mirrored", ["", "  ", "Two\nlines.", "x" * 301])
def test_a_mirrored_wording_is_one_line_as_the_motion_is(mirrored: str) -> None:
    with pytest.raises(ValidationError):
        make_pack(motions=[make_motion(mirrored=mirrored)])


def test_a_loaded_word_in_a_mirrored_wording_is_told() -> None:
    pack = make_pack(motions=[make_motion(mirrored="Circles are brazen.")])
    message = "'brazen' judges for the reader; use a plain word, or quote whoever says it"
    assert flaws(wording.loaded_words, pack) == [(("motions", 0, "mirrored"), message)]


def test_a_risk_card_must_fit_one_message() -> None:
    risk = RISK | {"says": "x" * 1500, "against": "x" * 1500, "leaves_out": "x" * 500}
    assert flaws(room.crowded_cards, make_pack(risks=[risk])) == [
        (("risks", 0), "fills a card with 3,528 characters; at most 3,500 fit, so shorten it")
    ]


def test_a_name_that_is_an_option_is_as_short_as_one() -> None:
    speakers = [{"id": "ann", "name": "a" * 80}, {"id": "ben", "name": "b" * 81}, {"id": "cat", "name": "c" * 81}]
    who = {"kind": "who", "prompt": "Who?", "options": ["ann", "ben"], "key": "A"}
    assert flaws(room.long_names, make_pack(who, speakers=speakers)) == [
        (("speakers", 1, "name"), "has 81 characters; an option has at most 80")
    ]


LOADED = [
    ("Ann slammed the plan.", "slammed"),
    ("Ann fired back.", "fired back"),
    ("A BRAZEN act.", "brazen"),
    ("The regime fell.", "regime"),
]


@pytest.mark.parametrize(("text", "word"), LOADED)
def test_a_loaded_word_is_told(text: str, word: str) -> None:
    assert flaws(wording.loaded_words, make_pack(SINGLE | {"prompt": text})) == [
        (
            ("questions", 0, "prompt"),
            f"'{word}' judges for the reader; use a plain word, or quote whoever says it",
        )
    ]


@pytest.mark.parametrize(
    "text",
    ["Ann called it “brazen”.", 'She "slammed" it.', "A sanctions regime.", "Islam, and the evildoer."],
)
def test_quoted_and_plain_words_pass(text: str) -> None:
    assert flaws(wording.loaded_words, make_pack(SINGLE | {"prompt": text})) == []


def test_only_english_packs_are_searched_for_english_words() -> None:
    assert flaws(wording.loaded_words, make_pack(SINGLE | {"prompt": "Le regime?"}, language="fr")) == []


def opinion(prompt: str) -> Pack:
    return make_pack(SINGLE | {"prompt": prompt, "claim": {"status": "opinion", "who": "ann"}})


@pytest.mark.parametrize(
    "prompt",
    ["Which shape does the author prefer?", "Which is best in Ann the painter's eyes?", "What is said to be best?"],
)
def test_an_opinion_with_an_owner_passes(prompt: str) -> None:
    assert flaws(wording.ownerless_opinions, opinion(prompt)) == []


def test_an_opinion_without_an_owner_is_told() -> None:
    assert flaws(wording.ownerless_opinions, opinion("Which shape is best?")) == [
        (
            ("questions", 0, "prompt"),
            "asks for an opinion without saying whose; write 'in the author's view' or the like",
        )
    ]


@pytest.mark.parametrize(("prompt", "told"), [("Who calls it “square”?", False), ("Who calls it square?", True)])
def test_quoted_words_carry_marks(prompt: str, told: bool) -> None:
    pack = make_pack(SINGLE | {"prompt": prompt, "claim": {"status": "quoted", "who": "ann"}})
    message = "rests on quoted words, but nothing in it stands in quotation marks; quote the words"
    assert flaws(wording.unmarked_quotes, pack) == ([(("questions", 0), message)] if told else [])


def test_an_explanation_explains() -> None:
    pack = make_pack(SINGLE | {"explanation": "x" * 39}, SINGLE | {"explanation": "x" * 40})
    assert flaws(wording.thin_explanations, pack) == [
        (("questions", 0, "explanation"), "has 39 characters; in at least 40, say why the right answer is right")
    ]


REPEATED = [
    ("Which image does the author choose for the sanctions?", "What image does the author choose for sanctions?", True),
    ("Who says that the exclave is a wedge?", "Who said that the exclave is a wedge?", True),
    ("Which countries border the exclave?", "The exclave: which countries border it?", True),
    ("Who signed the treaty of 1921?", "Who signed the treaty of 1923?", False),
    ("What is the capital of France?", "What is the capital of Spain?", False),
    ("How wide is it?", "How wide is it, and how deep is the water around it in summer?", False),
]


@pytest.mark.parametrize(("first", "second", "told"), REPEATED)
def test_a_prompt_is_asked_once(first: str, second: str, told: bool) -> None:
    pack = make_pack(SINGLE | {"prompt": first}, SINGLE | {"prompt": second})
    message = "asks nearly the same as 'q1'; ask something else, or drop one"
    assert flaws(wording.repeated_prompts, pack) == ([(("questions", 1, "prompt"), message)] if told else [])


def test_words_that_all_prompts_share_do_not_make_them_alike() -> None:
    things = ["tide", "moss", "iron", "bread", "glass", "wool", "salt", "chalk", "amber", "copper"]
    prompts = [f"What does the text say about the colour of {thing}?" for thing in things]
    assert flaws(wording.repeated_prompts, make_pack(*(SINGLE | {"prompt": prompt} for prompt in prompts))) == []


def test_a_plain_pack_has_only_the_flaws_of_its_size() -> None:
    assert [flaw.message for flaw in find_flaws(make_pack())] == [
        "none has difficulty 2; write one, or weigh the others again",
        "none has difficulty 3; write one, or weigh the others again",
    ]
