"""A ruling on one of a server's own questions is a new version of it, so that it is asked as ruled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.act import Act
from bot.item import Item, make_deck_item
from bot.rulings import is_same_question
from content.deck import QUESTION, DeckQuestion, Number, TrueFalse, Typed, words_of
from content.pack import LETTERS
from storage import audit, questions

SOLUTION = ("key", "answer", "value", "tolerance", "accept", "reject")  # what a question itself says of what is right


def correct_own(session: Session, act: Act, before: Item, after: Item) -> None:
    """Retire a question that is void; give one whose key was corrected a version that says so.

    A version that has changed meanwhile, in its words or in its key, is left alone: it was made with open eyes. So is
    one that was retired: whoever wants it asked again says so.
    """
    number = int(before.id.partition("/")[2])
    kept = questions.get_kept(session, act.guild_id, number)
    if kept is None:
        return
    question = QUESTION.validate_json(kept.body)
    newest = make_deck_item(question, number, kept.version, kept.deck_id)
    if not is_same_question(newest, before) or not _says_the_same(newest, before):
        return
    if after.void:
        if questions.set_state(session, act.guild_id, number, ("live",), "retired"):
            _note(session, act, "question.retire", before.id, "live", "retired")
    elif not _says_the_same(newest, after):
        corrected = QUESTION.validate_python(question.model_dump() | _key(question, after))
        body = corrected.model_dump_json()
        values = {"body": body, "editor_id": act.user_id, "at": act.now}
        words = f"{number} {words_of(corrected)}"
        if questions.add_version(session, act.guild_id, number, kept.version, values, words=words):
            _note(session, act, "question.edit", before.id, kept.body, body)


def _note(session: Session, act: Act, deed: str, subject: str, before: str, after: str) -> None:
    audit.note(session, act.guild_id, act.id, act.user_id, deed, subject, act.now, before, after)


def _says_the_same(one: Item, other: Item) -> bool:
    return all(getattr(one, part) == getattr(other, part) for part in SOLUTION)


def _key(question: DeckQuestion, after: Item) -> dict[str, object]:
    letters = tuple(LETTERS[index] for index in after.key)
    match question:
        case TrueFalse():
            return {"key": after.key == (0,)}
        case Number():
            return {"key": after.value}
        case Typed():
            return {"key": after.answer, "accept": after.accept, "reject": after.reject}
    return {"key": letters if isinstance(question.key, tuple) else letters[0]}
