"""The doctor says which languages bots speak and the store does not, whatever game a bot begins with."""

from __future__ import annotations

from pathlib import Path

import pytest

from ops import doctor
from ops.settings import CredentialNames, load
from tests.article_data.reader.stored import publish_build


@pytest.mark.parametrize(("game", "ok"), [("guess", False), ("letters", False), ("twenty", False), ("echo", True)])
def test_a_game_needs_articles_in_its_language(tmp_path: Path, game: str, ok: bool) -> None:
    publish_build(tmp_path / "articles")
    environ = {
        "PARLOR_ARTICLES__STORE": str(tmp_path / "articles"),
        "PARLOR_BOTS__QUIZ__PLATFORM": "web",
        "PARLOR_BOTS__QUIZ__LANGUAGE": "pt",
        "PARLOR_BOTS__QUIZ__GAME": game,
    }
    names = {"web": CredentialNames(required=(), optional=())}
    settings = load(None, environ, credentials=names, games=("guess", "letters", "twenty", "echo"))
    found = doctor._articles(settings)
    assert found.ok is ok
    assert ok or "bots speak pt" in found.says
