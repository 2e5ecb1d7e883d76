"""The least that discord.py can do: a card with buttons in every channel, and every press acknowledged."""

from __future__ import annotations

import os
from typing import Any

import discord
from discord import ui

from bot.app import use_loopback
from tests.bench.question import OPTIONS, PROMPT


class BareBot(discord.Client):
    async def on_ready(self) -> None:
        for channel in self.guilds[0].text_channels:
            await channel.send(view=make_card())

    async def on_interaction(self, press: discord.Interaction[Any]) -> None:
        await press.response.send_message("ok", ephemeral=True)


def make_card() -> ui.LayoutView:
    """A card of the size of Offramp's, so that the presses weigh the same."""
    buttons: list[ui.Button[ui.LayoutView]] = [
        ui.Button(label="ABCD"[n], custom_id=f"quiz:answer:1494000000000000000:0:{n}") for n in range(len(OPTIONS))
    ]
    options = "\n".join(f"**{button.label}**  {text}" for button, text in zip(buttons, OPTIONS, strict=True))
    texts = ("-# Question 1 of 1 · Shape · easy", f"### {PROMPT}\n{options}", "-# Closes <t:1800000000:R> · 1 answer")
    first, second, third = (ui.TextDisplay[ui.LayoutView](text) for text in texts)
    card = ui.LayoutView(timeout=None)
    card.add_item(ui.Container(first, second, ui.ActionRow(*buttons), third, accent_colour=0x4F6D8F))
    card.stop()  # presses come through on_interaction alone
    return card


if __name__ == "__main__":
    use_loopback(int(os.environ["OFFRAMP_LOOPBACK_PORT"]))
    BareBot(intents=discord.Intents(guilds=True), max_messages=None).run(os.environ["DISCORD_TOKEN"])
