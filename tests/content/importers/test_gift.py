r"""Moodle's GIFT: what each of its signs becomes, and what is said of files that a deck can't take."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from content.importers.gift import read
from tests.content.importers import sight

PLANETS = {"kind": "single", "prompt": "Which is red?", "options": ("Venus", "Mars"), "key": "B"}

# Each file, and its questions without what they leave open.
READ: dict[str, tuple[str, list[dict[str, Any]]]] = {
    "one right option": ("Which is red?{~Venus =Mars}", [PLANETS]),
    "options on lines": ("Which is red? {\n  ~Venus\n\t=Mars\n}\n", [PLANETS]),
    "Windows lines": ("Which is\r\nred? {\r\n~Venus\r\n=Mars\r\n}\r\n", [PLANETS]),
    "old Mac lines": ("Which is red? {\r~Venus\r=Mars\r}\r\rWhich is red?{~Venus =Mars}", [PLANETS, PLANETS]),
    "blank lines with blanks": ("Which is red?{~Venus =Mars}\n \t \nWhich is red?{~Venus =Mars}", [PLANETS, PLANETS]),
    "comments": ("// planets\n\n// red ones {\nWhich is red? {\n  // far\n  ~Venus\n =Mars}\n// end", [PLANETS]),
    "title": ("::Red \\: planet::Which is red?{~Venus =Mars}", [{"id": "Red : planet", **PLANETS}]),
    "empty title": (":: ::Which is red?{~Venus =Mars}", [PLANETS]),
    "id number and tags": (
        "// question: 7  name: x [id:p-7] [tag:sky] [tag:a\\]b]\nWhich is red?{~Venus =Mars}",
        [{"id": "p-7", "tags": ("sky", "a]b"), **PLANETS}],
    ),
    "title before id number": ("// [id:p-7]\n::Red::Which is red?{~Venus =Mars}", [{"id": "Red", **PLANETS}]),
    "several right options": (
        "Which have moons? {~%50%Mars ~%50%Earth ~%-50%Venus ~Mercury}",
        [
            {
                "kind": "several",
                "prompt": "Which have moons?",
                "options": ("Mars", "Earth", "Venus", "Mercury"),
                "key": ("A", "B"),
            }
        ],
    ),
    "thirds": (
        "Which? {~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%d}",
        [{"kind": "several", "prompt": "Which?", "options": ("a", "b", "c", "d"), "key": ("A", "B", "C")}],
    ),
    "one of several": (
        "Which? {~%100%a ~b ~c}",
        [{"kind": "several", "prompt": "Which?", "options": ("a", "b", "c"), "key": ("A",)}],
    ),
    "one of two in percent": (
        "Which is red?{~Venus ~%100%Mars}",
        [PLANETS],
    ),
    "percentage after =": (
        "How much? {=%50% ~%0%%60%}",
        [{"kind": "single", "prompt": "How much?", "options": ("%50%", "%60%"), "key": "A"}],
    ),
    "true": ("Mars is red.{T}", [{"kind": "truefalse", "prompt": "Mars is red.", "key": True}]),
    "false": ("Mars is blue. { FALSE }", [{"kind": "truefalse", "prompt": "Mars is blue.", "key": False}]),
    "true in small letters": ("Mars is red.{true}", [{"kind": "truefalse", "prompt": "Mars is red.", "key": True}]),
    "comments on true": (
        "Mars is red.{TRUE#Look again.#So it is.####Rust.}",
        [
            {
                "kind": "truefalse",
                "prompt": "Mars is red.",
                "key": True,
                "explanation": "Rust.\nSo it is.\nLook again.",
            }
        ],
    ),
    "typed": (
        "Who? {=no one =nobody =Nobody =%50%Grant =%0%Lee =%0%*}",
        [{"kind": "typed", "prompt": "Who?", "key": "no one", "accept": ("nobody",), "reject": ("Lee",)}],
    ),
    "typed without =": ("1 + 2 \\= {3}", [{"kind": "typed", "prompt": "1 + 2 =", "key": "3"}]),
    "typed TRUE": ("Write TRUE. {=TRUE}", [{"kind": "typed", "prompt": "Write TRUE.", "key": "TRUE"}]),
    "a star that is a star": ("Times? {=\\*}", [{"kind": "typed", "prompt": "Times?", "key": "*"}]),
    "byte for byte": (
        "Which? {~12\\:30 =no ~010 ~1e3 ~null}",
        [{"kind": "single", "prompt": "Which?", "options": ("12:30", "no", "010", "1e3", "null"), "key": "B"}],
    ),
    "other scripts": (
        "ما هو؟ {=السلام עליכם 👩‍🚀}",
        [{"kind": "typed", "prompt": "ما هو؟", "key": "السلام עליכם 👩‍🚀"}],
    ),
    "missing word": (
        "Mars is {~blue =red} and cold.",
        [{"kind": "single", "prompt": "Mars is _____ and cold.", "options": ("blue", "red"), "key": "B"}],
    ),
    "missing word at the start": (
        "{=Mars} is red.",
        [{"kind": "typed", "prompt": "_____ is red.", "key": "Mars"}],
    ),
    "a number": ("When? {#1822}", [{"kind": "number", "prompt": "When?", "key": 1822.0}]),
    "a margin": ("When? {# 1822 : 5 }", [{"kind": "number", "prompt": "When?", "key": 1822.0, "tolerance": 5.0}]),
    "a range": ("Pi? {#3.141..3.142}", [{"kind": "number", "prompt": "Pi?", "key": 3.1415, "tolerance": 0.0005}]),
    "a range below zero": (
        "How cold? {#-10..-5}",
        [{"kind": "number", "prompt": "How cold?", "key": -7.5, "tolerance": 2.5}],
    ),
    "an exponent": ("How far? {#1.5e3}", [{"kind": "number", "prompt": "How far?", "key": 1500.0}]),
    "numbers in parts": (
        "When? {#\n=1822:0 #Yes.\n=%50%1822:2 #Nearly.\n~#No.\n####See §1.}",
        [{"kind": "number", "prompt": "When?", "key": 1822.0, "explanation": "See §1.\nYes.\n1822:2: Nearly.\nNo."}],
    ),
    "places of an order": (
        "By size? {=cow -> 3 =ant->1 =cat -> 2}",
        [{"kind": "order", "prompt": "By size?", "options": ("cow", "ant", "cat"), "key": ("B", "C", "A")}],
    ),
    "comments on options": (
        "Which is red? {~Venus#It is white. =Mars # Rust!\n####Look at \\#4.}",
        [{"explanation": "Look at #4.\nVenus: It is white.\nRust!", **PLANETS}],
    ),
    "a comment that comes twice": (
        "Who? {=no one#Excellent! =nobody#Excellent!}",
        [{"kind": "typed", "prompt": "Who?", "key": "no one", "accept": ("nobody",), "explanation": "Excellent!"}],
    ),
    "escapes": (
        r"\{a\: \\n\} {=\=\~\#\{\}\:\\ ~\q#one\ntwo}",
        [
            {
                "kind": "single",
                "prompt": r"{a: \n}",
                "options": ("=~#{}:\\", r"\q"),
                "key": "A",
                "explanation": "\\q: one\ntwo",
            }
        ],
    ),
    "category": (
        "$CATEGORY: $course$/top/Sky/Sun//Moon\n\nWhich is red?{~Venus =Mars}\n\n$CATEGORY: $course$/top\n\nMars?{T}",
        [{"theme": "Sun/Moon", **PLANETS}, {"kind": "truefalse", "prompt": "Mars?", "key": True}],
    ),
    "category without a blank line": ("$CATEGORY: Sky\nWhich is red?{~Venus =Mars}", [{"theme": "Sky", **PLANETS}]),
    "plain": (
        "[plain]Is <b> &lt; or [html]?{=[plain]<i> ~[html]<i>&lt;</i> ~[no]}",
        [
            {
                "kind": "single",
                "prompt": "Is <b> &lt; or [html]?",
                "options": ("<i>", "<", "[no]"),
                "key": "A",
            }
        ],
    ),
    "markdown": ("[markdown]Is **this** bold?{T}", [{"kind": "truefalse", "prompt": "Is **this** bold?", "key": True}]),
    "html": (
        '[html]<p class\\="x">Is 2<sup>3</sup>\nH<SUB>2</SUB>O<sup>x+1</sup> &amp;&nbsp;a<b and c>d?<br /></p>'
        "<!-- <p> -->{T#<ul><li>One</li><li>Two</li></ul>}",
        [
            {
                "kind": "truefalse",
                "prompt": "Is 2³ H₂O^(x+1) &\u00a0a<b and c>d?",
                "key": True,
                "explanation": "One\nTwo",
            }
        ],
    ),
    "html between lines": (
        "[html]a\\nb&#xFEFF;c{T####<table><tr><td>1</td><td>2</td></tr></table>one\\ntwo}",
        [{"kind": "truefalse", "prompt": "a b c", "key": True, "explanation": "1 2\none two"}],
    ),
    "no html": (
        "Is 3 < 5 > 4, <vector> and <3 &co?{T}",
        [{"kind": "truefalse", "prompt": "Is 3 < 5 > 4, <vector> and <3 &co?", "key": True}],
    ),
}

REFUSED: dict[str, tuple[str, list[str]]] = {
    "nothing": ("", ["1:1: file: holds no question; write one as 'What is it? {=this ~that}'"]),
    "comments only": ("// a\n\n// b", ["1:1: file: holds no question; write one as 'What is it? {=this ~that}'"]),
    "torn by a blank line": (
        "a {\n=b\n\n~c}\n\nd {T",
        [
            f"{place}: questions: these answers are not closed before the next blank line; write }} after them, take"
            " blank lines out of them, and write \\{ for a brace in a text"
            for place in ("1:3", "6:3")
        ],
    ),
    "closed only": (
        "::x::a =b}",
        ["1:10: questions.x: a } stands here without a { before it; write \\} for a brace in a text"],
    ),
    "two answer blocks": (
        "a {=b}\nc {=d}",
        [
            "2:3: questions: a second { stands in this question; put a blank line between questions,"
            " and write \\{ for a brace"
        ],
    ),
    "brace within answers": (
        "a {=b {c} ~d}",
        [
            "1:7: questions: a second { stands in this question; put a blank line between questions,"
            " and write \\{ for a brace"
        ],
    ),
    "two closing braces": (
        "a {=b}}",
        ["1:7: questions: a second } stands in this question; write \\} for a brace in a text"],
    ),
    "essay": (
        "How are you? {####Well.}",
        [
            "1:15: questions: has no right answer (Moodle: an essay), and a deck compares every answer;"
            " write one, or take it out"
        ],
    ),
    "matching": (
        "Capitals? {\n=Italy -> Rome\n=Japan -> Tokyo}",
        [
            "2:1: questions: is a matching question, which a deck can't hold; take it out, or ask each pair as a"
            " question of its own (only a matching with the places 1, 2, 3 is read, as a question about an order)"
        ],
    ),
    "no right option": ("a {~b ~c}", ["1:4: questions: has no right answer; write = before it instead of ~"]),
    "two right options": (
        "a {=b ~c =d}",
        [
            "1:11: questions: is a second answer after =; keep one of them, or write ~%50% before each of two that are"
            " right together (an = inside an answer is written \\=)"
        ],
    ),
    "percentages that make no whole": (
        "a {~%50%b ~%25%c ~d}",
        ["1:9: questions: the percentages of the right answers make 75% together; they must make 100%"],
    ),
    "text before the answers": (
        "a {b =c ~d}",
        ["1:4: questions: stands before the first answer; begin each answer with = (right) or ~ (wrong)"],
    ),
    "nothing counts in full": (
        "a {=%50%b}",
        ["1:4: questions: has no answer that counts in full; write = alone before a right one"],
    ),
    "no number": (
        "a {#}\n\nb {#=%50%4}",
        [
            f"{place}: questions: has no number that counts in full; write it as {{#47}}, {{#47:2}} or {{#45..49}}"
            for place in ("1:4", "3:4")
        ],
    ),
    "two numbers": (
        "a {#=4 =5}",
        [
            "1:9: questions: is a second right number, and a deck holds one; keep one, or write a range such as"
            " {#45..49}"
        ],
    ),
    "words for a number": (
        "a {#3,14}\n\nb {#4:x}\n\nc {#1..x}",
        [
            f"{place}: must be a plain number such as 1945 or 2.5, without spaces, commas or words;"
            f" '{found}' stands here"
            for place, found in (
                ("1:5: questions.1.key", "3,14"),
                ("3:7: questions.2.tolerance", "x"),
                ("5:5: questions.3.key", "1..x"),
            )
        ],
    ),
    "a range that runs backwards": (
        "a {#5..1}",
        ["1:5: questions.1.tolerance: is -2.0; it must be at least 0"],
    ),
    "an empty option": ("a {=b ~}", ["1:8: questions.1.options.2: is empty; write a text here"]),
    "an empty prompt": ("::x::{T}", ["1:6: questions.x.prompt: is empty; write a text here"]),
    "too many options": (
        "a {=b ~c ~d ~e ~f ~g ~h}",
        ["1:20: questions.1.options: has 7 entries; at most 5 may stand here"],
    ),
    "far too many answers": (
        "a {" + "=b" * 31 + "}",
        ["1:4: questions: has 31 answers; at most 30 are read (an = inside an answer is written \\=)"],
    ),
    "options that fold alike": (
        "a {=b ~B}",
        ["1:8: questions.1.options.2: is option A again; the options must differ"],
    ),
    "faults in several questions": (
        "a {~b}\n\n::ok::c {T}\n\nd {",
        [
            "1:4: questions: has no right answer; write = before it instead of ~",
            "5:3: questions: these answers are not closed before the next blank line; write } after them, take blank"
            " lines out of them, and write \\{ for a brace in a text",
        ],
    ),
}

NOTED: dict[str, tuple[str, list[str]]] = {
    "description": (
        "Read this first.\n\na{T}",
        [
            "1:1: questions: has no answers in { } (Moodle: a description), so it is no question, and it is left out",
        ],
    ),
    "a part of the points": (
        "a {=b ~%50%c ~d}",
        ["1:12: questions: counts for 50% in Moodle and not at all here; write = alone before it if it is right"],
    ),
    "a picture": (
        '::x::[html]<p>What is <img src\\="x.png">?</p>{=b}',
        [
            "1:6: questions.x: <img> can't be kept, a deck holds words; say in words what it shows, or leave it",
        ],
    ),
    "html all over the file": (
        "a{T}\n\n<p>b</p>{T}\n\n<i>c</i>{=<u>d</u>}\n\n[plain]<p>{T}",
        [
            "3:1: questions: HTML marks are taken off; the words stay, links and layout do not"
            " (here and in 1 more question)"
        ],
    ),
    "lines in a prompt": (
        "a\\nb{T}",
        ["1:1: questions: the lines of this text are joined; a prompt, an option or an answer is one line"],
    ),
    "a star": (
        "a {=b*}",
        [
            "1:5: questions: the * stands for any letters in Moodle and for itself here; write out the answers that are"
            " right"
        ],
    ),
    "an order": (
        "a {=b->1 =c->2 =d->3}",
        ["1:4: questions: a matching with the places 1, 2, 3 is read as a question about an order"],
    ),
    "nothing left out": ("::x::[plain]a {~%50%b ~%50%c ~%-100%d####e}", []),
}


@pytest.mark.parametrize("name", READ)
def test_a_sound_file_is_read(name: str) -> None:
    text, expected = READ[name]
    assert sight.questions(read, text) == expected


@pytest.mark.parametrize("name", REFUSED)
def test_a_fault_is_told_with_its_place_and_with_what_would_be_right(name: str) -> None:
    text, expected = REFUSED[name]
    assert sight.faults(read, text) == expected


@pytest.mark.parametrize("name", NOTED)
def test_what_a_deck_does_not_hold_is_noted(name: str) -> None:
    text, expected = NOTED[name]
    assert sight.notes(read, text) == expected


def test_a_file_without_end_of_questions_is_not_read_to_its_end() -> None:
    full = ["a{T}"] * 5000
    assert sight.faults(read, "\n\n".join(full)) == []
    assert sight.faults(read, "\n\n".join([*full, "b{T}"])) == [
        "10001:1: file: is too much for one file from here on; split it"
    ]


SIGNS = [*"{}~=#:\\%/\n\n\n ", "::", "####", "->", "\n\n", "%50%", "%-100%", "\\n", "\\{", "//", "[html]", "[plain]"]
WORDS = [
    "a",
    "b",
    "Mars",
    "1",
    "2",
    "3",
    "-4.5",
    "12:30",
    "T",
    "FALSE",
    "*",
    "é",
    "👩‍🚀",
    "<p>",
    "<img x>",
    "&lt;",
    "&#13;",
]
LINES = [
    "$CATEGORY: a/b\n",
    "// [id:x] [tag:y]\n",
    "{=a ~b}",
    "{#4:1}",
    "{=a->1 =b->2 =c->3}",
    "{T#a#b####c}",
    "..",
    "e9",
]
SHUFFLED = st.lists(st.sampled_from(SIGNS + WORDS + LINES), max_size=25).map("".join)

TEXT = st.lists(st.sampled_from([*WORDS, "\\=", "\\~", "\\#", "\\n", " ", "<b>x</b>"]), min_size=1, max_size=4).map(
    "".join
)
WEIGHT = st.sampled_from(["=", "~", "~", "~%50%", "~%100%", "~%-50%", "=%50%", "=%0%"])
ANSWER = st.builds("{}{}{}".format, WEIGHT, TEXT, st.just("") | TEXT.map("#{}".format))
ANSWERS = st.lists(ANSWER, min_size=1, max_size=6).map("\n".join) | st.sampled_from(
    ["T", "F#no#yes", "#4:1", "#1..3", "#=4 =%50%4:1 ~#no", "", "=a->2\n=b->1\n=c->3", "=x -> y =z -> w"]
)
QUESTION = st.builds(
    "{}{}{}{{{}{}}}{}\n\n".format,
    st.sampled_from(["", "", "::x::", "// [tag:t]\n", "$CATEGORY: c\n\n"]),
    st.sampled_from(["", "[html]", "[plain]"]),
    TEXT,
    ANSWERS,
    st.sampled_from(["", "", "####general"]),
    st.sampled_from(["", "", " after."]),
)
GRAMMATICAL = st.lists(QUESTION, min_size=1, max_size=3).map("".join)
SOUND = st.lists(st.sampled_from([text for text, _ in READ.values()]), min_size=1, max_size=2).map("\n\n".join)
MUTATED = st.builds(sight.mutate, SOUND, st.floats(0, 1), st.integers(0, 4), st.sampled_from([*SIGNS, ""]))


@settings(max_examples=2000, deadline=None, database=None)
@given(text=GRAMMATICAL | MUTATED | SHUFFLED)
def test_no_file_does_more_than_be_read_or_refused(text: str) -> None:
    sight.check_all_or_nothing(read, text)
