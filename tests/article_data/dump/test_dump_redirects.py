from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Iterable
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.dump.pages import Page, read_pages
from article_data.dump.redirects import MAX_ALIASES, Redirects, RedirectWriter
from article_data.dump.titles import normal_title, title_hash, title_hashes
from tests.article_data.dump.written import ABSENT_DUMPS, SHARED_DUMPS

needs_dumps = pytest.mark.skipif(not SHARED_DUMPS.is_dir(), reason=ABSENT_DUMPS)


def redirect(title: str, target: str, text: str = "", section: str = "") -> Page:
    return Page(
        page_id=1, title=title, ns=0, redirect=target, redirect_section=section, text=f"#REDIRECT [[{target}]] {text}"
    )


def written(folder: Path, pages: Iterable[Page]) -> Redirects:
    writer = RedirectWriter(folder)
    for page in pages:
        writer.add(page)
    writer.close()
    return Redirects(folder)


def test_ends_are_followed_through_double_redirects(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        [
            redirect("Lutrine", "Lutra"),
            redirect("Lutra", "Otter"),
            redirect("Loop one", "Loop two"),
            redirect("Loop two", "Loop one"),
            redirect("Into the loop", "Loop one"),
            redirect("Self", "Self"),
            Page(page_id=2, title="Template:Lutra", ns=10, redirect="Template:Otter"),
            Page(page_id=3, title="Otter", ns=0, text="An otter."),
        ],
    )
    assert found.count == 6, "redirects of other namespaces and pages are none"
    assert found.end_of("Lutrine") == "Otter"
    assert found.end_of("lutrine_ ") == "Otter", "as a link may write it"
    assert found.end_of("Otter") == "Otter"
    assert found.end_of("Absent page") == "Absent page"
    for title in ("Loop one", "Loop two", "Into the loop", "Self"):
        assert found.end_of(title) == title, "circles end"
    hashes = title_hashes(["Lutrine", "Lutra", "Otter", "Loop one", "Self", "Absent page"])
    assert (
        found.ends_of(hashes).tolist()
        == title_hashes(["Otter", "Otter", "Otter", "Loop one", "Self", "Absent page"]).tolist()
    )


def test_a_name_is_what_leads_to_the_whole_page(tmp_path: Path) -> None:
    found = written(
        tmp_path,
        [
            redirect("Lutra", "Otter"),
            redirect("Otter (mammal)", "Otter"),
            redirect("Common otter (Lutra)", "Otter"),
            redirect("Lutrine", "Lutra"),
            redirect("Oter", "Otter", "{{R from misspelling}}"),
            redirect("OTTER", "Otter", "{{Redr|from other capitalisation|unprintworthy}}"),
            redirect("Eurasian river otter", "Otter", "{{rcat shell|\n{{R from alternative name}}\n}}"),
            redirect("Water weasel", "Otter", "{{R from merge}}{{R from alternative name}}"),
            redirect("Otter hunting", "Otter", section="Hunting"),
            redirect("Otter/History", "Otter"),
            redirect("Otter den", "Otter", "{{R from subtopic}}"),
            redirect("Otter film", "Otter", "{{Redr|to section|with possibilities}}"),
            redirect("Otter fur", "Otter", "{{Redirect from related topic}}"),
            redirect("Otter fur trade", "Otter fur"),
            redirect("Loop", "Loop"),
        ],
    )
    assert found.aliases_of("Otter") == (
        *("Eurasian river otter", "Lutra", "Lutrine", "Water weasel"),
        *("Common otter", "OTTER", "Oter"),
    )
    assert found.aliases_of("otter") == found.aliases_of("Otter")
    assert found.aliases_of("Lutra") == found.aliases_of("Loop") == found.aliases_of("Absent") == ()


def test_a_title_that_is_there_twice_counts_once_as_it_was_last(tmp_path: Path) -> None:
    found = written(tmp_path, [redirect("A", "Old"), redirect("B", "C"), redirect("A", "New")])
    assert (found.count, found.end_of("A"), found.aliases_of("Old")) == (2, "New", ())


def test_the_plain_names_are_kept_where_there_are_too_many(tmp_path: Path) -> None:
    pages = [redirect(f"A misspelling {number}", "End", "{{R from misspelling}}") for number in range(MAX_ALIASES)]
    found = written(tmp_path, [*pages, redirect("Zebra", "End")]).aliases_of("End")
    assert len(found) == MAX_ALIASES
    assert found[0] == "Zebra"
    assert list(found[1:]) == sorted(found[1:])


def test_no_redirects_are_no_fault(tmp_path: Path) -> None:
    found = written(tmp_path, [])
    assert (found.count, found.end_of("A"), found.aliases_of("A")) == (0, "A", ())
    assert found.ends_of(title_hashes(["A"])).tolist() == [title_hash("A")]


def test_a_long_chain_is_followed_to_its_end(tmp_path: Path) -> None:
    found = written(tmp_path, (redirect(f"Page {number}", f"Page {number + 1}") for number in range(3000)))
    assert found.end_of("Page 0") == "Page 3000"
    assert found.ends_of(title_hashes(["Page 1500"])).tolist() == [title_hash("Page 3000")]


TITLE = st.integers(0, 30).map(lambda number: f"T{number}")


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.dictionaries(TITLE, TITLE, max_size=30), st.sampled_from([1, 4, 1 << 19]))
def test_it_is_a_dictionary_that_follows(targets: dict[str, str], block: int) -> None:
    def end(title: str) -> str:
        seen = [title]
        while seen[-1] in targets:
            if targets[seen[-1]] in seen:
                return title
            seen.append(targets[seen[-1]])
        return seen[-1]

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        patch.setattr("article_data.dump.redirect_order._BLOCK", block)
        found = written(Path(folder), [redirect(*pair) for pair in targets.items()])
        titles = [f"T{number}" for number in range(32)]
        ends = [end(title) for title in titles]
        assert [found.end_of(title) for title in titles] == ends
        assert found.ends_of(title_hashes(titles)).tolist() == title_hashes(ends).tolist()
        for title in titles:
            names = sorted(name for name in targets if end(name) == title != name)
            assert found.aliases_of(title) == tuple(names)


def test_titles_are_the_same_however_a_link_writes_them() -> None:
    for written_so in ("Otter pond", "otter_pond", " otter  pond_", "Otter_ pond"):
        assert normal_title(written_so) == "Otter pond"
        assert title_hash(written_so) == title_hash("Otter pond")
    assert normal_title("über") == "Über"
    assert normal_title("ßtraße") == "ßtraße", "no letter becomes two"
    assert normal_title("საქართველო") == "საქართველო", "Georgian titles have small letters alone"
    assert title_hash("OTTER pond") != title_hash("Otter pond"), "but for the first letter, case tells pages apart"


@settings(derandomize=True, deadline=None, max_examples=40)
@given(st.lists(st.text(max_size=20), max_size=8))
def test_hashes_are_the_same_one_by_one_and_in_a_row(titles: list[str]) -> None:
    hashes = title_hashes(titles)
    assert hashes.dtype == np.uint64
    assert hashes.tolist() == [title_hash(title) for title in titles]
    assert all(title_hash(normal_title(title)) == title_hash(title) for title in titles)


def test_hashes_are_the_same_in_all_processes() -> None:
    assert title_hash("Otter") == 0x676C7260848481E1


MEASURED = """
import sys
from pathlib import Path
from article_data.dump.pages import Page
from article_data.dump.redirects import Redirects, RedirectWriter
def private():
    return next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("RssAnon"))
writer = RedirectWriter(Path(sys.argv[1]))
before = private()
for number in range(100_000):
    writer.add(Page(page_id=number, title=f"Redirect {number}", ns=0, redirect=f"Page {number // 3}"))
added = private()
writer.close()
found = Redirects(Path(sys.argv[1]))
assert found.end_of("Redirect 6") == "Page 2" and len(found.aliases_of("Page 2")) == 3
print(added - before, private() - before)
"""


def test_redirects_are_not_held_in_memory(tmp_path: Path) -> None:
    run = subprocess.run([sys.executable, "-c", MEASURED, str(tmp_path)], capture_output=True, text=True, check=True)
    added, opened = map(int, run.stdout.split())
    assert added < 15_000, "KB: what waits to be written; in a dictionary they would be 30,000"
    assert opened < 30_000, "KB: and the sorting of one block"


@needs_dumps
@pytest.mark.parametrize(
    ("name", "count", "inside", "title", "aliases"),
    [
        ("ltgwiki-full-small", 147, 141, "Latveja", ("Latvejis Republika", "Latvija")),
        ("enwiki-106-articles", 99, 13, "Analysis of variance", ("ANOVA", "Analysis of Variance")),
        ("enwiki-2025-tiny-schema-0.11", 64, 0, "Anarchism", ()),
    ],
)
def test_the_real_dumps_redirects_end_where_they_should(
    tmp_path: Path, name: str, count: int, inside: int, title: str, aliases: tuple[str, ...]
) -> None:
    pages = [page for page in read_pages(SHARED_DUMPS / f"{name}.xml.bz2") if page.ns == 0]
    found = written(tmp_path, pages)
    articles = {page.title for page in pages if page.redirect is None}
    assert found.count == count
    assert sum(found.end_of(page.title) in articles for page in pages if page.redirect is not None) == inside
    assert found.aliases_of(title) == aliases
