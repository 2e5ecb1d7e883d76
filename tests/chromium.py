"""The system's Chromium, for the tests and the pictures that need a real browser."""

from __future__ import annotations

import shutil

# Without these it looks for its maker's hosts at every start; the sandbox needs rights that a container has not.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_chromium() -> str | None:
    """The path of Chromium, or None where it is not installed."""
    return shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
