"""A small bot for the tests of the local Discord: one of everything that Offramp uses."""

from __future__ import annotations

import asyncio
import os
from typing import Any

import discord
import yarl
from discord import app_commands, ui
from discord.gateway import DiscordWebSocket
from discord.http import Route

FRUIT = ["apple", "apricot", "banana"]


class EchoBot(discord.Client):
    """Acknowledges by custom_id, so that everything works on in a new process."""

    def __init__(self) -> None:
        super().__init__(intents=discord.Intents(guilds=True), max_messages=None)
        self.tree = app_commands.CommandTree(self)
        self.tree.add_command(Echo())
        self.tree.add_command(moderate)

    async def setup_hook(self) -> None:
        await self.tree.sync()

    async def on_interaction(self, press: discord.Interaction) -> None:
        if press.type is discord.InteractionType.component:
            await self._pressed(press)
        elif press.type is discord.InteractionType.modal_submit:
            data: Any = press.data
            await press.response.send_message(f"got {data['components']}", ephemeral=True)

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
            case "fruit":
                await press.response.send_message(f"chose {data['values']}", ephemeral=True)
            case _:
                await press.response.send_message(f"pid {os.getpid()}", ephemeral=True)


async def _once_more(press: discord.Interaction) -> None:
    press.response._response_type = None
    try:
        await press.response.defer()
    except discord.HTTPException as error:
        await press.followup.send(f"code {error.code}", ephemeral=True)


class Form(ui.Modal, title="A form"):
    name: ui.Label[Form] = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))


class Card(ui.LayoutView):
    """A card with each kind of control."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        names = ("edit", "thread", "form", "slow", "twice", "post", "pid")
        buttons: list[ui.Button[Card]] = [ui.Button(label=name.title(), custom_id=name) for name in names]
        options = [discord.SelectOption(label=fruit) for fruit in FRUIT]
        select: ui.Select[Card] = ui.Select(custom_id="fruit", options=options, max_values=2)
        rows: list[ui.Item[Card]] = [ui.ActionRow(*buttons[:4]), ui.ActionRow(*buttons[4:]), ui.ActionRow(select)]
        self.add_item(ui.Container(ui.TextDisplay(text), *rows))
        self.stop()


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


@app_commands.command(description="For moderators")
@app_commands.default_permissions(manage_messages=True)
async def moderate(interaction: discord.Interaction) -> None:
    await interaction.response.send_message("yes", ephemeral=True)


def main() -> None:
    port = os.environ["OFFRAMP_LOOPBACK_PORT"]
    Route.BASE = f"http://127.0.0.1:{port}/api/v10"
    DiscordWebSocket.DEFAULT_GATEWAY = yarl.URL(f"ws://127.0.0.1:{port}/gw")
    EchoBot().run(os.environ["DISCORD_TOKEN"])


if __name__ == "__main__":
    main()
