"""Claims are rated: first where somebody stands, then one claim after another, privately."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.argue import facts, figures, rules
from bot.argue.actions import GONE, find_claim
from bot.argue.facts import Survey
from bot.argue.outline import Node
from bot.argue.rating import cards, saying
from bot.argue.rating.dealing import HAND, deal
from bot.argue.ratings import add_up
from bot.delivery import Kind
from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card
from bot.press import Press
from storage import argue

if TYPE_CHECKING:
    from bot.app import Offramp


@dataclass(frozen=True)
class Sight:
    """A claim in front of somebody, with all that its card needs."""

    survey: Survey
    node: Node
    motion: str


async def rate(press: Press, motion: str) -> None:
    """Begin to rate a motion's claims."""
    motion_id, _ = rules.find_motion(press.bot.packs, motion)
    await press.show(await _draw_next(press, motion_id, 0))


async def deal_pressed(press: Press, pack: str, motion: str) -> None:
    motion_id, _ = rules.find_motion(press.bot.packs, f"{pack}/{motion}")
    await press.show(await _draw_next(press, motion_id, 0))


async def rate_pressed(press: Press, number: int) -> None:
    """Show one claim to rate, or first ask where this person stands."""
    sight = await _look(press, number)
    if sight.survey.stance is None:
        await press.show(cards.draw_stance(sight.survey.motion_id, sight.motion, None, number))
    else:
        await press.show(await _draw_either(press, sight, 0))


async def stand_pressed(press: Press, pack: str, motion: str) -> None:
    """Ask anew where somebody stands."""
    motion_id, known = rules.find_motion(press.bot.packs, f"{pack}/{motion}")
    stance = await press.bot.db.read(argue.get_stance, press.guild_id, motion_id, press.user_id)
    await press.update(cards.draw_stance(motion_id, known.text, stance, 0))


async def stance_pressed(press: Press, pack: str, motion: str, stance: str, number: int) -> None:
    motion_id, _ = rules.find_motion(press.bot.packs, f"{pack}/{motion}")
    await press.bot.db.write(saying.take_stance, press.act, motion_id, stance)
    if number:
        await press.update(await _draw_either(press, await _look(press, number), 0))
    else:
        await press.update(await _draw_next(press, motion_id, 0))


async def say_pressed(press: Press, number: int, nth: int, said: str) -> None:
    motion_id = await press.bot.db.write(saying.rate, press.act, number, said)
    figures.note(press, motion_id, number)
    await press.update(await _draw_either(press, await _look(press, number), nth))


async def bears_pressed(press: Press, number: int, nth: int, impact: int) -> None:
    motion_id = await press.bot.db.write(saying.weigh, press.act, number, impact)
    figures.note_impact(press, motion_id, number)
    await press.update(await _draw_either(press, await _look(press, number), nth))


async def again_pressed(press: Press, number: int, nth: int) -> None:
    """Show a claim to rate anew; until then the rating that is saved counts."""
    sight = await _look(press, number)
    await press.update(cards.draw_claim(sight.survey, sight.node, sight.motion, min(nth, HAND)))


async def next_pressed(press: Press, number: int, nth: int) -> None:
    claim = await press.bot.db.read(find_claim, press.guild_id, number, "shown", "replaced", "removed")
    await press.update(await _draw_next(press, claim.motion_id, nth % HAND))


async def _draw_next(press: Press, motion_id: str, nth: int) -> Card:
    """The next claim for somebody, `nth` of a hand being done; or what there is to say where none is left."""
    survey, motion = await _survey(press, motion_id)
    if survey.stance is None:
        return cards.draw_stance(motion_id, motion, None, 0)
    totals = {number: add_up(survey.get_said(number).ratings.values()) for number in survey.outline}
    dealt = deal(totals, survey.rated, press.id)
    if not dealt:
        return cards.draw_done(survey)
    return cards.draw_claim(survey, survey.outline[dealt[0]], motion, nth + 1)


async def _draw_either(press: Press, sight: Sight, nth: int) -> Card:
    """A claim to rate or, where somebody has rated it, what they and others say of it."""
    nth = min(nth, HAND)
    rating = await press.bot.db.read(argue.get_rating, press.guild_id, sight.node.number, press.user_id)
    if rating is None:
        return cards.draw_claim(sight.survey, sight.node, sight.motion, nth)
    more = len(sight.survey.rated) < len(sight.survey.outline)
    said = (rating.vote, rating.why)
    return cards.draw_rated(sight.survey, sight.node, sight.motion, nth, said, rating.impact, more)


async def _look(press: Press, number: int) -> Sight:
    """A claim that is shown, with the survey of its motion; Refusal if it is not there."""
    claim = await press.bot.db.read(find_claim, press.guild_id, number)
    survey, motion = await _survey(press, claim.motion_id)
    if number not in survey.outline:
        raise Refusal(GONE.format(number=number))
    return Sight(survey, survey.outline[number], motion)


async def _survey(press: Press, motion_id: str) -> tuple[Survey, str]:
    return await figures.survey(press, motion_id), rules.name_motion(press.bot.packs, motion_id)


async def draw_unclear(bot: Offramp, guild_id: int, number: int) -> Card | None:
    shown = await bot.db.read(facts.get_shown, guild_id, number)
    if shown is None or shown.state != "shown":
        return None
    return cards.draw_unclear(shown.node, rules.name_motion(bot.packs, shown.motion_id))


ROUTES: dict[str, Handler] = {
    "argue:deal": deal_pressed,
    "argue:rate": rate_pressed,
    "argue:stand": stand_pressed,
    "argue:stance": stance_pressed,
    "argue:say": say_pressed,
    "argue:bears": bears_pressed,
    "argue:again": again_pressed,
    "argue:next": next_pressed,
}
POSTS = {"argue:unclear": Kind(draw_unclear)}
