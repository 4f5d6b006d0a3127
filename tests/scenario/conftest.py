"""The scenarios' fixtures: the starter articles, built once, and for each test a house of its own."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import asyncpg
import pytest

from article_data.build.building import build
from ops.simulator import Simulator
from tests.conftest import Database
from tests.scenario.house import House, open_core, settings_for

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def article_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The store that `make run` builds, and a few articles in German beside it."""
    store = tmp_path_factory.mktemp("articles")
    build([ROOT / "articles" / "starter.xml"], store, language="en")
    build([ROOT / "tests" / "german" / "starter.de.xml"], store, language="de", workers=1)
    return store


@pytest.fixture
async def simulator() -> AsyncIterator[Simulator]:
    """All platforms' APIs."""
    async with Simulator() as running:
        yield running


@pytest.fixture
async def house(
    database: Database,
    owner: asyncpg.Connection[asyncpg.Record],
    simulator: Simulator,
    article_store: Path,
) -> AsyncIterator[House]:
    """A core with every door, ready."""
    async with (
        open_core(settings_for(article_store, simulator.url), database.url) as core,
        aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True)) as session,
    ):
        yield House(core, simulator, owner, session)
