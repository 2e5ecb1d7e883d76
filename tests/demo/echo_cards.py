"""What the small bot shows: cards and forms with one of everything that Discord offers."""

from __future__ import annotations

import struct
import zlib
from typing import Any

import discord
from discord import SelectOption, ui

FRUIT = ["apple", "apricot", "banana"]
ALT = "Three bars, the middle one highest"


class Card(ui.LayoutView):
    """A card with each kind of control."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        names = ("edit", "thread", "form", "slow", "twice", "post", "pid")
        buttons: list[ui.Button[Card]] = [ui.Button(label=name.title(), custom_id=name) for name in names]
        select: ui.Select[Card] = ui.Select(custom_id="fruit", options=fruit(), max_values=2)
        rows: list[ui.Item[Card]] = [ui.ActionRow(*buttons[:4]), ui.ActionRow(*buttons[4:]), ui.ActionRow(select)]
        self.add_item(ui.Container(ui.TextDisplay(text), *rows))
        self.stop()


class LongCard(ui.LayoutView):
    """As much as one card of settings holds: five menus, with what is chosen already, and five buttons."""

    def __init__(self, role: int, channel: int, person: int) -> None:
        super().__init__(timeout=None)
        labels = ("Save", "Edit the words", "Change source and status", "Show as players see it", "Discard")
        buttons: list[ui.Button[LongCard]] = [ui.Button(label=label, custom_id=label) for label in labels]
        menus: list[ui.Item[Any]] = [
            ui.Select(custom_id="fruit", options=fruit("apricot"), placeholder="The right answer"),
            ui.Select(custom_id="fruits", options=fruit("apple", "banana"), max_values=3, placeholder="Several"),
            ui.RoleSelect(custom_id="role", default_values=[discord.Object(role)], placeholder="Who may"),
            ui.ChannelSelect(
                custom_id="channel",
                default_values=[discord.Object(channel)],
                channel_types=[discord.ChannelType.text],
                placeholder="Where",
            ),
            ui.UserSelect(
                custom_id="person", default_values=[discord.Object(person)], min_values=0, placeholder="Nobody"
            ),
        ]
        rows = [ui.ActionRow(*items) for items in ([m] for m in menus)]
        intro = "## Preview\n**What is grown in the walled garden, according to the article?**\n-# Not saved yet"
        self.add_item(ui.Container(ui.TextDisplay(intro), *rows, ui.ActionRow(*buttons), accent_colour=0x17647F))
        self.stop()


class Parcel(ui.LayoutView):
    """A card with a text file to download and a picture with its words."""

    def __init__(self, text: str) -> None:
        super().__init__(timeout=None)
        picture: ui.MediaGallery[Parcel] = ui.MediaGallery(
            discord.MediaGalleryItem("attachment://chart.png", description=ALT)
        )
        self.add_item(ui.Container(ui.TextDisplay(text), ui.File("attachment://report.txt"), picture))
        self.stop()


class Form(ui.Modal, title="A form"):
    words: ui.TextDisplay[Any] = ui.TextDisplay("A name is all it takes.")
    name: ui.Label[Form] = ui.Label(text="Name", component=ui.TextInput(custom_id="name"))


class Words(ui.Modal, title="Words and choices"):
    """Text that is there already, and choices in each shape."""

    def __init__(self, text: str) -> None:
        super().__init__(custom_id="words")
        prompt: ui.TextInput[Words] = ui.TextInput(
            custom_id="prompt", style=discord.TextStyle.paragraph, default=text, min_length=5, max_length=300
        )
        note: ui.TextInput[Words] = ui.TextInput(custom_id="note", required=False, placeholder="May stay empty")
        menu: ui.Select[Words] = ui.Select(custom_id="fruits", options=fruit("apple", "banana"), max_values=3)
        checks: ui.CheckboxGroup[Words] = ui.CheckboxGroup(custom_id="checks", required=False)
        radio: ui.RadioGroup[Words] = ui.RadioGroup(custom_id="status")
        for name in FRUIT:
            checks.add_option(label=name, value=name, description=f"One {name} more", default=name == "apple")
            radio.add_option(label=name, value=name)
        self.add_item(ui.Label(text="Prompt", description="As players will read it", component=prompt))
        self.add_item(ui.Label(text="Note", component=note))
        self.add_item(ui.Label(text="Fruits", description="One to three", component=menu))
        self.add_item(ui.Label(text="Extras", component=checks))
        self.add_item(ui.Label(text="Status", component=radio))


class Things(ui.Modal, title="Who, where and what"):
    """Roles, channels, people, files, and a yes or no."""

    def __init__(self, role: int, channel: int) -> None:
        super().__init__(custom_id="things")
        roles: ui.RoleSelect[Things] = ui.RoleSelect(
            custom_id="role", default_values=[discord.Object(role)], required=True
        )
        places: ui.ChannelSelect[Things] = ui.ChannelSelect(
            custom_id="channel", default_values=[discord.Object(channel)], required=True, max_values=2
        )
        anyone: ui.MentionableSelect[Things] = ui.MentionableSelect(custom_id="anyone", required=False, max_values=2)
        files: ui.FileUpload[Things] = ui.FileUpload(custom_id="files", required=False, max_values=2)
        sure: ui.Checkbox[Things] = ui.Checkbox(custom_id="sure", default=True)
        self.add_item(ui.Label(text="Role", component=roles))
        self.add_item(ui.Label(text="Channels", component=places))
        self.add_item(ui.Label(text="Anyone", component=anyone))
        self.add_item(ui.Label(text="Files", description="Up to two", component=files))
        self.add_item(ui.Label(text="Sure", component=sure))


def fruit(*chosen: str) -> list[SelectOption]:
    return [SelectOption(label=name.title(), value=name, default=name in chosen) for name in FRUIT]


def chart() -> bytes:
    """A small PNG: three bars of different height."""
    width, heights = 240, (50, 90, 30)
    rows = [
        b"\0" + bytes(0x55 if x % 80 > 20 and 100 - y < heights[x // 80] else 0xEE for x in range(width))
        for y in range(100)
    ]
    header = struct.pack(">IIBBBBB", width, len(rows), 8, 0, 0, 0, 0)
    parts = (b"IHDR", header), (b"IDAT", zlib.compress(b"".join(rows))), (b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(
        struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data)) for kind, data in parts
    )
