"""Questions do: load, decide, save. Functions of a session; each is one transaction."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.act import Act
from bot.errors import Refusal
from bot.item import SERVER
from bot.moderators import tell_moderators
from bot.questions import rules
from bot.questions.draft import Draft
from content.deck import DeckQuestion, words_of
from content.fields import fold
from storage import audit, drafts, posts, questions
from storage.questions import Kept
from storage.settings import Settings, get_settings

DONE = (
    "I have no such draft of yours any more: it was saved or discarded, or it lay untouched for a day. "
    "Start again with /question add or /question suggest."
)
NO_FILE = (
    "I have no such file of yours any more: it was imported or cancelled, or it lay untouched for a day. "
    "Bring it again with /question import."
)
NO_QUESTION = "I don't know a question #{number} here. /question list shows what there is."
CHANGED = "Somebody has changed question #{number} meanwhile. Look at it as it is now, with /question show, then go on."
NOT_ASKED = "Question #{number} is not asked at the moment. /question show tells how it stands."
NOT_RETIRED = "Question #{number} is not retired. /question show tells how it stands."
DECIDED = "Somebody has decided about question #{number} already. /question review shows what still waits."


BROUGHT_MEANWHILE = "Some of these questions have been saved meanwhile. Cancel, and bring the file again to see which."


@dataclass(frozen=True)
class Saved:
    number: int
    state: str


def keep_draft(session: Session, act: Act, draft: Draft) -> None:
    """Begin a draft, under the id of the interaction."""
    drafts.add_draft(session, act.guild_id, act.id, act.user_id, "question", draft.model_dump_json(), act.now)


def change_draft(session: Session, act: Act, draft_id: int, draft: Draft) -> None:
    where = (act.guild_id, draft_id, act.user_id, "question")
    if not drafts.change_draft(session, *where, draft.model_dump_json(), act.now):
        raise Refusal(DONE)


def find_draft(session: Session, act: Act, draft_id: int) -> Draft:
    """Somebody's own draft; Refusal if it is not there any more."""
    body = drafts.get_draft(session, act.guild_id, draft_id, act.user_id, "question")
    if body is None:
        raise Refusal(DONE)
    return Draft.model_validate_json(body)


def drop_draft(session: Session, act: Act, draft_id: int) -> None:
    if not drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "question"):
        raise Refusal(DONE)


def save(session: Session, act: Act, draft_id: int, question: DeckQuestion, tell_channel_id: int | None) -> Saved:
    """Save the question of a draft in the way that its purpose says, and drop the draft."""
    draft = find_draft(session, act, draft_id)
    drop_draft(session, act, draft_id)
    settings = get_settings(session, act.guild_id)
    match draft.purpose:
        case "add":
            return _add(session, act, question, settings)
        case "suggest":
            return _suggest(session, act, question, settings, tell_channel_id)
        case "edit":
            kept = edit(session, act, draft.number, draft.version, question)
            return Saved(draft.number, _review_again(session, act, kept, settings))
        case "approve":
            rules.check_approver(find_kept(session, act.guild_id, draft.number).author_id, act.user_id, settings)
            kept = edit(session, act, draft.number, draft.version, question)
            _decide(session, act, kept, "live", "suggestion.approve", None)
            return Saved(draft.number, "live")


def check_suggesting(session: Session, act: Act, deck: str) -> None:
    """Refuse somebody who has sent in as many questions today as the server takes, before they write another.

    Members choose among the decks that are there: everybody sees the titles, and there is room for a hundred.
    """
    there = {fold(title) for _, title, _ in questions.list_decks(session, act.guild_id)}
    if fold(deck) not in there | {fold(rules.DECK)}:
        raise Refusal(rules.NO_DECK)
    sent = questions.count_suggested(session, act.guild_id, act.user_id, act.now - rules.DAY)
    rules.check_suggestions(sent, get_settings(session, act.guild_id).suggestions_a_day)


def add_all(
    session: Session,
    act: Act,
    made: Sequence[DeckQuestion],
    state: str = "live",
    suggested: bool = False,
    tell_channel_id: int | None = None,
) -> int:
    """Save new questions, each in the deck that its `theme` names; the number of the first."""
    rules.check_room(_count(session, act.guild_id), len(made))
    first = questions.last_number(session, act.guild_id) + 1
    ids = _find_decks(session, act.guild_id, [question.theme for question in made])
    rows, versions = [], []
    for number, question in enumerate(made, start=first):
        titled = question.model_copy(update={"theme": ids[fold(question.theme)][1]})
        key = {"guild_id": act.guild_id, "number": number, "version": 1}
        whose = {"author_id": act.user_id, "made_at": act.now, "state": state}
        way = {"suggested": int(suggested), "tell_channel_id": tell_channel_id}
        rows.append(key | whose | way | _columns(titled, number, ids[fold(question.theme)][0]))
        versions.append(key | {"body": titled.model_dump_json(), "editor_id": act.user_id, "at": act.now})
    questions.add_questions(session, rows, versions)
    return first


def check_bringing(session: Session, guild_id: int, made: Sequence[DeckQuestion]) -> None:
    """Refuse more questions or decks than a server may have."""
    rules.check_room(_count(session, guild_id), len(made))
    decks = {fold(title) for _, title, _ in questions.list_decks(session, guild_id)}
    rules.check_new_decks(len(decks | {fold(question.theme) for question in made}))


def count_twins(session: Session, guild_id: int, made: Sequence[DeckQuestion]) -> int:
    """How many of these questions are there already, word for word."""
    there = {fold(prompt) for _, prompt in questions.list_prompts(session, guild_id)}
    return sum(fold(question.prompt) in there for question in made)


def import_all(session: Session, act: Act, draft_id: int, made: Sequence[DeckQuestion], twins: int) -> int:
    """Save the questions of a file that waited for its confirmation; the number of the first.

    `twins` of them are known to be there already; Refusal if somebody has saved more of them meanwhile.
    """
    if not drafts.drop_draft(session, act.guild_id, draft_id, act.user_id, "import"):
        raise Refusal(NO_FILE)
    if count_twins(session, act.guild_id, made) > twins:
        raise Refusal(BROUGHT_MEANWHILE)
    return bring_in(session, act, made)


def bring_in(session: Session, act: Act, made: Sequence[DeckQuestion]) -> int:
    """Save the questions of a file, all or none; the number of the first."""
    first = add_all(session, act, made)
    _note(session, act, "question.import", f"{SERVER}/{first}", None, f"{len(made)} questions from #{first} on")
    return first


def edit(session: Session, act: Act, number: int, version: int, question: DeckQuestion) -> Kept:
    """Give a question a new version; what was asked before keeps pointing at the old one."""
    kept = find_kept(session, act.guild_id, number)
    deck_id, title = _find_decks(session, act.guild_id, [question.theme])[fold(question.theme)]
    titled = question.model_copy(update={"theme": title})
    body = titled.model_dump_json()
    values = {"body": body, "editor_id": act.user_id, "at": act.now}
    if not questions.add_version(session, act.guild_id, number, version, values, **_columns(titled, number, deck_id)):
        raise Refusal(CHANGED.format(number=number))
    _note(session, act, "question.edit", f"{SERVER}/{number}", kept.body, body)
    return find_kept(session, act.guild_id, number)


def approve(session: Session, act: Act, number: int, version: int) -> None:
    """Let a question that waits for its review be asked."""
    kept = find_kept(session, act.guild_id, number)
    rules.check_approver(kept.editor_id, act.user_id, get_settings(session, act.guild_id))
    if kept.version != version:
        raise Refusal(CHANGED.format(number=number))
    _decide(session, act, kept, "live", "suggestion.approve", None)


def reject(session: Session, act: Act, number: int, reason: str) -> None:
    """Turn a suggestion down; its author is told the reason, if they want to be."""
    _decide(session, act, find_kept(session, act.guild_id, number), "rejected", "suggestion.reject", reason)


def set_asked(session: Session, act: Act, number: int, asked: bool) -> None:
    """Retire a question, or bring it back. Rounds that have it keep it."""
    before, after = ("retired", "live") if asked else ("live", "retired")
    find_kept(session, act.guild_id, number)
    if asked:
        rules.check_room(_count(session, act.guild_id), 1)
    if not questions.set_state(session, act.guild_id, number, (before,), after):
        raise Refusal((NOT_RETIRED if asked else NOT_ASKED).format(number=number))
    deed = "question.restore" if asked else "question.retire"
    _note(session, act, deed, f"{SERVER}/{number}", before, after)


def find_kept(session: Session, guild_id: int, number: int) -> Kept:
    kept = questions.get_kept(session, guild_id, number)
    if kept is None:
        raise Refusal(NO_QUESTION.format(number=number))
    return kept


def _add(session: Session, act: Act, question: DeckQuestion, settings: Settings) -> Saved:
    state = "waiting" if settings.second_opinion else "live"
    number = add_all(session, act, [question], state)
    _note(session, act, "question.add", f"{SERVER}/{number}", None, question.model_dump_json())
    if state == "waiting":
        _ask_for_review(session, act, number)
    return Saved(number, state)


def _suggest(
    session: Session, act: Act, question: DeckQuestion, settings: Settings, tell_channel_id: int | None
) -> Saved:
    check_suggesting(session, act, question.theme)
    number = add_all(session, act, [question], "waiting", suggested=True, tell_channel_id=tell_channel_id)
    _note(session, act, "question.suggest", f"{SERVER}/{number}", None, question.model_dump_json())
    _ask_for_review(session, act, number)
    return Saved(number, "waiting")


def _review_again(session: Session, act: Act, kept: Kept, settings: Settings) -> str:
    """Where a second opinion is wanted, an edited question waits for one; the state that it is in then."""
    if not settings.second_opinion or kept.state != "live":
        return kept.state
    questions.set_state(session, act.guild_id, kept.number, ("live",), "waiting")
    _ask_for_review(session, act, kept.number)
    return "waiting"


def _decide(session: Session, act: Act, kept: Kept, state: str, deed: str, reason: str | None) -> None:
    if not questions.set_state(session, act.guild_id, kept.number, ("waiting",), state):
        raise Refusal(DECIDED.format(number=kept.number))
    _note(session, act, deed, f"{SERVER}/{kept.number}", "waiting", reason or state)
    if kept.tell_channel_id is not None:
        _post(session, act, kept.tell_channel_id, "told", kept.number)
        questions.forget_way(session, act.guild_id, kept.number)


def _ask_for_review(session: Session, act: Act, number: int) -> None:
    tell_moderators(session, act.guild_id, f"q{number}:review", "questions:review", [number], act.now)


def _post(session: Session, act: Act, channel_id: int, step: str, number: int) -> None:
    subject = json.dumps([act.guild_id, number])
    posts.add_post(session, act.guild_id, f"q{number}:{step}", channel_id, f"questions:{step}", subject, act.now)


def _find_decks(session: Session, guild_id: int, titles: Sequence[str]) -> Mapping[str, tuple[str, str]]:
    """(id, title) of the decks of these titles, by their folded title; new ones are made."""
    there = {fold(title): (id, title) for id, title, _ in questions.list_decks(session, guild_id)}
    for title in titles:
        kept = rules.check_deck_title(title)
        if fold(kept) not in there:
            rules.check_decks(len(there))
            id = rules.make_deck_id(kept, {id for id, _ in there.values()})
            questions.add_deck(session, guild_id, id, kept)
            there[fold(kept)] = (id, kept)
        there.setdefault(fold(title), there[fold(kept)])
    return there


def _columns(question: DeckQuestion, number: int, deck_id: str) -> dict[str, str]:
    """What the table keeps of a question beside its versions, for lists and searches."""
    words = f"{number} {words_of(question)}"
    return {"deck_id": deck_id, "kind": question.kind, "prompt": question.prompt, "words": words}


def _count(session: Session, guild_id: int) -> int:
    return questions.count_kept(session, guild_id, questions.Filter(states=("live", "waiting")))


def _note(session: Session, act: Act, deed: str, subject: str, before: str | None, after: str | None) -> None:
    audit.note(session, act.guild_id, act.id, act.user_id, deed, subject, act.now, before, after)
