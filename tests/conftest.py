"""What every test may ask for."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from storage.db import Database
from tests.build import make_pack
from tests.fresh import open_fresh
from tests.stage import Stage


@pytest.fixture
async def stage(tmp_path: Path, request: pytest.FixtureRequest) -> AsyncIterator[Stage]:
    """A stage with the pack of the test's `pack` mark, or a pack of one question."""
    mark = request.node.get_closest_marker("pack")
    pack = make_pack(*(mark.args if mark else ()), **(mark.kwargs if mark else {}))
    stage = Stage(tmp_path, {pack.id: pack})
    await stage.open()
    yield stage
    await stage.close()


@pytest.fixture
def db(tmp_path: Path) -> Iterator[Database]:
    """A database with all tables and nothing in them."""
    database = open_fresh(tmp_path / "test.db")
    yield database
    database.close()
