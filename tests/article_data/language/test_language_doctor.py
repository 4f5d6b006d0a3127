from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import nltk.data
import pytest

from article_data.language.doctor import doctor
from article_data.language.language import Language

NLTK_DATA = Path(__file__).resolve().parents[3] / ".." / "shared" / "data" / "nltk_data"


def test_without_data_it_says_what_is_missing_what_that_costs_and_what_installs_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    findings = {finding.name: finding for finding in doctor(["en", "zh", "bg"])}
    for name in ("punkt_tab", "stopwords"):
        assert not findings[name].is_installed
        assert str(tmp_path) in findings[name].detail
        assert findings[name].command == f"python -m nltk.downloader {name}"
    assert "Snowball" in findings["language en"].detail
    assert "no spaces" in findings["language zh"].detail
    assert "no stemmer" in findings["language bg"].detail


@pytest.mark.skipif(not NLTK_DATA.is_dir(), reason="the shared NLTK data is not here")
def test_with_data_it_says_where_it_was_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(nltk.data, "path", [str(NLTK_DATA)])
    findings = {finding.name: finding for finding in doctor(["en"])}
    assert findings["punkt_tab"].is_installed
    assert "nltk_data" in findings["stopwords"].detail
    assert "english model" in findings["language en"].detail


def test_data_in_the_downloaders_zip_files_is_found_and_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "corpora").mkdir()
    with ZipFile(tmp_path / "corpora" / "stopwords.zip", "w") as archive:
        archive.writestr("stopwords/", "")
        archive.writestr("stopwords/hungarian", "egy\nés\n")
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    assert {finding.name: finding.is_installed for finding in doctor()} == {"punkt_tab": False, "stopwords": True}
    assert Language.open("hu").is_stopword("es")


def test_a_damaged_model_is_passed_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "tokenizers" / "punkt_tab" / "english"
    folder.mkdir(parents=True)
    (folder / "collocations.tab").write_text("only one column\n")
    monkeypatch.setattr(nltk.data, "path", [str(tmp_path)])
    language = Language.open("en")
    assert language.sentence_model == "punkt-plain"
    assert language.sentences("One. Two.") == ["One.", "Two."]
