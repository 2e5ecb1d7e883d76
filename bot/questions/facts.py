"""What the cards of questions show, loaded in one read each. Functions of a session that change nothing."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.orm import Session

from bot.item import SERVER, Item, make_deck_item
from bot.questions.actions import find_kept
from bot.rulings import apply_rulings
from content.checks.likeness import find_alike
from content.deck import QUESTION, DeckQuestion
from storage import audit, questions
from storage.questions import Edition, Filter, Kept
from storage.reports import list_rulings


@dataclass(frozen=True)
class Shown:
    """A question as it stands, and as it is asked: `item` counts what a ruling accepts besides the key.

    `rejected` is why it was turned down, `ruled` what was ruled on it last (such as void), if anything was.
    """

    kept: Kept
    question: DeckQuestion
    item: Item
    rejected: str | None
    ruled: str | None


@dataclass(frozen=True)
class Page:
    """Some of the questions that a filter lets through, and how many there are in all."""

    rows: tuple[Kept, ...]
    skipped: int
    total: int


def get_shown(session: Session, guild_id: int, number: int) -> Shown:
    """A question with all that is shown of it; Refusal if there is none."""
    kept = find_kept(session, guild_id, number)
    rejected = _why_rejected(session, guild_id, number) if kept.state == "rejected" else None
    question = QUESTION.validate_json(kept.body)
    item = make_deck_item(question, kept.number, kept.version, kept.deck_id)
    rulings = list_rulings(session, guild_id, item.id)
    (asked,) = apply_rulings([item], rulings)
    return Shown(kept, question, asked, rejected, rulings[-1].kind if rulings else None)


def list_page(session: Session, guild_id: int, wanted: Filter, page: int, size: int) -> Page:
    """A page of questions by number, the last one where there are fewer pages."""
    total = questions.count_kept(session, guild_id, wanted)
    skip = min(page, max(total - 1, 0) // size) * size
    return Page(tuple(questions.list_kept(session, guild_id, wanted, skip, size)), skip, total)


def list_near(session: Session, guild_id: int, prompt: str, others: list[str], but: int) -> list[str]:
    """The prompts of other questions that ask nearly the same: a server's own with their number, then `others`."""
    own = [(number, text) for number, text in questions.list_prompts(session, guild_id) if number != but]
    texts = [*(text for _, text in own), *others]
    # The new one comes last, and is compared with all before it.
    found = [at for _, at in find_alike([*texts, prompt], first=len(texts))]
    return [f"#{own[at][0]} {texts[at]}" if at < len(own) else texts[at] for at in found]


def list_history(session: Session, guild_id: int, number: int) -> list[Edition]:
    find_kept(session, guild_id, number)
    return questions.list_versions(session, guild_id, number)


def _why_rejected(session: Session, guild_id: int, number: int) -> str | None:
    entry = audit.last_entry(session, guild_id, f"{SERVER}/{number}", "suggestion.reject")
    return entry.after if entry else None
