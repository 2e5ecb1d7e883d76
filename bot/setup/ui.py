"""Setup is pressed: one card on which people who may manage a server choose how the bot works there."""

from __future__ import annotations

from bot.errors import Refusal
from bot.gate import Handler
from bot.kit import Card, Form, custom_id
from bot.opening import name_post, open_occasion
from bot.press import Press, read_id
from bot.setup import actions, cards, facts, rules
from bot.startable import Occasion
from bot.zones import find_zone
from storage.settings import get_settings

NOT_YOU = "Only people who may manage this server can set me up. Please ask one of them."

GONE = "I can't see that channel. Let me see it, or choose another."
NO_CHANNEL = "Please choose a channel for rounds first. /setup start shows where."
NOT_ASKED = "There are no such questions any more. Please use /setup start again."
STARTED = "The first round is starting in <#{id}>. Anybody there can join by answering."


async def open_setup(press: Press) -> None:
    _need_manager(press)
    await press.show(await cards.draw_steps(press))


async def check(press: Press) -> None:
    _need_manager(press)
    settings = await press.bot.db.read(get_settings, press.guild_id)
    scheduled = await press.bot.db.read(facts.list_scheduled, press.guild_id)
    lines = []
    for id, purpose, needed in (
        (settings.quiz_channel_id, "rounds", rules.ROUNDS),
        (settings.review_channel_id, "suggestions and reports", rules.REVIEW),
    ):
        if id is not None:
            lines += cards.check_channel(press, id, purpose, needed)
    if settings.quiz_channel_id is None:
        lines.append("No channel for rounds is chosen yet: /setup start has it as its first step.")
    lines += cards.check_schedules(press, scheduled)
    card = Card().text("## Setup check").text("\n".join(lines))
    guild = press.interaction.guild
    held = cards.held_of(guild.me.guild_permissions, rules.OPTIONAL) if guild else set()
    if optional := rules.list_missing(rules.OPTIONAL, held):
        card.text("\n".join(["Only if you want it:", *optional]))
    await press.show(card)


async def more_pressed(press: Press) -> None:
    _need_manager(press)
    await press.update(cards.draw_more(press, await press.bot.db.read(get_settings, press.guild_id)))


async def back_pressed(press: Press) -> None:
    _need_manager(press)
    await press.update(await cards.draw_steps(press))


async def role_chosen(press: Press) -> None:
    await _step(press, "moderator_role_id", _taken(press))


async def quiz_channel_chosen(press: Press) -> None:
    await _step(press, "quiz_channel_id", _taken_channel(press))


async def zone_chosen(press: Press) -> None:
    _need_manager(press)
    await _step(press, "zone", find_zone(press.values[0] if press.values else ""))


async def zone_asked(press: Press) -> None:
    _need_manager(press)
    hint = "A city or an IANA name, such as Vilnius or Europe/Vilnius"
    await press.ask(Form(custom_id("setup:typed"), "Another zone").field("zone", "Which zone?", hint, 60))


async def zone_typed(press: Press) -> None:
    _need_manager(press)
    await _step(press, "zone", find_zone(press.fields.get("zone", "")))


async def subjects_pressed(press: Press, page: int) -> None:
    """Turn to more of what rounds can be about: a select shows 25."""
    _need_manager(press)
    await press.update(await cards.draw_steps(press, page))


async def subject_chosen(press: Press) -> None:
    _need_manager(press)
    chosen = press.values[0] if press.values else ""
    choices = await press.bot.db.read(facts.load, press.guild_id, press.bot.packs)
    if chosen not in choices.subjects:
        raise Refusal(NOT_ASKED)
    await _step(press, "subject", chosen)


async def begin_pressed(press: Press) -> None:
    """Start a round in the channel for rounds, as a schedule would."""
    _need_manager(press)
    settings = await press.bot.db.read(get_settings, press.guild_id)
    id = settings.quiz_channel_id
    channel = cards.find_channel(press, id) if id is not None else None
    if id is None or channel is None:
        raise Refusal(NO_CHANNEL)
    held = channel.permissions_for(channel.guild.me)
    if not (held.view_channel and held.send_messages):
        raise Refusal(f"I can't write in <#{id}> yet: /setup check says what to give me.")
    now = press.bot.clock.now()
    occasion = Occasion(press.guild_id, press.id, id, press.user_id, None, False, {}, now, now, now)
    startable = press.bot.startables["round"]
    await press.bot.db.write(open_occasion, press.bot.packs, startable, occasion, name_post("round"))
    await press.say(STARTED.format(id=id))


async def channel_chosen(press: Press) -> None:
    await _choose(press, "review_channel_id", _taken_channel(press))


async def limit_chosen(press: Press) -> None:
    value = _taken(press)
    if value not in rules.LIMITS:
        raise Refusal("I don't know that number. Please use /setup start again.")
    await _choose(press, "suggestions_a_day", value)


async def approval_chosen(press: Press) -> None:
    value = press.values[0] if press.values else ""
    if value not in rules.APPROVAL:
        raise Refusal("I don't know that choice. Please use /setup start again.")
    await _choose(press, "approval", value)


async def winner_pressed(press: Press, on: int) -> None:
    await _choose(press, "winner", min(on, 1))


async def second_pressed(press: Press, on: int) -> None:
    await _choose(press, "second_opinion", min(on, 1))


def _need_manager(press: Press) -> None:
    if not press.may("manage_guild"):
        raise Refusal(NOT_YOU)


async def _choose(press: Press, name: str, value: int | str | None) -> None:
    _need_manager(press)
    settings = await press.bot.db.write(actions.choose, press.act, name, value)
    await press.update(cards.draw_more(press, settings))


async def _step(press: Press, name: str, value: int | str | None) -> None:
    """Set what a step of the card asks for, and show the card as it is then."""
    _need_manager(press)
    await press.bot.db.write(actions.choose, press.act, name, value)
    await press.update(await cards.draw_steps(press))


def _taken(press: Press) -> int | None:
    """The id or number that was chosen; None where a choice was taken back."""
    return read_id(press.values[0] if press.values else "")


def _taken_channel(press: Press) -> int | None:
    """The channel that was chosen, one that the bot can find here; None where a choice was taken back."""
    _need_manager(press)
    taken = _taken(press)
    if taken is not None and cards.find_channel(press, taken) is None:
        raise Refusal(GONE)
    return taken


ROUTES: dict[str, Handler] = {
    "setup:quiz": quiz_channel_chosen,
    "setup:role": role_chosen,
    "setup:zone": zone_chosen,
    "setup:another": zone_asked,
    "setup:typed": zone_typed,
    "setup:subject": subject_chosen,
    "setup:subjects": subjects_pressed,
    "setup:begin": begin_pressed,
    "setup:more": more_pressed,
    "setup:back": back_pressed,
    "setup:channel": channel_chosen,
    "setup:limit": limit_chosen,
    "setup:second": second_pressed,
    "setup:approval": approval_chosen,
    "setup:winner": winner_pressed,
}
