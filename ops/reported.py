"""The verbs about clues that players reported: what was reported, and giving an article's clues back to the games."""

from __future__ import annotations

from game_state.rows import ReportRow
from game_state.store import Store


async def reported(url: str, limit: int) -> list[ReportRow]:
    """Reported clues, those that most people reported first. Raises StoreError."""
    database = await Store.connect(url, size=1)
    try:
        return await database.list_clue_reports(limit)
    finally:
        await database.close()


async def pardon(url: str, language: str, title: str) -> int:
    """Forget the reports of an article's clues; how many clues had some. Raises StoreError."""
    database = await Store.connect(url, size=1)
    try:
        return await database.pardon_clues(language, title)
    finally:
        await database.close()


def lines(rows: list[ReportRow]) -> list[str]:
    """The rows for people, one a line."""
    if not rows:
        return ["nobody has reported a clue"]
    return [f"{'out ' if row.out else 'in  '} {row.reporters:3} {row.language} {row.title}: {row.clue}" for row in rows]
