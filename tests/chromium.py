"""The system's Chromium, for the tests and the pictures that need a real browser."""

from __future__ import annotations

import os
import shutil

import pytest

NONE_HERE = "No Chromium is installed here, so the page was not tried in a real browser."

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


def require_chromium() -> str:
    """The path of Chromium; without one the test is skipped, and fails where tests are run for everyone."""
    path = find_chromium()
    if path is None:
        if os.environ.get("CI"):
            pytest.fail(NONE_HERE)
        pytest.skip(NONE_HERE)
    return path
