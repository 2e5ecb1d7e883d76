"""`python -m tests.fresh_demo PROGRAM`: the demo of an installation without what only tests need comes up and ends."""

from __future__ import annotations

import asyncio
import json
import signal
import sys

import aiohttp

SECONDS = 60


async def main(program: str) -> None:
    demo = await asyncio.create_subprocess_exec(program, "demo", "--no-browser", stdout=asyncio.subprocess.PIPE)
    assert demo.stdout is not None
    try:
        async with asyncio.timeout(SECONDS), aiohttp.ClientSession(raise_for_status=True) as session:
            address = (await demo.stdout.readline()).decode().strip()
            async with session.get(address):
                await _see_bot_online(session, address)
    finally:
        demo.send_signal(signal.SIGTERM)
        assert await demo.wait() == 0


async def _see_bot_online(session: aiohttp.ClientSession, address: str) -> None:
    """Wait for the bot as the page does; AssertionError if it ends instead."""
    origin = address[: address.index("/", len("http://"))]
    state = {"state": "starting", "note": ""}
    async with session.ws_connect(f"{address}ws", origin=origin) as page:
        while state["state"] == "starting":
            frame = json.loads(await page.receive_str())
            state = frame if frame["t"] == "bot" else state
    assert state["state"] == "online", state["note"]


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1]))
