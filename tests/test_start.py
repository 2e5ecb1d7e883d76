"""Start-up: everything is checked before the first connection, and what is wrong is one line."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web
from discord.gateway import DiscordWebSocket
from discord.http import Route
from pydantic import SecretStr
from sqlalchemy import text

from bot.config import ConfigFault, DatabaseSettings, Settings
from bot.start import open_database, run_bot
from storage.db import Database
from storage.migrate import migrate

TOKEN = "MTIzNDU2Nzg5MDEyMzQ1Njc4.GabcdE.abcdefghijklmnopqrstuvwxyz-_0123456789"


@dataclass
class Refusing:
    """A Discord that refuses every token, and notes what it was asked."""

    port: int
    asked: list[str]


@pytest.fixture
async def discord_server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Refusing]:
    monkeypatch.setattr(Route, "BASE", Route.BASE)  # run_bot sets them for the whole process
    monkeypatch.setattr(DiscordWebSocket, "DEFAULT_GATEWAY", DiscordWebSocket.DEFAULT_GATEWAY)
    asked: list[str] = []

    async def refuse(request: web.Request) -> web.Response:
        asked.append(f"{request.method} {request.path}")
        return web.json_response({"message": "401: Unauthorized", "code": 0}, status=401)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", refuse)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield Refusing(runner.addresses[0][1], asked)
    await runner.cleanup()


def settings(server: Refusing, database: Path, packs: tuple[Path, ...] = ()) -> Settings:
    values: dict[str, Any] = {
        "DISCORD_TOKEN": SecretStr(TOKEN),
        "OFFRAMP_DATABASE_URL": f"sqlite:///{database}",
        "OFFRAMP_PACKS": packs,
        "OFFRAMP_LOOPBACK_PORT": server.port,
    }
    return Settings(**values)


async def fault(settings: Settings) -> str:
    """The one line with which a start ends."""
    with pytest.raises(ConfigFault) as caught:
        await run_bot(settings, TOKEN)
    assert str(caught.value).splitlines() == [str(caught.value)]
    return str(caught.value)


def test_a_database_that_is_in_use_is_refused_and_free_again_once_closed(tmp_path: Path) -> None:
    settings = DatabaseSettings(OFFRAMP_DATABASE_URL=f"sqlite:///{tmp_path / 'one.db'}")
    first = open_database(settings)
    with pytest.raises(ConfigFault, match="one that another Offramp is using; stop that one first"):
        open_database(settings)
    open_database(settings, alone=False).close()
    first.close()
    open_database(settings).close()


async def test_a_token_that_discord_refuses_is_a_fault_of_the_configuration(
    discord_server: Refusing, tmp_path: Path
) -> None:
    said = await fault(settings(discord_server, tmp_path / "offramp.db"))
    assert said == "DISCORD_TOKEN: expected a token that Discord accepts, found one that it refuses"
    assert discord_server.asked == ["GET /api/v10/users/@me"]


async def test_nothing_connects_before_the_database_is_open(discord_server: Refusing, tmp_path: Path) -> None:
    said = await fault(settings(discord_server, tmp_path))
    assert said == ("OFFRAMP_DATABASE_URL: expected a database I can write to, found unable to open database file")
    assert discord_server.asked == []


async def test_nothing_connects_on_a_database_of_a_newer_version(discord_server: Refusing, tmp_path: Path) -> None:
    db = Database(f"sqlite:///{tmp_path / 'newer.db'}")
    migrate(db)
    db.run(lambda connection: connection.execute(text("UPDATE alembic_version SET version_num = '9998'")))
    db.close()
    said = await fault(settings(discord_server, tmp_path / "newer.db"))
    assert said == ("OFFRAMP_DATABASE_URL: expected a database of this version or an older one, found schema 9998")
    assert discord_server.asked == []


async def test_nothing_connects_with_a_pack_that_has_faults(discord_server: Refusing, tmp_path: Path) -> None:
    pack = tmp_path / "packs" / "bad"
    pack.mkdir(parents=True)
    (pack / "pack.yaml").write_text("id: [\n")
    said = await fault(settings(discord_server, tmp_path / "offramp.db", (tmp_path / "packs",)))
    assert said.startswith("OFFRAMP_PACKS: expected packs without faults, found 1; the first is ")
    assert f"{pack / 'pack.yaml'}:" in said
    assert discord_server.asked == []
    assert not (tmp_path / "offramp.db").exists()
