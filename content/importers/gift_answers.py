"""What stands between { and } in a GIFT file: which kind of question it makes, its key and its options."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

from content.fields import fold
from content.importers.gift_numbers import read_number
from content.importers.gift_split import WILD, Answer, Comments, Parts, gather_comments, note_partly, split_answers
from content.importers.gift_text import Misread, Piece, Wording, unescape
from content.importers.options import letter, listed
from content.importers.parsed import leaf, several
from content.tree import Node

YES, NO = ("t", "true"), ("f", "false")
STAR = "the * stands for any letters in Moodle and for itself here; write out the answers that are right"
PLACES = "a matching with the places 1, 2, 3 is read as a question about an order"
MATCHING = (
    "is a matching question, which a deck can't hold; take it out, or ask each pair as a question of its own"
    " (only a matching with the places 1, 2, 3 is read, as a question about an order)"
)


def read_answers(between: Piece, wording: Wording) -> Parts:
    """Everything that the answers give: kind, key, options, explanation. Misread where no deck can hold them."""
    inner, general = _general_comment(between)
    if not inner.text:
        message = "has no right answer (Moodle: an essay), and a deck compares every answer; write one, or take it out"
        raise Misread(between, message)
    parts, comments = _reader(inner)(inner, wording)
    lead: Comments = [("", general)] if general else []
    return parts | _explanation(lead + comments, wording)


def _general_comment(between: Piece) -> tuple[Piece, Piece | None]:
    at = between.cover.rfind("####")
    return (between, None) if at < 0 else (between.part(0, at), between.part(at + 4))


def _reader(inner: Piece) -> Callable[[Piece, Wording], tuple[Parts, Comments]]:
    """Which kind of answers these are, told by the signs in them, as Moodle does it."""
    said = inner.cut("#")[0].text.casefold()
    if inner.cover.startswith("#"):
        return read_number
    if "~" in inner.cover:
        return _choice
    if "=" in inner.cover and "->" in inner.cover:
        return _order
    return _true_or_false if said in YES + NO else _typed


def _explanation(comments: Comments, wording: Wording) -> Parts:
    """All comments as one text, each once; those on one answer begin with it."""
    texts = [(whose, wording.text(comment)) for whose, comment in comments if comment.text]
    lines = dict.fromkeys(f"{whose}: {text}" if whose else text for whose, text in texts if text)
    if not lines:
        return {}
    first = next(comment for _, comment in comments if comment.text)
    return {"explanation": leaf(wording.place(first), "\n".join(lines))}


def _choice(inner: Piece, wording: Wording) -> tuple[Parts, Comments]:
    answers = list(split_answers(inner, "~"))
    right = _right(inner, answers, wording)
    options = [wording.line(answer.said) for answer in answers]
    keys = list({letter(at): leaf(options[at].place, letter(at)) for at in right}.values())
    alone = answers[right[0]].sign == "=" or len(answers) == 2
    parts = {
        "kind": leaf(wording.place(inner), "single" if alone else "several"),
        "options": listed(options),
        "key": keys[0] if alone else several(keys[0].place, keys),
    }
    wrong = {at: option.value for at, option in enumerate(options) if at not in right}
    return parts, gather_comments(answers, lambda at: str(wrong.get(at, "")))


def _right(inner: Piece, answers: Sequence[Answer], wording: Wording) -> list[int]:
    """The indexes of the right options: the one after =, or without an = all that earn something."""
    marked = [at for at, answer in enumerate(answers) if answer.sign == "="]
    if len(marked) > 1:
        message = (
            "is a second answer after =; keep one of them, or write ~%50% before each of two that are right together"
            " (an = inside an answer is written \\=)"
        )
        raise Misread(answers[marked[1]].said, message)
    earning = [at for at, answer in enumerate(answers) if answer.weight > 0]
    if not earning:
        raise Misread(inner, "has no right answer; write = before it instead of ~")
    if marked:
        note_partly(answers, wording)
        return marked
    total = sum(answers[at].weight for at in earning)
    if abs(total - 100) > 1:
        message = f"the percentages of the right answers make {total:g}% together; they must make 100%"
        raise Misread(answers[earning[0]].said, message)
    return earning


def _true_or_false(inner: Piece, wording: Wording) -> tuple[Parts, Comments]:
    """T or F, then what is said to those who are wrong, then what is said to those who are right."""
    said, rest = inner.cut("#")
    comments = rest.cut("#") if rest else ()
    parts = {
        "kind": leaf(wording.place(inner), "truefalse"),
        "key": leaf(wording.place(said), "true" if said.text.casefold() in YES else "false"),
    }
    return parts, [("", comment) for comment in reversed(comments) if comment]


def _typed(inner: Piece, wording: Wording) -> tuple[Parts, Comments]:
    answers = [answer for answer in split_answers(inner, "=") if answer.weight >= 100 or answer.said.text != WILD]
    texts = [_typed_text(answer, wording) for answer in answers]
    right = [text for answer, text in zip(answers, texts, strict=True) if answer.weight >= 100]
    wrong = [text for answer, text in zip(answers, texts, strict=True) if answer.weight <= 0]
    if not right:
        raise Misread(inner, "has no answer that counts in full; write = alone before a right one")
    note_partly(answers, wording)
    key, *accept = _each_once(right)
    place = wording.place(inner)
    parts = {"kind": leaf(place, "typed"), "key": key}
    lists = {"accept": accept, "reject": list(_each_once(wrong))}
    parts |= {name: several(place, texts) for name, texts in lists.items() if texts}
    return parts, gather_comments(answers, lambda at: "" if answers[at].weight >= 100 else str(texts[at].value))


def _each_once(texts: Iterable[Node]) -> Iterable[Node]:
    """The texts that differ by more than case and blanks: Moodle lists such forms, a deck takes them as one."""
    first: dict[str, Node] = {}
    for text in texts:
        first.setdefault(fold(str(text.value)), text)
    return first.values()


def _typed_text(answer: Answer, wording: Wording) -> Node:
    r"""The answer; `\*` is how Moodle writes a star that stands for itself."""
    node = wording.line(answer.said)
    text = str(node.value)
    if re.search(r"(?<!\\)\*", text):
        wording.note(answer.said, STAR)
    return leaf(node.place, text.replace("\\*", "*"))


def _order(inner: Piece, wording: Wording) -> tuple[Parts, Comments]:
    """A matching of options with the places 1, 2, 3...: a question about an order. Misread for any other matching."""
    pairs = [answer.said.cut("->") for answer in split_answers(inner, "")]
    places = [unescape(place.text) if place else "" for _, place in pairs]
    if sorted(places) != [str(n) for n in range(1, len(pairs) + 1)]:
        raise Misread(inner, MATCHING)
    options = [wording.line(option) for option, _ in pairs]
    at = wording.place(inner)
    letters = {place: letter(index) for index, place in enumerate(places)}
    wording.count(inner, PLACES)
    key = [leaf(at, letters[str(n)]) for n in range(1, len(pairs) + 1)]
    return {"kind": leaf(at, "order"), "options": listed(options), "key": several(at, key)}, []
