"""What people see: safe text, and cards and forms that Discord takes."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import pytest
from discord import ui
from hypothesis import example, given
from hypothesis import strategies as st

from bot.kit import TEXT_LIMIT, Button, Card, Choice, Form, custom_id, suggest
from bot.press import Press
from bot.text import bar, clip, count, escape, moment, name, sections
from tests.stage import Stage, button_ids

ESCAPED = [
    ("plain words, fine.", "plain words, fine."),
    ("*bold* _it_ ~~gone~~ `code` ||hidden||", r"\*bold\* \_it\_ \~\~gone\~\~ \`code\` \|\|hidden\|\|"),
    ("back\\slash", r"back\\slash"),
    ("\\*", r"\\\*"),
    ("[text](https://evil.example)", r"\[text\](https:\//evil.example)"),
    ("https://a.b://c", r"https:\//a.b:\//c"),
    ("@everyone and @here", r"\@everyone and \@here"),
    ("<@1> <@&2> <#3> <t:0:R> <:a:1> </quiz play:1>", r"\<\@1> \<\@&2> \<#3> \<t:0:R> \<:a:1> \</quiz play:1>"),
    ("# heading", r"\# heading"),
    ("-# small", r"\-# small"),
    ("- item", r"\- item"),
    ("* item", r"\* item"),
    ("> quote", r"\> quote"),
    (">>> quote", r"\>>> quote"),
    ("1. item", r"1\. item"),
    ("2026. item", r"2026\. item"),
    ("3.5", r"3\.5"),
    ("a # b - c > d 1. e", "a # b - c > d 1. e"),
    ("two\nlines\r\nand\ttabs", "two lines and tabs"),
    ("line\u2028and paragraph\u2029marks\x85too", "line and paragraph marks too"),
    ("  wide   spaces\u3000here  ", "wide spaces here"),
    ("\u202egnp.exe\u202c \u2066x\u2069 \u200fy", "gnp.exe x y"),
    ("a\u200bb\u200cc\u200dd\ufeffe\u00adf\u2060g", "abcdefg"),
    ("\u200b# heading", r"\# heading"),
    ("https:\u200b//evil.example", r"https:\//evil.example"),
    ("nul\0bell\x07", "nulbell"),
    ("half \ud800 a character", "half a character"),
    ("ąžuolas 東京 🎉", "ąžuolas 東京 🎉"),
    ("", "(no name)"),
    (" \n ", "(no name)"),
    ("\u200b\u200b", "(no name)"),
    ("\u3164", "(no name)"),
    ("\u2800\u115f\u1160\uffa0", "(no name)"),
    ("\u0301\ufe0f", "(no name)"),
]


@pytest.mark.parametrize(("text", "safe"), ESCAPED)
def test_text_of_people_can_neither_format_ping_nor_link(text: str, safe: str) -> None:
    assert escape(text) == safe


ANY_TEXT = st.text(st.characters(exclude_categories=[])) | st.text("\\*_~`|[]<>@#-+.:/0123456789 \n\u200b\u202ea")


@given(ANY_TEXT)
@example(":/[/")
def test_whatever_is_escaped_has_no_markup_left(text: str) -> None:
    safe = escape(text)
    bare = re.sub(r"\\[^0-9A-Za-z\s]", "x", safe)  # what Discord takes as an escaped sign is no markup
    assert re.findall(r"[\\*_~`|\[\]<@]|://", bare) == []
    assert re.match(r"[#>-]|\d+\.", safe) is None
    assert [c for c in safe if unicodedata.category(c) in ("Cc", "Cf", "Cs", "Zl", "Zp")] == []
    assert safe == " ".join(safe.split())
    assert 1 <= len(safe) <= max(2 * len(text) + 1, len("(no name)"))


@given(ANY_TEXT)
def test_a_name_fits_a_board(text: str) -> None:
    assert 1 <= len(name(text)) <= 65
    assert "\n" not in name(text)


def test_a_name_is_cut_after_what_cannot_be_seen_is_gone() -> None:
    assert name("\u200b" * 100 + "ann") == "ann"
    assert name("x" * 33) == "x" * 31 + "…"
    assert name("*" * 40) == r"\*" * 31 + "…"


@pytest.mark.parametrize(
    ("text", "most", "cut"),
    [
        ("", 0, ""),
        ("", 5, ""),
        ("abc", 3, "abc"),
        ("abcd", 3, "ab…"),
        ("a bcd", 3, "a…"),
        ("ab", 1, "…"),
        ("a", 0, ""),
        ("a", -5, ""),
    ],
)
def test_a_text_that_is_too_long_ends_in_an_ellipsis(text: str, most: int, cut: str) -> None:
    assert clip(text, most) == cut


@given(st.text(), st.integers(-3, 60))
def test_a_cut_text_is_never_longer_than_asked_for(text: str, most: int) -> None:
    assert len(clip(text, most)) <= max(most, 0)


def parts(view: ui.LayoutView) -> list[dict[str, Any]]:
    """The components in the frame of a card, as they are sent."""
    (frame,) = view.to_components()  # type: ignore[no-untyped-call]
    inner: list[dict[str, Any]] = frame["components"]
    return inner


def texts(card: Card) -> list[str]:
    return [part["content"] for part in parts(card.view()) if part["type"] == 10]


@given(st.lists(st.text(max_size=3000) | st.integers(0, 5000).map(lambda n: "x" * n), max_size=35))
def test_the_texts_of_a_card_fit_together_and_none_is_blank(paragraphs: list[str]) -> None:
    card = Card()
    for paragraph in paragraphs:
        card.text(paragraph)
    shown = texts(card)
    assert sum(map(len, shown)) <= TEXT_LIMIT
    assert [text for text in shown if not text.strip()] == []
    if sum(map(len, paragraphs)) <= TEXT_LIMIT:
        assert shown == [paragraph for paragraph in paragraphs if paragraph.strip()]


def test_a_card_is_cut_at_its_limit() -> None:
    card = Card().text("a" * 3000).text("b" * 3000).text("c" * 3000)
    assert texts(card) == ["a" * 3000, "b" * 899 + "…"]


def test_a_card_is_sent_from_top_to_bottom() -> None:
    card = Card().text("one").line().buttons(Button("A", "quiz:answer:1")).text("two")
    card.select("quiz:pick:1", "Choose", [Choice("First", "0", "it comes first"), Choice("Second", "1")], most=2)
    assert [part["type"] for part in parts(card.view())] == [10, 14, 1, 10, 1]
    (select,) = parts(card.view())[-1]["components"]
    assert (select["min_values"], select["max_values"], select["placeholder"]) == (1, 2, "Choose")
    assert [(o["label"], o["value"], o.get("description")) for o in select["options"]] == [
        ("First", "0", "it comes first"),
        ("Second", "1", None),
    ]


def test_labels_that_are_too_long_are_cut() -> None:
    card = Card().buttons(Button("x" * 100, "a:b"))
    card.select("a:c", "p" * 200, [Choice("l" * 200, "0", "d" * 200)])
    button, select = (row["components"][0] for row in parts(card.view()))
    option = select["options"][0]
    assert (len(button["label"]), len(select["placeholder"])) == (80, 150)
    assert (len(option["label"]), len(option["description"])) == (100, 100)


@pytest.mark.parametrize(("choices", "most"), [(0, 0), (0, 1), (26, 1), (3, 4), (3, 0)])
def test_a_select_that_discord_would_refuse_is_refused_here(choices: int, most: int) -> None:
    offered = [Choice(str(n), str(n)) for n in range(choices)]
    with pytest.raises(ValueError, match="a select shows 1 to 25"):
        Card().select("a:b", "Choose", offered, most)


def test_a_select_shows_25_choices() -> None:
    card = Card().select("a:b", "Choose", [Choice(str(n), str(n)) for n in range(25)], most=25)
    assert len(parts(card.view())[0]["components"][0]["options"]) == 25


def test_a_row_holds_five_buttons_and_no_more() -> None:
    five = [Button(str(n), f"a:b:{n}") for n in range(5)]
    assert len(parts(Card().buttons(*five).view())[0]["components"]) == 5
    with pytest.raises(ValueError, match="maximum"):
        Card().buttons(*five, Button("5", "a:b:5"))


def test_a_custom_id_holds_100_characters_and_no_more() -> None:
    assert custom_id("quiz:answer", 7, 0, "x") == "quiz:answer:7:0:x"
    assert len(custom_id("a:b", "x" * 96)) == 100
    with pytest.raises(ValueError, match="custom_id too long"):
        custom_id("a:b", "x" * 97)


def test_a_form_has_its_fields_in_order() -> None:
    form = Form("quiz:submit:1", "t" * 60).text("Say it").field("text", "l" * 60, "h" * 200, 20)
    sent = form.select("place0", "Place 1", [Choice("A", "0")]).modal().to_dict()
    display, label, chosen = sent["components"]
    assert (sent["custom_id"], len(sent["title"])) == ("quiz:submit:1", 45)
    assert display["content"] == "Say it"
    assert (len(label["label"]), len(label["description"])) == (45, 100)
    assert (label["component"]["custom_id"], label["component"]["max_length"]) == ("text", 20)
    assert (chosen["label"], chosen["component"]["options"][0]["value"]) == ("Place 1", "0")
    assert [label["component"]["required"], chosen["component"]["required"]] == [True, True]


def test_a_form_holds_five_fields_and_no_more() -> None:
    form = Form("a:b", "Five")
    for n in range(5):
        form.field(f"f{n}", f"Field {n}")
    with pytest.raises(ValueError, match="maximum"):
        form.field("f5", "Field 5")


async def test_views_and_forms_are_finished_before_they_are_sent() -> None:
    assert Card().text("x").view().is_finished()
    assert Form("a:b", "x").field("f", "x").modal().is_finished()


def test_a_card_can_be_used_twice() -> None:
    card = Card().text("x")
    assert parts(card.view()) == parts(card.view())


async def test_discord_py_keeps_nothing_of_what_was_sent(stage: Stage) -> None:
    async def show(press: Press) -> None:
        await press.show(Card().text("one").buttons(Button("Ask", "kit:ask"), Button("Change", "kit:change")))

    async def ask(press: Press) -> None:
        await press.ask(Form("kit:submit", "Words").field("text", "Say it"))

    async def change(press: Press) -> None:
        await press.update(Card().text("two").buttons(Button("Change", "kit:change")))

    async def submit(press: Press) -> None:
        await press.say(f"{press.fields['text']}!")

    stage.bot.gate.add({"kit:show": show, "kit:ask": ask, "kit:change": change, "kit:submit": submit})
    message = await stage.bot.get_partial_messageable(stage.quiz.id).send(
        view=Card().buttons(Button("Show", "kit:show")).view()
    )
    shown = await stage.press("alice", message, "Show")
    asked = await stage.press("alice", shown.message, "Ask")
    assert (await stage.submit("alice", asked, text="hello")).text == "hello!"
    await stage.press("alice", shown.message, "Change")
    assert list(button_ids(shown.message)) == ["Change"]
    store = stage.bot._connection._view_store
    kept = (store._views, store._modals, store._dynamic_items, store._synced_message_views)
    assert [dict(one) for one in kept] == [{}, {}, {}, {}]


def test_small_words() -> None:
    assert moment(1_800_000_000_999) == "<t:1800000000:R>"
    assert moment(1_800_000_000_000, "F") == "<t:1800000000:F>"
    assert [count(n, "answer") for n in (0, 1, 2, 12_345)] == ["0 answers", "1 answer", "2 answers", "12,345 answers"]
    assert count(2, "person", "people") == "2 people"
    assert sections(["1.1", "2q"]) == "§1.1 §2q"
    assert [bar(share) for share in (0.0, 0.34, 1.0)] == ["▱" * 10, "▰▰▰▱▱▱▱▱▱▱", "▰" * 10]


def test_suggestions_hold_what_was_typed_and_are_at_most_25() -> None:
    offers = [(str(n), f"Theme {n}") for n in range(40)]
    assert [choice.value for choice in suggest(offers, "THEME 3")] == ["3", *(str(n) for n in range(30, 40))]
    assert [choice.value for choice in suggest(offers, "")] == [str(n) for n in range(25)]
    assert [len(choice.name) for choice in suggest([("a", "x" * 200)], "")] == [100]


def test_without_its_files_a_card_says_in_words_what_its_picture_shows() -> None:
    card = Card().text("The result.").picture("a.png", b"png", "Seven of nine.").file("a.md", b"text")
    assert card.leave_files_out() is True
    texts = [part.content for part in card.view().walk_children() if isinstance(part, ui.TextDisplay)]
    assert texts == [
        "The result.",
        "-# Seven of nine.",
        "-# I may not attach files here, so a picture or a file is left out of this.",
    ]
    assert (card.files(), card.leave_files_out()) == ([], False)
