"""What people do: slash commands, presses, choices, forms, votes and messages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from bot.demo.engine import in_plain_words, using_command
from bot.demo.world import Impossible, Person, World

# The numbers Discord gives to kinds of command options, and of select menus.
INTEGER, BOOLEAN, USER, CHANNEL, ROLE, MENTIONABLE, NUMBER, ATTACHMENT = 4, 5, 6, 7, 8, 9, 10, 11
ENTITY_OPTIONS = {USER: "person", CHANNEL: "channel", ROLE: "role", MENTIONABLE: "either"}
ENTITY_SELECTS = {5: "person", 6: "role", 7: "either", 8: "channel"}


class Reply:
    """What became of an interaction: whether it was answered, and with what."""

    def __init__(self, world: World, result: Any) -> None:
        self._world = world
        self._result = result

    @property
    def acknowledged(self) -> bool:
        return bool(self._result.acknowledged)

    @property
    def modal(self) -> dict[str, Any] | None:
        """The form the bot opened, as Discord's raw payload."""
        modal: dict[str, Any] | None = self._result.modal
        return modal

    @property
    def message(self) -> dict[str, Any] | None:
        """The answering message as it is now; None when there is none, or no longer."""
        response = self._result.response
        if response is None:
            return None
        return self._world.message_payload(self._world.backend.get_message(response.channel_id, response.id))

    async def submit(self, person: Person, values: Mapping[str, Any]) -> Reply:
        """Send the form back, filled in: a string, a boolean or a list for each custom_id; a file is (name, bytes)."""
        with in_plain_words():
            kinds = {c["custom_id"]: c["type"] for c in controls(self.modal or {})}
            resolved = {i: _chosen(self._world, kinds.get(i), value) for i, value in values.items()}
            reply = Reply(self._world, await person.submit_modal(self._result, resolved))
            if not reply.acknowledged:  # a form that nobody answered stays open and can be sent again
                self._result._interaction.modal_consumed = False
            return reply


def controls(component: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    """Everything with a custom_id in a message, a form or a component, in reading order."""
    inner = [*component.get("components", ()), component.get("component"), component.get("accessory")]
    found = [control for child in inner if child for control in controls(child)]
    return [component, *found] if "custom_id" in component and "type" in component else found


async def slash(world: World, person: Person, channel_id: int, name: str, options: Mapping[str, Any]) -> Reply:
    """Use a slash command. Values may be text, as typed; files are pairs of name and bytes."""
    with in_plain_words(), using_command(name):
        typed = _typed(world, name, options)
        return Reply(world, await person.slash(world.channel(channel_id), name, **typed))


async def autocomplete(
    world: World,
    person: Person,
    channel_id: int,
    name: str,
    option: str,
    text: str,
    filled: Mapping[str, Any],
) -> list[dict[str, Any]]:
    """What the bot offers for what has been typed so far; nothing when it doesn't answer."""
    with in_plain_words():
        typed = _typed(world, name, filled)
        return await person.autocomplete(world.channel(channel_id), name, option, text, **typed)


async def use_on_message(world: World, person: Person, channel_id: int, message_id: int, name: str) -> Reply:
    """Use a command from the menu of a message."""
    with in_plain_words():
        message = world.shown(channel_id, message_id)
        return Reply(world, await person.context_menu(world.channel(channel_id), name, message))


async def press(world: World, person: Person, channel_id: int, message_id: int, custom_id: str) -> Reply:
    """Press a button."""
    with in_plain_words():
        message = world.shown(channel_id, message_id)
        return Reply(world, await person.click(message, custom_id=custom_id))


async def select(
    world: World, person: Person, channel_id: int, message_id: int, custom_id: str, values: Sequence[str]
) -> Reply:
    """Choose in a select menu: option values, or ids of people, roles or channels."""
    with in_plain_words():
        message = world.shown(channel_id, message_id)
        menus = {c["custom_id"]: c["type"] for c in controls({"components": message.components})}
        chosen = _chosen(world, menus.get(custom_id), list(values))
        return Reply(world, await person.select(message, chosen, custom_id=custom_id))


async def vote(world: World, person: Person, channel_id: int, message_id: int, answers: Sequence[int]) -> None:
    """Vote in Discord's own poll; no answer takes the vote back."""
    with in_plain_words():
        await person.set_poll_votes(world.shown(channel_id, message_id), answers=answers)


async def say(world: World, person: Person, channel_id: int, text: str) -> None:
    """Write a message; Impossible when the server's AutoMod takes it away."""
    with in_plain_words():
        sent = await person.send(world.channel(channel_id), text)
    if sent.id not in world.backend.messages[channel_id]:
        raise Impossible("This server’s AutoMod blocked that message")


def _typed(world: World, name: str, options: Mapping[str, Any]) -> dict[str, Any]:
    declared = world.command_options(name)
    return {
        option: _option_value(world, declared[option]["type"], value) if option in declared else value
        for option, value in options.items()
    }


def _option_value(world: World, kind: int, value: Any) -> Any:
    if kind in ENTITY_OPTIONS:
        return _entity(world, ENTITY_OPTIONS[kind], value)
    if kind in (INTEGER, NUMBER) and isinstance(value, str):
        try:
            return int(value) if kind == INTEGER else float(value)
        except ValueError:
            raise Impossible(f"{value[:40]!r} is not a number") from None
    if kind == BOOLEAN and value in ("true", "false"):
        return value == "true"
    return value


def _chosen(world: World, kind: int | None, value: Any) -> Any:
    if kind in ENTITY_SELECTS and isinstance(value, list):
        return [_entity(world, ENTITY_SELECTS[kind], item) for item in value]
    return value


def _entity(world: World, kind: str, value: Any) -> Any:
    if not str(value).isdecimal():
        raise Impossible("That can't be chosen here")
    if kind == "channel":
        return world.channel(int(value))
    member = world.member(int(value))
    if kind in ("person", "either") and member is not None:
        return member
    if kind == "person":
        raise Impossible("That person is not here")
    return world.role(int(value))
