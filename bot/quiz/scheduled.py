"""What a schedule starts: a round with its settings."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from bot.delivery import Kind
from bot.errors import Refusal
from bot.quiz import actions, course, rules, ui
from bot.quiz.actions import Start
from bot.quiz.modes import choose_mode
from bot.startable import Occasion, Startable
from bot.subjects import choose_subject, list_titles
from bot.text import count

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from content.pack import Pack

WRONG = "I can't use these settings for a round. Please choose 1 to 25 questions of 5 to 120 seconds."


class RoundSettings(BaseModel):
    """What a schedule says about its rounds; what it leaves out is as in /quiz play."""

    model_config = ConfigDict(frozen=True, extra="ignore", hide_input_in_errors=True)

    theme: str | None = None
    also: str | None = None
    questions: int = Field(10, ge=1, le=25)
    seconds: int = Field(30, ge=5, le=120)
    scoring: Literal["accuracy", "speed"] = "accuracy"
    mode: str = "classic"
    teams: int = Field(2, ge=2, le=4)


def read_settings(settings: Mapping[str, Any]) -> RoundSettings:
    """The settings, checked; Refusal if they are none."""
    try:
        return RoundSettings.model_validate(dict(settings))
    except ValidationError:
        raise Refusal(WRONG) from None


def describe_round(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: RoundSettings) -> str:
    """What is asked about, in words. Refusal if there is no such subject."""
    return choose_subject(session, guild_id, packs, settings.theme, settings.also).title


def start_from(
    session: Session, packs: Mapping[str, Pack], occasion: Occasion, settings: RoundSettings, mode: str
) -> None:
    """Save the round of an occasion. Refusal if one is going on there, or there is nothing to ask."""
    subject = choose_subject(session, occasion.guild_id, packs, settings.theme, settings.also)
    daily = mode == "daily"
    start = Start(
        guild_id=occasion.guild_id,
        round_id=occasion.id,
        channel_id=occasion.channel_id,
        starter_id=occasion.starter_id,
        subject=subject.title,
        items=subject.items,
        questions=settings.questions,
        seconds=settings.seconds,
        scoring=settings.scoring,
        thread=occasion.thread and not daily,
        seed=occasion.id % 2**32,
        mode=mode,
        schedule_id=occasion.schedule_id,
        state="starting" if daily else "opening",
        wait=0 if daily else rules.OPENING,
    )
    actions.start_round(session, start, occasion.now)


def check(session: Session, guild_id: int, packs: Mapping[str, Pack], settings: Mapping[str, Any]) -> str:
    """A round's settings in words."""
    round = read_settings(settings)
    mode = choose_mode(round.mode, round.teams)
    subject = describe_round(session, guild_id, packs, round)
    how = [subject, count(round.questions, "question"), f"{round.seconds} seconds each", f"mode: {mode.title.lower()}"]
    how += [f"{round.teams} teams"] if mode.teams else []
    how += ["points for speed, too"] if (mode.scoring or round.scoring) == "speed" else []
    return ", ".join(how)


def start(session: Session, packs: Mapping[str, Pack], occasion: Occasion) -> None:
    settings = read_settings(occasion.settings)
    start_from(session, packs, occasion, settings, choose_mode(settings.mode, settings.teams).id)


OPENING = Kind(ui.draw_opening, course.take_opened, course.take_loss, patient=True)
TAKES = frozenset({"theme", "also", "questions", "seconds", "scoring", "mode", "teams", "thread"})
STARTABLE = Startable("Quiz round", check, start, list_titles, TAKES, OPENING)
