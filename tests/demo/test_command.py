"""`offramp demo` from the outside: the address, the page, and nothing left behind."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
import time
from pathlib import Path

import aiohttp
import pytest
from click.testing import CliRunner

from bot.demo.child import Child
from bot.demo.command import UNAVAILABLE, demo
from tests.socket_world import SocketWorld

linux_only = pytest.mark.skipif(sys.platform != "linux", reason="only Linux can tie a child to its parent's life")


async def start_demo(*options: str) -> asyncio.subprocess.Process:
    return await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "bot", "demo", "--no-browser", *options),
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )


async def address(process: asyncio.subprocess.Process) -> str:
    assert process.stdout is not None
    return (await process.stdout.readline()).decode().strip()


def gone(pid: int) -> bool:
    """Whether the process ends within ten seconds; one that waits to be reaped has ended."""
    for _ in range(1000):
        state = Path(f"/proc/{pid}/stat")
        if not state.exists() or state.read_text().split()[2] == "Z":
            return True
        time.sleep(0.01)
    return False


def children(pid: int) -> list[int]:
    return [int(child) for child in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


@linux_only
async def test_the_demo_serves_its_page_and_ends_with_its_bot(tmp_path: Path) -> None:
    process = await start_demo("--keep", str(tmp_path / "kept.db"))
    url = await address(process)
    async with aiohttp.ClientSession() as session, session.get(url) as page:
        assert page.status == 200
    (bot,) = children(process.pid)
    process.send_signal(signal.SIGTERM)
    assert await process.wait() == 0
    assert await asyncio.to_thread(gone, bot)


@linux_only
async def test_the_bot_does_not_outlive_a_killed_demo() -> None:
    process = await start_demo()
    await address(process)
    (bot,) = children(process.pid)
    process.kill()
    await process.wait()
    assert await asyncio.to_thread(gone, bot)


def test_without_its_extra_the_demo_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "simcord", None)
    result = CliRunner().invoke(demo, ["--no-browser"])
    assert (result.exit_code, result.output) == (
        UNAVAILABLE,
        "the demo needs its extra: pip install 'offramp[demo]'\n",
    )


async def test_a_port_in_use_is_named(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "demo", "--no-browser", "--port", port),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
        )
        _, said = await process.communicate()
    assert process.returncode == 1
    assert f"port {port} can't be used" in said.decode()


async def test_a_bot_that_ends_by_itself_is_not_started_again(tmp_path: Path) -> None:
    child = Child((sys.executable, "-c", "raise SystemExit(3)"), {})
    changes: asyncio.Queue[tuple[bool, int | None]] = asyncio.Queue()
    child.changed = lambda: changes.put_nowait((child.pid is not None, child.exit_code))
    await child.start()
    async with asyncio.timeout(10):
        assert await changes.get() == (True, None)
        assert await changes.get() == (False, 3)
    assert child.pid is None


async def test_a_world_whose_bot_cannot_start_says_so(tmp_path: Path) -> None:
    world = SocketWorld(tmp_path, argv=(sys.executable, "-c", "import sys; print('oh'); sys.exit(78)"))
    with pytest.raises(AssertionError, match="the bot ended while it was starting"):
        await world.__aenter__()
    assert world.tail() == "oh"


async def test_two_presses_on_restart_leave_one_process(tmp_path: Path) -> None:
    child = Child((sys.executable, "-c", "import time; time.sleep(60)"), {})
    await child.start()
    await asyncio.gather(child.restart(), child.restart(), child.start())
    pid = child.pid
    assert pid is not None
    os.kill(pid, 0)
    await child.kill()
    assert (child.pid, child.exit_code) == (None, -signal.SIGKILL)
