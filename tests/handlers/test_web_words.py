"""Which language a browser's header asks for."""

from __future__ import annotations

import pytest

from handlers.web_words import wanted_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("de", "de"),
        ("DE-at", "de"),
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("en;q=0.5, de;q=0.8, fr;q=0.7", "de"),
        ("fr;q=0.5, it;q=0.5", "fr"),
        ("en;q=0.2, es", "es"),
        ("nl, zh-Hant-TW;q=0.9, it-CH ; q=0.3", "it"),
        ("de;q=0, it;q=0.1", "it"),
        ("de;q=0", None),
        ("*", None),
        ("*, de;q=0.1", "de"),
        ("deutsch", None),
        ("", None),
        (",;,;q=1", None),
        ("de;q=much, fr;q=0.1", "fr"),
        ("de;q=nan, fr;q=0.1", "fr"),
        ("de;q=, fr;q=0.1", "fr"),
        ("en;q=0.9, de;level=1", "de"),
    ],
)
def test_the_best_of_the_spoken_languages_is_chosen(accepted: str, language: str | None) -> None:
    assert wanted_language(accepted) == language
