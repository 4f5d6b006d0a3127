"""A real dump, from the file to the congratulation: built by the command line's verb, then played at a platform's door."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote

import aiohttp
import asyncpg
import pytest

from ops.simulator import Simulator
from tests.conftest import Database
from tests.scenario.doors import Door
from tests.scenario.house import House, open_core, settings_for

ROOT = Path(__file__).resolve().parents[2]
DUMP = ROOT.parent / "shared" / "data" / "dumps" / "enwiki-106-articles.xml.bz2"


@pytest.mark.skipif(not DUMP.exists(), reason=f"the dump {DUMP.name} is not beside this checkout")
async def test_a_dump_is_built_and_an_article_of_it_is_guessed(
    database: Database, owner: asyncpg.Connection[asyncpg.Record], simulator: Simulator, tmp_path: Path
) -> None:
    store = tmp_path / "articles"
    built = build(store, tmp_path)
    assert built["page_count"] == 106
    assert built["pool_size"] > 80
    assert built["clue_count"] > 8 * built["pool_size"]
    assert built["sources"] == [DUMP.name]

    async with (
        open_core(settings_for(store, simulator.url), database.url) as core,
        aiohttp.ClientSession() as session,
    ):
        house = House(core, simulator, owner, session)
        door = Door(house, "telegram")
        await door.order(door.ana, "play")
        clue = await door.read("Clue 1 of")
        await door.press(door.ana, "Hint", clue)
        hint = await door.read("Clue 2 of")
        title = await house.title(door.address)
        assert title not in clue.text
        assert title not in hint.text
        await door.say(door.ana, title)
        link = f"https://en.wikipedia.org/wiki/{quote(title.replace(' ', '_'), safe='/:(),_-.~!*')}"
        await door.read("Yes, that is it!", title, link)
        await door.nothing_more()
        assert await house.leftovers() == {}
    assert [sent for sent in simulator.record.calls() if sent.error] == []


def build(store: Path, directory: Path) -> dict[str, Any]:
    """The facts that `articles build --json` tells."""
    done = subprocess.run(
        [sys.executable, ROOT / "server.py", "articles", "build", DUMP, "--store", store, "--json"],
        cwd=directory,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    facts: dict[str, Any] = json.loads(done.stdout)
    return facts
