from __future__ import annotations

from pathlib import Path

import pytest

from article_data.language.popularity import PopularityError, read_popularity


@pytest.mark.parametrize(
    "content",
    [
        'title,score\nRome,12.5\n"Washington, D.C.",3\nMarie_Curie,1e3\n',
        'Rome,12.5\n"Washington, D.C.",3\nMarie_Curie,1e3',
        "\ufeffRome\t12.5\r\nWashington, D.C.\t3\tmore\r\n\r\nMarie Curie\t1000\r\n",
    ],
)
def test_a_file_is_read_with_or_without_header_by_comma_or_tab(tmp_path: Path, content: str) -> None:
    path = tmp_path / "popularity.csv"
    path.write_text(content, "utf-8", newline="")
    assert list(read_popularity(path)) == [("Rome", 12.5), ("Washington, D.C.", 3.0), ("Marie Curie", 1000.0)]


@pytest.mark.parametrize(
    ("content", "place"),
    [
        (b"Rome,1\nParis,many\n", "line 2"),
        (b"Rome,1\nParis\n", "line 2"),
        (b"title,score\nRome,1\n\n,5\n", "line 4"),
        (b"Rome,1\nParis,nan\n", "line 2"),
        (b"Rome,1\nParis,-3\n", "line 2"),
        (b'Rome,1\n"Paris,3\n', "line 2"),
        (b"Rome,1\n" + b"x" * 5000 + b",1\n", "line 2"),
        (b"Rome,1\nM\xe9xico,2\n", "UTF-8"),
        (b"title,score\n", "no line"),
        (b"", "no line"),
    ],
)
def test_a_bad_line_is_an_error_that_names_file_and_line(tmp_path: Path, content: bytes, place: str) -> None:
    path = tmp_path / "views.csv"
    path.write_bytes(content)
    with pytest.raises(PopularityError, match=f"views.csv.*{place}"):
        list(read_popularity(path))


def test_a_missing_file_is_the_same_kind_of_error(tmp_path: Path) -> None:
    with pytest.raises(PopularityError, match="No such file"):
        list(read_popularity(tmp_path / "none.csv"))
