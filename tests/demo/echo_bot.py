"""A small bot for the tests of the local Discord: it says back what it was given, in each way that Discord knows."""

from __future__ import annotations

import asyncio
import io
import os
from typing import Any, Literal

import discord
import yarl
from discord import app_commands
from discord.gateway import DiscordWebSocket
from discord.http import Route

from tests.demo.echo_cards import FRUIT, Card, Form, LongCard, Parcel, Things, Words, chart


class EchoBot(discord.Client):
    """Acknowledges by custom_id, so that everything works on in a new process."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(Echo())
        self.tree.add_command(moderate)
        self.tree.add_command(quote_this)
        self.tree.add_command(ask_about_this)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_interaction(self, press: discord.Interaction) -> None:
        if press.type is discord.InteractionType.component:
            await self._pressed(press)
        elif press.type is discord.InteractionType.modal_submit:
            await press.response.send_message(await _what_was_sent(press), ephemeral=True)

    async def _pressed(self, press: discord.Interaction) -> None:
        data: Any = press.data
        match data["custom_id"]:
            case "edit":
                await press.response.send_message("first", ephemeral=True)
                await press.edit_original_response(content="second")
            case "thread":
                assert press.message is not None
                assert isinstance(press.channel, discord.TextChannel)
                await press.response.defer()
                thread = await press.channel.create_thread(name="aside", message=press.message)
                await thread.send("in the thread")
            case "form":
                await press.response.send_modal(Form())
            case "slow":
                await asyncio.sleep(3.5)
                await press.response.send_message("too late")
            case "twice":
                await press.response.defer()
                await _once_more(press)
            case "post":
                await press.response.defer()
                assert isinstance(press.channel, discord.TextChannel)
                for text in ("one", "one"):
                    await press.channel.send(text, nonce="the-same")
            case _ if "values" in data:
                await press.response.send_message(f"chose {data['values']}", ephemeral=True)
            case _:
                await press.response.send_message(f"pid {os.getpid()}", ephemeral=True)


async def _once_more(press: discord.Interaction) -> None:
    press.response._response_type = None
    try:
        await press.response.defer()
    except discord.HTTPException as error:
        await press.followup.send(f"code {error.code}", ephemeral=True)


async def _what_was_sent(press: discord.Interaction) -> str:
    """A line for each control of a form; files are read from where they are kept."""
    data: Any = press.data
    uploads = data.get("resolved", {}).get("attachments", {})
    lines = []
    for control in (part["component"] for part in data["components"] if "component" in part):
        value = control.get("value", control.get("values"))
        if control["type"] == discord.ComponentType.file_upload.value:
            files = [discord.Attachment(data=uploads[i], state=press._state) for i in value]
            value = [(file.filename, len(await file.read())) for file in files]
        lines.append(f"{control['custom_id']}: {value!r}")
    return "\n".join(lines)


class Echo(app_commands.Group, name="echo", description="Say it back"):
    @app_commands.command(description="A card with your text")
    async def card(
        self, interaction: discord.Interaction, fruit: str, times: app_commands.Range[int, 1, 3] = 1
    ) -> None:
        await interaction.response.send_message(view=Card(f"{fruit} × {times}"))

    @card.autocomplete("fruit")
    async def offer(self, _: discord.Interaction, typed: str) -> list[app_commands.Choice[str]]:
        return [app_commands.Choice(name=f, value=f) for f in FRUIT if f.startswith(typed)]

    @app_commands.command(description="A file back")
    async def file(self, interaction: discord.Interaction, file: discord.Attachment) -> None:
        await interaction.response.send_message(file=await file.to_file(description="your file"))

    @app_commands.command(description="A report on a file, and a picture, in one card")
    async def parcel(
        self,
        interaction: discord.Interaction,
        file: discord.Attachment,
        way: Literal["answer", "edit", "update", "followup", "channel"] = "answer",
    ) -> None:
        data = await file.read()
        view, files = Parcel(f"{file.filename} by {way}"), _parcel(data)
        if way == "answer":
            await interaction.response.send_message(view=view, files=files)
            return
        await interaction.response.defer(thinking=way in ("edit", "update"), ephemeral=True)
        if way == "edit":
            await interaction.edit_original_response(view=view, attachments=files)
        elif way == "update":
            await interaction.edit_original_response(view=Parcel("before"), attachments=_parcel(b"before"))
            await interaction.edit_original_response(view=view, attachments=files)
        elif way == "followup":
            await interaction.followup.send(view=view, files=files, ephemeral=True)
        elif isinstance(interaction.channel, discord.TextChannel):
            await interaction.channel.send(view=view, files=files)

    @app_commands.command(description="A form")
    async def form(self, interaction: discord.Interaction, of: Literal["words", "things"]) -> None:
        assert interaction.channel_id is not None
        form = Words("Written before") if of == "words" else Things(_moderators(interaction), interaction.channel_id)
        await interaction.response.send_modal(form)

    @app_commands.command(description="A card full of menus")
    async def long(self, interaction: discord.Interaction) -> None:
        assert interaction.channel_id is not None
        view = LongCard(_moderators(interaction), interaction.channel_id, interaction.user.id)
        await interaction.response.send_message(view=view, ephemeral=True)

    @app_commands.command(description="What you may do here")
    async def rights(self, interaction: discord.Interaction) -> None:
        assert isinstance(interaction.user, discord.Member)
        roles = sorted(role.name for role in interaction.user.roles if not role.is_default())
        manages = interaction.permissions.manage_guild
        await interaction.response.send_message(f"{roles}, manage_guild: {manages}", ephemeral=True)

    @app_commands.command(description="The words that AutoMod looks for")
    async def rules(self, interaction: discord.Interaction) -> None:
        assert interaction.guild is not None
        await interaction.response.defer(thinking=True, ephemeral=True)
        try:
            found = [(r.name, r.trigger.keyword_filter) for r in await interaction.guild.fetch_automod_rules()]
        except discord.HTTPException as error:
            await interaction.edit_original_response(content=f"{error.status}: {error.code}")
        else:
            await interaction.edit_original_response(content=repr(found))


def _parcel(data: bytes) -> list[discord.File]:
    report = f"{len(data)} bytes\n".encode()
    return [discord.File(io.BytesIO(report), "report.txt"), discord.File(io.BytesIO(chart()), "chart.png")]


def _moderators(interaction: discord.Interaction) -> int:
    assert interaction.guild is not None
    return next(role.id for role in interaction.guild.roles if role.name == "Moderator")


@app_commands.command(description="For moderators")
@app_commands.default_permissions(manage_messages=True)
async def moderate(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("yes", ephemeral=True)


@app_commands.context_menu(name="Quote this")
async def quote_this(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_message(f"> {message.content}", ephemeral=True)


@app_commands.context_menu(name="Ask about this …")
@app_commands.default_permissions(manage_guild=True)
async def ask_about_this(interaction: discord.Interaction, message: discord.Message) -> None:
    await interaction.response.send_modal(Words(message.content))


def main() -> None:
    port = os.environ["OFFRAMP_LOOPBACK_PORT"]
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
    EchoBot().run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
