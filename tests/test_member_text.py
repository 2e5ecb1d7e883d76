"""What a member wrote: held back by a server's rules as on Discord, and by what holds everywhere."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.member_text import (
    FEWER_LINKS,
    HELD,
    INVITE,
    LOCAL,
    MARKS,
    MENTIONS,
    NO_LINKS,
    NOT_PASSED_ON,
    Rule,
    Writer,
    find_fault,
    read_keywords,
    read_rules,
)

ANYBODY = Writer()
ROLE, CHANNEL = 7, 8


def make_rule(trigger_type: int = 1, **changes: Any) -> dict[str, Any]:
    """A rule as Discord tells it; what is not a field of the rule goes in its trigger."""
    rule: dict[str, Any] = {
        "id": "1",
        "guild_id": "2",
        "creator_id": "3",
        "name": "Rule",
        "event_type": 1,
        "trigger_type": trigger_type,
        "actions": [{"type": 1, "metadata": {}}],
        "enabled": True,
        "exempt_roles": [],
        "exempt_channels": [],
    }
    trigger = {key: changes.pop(key) for key in list(changes) if key not in rule}
    return {**rule, **changes, "trigger_metadata": trigger}


def is_held(text: str, writer: Writer = ANYBODY, **rule: Any) -> bool:
    """Whether a rule holds a text back."""
    fault = find_fault(text, read_rules([make_rule(**rule)]), writer)
    assert fault in (HELD, None)
    return fault == HELD


# --- keywords ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("cat*", "catch"),
        ("cat*", "Catapult"),
        ("cat*", "CAttLE"),
        ("the mat*", "the matrix"),
        ("*cat", "wildcat"),
        ("*cat", "copyCat"),
        ("*the mat", "breathe mat"),
        ("*cat*", "location"),
        ("*cat*", "eduCation"),
        ("*the mat*", "breathe matter"),
        ("cat", "cat"),
        ("the mat", "the mat"),
        ("i like c++", "Well, I like C++ too"),
    ],
)
def test_discords_own_examples_of_keywords_match(keyword: str, text: str) -> None:
    assert is_held(f"before {text} after", keyword_filter=["no match", keyword])


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("cat*", "wildcat location"),
        ("*cat", "catch location"),
        ("cat", "catch wildcat location"),
        ("cat", "cat5"),
        ("the mat", "the matrix, breathe mat, the big mat, them at"),
        ("c*t", "cat"),
        ("*", "anything"),
        ("**", "anything"),
        (" ", "any thing"),
        ("cunt", "Scunthorpe"),
        ("ss", "Essex"),
        ("kali", "Kaliningrad"),
        ("walki", "suwałki"),
        ("su", "Suwałki"),
        ("für", "fur"),
    ],
)
def test_a_keyword_that_is_not_there_holds_nothing_back(keyword: str, text: str) -> None:
    assert not is_held(text, keyword_filter=[keyword])


@pytest.mark.parametrize("text", ["cat, dog", "(cat)", "cat!", "«cat»", "_cat_", "cat\nch", "a-cat", "cat's", "|cat|"])
def test_a_word_ends_where_its_letters_end(text: str) -> None:
    assert is_held(text, keyword_filter=["cat"])


@pytest.mark.parametrize(
    "text",
    [
        "NASTY",
        "ＮＡＳＴＹ",
        "𝓷𝓪𝓼𝓽𝔂",
        "ⓝⓐⓢⓣⓨ",
        "ɴᴀꜱᴛʏ",
        "na\u200bst\u00ady",
        "\u202enasty",
        "n\u2060a\ufe0fs\u034fty",
        "nàstý",
        "na\u0308sty",
        "nаsty",  # a Cyrillic а
        "nαsτy",  # Greek letters
    ],
)
def test_a_disguise_does_not_help(text: str) -> None:
    assert is_held(f"so {text}!", keyword_filter=["nasty"])


@pytest.mark.parametrize("text", ["so   nasty", "so\nnasty", "so\t nasty", "so\u00a0nasty"])
def test_any_white_space_is_between_the_words_of_a_phrase(text: str) -> None:
    assert is_held(text, keyword_filter=["so  nasty"])


def test_letters_of_another_alphabet_are_that_alphabets_letters() -> None:
    assert not is_held("Это сор, а не сок", keyword_filter=["cop", "cok"])
    assert is_held("Это сор, а не сок", keyword_filter=["сор"])


# --- what is allowed -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("allowed", "text", "held"),
    [
        ("class", "a class", False),
        ("class", "a CLASS, a ｃｌａｓｓ", False),
        ("class", "classes", True),
        ("class*", "classes", False),
        ("*class", "outclass", False),
        ("*class", "classes", True),
        ("*class*", "outclasses", False),
        ("the ass", "the ass", False),
        ("class", "class and mass", True),
        ("class", "classy", True),
        ("class*", "class-mass", False),  # as on Discord, a * reaches to the next white space
        ("other", "a class", True),
    ],
)
def test_what_is_part_of_something_allowed_is_let_through(allowed: str, text: str, held: bool) -> None:
    assert is_held(text, keyword_filter=["*ass*"], allow_list=["nothing", allowed]) == held


def test_an_allowed_link_is_let_through_and_others_are_not() -> None:
    rule = make_rule(regex_patterns=[r"https?:\/\/\S+"], allow_list=["https://example.org*"])
    told = [
        find_fault(text, read_rules([rule]), ANYBODY, links=2)
        for text in ("https://example.org/a?b=c", "https://example.org/ and https://example.com/")
    ]
    assert told == [None, HELD]


# --- patterns ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "held"),
    [("FREE   nitro", True), ("free steam", False), ("free\u200b nitro", True), ("ｆｒｅｅ nitro", True)],
)
def test_a_pattern_is_matched_without_case_and_disguise(text: str, held: bool) -> None:
    assert is_held(text, regex_patterns=["nothing", r"\bfree\s+nitro\b"]) == held


def test_a_pattern_sees_what_was_written_too() -> None:
    assert is_held("a\u200bb", regex_patterns=[r"\x{200B}"])


def test_a_pattern_may_ask_for_capitals() -> None:
    capitals = [r"(?-i)[A-Z]{5}"]
    assert (is_held("so LOUD, SO LOUDLY", regex_patterns=capitals), is_held("loudly", regex_patterns=capitals)) == (
        True,
        False,
    )


def test_a_pattern_that_cannot_be_applied_leaves_the_rest_in_force() -> None:
    (rule,) = read_rules([make_rule(regex_patterns=["(", "b+"], keyword_filter=["word"])])
    assert rule.unreadable == 1
    assert [find_fault(text, [rule], ANYBODY) for text in ("abba", "word", "other")] == [HELD, HELD, None]


# --- which rules, and for whom -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changes",
    [
        {"enabled": False},
        {"actions": [{"type": 2, "metadata": {"channel_id": "5"}}]},
        {"actions": []},
        {"event_type": 2, "trigger_type": 6},
        {"trigger_type": 3},
    ],
)
def test_a_rule_that_holds_no_message_back_is_not_applied(changes: dict[str, Any]) -> None:
    assert read_rules([make_rule(keyword_filter=["word"], **changes)]) == ()


@pytest.mark.parametrize("action", [1, 3])
def test_a_rule_that_blocks_or_punishes_is_applied(action: int) -> None:
    assert is_held("word", keyword_filter=["word"], actions=[{"type": 2}, {"type": action}])


@pytest.mark.parametrize(
    ("writer", "held"),
    [
        (Writer(frozenset({ROLE})), False),
        (Writer(frozenset({1, ROLE}), frozenset({2})), False),
        (Writer(channels=frozenset({CHANNEL})), False),
        (Writer(frozenset({CHANNEL}), frozenset({ROLE})), True),
        (Writer(frozenset({1}), frozenset({2})), True),
    ],
)
def test_exempt_roles_and_channels_are_exempt(writer: Writer, held: bool) -> None:
    exempt = {"exempt_roles": [str(ROLE)], "exempt_channels": [str(CHANNEL)]}
    assert is_held("word", writer, keyword_filter=["word"], **exempt) == held


def test_who_is_exempt_from_one_rule_is_not_from_another() -> None:
    rules = read_rules([make_rule(keyword_filter=["one"], exempt_roles=[str(ROLE)]), make_rule(keyword_filter=["two"])])
    writer = Writer(frozenset({ROLE}))
    assert [find_fault(text, rules, writer) for text in ("one", "two")] == [None, HELD]


@pytest.mark.parametrize(
    ("presets", "held"), [([1], ["bullshit"]), ([2], ["dildo"]), ([3], ["faggot"]), ([1, 3], ["bullshit", "faggot"])]
)
def test_the_local_list_stands_in_for_discords_presets(presets: list[int], held: list[str]) -> None:
    words = ["bullshit", "dildo", "faggot", "word"]
    assert [word for word in words if is_held(word, trigger_type=4, presets=presets)] == held


def test_a_preset_has_exceptions() -> None:
    text = "bullshitting with a chink in the armour"
    assert not is_held(text, trigger_type=4, presets=[1, 2, 3], allow_list=["bullshit*"])


@pytest.mark.parametrize(
    ("text", "told"),
    [("<@1> <@!2> <@1>", None), ("<@1> <@2> <@&3>", MENTIONS), ("@a @b @c @everyone <#1> <:a:2> <t:3>", None)],
)
def test_a_rule_against_mentions_counts_different_people_and_roles(text: str, told: str | None) -> None:
    rules = read_rules([make_rule(trigger_type=5, mention_total_limit=2)])
    assert find_fault(text, rules, ANYBODY) == told


# --- what holds everywhere -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "links", "told"),
    [
        ("no link, example.org is one, 1.2 and http are not", 0, None),
        ("http://example.org", 0, NO_LINKS),
        ("HTTPS://example.org", 0, NO_LINKS),
        ("[here](https://example.org)", 0, NO_LINKS),
        ("www.example.org", 0, NO_LINKS),
        ("ht\u200btps://example.org", 0, NO_LINKS),
        ("https://a.example https://b.example", 2, None),
        ("https://a.example https://b.example https://c.example", 2, FEWER_LINKS.format(most=2)),
        ("discord.gg/abc", 9, INVITE),
        ("discord . gg / abc", 9, INVITE),
        ("https://Discord.com/invite/abc", 9, INVITE),
        ("discordapp.com/invite/abc", 9, INVITE),
        ("dis\u00adcord．gg/abc", 9, INVITE),
        ("https://discord.com/developers", 9, None),
    ],
)
def test_links_are_counted_and_invitations_refused(text: str, links: int, told: str | None) -> None:
    assert find_fault(text, (), ANYBODY, links) == told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Z\u0351\u036b\u0343\u036a\u0302\u036bA", MARKS),
        ("a\u0300\u0301\u200d\u0302\u0303\u0304\u0305", MARKS),
        ("déjà vu, Việt Nam, 1️⃣ 👩🏽‍🚀", None),
        ("Vie\u0323\u0302t Nam", None),
        ("בְּרֵאשִׁ֖ית", None),
        ("हिन्दी ไม้เอกกี่ที่", None),
        ("ཧཱུྃ", None),
    ],
)
def test_stacked_marks_are_refused_and_scripts_with_marks_are_not(text: str, told: str | None) -> None:
    assert find_fault(text, (), ANYBODY) == told


@pytest.mark.parametrize(
    "text", ["fuck", "What the fucking hell", "assholes", "faggots", "a kike", "k y s? kys", "fuсk"]
)
def test_the_local_list_holds_ugly_words_back(text: str) -> None:
    assert find_fault(text, [LOCAL], ANYBODY) == NOT_PASSED_ON


@pytest.mark.parametrize(
    "text",
    [
        "Scunthorpe, Penistone, Essex and Sussex",
        "Kaliningrad, suwałki, the Suwałki gap",
        "Dick Cheney and Pussy Riot",
        "a chink in the armour, chinks in the defence",
        "Nazi Germany used rape as a weapon; killing, bombs, terror",
        "they snigger at a niggardly assassin from Niger",
        "Hancock's cockpit, a cocktail, shiitake, a cucumber",
        "to classify is to assess; the title of a retardant",
        "gay rights, sex education, Jews, Muslims, Russians, Poles",
        "hell, damn, bastard, crap, stupid, spic and span, my Maine coons",
        "tit for tat",
    ],
)
def test_the_local_list_leaves_names_and_subjects_alone(text: str) -> None:
    assert find_fault(text, [LOCAL], ANYBODY) is None


# --- whatever is written -------------------------------------------------------------------------------------------

ANY_TEXT = st.text(st.characters() | st.sampled_from("a* \u0301\u200bßİﬁ\ufdfa\ud800аＡ"), max_size=60)


@given(ANY_TEXT, st.lists(ANY_TEXT, max_size=4), st.lists(ANY_TEXT, max_size=3), st.lists(ANY_TEXT, max_size=3))
def test_any_text_is_judged_by_any_rules(text: str, words: list[str], allowed: list[str], patterns: list[str]) -> None:
    rules = read_rules([make_rule(keyword_filter=words, allow_list=allowed, regex_patterns=patterns)])
    assert find_fault(text, rules, ANYBODY) in (None, HELD, MARKS, NO_LINKS, INVITE)


@given(ANY_TEXT, ANY_TEXT, ANY_TEXT)
def test_a_text_that_is_a_keyword_is_held_back_unless_allowed(word: str, before: str, after: str) -> None:
    rule = make_rule(keyword_filter=[before, word, after])
    if read_keywords([word]):
        assert find_fault(word, read_rules([rule]), ANYBODY) is not None
    allowing = make_rule(keyword_filter=[word], allow_list=[word])
    assert find_fault(word, read_rules([allowing]), ANYBODY) in (None, MARKS, NO_LINKS, INVITE)


@given(ANY_TEXT.filter(lambda word: word.strip("* \t\n").isalnum()))
def test_every_keyword_with_letters_counts(word: str) -> None:
    assert len(read_keywords([word])) == 1


def test_no_rules_hold_nothing_back() -> None:
    assert find_fault("fuck", (), ANYBODY) is None
    assert find_fault("fuck", [Rule()], ANYBODY) is None
