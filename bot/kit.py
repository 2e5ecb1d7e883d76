"""The shared pieces of what people see and press: cards and forms."""

from __future__ import annotations

import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Self

import discord
from discord import ButtonStyle, app_commands, ui

from bot.text import clip

TEXT_LIMIT = 3900  # all texts of a card together; Discord refuses more than 4,000
NO_FILES = "I may not attach files here, so a picture or a file is left out of this."
CALM = 0x4F6D8F  # one accent for everything: no colour carries a meaning


@dataclass(frozen=True)
class Button:
    """A button. `id` comes from custom_id(); a label is at most 80 characters, so full texts go in the card."""

    label: str
    id: str
    style: ButtonStyle = ButtonStyle.secondary
    disabled: bool = False


@dataclass(frozen=True)
class Choice:
    label: str
    value: str
    description: str | None = None
    chosen: bool = False


def custom_id(route: str, *ids: int | str) -> str:
    """`quiz:answer` and its ids as the custom_id that the gate will take apart again; at most 100 characters."""
    joined = ":".join((route, *map(str, ids)))
    if len(joined) > 100:
        raise ValueError(f"custom_id too long: {joined}")
    return joined


class Card:
    """A Components V2 card, built from top to bottom from values. Each use makes a new one; nothing is kept."""

    def __init__(self) -> None:
        self._container: ui.Container[Any] = ui.Container(accent_colour=CALM)
        self._length = 0
        self._files: list[tuple[str, bytes]] = []
        self._pinged: int | None = None

    def text(self, markdown: str) -> Self:
        """Add a paragraph; what does not fit the card's limit is cut with an ellipsis."""
        markdown = clip(markdown, TEXT_LIMIT - self._length)
        self._length += len(markdown)
        if markdown.strip():  # Discord refuses a blank text
            self._container.add_item(ui.TextDisplay(markdown))
        return self

    def ping(self, role_id: int) -> Self:
        """Call a role. It rings only where `mentions` is sent along, which only delivery does."""
        self._pinged = role_id
        return self.text(f"<@&{role_id}>")

    def line(self) -> Self:
        self._container.add_item(ui.Separator())
        return self

    def buttons(self, *buttons: Button) -> Self:
        """Add a row of up to five buttons."""
        row: ui.ActionRow[Any] = ui.ActionRow()
        for button in buttons:
            row.add_item(
                ui.Button(
                    label=clip(button.label, 80), custom_id=button.id, style=button.style, disabled=button.disabled
                )
            )
        self._container.add_item(row)
        return self

    def turning(self, page: int, last: int, total: str, route: str, *ids: int | str) -> Self:
        """Add where we are in a list of `last` + 1 pages (from 0), and buttons for the page before and after.

        `total` is what there is in all, such as "12 questions". The page is the last id of the route.
        """
        if last == 0:
            return self.text(f"-# {total}")
        return self.text(f"-# Page {page + 1} of {last + 1} · {total}").buttons(
            Button("Back", custom_id(route, *ids, max(page - 1, 0)), disabled=page == 0),
            Button("Next", custom_id(route, *ids, page + 1), disabled=page == last),
        )

    def select(self, id: str, placeholder: str, choices: Sequence[Choice], most: int = 1) -> Self:
        """Add a select of which 1 to `most` of up to 25 choices can be taken."""
        row: ui.ActionRow[Any] = ui.ActionRow()
        row.add_item(_select(id, choices, most, placeholder))
        self._container.add_item(row)
        return self

    def role_select(self, id: str, placeholder: str, chosen: int | None) -> Self:
        """Add a select of one of the server's roles, or none."""
        return self._pick(ui.RoleSelect(**_picker(id, placeholder, chosen)))

    def channel_select(self, id: str, placeholder: str, chosen: int | None) -> Self:
        """Add a select of one of the server's text channels, or none."""
        kinds = [discord.ChannelType.text]
        return self._pick(ui.ChannelSelect(**_picker(id, placeholder, chosen), channel_types=kinds))

    def _pick(self, select: ui.RoleSelect[Any] | ui.ChannelSelect[Any]) -> Self:
        row: ui.ActionRow[Any] = ui.ActionRow()
        row.add_item(select)
        self._container.add_item(row)
        return self

    def picture(self, name: str, png: bytes, alt: str) -> Self:
        """Add a picture; `alt` says the same in words, in at most 1,024 characters."""
        self._files.append((name, png))
        gallery: ui.MediaGallery[Any] = ui.MediaGallery()
        gallery.add_item(media=f"attachment://{name}", description=clip(alt, 1024))
        self._container.add_item(gallery)
        return self

    def file(self, name: str, data: bytes) -> Self:
        """Add a file to download."""
        self._files.append((name, data))
        self._container.add_item(ui.File(f"attachment://{name}"))
        return self

    def leave_files_out(self) -> bool:
        """Take pictures and files off and say so, a picture's words in its place; False if there were none."""
        if not self._files:
            return False
        self._files = []
        taken = [part for part in self._container.children if isinstance(part, ui.MediaGallery | ui.File)]
        for part in taken:
            self._container.remove_item(part)
        told = [item.description for part in taken if isinstance(part, ui.MediaGallery) for item in part.items]
        for words in (*filter(None, told), NO_FILES):
            self.text(f"-# {words}")
        return True

    def files(self) -> list[discord.File]:
        """The pictures and files of this card, to be sent with its view."""
        return [discord.File(io.BytesIO(data), name) for name, data in self._files]

    def mentions(self) -> discord.AllowedMentions:
        """Whom this card may call: the role it pings and nobody else, whatever its texts say."""
        called = discord.AllowedMentions.none()
        if self._pinged is not None:
            called.roles = [discord.Object(self._pinged)]
        return called

    def view(self) -> ui.LayoutView:
        """The card as discord.py sends it, stopped, so that discord.py keeps nothing of it in memory."""
        view = ui.LayoutView(timeout=None)
        view.add_item(self._container)
        view.stop()
        return view


class Form:
    """A modal: text fields and selects, each with a label. What is submitted comes to the route in `id`."""

    def __init__(self, id: str, title: str) -> None:
        self._modal = ui.Modal(title=clip(title, 45), custom_id=id)

    def text(self, markdown: str) -> Self:
        self._modal.add_item(ui.TextDisplay(clip(markdown, TEXT_LIMIT)))
        return self

    def field(
        self,
        id: str,
        label: str,
        hint: str = "",
        longest: int = 100,
        required: bool = True,
        lines: bool = False,
        value: str = "",
        shortest: int | None = None,
    ) -> Self:
        """A text to type, `shortest` to `longest` characters, on one line or several; `value` stands there already."""
        entry: ui.TextInput[Any] = ui.TextInput(
            custom_id=id,
            style=discord.TextStyle.paragraph if lines else discord.TextStyle.short,
            min_length=shortest,
            max_length=longest,
            required=required,
            default=value[:longest] or None,
        )
        self._modal.add_item(ui.Label(text=clip(label, 45), description=clip(hint, 100) or None, component=entry))
        return self

    def select(self, id: str, label: str, choices: Sequence[Choice], most: int = 1, required: bool = True) -> Self:
        """A select of which up to `most` choices can be taken, and none where it is not required."""
        select = _select(id, choices, most, None)
        if not required:
            select.min_values, select.required = 0, False
        self._modal.add_item(ui.Label(text=clip(label, 45), component=select))
        return self

    def modal(self) -> ui.Modal:
        self._modal.stop()
        return self._modal


def _select(id: str, choices: Sequence[Choice], most: int, placeholder: str | None) -> ui.Select[Any]:
    if not 1 <= most <= len(choices) <= 25:
        raise ValueError(f"{len(choices)} choices of which to take {most}: a select shows 1 to 25")
    options = [
        discord.SelectOption(
            label=clip(c.label, 100),
            value=c.value,
            description=clip(c.description or "", 100) or None,
            default=c.chosen,
        )
        for c in choices
    ]
    hint = clip(placeholder or "", 150) or None
    return ui.Select(custom_id=id, options=options, placeholder=hint, min_values=1, max_values=most, required=True)


def _picker(id: str, placeholder: str, chosen: int | None) -> dict[str, Any]:
    defaults = [discord.Object(chosen)] if chosen else []
    return {"custom_id": id, "placeholder": clip(placeholder, 150), "min_values": 0, "default_values": defaults}


def suggest(offers: Iterable[tuple[str, str]], typed: str) -> list[app_commands.Choice[str]]:
    """Up to 25 of the (id, title) offered for a command's option: those whose title holds what was typed."""
    found = [(id, title) for id, title in offers if typed.casefold() in title.casefold()]
    return [app_commands.Choice(name=clip(title, 100), value=id) for id, title in found[:25]]
