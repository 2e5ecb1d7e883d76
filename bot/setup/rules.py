"""Setup decides: what each missing permission breaks, in words."""

from __future__ import annotations

from collections.abc import Collection

LIMITS = (0, 1, 3, 5, 10, 20)  # suggestions of one person a day
APPROVAL = {
    "off": "Shown at once",
    "new": "New members' wait for a moderator",
    "all": "Everybody's wait for a moderator",
}
MOST = 25  # choices that a select shows
SHOWN = 8  # channels with something missing that fit a card

ROUNDS = {
    "view_channel": ("View Channel", "I can't see the channel, so no round can be held there"),
    "send_messages": ("Send Messages", "I can't post questions, so no round can be held there"),
    "create_public_threads": ("Create Public Threads", "rounds and debates can't have a thread of their own"),
    "send_messages_in_threads": ("Send Messages in Threads", "a round in a thread can't ask anything"),
    "read_message_history": ("Read Message History", "after a crash a card may be posted twice"),
    "attach_files": ("Attach Files", "the podium at the end of a season has no picture and can't be posted"),
}
REVIEW = {
    "view_channel": ("View Channel", "suggestions and reports can't be announced there"),
    "send_messages": ("Send Messages", "suggestions and reports can't be announced there"),
    "read_message_history": ("Read Message History", "after a crash a notice may be posted twice"),
}
SCHEDULES = {
    "view_channel": ("View Channel", "what is to start there by itself can't, and its schedule pauses"),
    "send_messages": ("Send Messages", "what is to start there by itself can't, and its schedule pauses"),
    "read_message_history": ("Read Message History", "after a crash a card may be posted twice"),
}
THREADS = {
    "create_public_threads": ("Create Public Threads", "its rounds can't have threads, and their schedule pauses"),
    "send_messages_in_threads": (
        "Send Messages in Threads",
        "its rounds can't ask in threads, and their schedule pauses",
    ),
}
OPTIONAL = {
    "manage_guild": (
        "Manage Server",
        "what members write is checked by my own list of words, and not by this server's AutoMod rules",
    ),
    "create_events": ("Create Events", "scheduled rounds can't also stand as a Discord event"),
    "manage_channels": ("Manage Channels", "where several people flag something, I can't slow the channel down"),
    "manage_threads": ("Manage Threads", "where several people flag something, I can't slow the thread down"),
}


def list_missing(needed: dict[str, tuple[str, str]], held: Collection[str]) -> list[str]:
    """One line for each permission that is needed and not held: its name, and what it breaks."""
    return [f"- **{name}** is missing: {breaks}." for id, (name, breaks) in needed.items() if id not in held]
