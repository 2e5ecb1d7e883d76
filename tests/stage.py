"""A stage for tests: the real bot in simcord's Discord, a real database, a clock that the test moves."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import discord
import simcord
from simcord.actors import MemberActor
from simcord.backend.models import Overwrite
from simcord.builders import ChannelHandle, RoleHandle
from simcord.enums import OverwriteType
from simcord.results import InteractionResult, ResponseMessage
from sqlalchemy import select

from bot.act import Act
from bot.app import PERMISSIONS, Offramp
from bot.clock import Clock
from bot.errors import Refusal
from bot.kit import Button, Card, Choice, Form
from bot.press import Press
from bot.questions.actions import add_all
from bot.quiz import actions, rules
from bot.quiz.actions import Start
from bot.subjects import choose_subject
from content.deck import QUESTION
from content.pack import Pack
from storage import quiz
from storage.settings import change_settings
from storage.tables import Answer
from tests.build import make_own
from tests.fresh import open_fresh

START = 1_800_000_000_000  # where the clock stands at first: 2027-01-15 08:00 UTC
MEMBER = discord.Permissions(
    view_channel=True,
    send_messages=True,
    send_messages_in_threads=True,
    read_message_history=True,
    use_application_commands=True,
)


class StageClock(Clock):
    """Time that stands still until the test moves it."""

    def __init__(self) -> None:
        self.time = START
        self.env: simcord.Env | None = None
        self._waiting: list[tuple[int, asyncio.Future[None]]] = []

    def now(self) -> int:
        return self.time

    async def wait(self, seconds: float) -> None:
        assert self.env is not None
        moved: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._waiting.append((self.time + round(seconds * 1000), moved))
        await self.env.external_wait(moved, reason="the test's clock")

    def move(self, milliseconds: int) -> None:
        self.time += milliseconds
        due = [w for w in self._waiting if w[0] <= self.time]
        self._waiting = [w for w in self._waiting if w[0] > self.time]
        for _, moved in due:
            if not moved.done():
                moved.set_result(None)


@dataclass(frozen=True)
class Reply:
    """What somebody got back for a command, a press or a form."""

    result: InteractionResult

    @property
    def text(self) -> str:
        """Every visible word of it."""
        if self.result.modal is not None:
            return "\n".join(read(self.result.modal))
        return text_of(self.result.response) if self.result.response else ""

    @property
    def private(self) -> bool:
        return self.result.ephemeral

    @property
    def message(self) -> ResponseMessage:
        assert self.result.response is not None
        return self.result.response


class Stage:
    """A server with #quiz and people; verbs for what they do there.

    alice may manage messages, olga may manage the server, dana has the role that looks after questions (the test
    says so, see `trust_editors`), bob, carol and onlooker have nothing; mallory manages another server.
    """

    def __init__(self, folder: Path, packs: Mapping[str, Pack]) -> None:
        self.packs = packs
        self.clock = StageClock()
        self.db = open_fresh(folder / "stage.db")
        self.bot = self._make_bot()
        self.env = simcord.Env(self.bot)
        self.clock.env = self.env
        self.people: dict[str, MemberActor] = {}

    def _make_bot(self) -> Offramp:
        return Offramp(self.db, self.packs, self.clock)

    async def open(self) -> None:
        self.guild = self.env.create_guild("The Reading Room")
        for role in self.env.backend.guilds[self.guild.id].roles.values():
            role.permissions = (PERMISSIONS if role.managed else MEMBER).value
        moderator = self.guild.create_role(
            "Moderator", permissions=discord.Permissions(MEMBER.value | discord.Permissions(manage_messages=True).value)
        )
        owner = self.guild.create_role(
            "Owner", permissions=discord.Permissions(MEMBER.value | discord.Permissions(manage_guild=True).value)
        )
        self.editor = self.guild.create_role("Editor", mentionable=True)
        self.quiz = self.guild.create_text_channel("quiz")
        self.other = self.guild.create_text_channel("other")
        await self.env.start()
        self.people["alice"] = self.guild.add_member(self.env.create_user("alice"), roles=[moderator])
        for name in ("bob", "carol", "onlooker"):
            self.people[name] = self.guild.add_member(self.env.create_user(name))
        self.people["olga"] = self.guild.add_member(self.env.create_user("olga"), roles=[owner])
        self.people["dana"] = self.guild.add_member(self.env.create_user("dana"), roles=[self.editor])
        await self.env.settle()

    async def close(self) -> None:
        await self.env.shutdown()
        self.db.close()

    async def restart(self) -> None:
        """Let the bot die and start another on the same database."""
        self.bot = self._make_bot()
        await self.env.restart_bot(self.bot)
        await self.env.settle()

    async def advance(self, seconds: float) -> None:
        """Move the clock on, second by second, and let the bot do what is due."""
        left = round(seconds * 1000)
        while left > 0:
            step = min(left, 1000)
            await self.skip(step / 1000)
            left -= step

    async def skip(self, seconds: float) -> None:
        """Move the clock on in one jump."""
        self.clock.move(round(seconds * 1000))
        await self.env.settle()

    async def slash(self, who: str, command: str, channel: ChannelHandle | None = None, **options: Any) -> Reply:
        return Reply(await self.people[who].slash(channel or self.quiz, command, **options))

    async def menu(self, who: str, command: str, message: discord.Message) -> Reply:
        """Take a command of a message's menu."""
        channel = self.quiz if message.channel.id == self.quiz.id else self.other
        return Reply(await self.people[who].context_menu(channel, command, message))

    async def press(self, who: str, message: Any, label: str) -> Reply:
        return Reply(await self.people[who].click(message, label=label))

    async def press_id(self, who: str, message: Any, custom_id: str) -> Reply:
        return Reply(await self.people[who].click(message, custom_id=custom_id))

    async def choose(self, who: str, message: Any, *values: str) -> Reply:
        return Reply(await self.people[who].select(message, list(values)))

    async def choose_in(self, who: str, message: Any, custom_id: str, *values: Any) -> Reply:
        """Choose in one of several selects; values are texts, roles, channels or people."""
        return Reply(await self.people[who].select(message, list(values), custom_id=custom_id))

    async def submit(self, who: str, shown: Reply, /, **values: Any) -> Reply:
        return Reply(await self.people[who].submit_modal(shown.result, values))

    async def bot_start(self, who: str, questions: int = 1, thread: bool = False) -> str:
        """Start a round straight at the database, as a second process could, or one that died right after."""
        start = Start(
            guild_id=self.guild.id,
            round_id=self.people[who].id,
            channel_id=self.quiz.id,
            starter_id=self.people[who].id,
            subject="Shapes",
            items=(await self.db.read(choose_subject, self.guild.id, self.packs, None)).items,
            questions=questions,
            seconds=20,
            scoring="accuracy",
            thread=thread,
            seed=1,
            state="opening" if thread else "starting",
            wait=rules.THREAD if thread else None,
        )
        try:
            await self.db.write(actions.start_round, start, self.clock.now())
        except Refusal as refusal:
            return str(refusal)
        return "started"

    async def forge(self, who: str, custom_id: str, channel: ChannelHandle | None = None) -> str:
        """Press a button with any custom_id, as a forger or an old card would; return what the person is told."""
        where = channel or self.quiz
        card = Card().buttons(Button("Forged", custom_id))
        message = await self.bot.get_partial_messageable(where.id).send(view=card.view())
        return (await self.press(who, message, "Forged")).text

    async def forge_choice(self, who: str, custom_id: str, *values: str, channel: ChannelHandle | None = None) -> str:
        """Choose any values in a select with any custom_id, as a forger would; return what the person is told."""
        where = channel or self.quiz
        card = Card().select(custom_id, "Forged", [Choice(value, value) for value in values], most=len(values))
        message = await self.bot.get_partial_messageable(where.id).send(view=card.view())
        return (await self.choose(who, message, *values)).text

    async def forge_form(
        self, who: str, custom_id: str, values: Mapping[str, str], channel: ChannelHandle | None = None
    ) -> str:
        """Send in any texts by id in a form with any custom_id, as a forger would; return what the person is told."""
        where = channel or self.quiz

        async def open_form(press: Press) -> None:
            form = Form(custom_id, "Forged")
            for id in values:
                form.field(id, id, longest=4000)
            await press.ask(form)

        self.bot.gate.add({"forged:form": open_form})
        message = await self.bot.get_partial_messageable(where.id).send(
            view=Card().buttons(Button("Forged", "forged:form")).view()
        )
        return (await self.submit(who, await self.press(who, message, "Forged"), **values)).text

    async def state(self) -> str | None:
        """The state of the one open round, or None."""
        rounds = await self.db.read(quiz.list_open_rounds)
        return rounds[0].state if rounds else None

    async def answers(self) -> list[tuple[int, str]]:
        """(person, what they gave) of every answer in the table."""
        rows = await self.db.read(lambda session: session.execute(select(Answer.user_id, Answer.given)).all())
        return [(user, given) for user, given in rows]

    async def trust_editors(self) -> None:
        """Make dana's role the one that looks after questions."""
        await self.db.write(change_settings, self.guild.id, {"moderator_role_id": self.editor.id})

    async def add_own(self, *questions: dict[str, Any], deck: str = "General") -> int:
        """Save questions of this server's own, as olga would; the number of the first."""
        made = [QUESTION.validate_python({"theme": deck} | make_own(**question)) for question in questions]
        act = Act(self.guild.id, self.env.backend.snowflake(), self.people["olga"].id, self.clock.now())
        return await self.db.write(add_all, act, made)

    async def take_role(self, who: str, role: RoleHandle) -> None:
        self.env.backend.remove_member_role(self.guild.id, self.people[who].id, role.id)
        await self.env.settle()

    async def open_elsewhere(self) -> ChannelHandle:
        """Another server with the bot in it, which mallory may manage; its one channel."""
        guild = self.env.create_guild("The Other Room")
        for role in self.env.backend.guilds[guild.id].roles.values():
            role.permissions = (PERMISSIONS if role.managed else MEMBER).value
        rights = discord.Permissions(MEMBER.value | discord.Permissions(manage_guild=True).value)
        channel = guild.create_text_channel("elsewhere")
        roles = [guild.create_role("Owner", permissions=rights)]
        self.people["mallory"] = guild.add_member(self.env.create_user("mallory"), roles=roles)
        await self.env.settle()
        return channel

    async def deny_bot(self, channel: ChannelHandle, *permissions: str) -> None:
        """Take permissions from the bot in a channel, as a moderator would."""
        assert self.guild.me is not None
        deny = discord.Permissions(**dict.fromkeys(permissions, True)).value
        overwrite = Overwrite(self.guild.me.id, OverwriteType.MEMBER, deny=deny)
        self.env.backend.set_overwrite(channel.id, overwrite)
        await self.env.settle()

    async def delete_channel(self, channel: ChannelHandle) -> None:
        self.env.backend.delete_channel(channel.id)
        await self.env.settle()

    def edits(self) -> int:
        """How many edits of messages were sent to Discord so far."""
        return sum(entry.method == "PATCH" and "/messages/" in entry.path for entry in self.env.http_requests)

    def messages(self, channel: ChannelHandle | None = None) -> list[discord.Message]:
        """What everyone can read in a channel, oldest first."""
        return (channel or self.quiz).history(viewer=self.people["onlooker"])

    def last(self, channel: ChannelHandle | None = None) -> discord.Message:
        return self.messages(channel)[-1]


def text_of(message: Any) -> str:
    """Every visible word of a message: content and texts of its components."""
    parts = [message.content] if message.content else []
    raw = message.components
    return "\n".join(parts + [t for c in raw for t in read(c if isinstance(c, dict) else c.to_dict())])


def read(part: dict[str, Any]) -> list[str]:
    """The words in a component and in everything inside it, top to bottom."""
    words = [str(part[key]) for key in ("content", "title", "label", "placeholder", "description") if part.get(key)]
    inner = [*part.get("components", []), *part.get("options", [])]
    if isinstance(part.get("component"), dict):
        inner.append(part["component"])
    return words + [word for child in inner for word in read(child)]


def button_ids(message: Any) -> dict[str, str]:
    """The buttons of a message: custom_id by label."""
    found: dict[str, str] = {}

    def look(part: dict[str, Any]) -> None:
        if part.get("type") == 2:
            found[part["label"]] = part["custom_id"]
        for child in part.get("components", []):
            look(child)

    for component in message.components:
        look(component if isinstance(component, dict) else component.to_dict())
    return found


def parts(card: Reply) -> list[dict[str, Any]]:
    """Every component of a card, in the order shown."""

    def walk(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for part in components:
            yield part
            yield from walk(part.get("components", []))

    return list(walk(card.message.components))


def alt_texts(message: Any) -> list[str]:
    """What the pictures of a card say in words."""
    found: list[str] = []

    def look(part: dict[str, Any]) -> None:
        found.extend(item["description"] for item in part.get("items", []))
        for child in part.get("components", []):
            look(child)

    for component in message.components:
        look(component if isinstance(component, dict) else component.to_dict())
    return found
