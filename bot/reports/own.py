"""A ruling on one of a server's own questions is a new version of it, so that it is asked as ruled."""

from __future__ import annotations

from sqlalchemy.orm import Session

from bot.item import Item, make_deck_item
from bot.rulings import is_same_question
from content.deck import QUESTION, DeckQuestion, Number, TrueFalse, Typed
from content.pack import LETTERS
from storage import questions

SOLUTION = ("key", "answer", "value", "tolerance", "accept", "reject")  # what a question itself says of what is right


def correct_own(session: Session, guild_id: int, editor_id: int, before: Item, after: Item, now: int) -> None:
    """Retire a question that is void; give one whose key was corrected a version that says so.

    A version that has changed meanwhile, in its words or in its key, is left alone: it was made with open eyes.
    """
    number = int(before.id.partition("/")[2])
    kept = questions.get_kept(session, guild_id, number)
    if kept is None:
        return
    question = QUESTION.validate_json(kept.body)
    newest = make_deck_item(question, number, kept.version, kept.deck_id)
    if not is_same_question(newest, before):
        return
    if after.void:
        questions.set_state(session, guild_id, number, ("live",), "retired")
        return
    if before.void:
        questions.set_state(session, guild_id, number, ("retired",), "live")
    if _says_the_same(newest, before) and not _says_the_same(newest, after):
        corrected = QUESTION.validate_python(question.model_dump() | _key(question, after))
        values = {"body": corrected.model_dump_json(), "editor_id": editor_id, "at": now}
        questions.add_version(session, guild_id, number, kept.version, values)


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
