"""Regular expressions of moderators: what Rust means by them, without a way to hang."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.rust_regex import EDGE, NO_EDGE, Pattern, Unreadable


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        (r"(b|c)at", "BAT cat", [(0, 3), (4, 7)]),
        (r"^(?:[0-9]{1,3}\.){3}[0-9]{1,3}$", "127.0.0.1", [(0, 9)]),
        (r"(?-i)[A-Z]{3}", "abc ABC", [(4, 7)]),
        (r"free\s*nitro", "free\u00a0\u2003NITRO", [(0, 11)]),
        (r"\d+", "٣٤", [(0, 2)]),
        (r"\D+", "1٣a", [(2, 3)]),
        (r"[\d.]+", "٣.4", [(0, 3)]),
        (r"[^\D]", "a1", [(1, 2)]),
        (r"\w+", "żółw!", [(0, 4)]),
        (r"\W", "żó łw", [(2, 3)]),
        (r"\S+", "a\u00a0b", [(0, 1), (2, 3)]),
        (r"[\W_]+", "a__b", [(1, 3)]),
        (r"\u{1F600}|\u00e9|\x41|\U0001F601", "é😀😁a", [(0, 1), (1, 2), (2, 3), (3, 4)]),
        (r"\p{Script=Cyrillic}+", "abc слово", [(4, 9)]),
        (r"\p{Letter}\pN", "a1", [(0, 2)]),
        (r"[\p{M}]{3,}", "a\u0301\u0301\u0301", [(1, 4)]),
        (r"[[:alpha:]]+", "ab1", [(0, 2)]),
        (r"[]a]+", "]a", [(0, 2)]),
        (r"(?P<first>a)(?<second>b)", "ab", [(0, 2)]),
        (r"\_\-\/\#", "_-/#", [(0, 4)]),
        (r"a.b", "a\nb", []),
        (r"(?s)a.b", "a\nb", [(0, 3)]),
    ],
)
def test_a_pattern_means_what_it_means_in_rust(source: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(Pattern(source).find(text)) == spans


@pytest.mark.parametrize(
    ("source", "text", "spans"),
    [
        (r"\bслово\b", "одно слово тут", [(5, 10)]),
        (r"\bхер\b", "Херсон", []),
        (r"\bki\b", "suwałki ki", [(8, 10)]),
        (r"\bfoo\b\s+\bbar\b", "a foo  bar b", [(2, 10)]),
        (r"\bb\w*\b", "a bé c", [(2, 4)]),
        (r"foo.bar\b", "foo-bar", [(0, 7)]),
        (r"a.b\b", "a\nb", []),
        (r"(?s)a.b\b", "a\nb", [(0, 3)]),
        (r"\Boo\b", "oo foo", [(4, 6)]),
        (r"fo\B", "fo foo", [(3, 5)]),
        (r"\bfoo$", "a foo", [(2, 5)]),
        (r"^\bfoo\b\z", "foo", [(0, 3)]),
        (r"\b\bfoo", "a foo", [(2, 5)]),
        (r"[^\w\s]\b", "a!b", [(1, 2)]),
        (r"[^]a]\b", "]b", [(1, 2)]),
        (r"\bx{2}\b|\by", "xx y", [(0, 2), (3, 4)]),
        (r"\b{start}x|\<y", "xx yy", [(0, 1), (3, 4)]),
    ],
)
def test_the_edges_of_words_are_found_in_every_script(source: str, text: str, spans: list[tuple[int, int]]) -> None:
    assert list(Pattern(source).find(text)) == spans


@pytest.mark.parametrize(
    "source", ["(", "[", "a(?=b)", r"(a)\1", "[a-z&&[^b]]", r"[\w--\d]", "x{2000}", "a{,3}", "\ud800["]
)
def test_what_cannot_be_applied_is_said_to_be_unreadable(source: str) -> None:
    with pytest.raises(Unreadable):
        Pattern(source)


# Each of these takes a backtracking engine longer than a life.
@pytest.mark.parametrize("source", ["(x+x+)+y", "(x|x)*y", "(?:x?){100}x{100}y", r"\b(\w+\s?)+!", "(.*)*y"])
def test_no_pattern_takes_its_time(source: str) -> None:
    assert list(Pattern(source).find("x" * 4000)) == []


@given(st.text(), st.text())
def test_any_pattern_is_applied_to_any_text_or_unreadable(source: str, text: str) -> None:
    try:
        spans = list(Pattern(source).find(text))
    except Unreadable:
        return
    assert all(0 <= start <= end <= len(text) for start, end in spans)


@given(st.text(min_size=1), st.booleans())
def test_a_text_matches_itself(text: str, marked: bool) -> None:
    escaped = "".join(c if c.isalnum() or not c.isascii() else rf"\x{ord(c):02x}" for c in text)
    safe = text.replace(EDGE, "?").replace(NO_EDGE, "?")
    assert list(Pattern((r"(?:\b|\B)" if marked else "") + escaped).find(safe))[:1] == [(0, len(text))]
