from __future__ import annotations

import io
import tracemalloc
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from article_data.dump.folding import MAX_TEXT_CHARS
from article_data.dump.pages import read_pages
from tests.article_data.dump.written import ABSENT_DUMPS, SHARED_DUMPS, dump_xml, page_xml, read, reading

needs_dumps = pytest.mark.skipif(not SHARED_DUMPS.is_dir(), reason=ABSENT_DUMPS)
SITEINFO = """<siteinfo><sitename>Википедија</sitename><dbname>mkwiki</dbname>
<base>https://mk.wikipedia.org/wiki/Main</base><case>first-letter</case><namespaces>
<namespace key="0" case="first-letter" /><namespace key="10" case="first-letter">Предлошка</namespace>
<namespace key="2" case="first-letter">Корисник</namespace></namespaces></siteinfo>"""
TEXTS = st.text(
    st.characters(exclude_categories=["Cs", "Cc", "Cn"], include_characters="\n\t", exclude_characters="\ufffe\uffff"),
    max_size=60,
)


@pytest.mark.parametrize("schema", ["0.3", "0.4", "0.5", "0.6", "0.7", "0.8", "0.9", "0.10", "0.11", ""])
@pytest.mark.parametrize("siteinfo", [SITEINFO, ""])
def test_every_schema_reads_the_same(schema: str, siteinfo: str) -> None:
    ns = (lambda number: number) if schema not in ("0.3", "0.4", "0.5") else (lambda number: None)
    template, colon, article = read(
        dump_xml(
            page_xml("Template:Otter", ns=ns(10)),
            page_xml("Otter: the film", ns=ns(0)),
            page_xml("Otter_pond", "An '''otter pond''' & <b>more</b>.", ns=ns(0)),
            schema=schema,
            siteinfo=siteinfo,
        )
    )
    assert (template.ns, colon.ns, article.ns) == (10, 0, 0)
    assert (article.title, article.text) == ("Otter pond", "An '''otter pond''' & <b>more</b>.")


def test_old_dumps_tell_namespaces_by_the_wikis_own_names() -> None:
    titles = ("Предлошка:Видра", "корисник:Бобри", "Тема:Видра", "File:Видра")
    pages = read(dump_xml(*(page_xml(title, ns=None) for title in titles), siteinfo=SITEINFO))
    assert [page.ns for page in pages] == [10, 2, 0, 6]


def test_the_site_is_known_with_the_first_page() -> None:
    pages = reading(dump_xml(page_xml("Видра"), siteinfo=SITEINFO, attributes=' xml:lang="mk"'))
    assert pages.site.dbname == ""
    next(pages)
    assert (pages.site.dbname, pages.site.language, pages.site.name) == ("mkwiki", "mk", "Википедија")
    assert pages.site.namespaces == {0: "", 10: "Предлошка", 2: "Корисник"}
    silent = reading(dump_xml(page_xml("A")))
    next(silent)
    assert (silent.site.dbname, silent.site.language, silent.site.namespaces[10]) == ("", "", "Template")


@pytest.mark.parametrize(
    ("text", "target", "section"),
    [
        ("#REDIRECT [[Otter pond]]", "Otter pond", ""),
        ("#redirect: [[otter_pond#Life|x]]\n{{R to section}}", "otter pond", "Life"),
        ("\n #REDIRECT [[:Category:Otters]] {{R from move}} and some words", "Category:Otters", ""),
        ("#WEITERLEITUNG [[Fischotter]]", "Fischotter", ""),
        ("#перенаправление [[Выдра]]\n[[Категория:Звери]]", "Выдра", ""),
        ("#重定向 [[水獺]]", "水獺", ""),
        ("#पुनर्प्रेषित [[ऊदबिलाव]]", "ऊदबिलाव", ""),
        ("#תחליף [[לוטרה]]", "לוטרה", ""),
        ("#REDIRECT [[AT&amp;T]]", "AT&T", ""),
        ("#REDIRECT [[Caf%C3%A9]]", "Café", ""),
    ],
)
def test_a_redirect_is_told_by_its_text_in_any_language(text: str, target: str, section: str) -> None:
    (page,) = read(dump_xml(page_xml("Pond", text)))
    assert (page.redirect, page.redirect_section) == (target, section)


@pytest.mark.parametrize(
    "text",
    [
        "# [[Otter]]\n# [[Beaver]]",
        "#Otter [[Lutra]] lives here\n#Beaver [[Castor]] too",
        "#Otter [[Lutra]]\n#Beaver [[Castor]]",
        "#REDIRECT",
        "An otter. #REDIRECT [[Beaver]]",
        "",
    ],
)
def test_a_list_is_no_redirect(text: str) -> None:
    (page,) = read(dump_xml(page_xml("Pond", text)))
    assert page.redirect is None


def test_the_redirect_element_wins_and_may_have_no_title() -> None:
    with_title, without, to_nothing = (
        page_xml("A", "#REDIRECT [[wrong#Part]]", redirect="Right"),
        page_xml("B", "#REDIRECT [[Right]]").replace("<id>1</id>", "<id>1</id><redirect />"),
        page_xml("C", "gone").replace("<id>1</id>", "<id>1</id><redirect />"),
    )
    pages = reading(dump_xml(with_title, without, to_nothing))
    assert [(page.title, page.redirect, page.redirect_section) for page in pages] == [
        ("A", "Right", "Part"),
        ("B", "Right", ""),
    ]
    assert pages.skipped == {"redirect to nothing": 1}


def test_the_newest_revision_counts_and_other_elements_do_not() -> None:
    (page,) = read(
        dump_xml(
            "<page><title>A</title><ns>0</ns><id>7</id><discussionthreadinginfo><title>wrong</title></discussionthreadinginfo>"
            "<revision><id>1</id><model>json</model><text>old</text></revision>"
            "<revision><id>9</id><contributor><username>u</username><id>8</id></contributor><comment>c</comment>"
            "<model>wikitext</model><text>new</text><content><role>extra</role><model>json</model><text>{}</text></content>"
            "</revision></page>"
        )
    )
    assert (page.page_id, page.text) == (7, "new")


def test_what_is_no_wikitext_is_no_article() -> None:
    pages = reading(
        dump_xml(
            page_xml("A.json", "{}", model="json"),
            page_xml("Module:M", "return 1", ns=828, model="Scribunto"),
            page_xml("B"),
        )
    )
    assert [page.title for page in pages] == ["Module:M", "B"]
    assert pages.skipped == {"not wikitext": 1}


def test_deleted_text_is_empty_and_lost_text_is_counted() -> None:
    deleted = "<page><title>A</title><ns>0</ns><id>1</id><revision><text deleted='deleted' /></revision></page>"
    lost = "<page><title>B</title><ns>0</ns><id>1</id><revision><text id='5' bytes='300' /></revision></page>"
    pages = reading(dump_xml(deleted, lost))
    assert [(page.title, page.text) for page in pages] == [("A", "")]
    assert pages.skipped == {"text not in the dump": 1}


@pytest.mark.parametrize("joint", ["", "\n\n", '\n<?xml version="1.0" encoding="utf-8"?>\n', "<!-- part 2 -->"])
@pytest.mark.parametrize("start", ["", "\n ", '<?xml version="1.0"?>\n', '\n<?xml version="1.0"?>', "\ufeff"])
def test_bare_pages_need_no_root(start: str, joint: str) -> None:
    data = (start + joint.join(page_xml(title) for title in "ABC")).encode()
    assert [page.title for page in read(data)] == ["A", "B", "C"]


def test_several_dumps_in_one_stream_are_read_on() -> None:
    data = (
        dump_xml(page_xml("A"), siteinfo=SITEINFO)
        + b'<?xml version="1.0"?>'
        + dump_xml(page_xml("B"), siteinfo=SITEINFO)
    )
    assert [page.title for page in read(data)] == ["A", "B"]


def test_documents_that_meet_at_a_reads_border_are_told_apart() -> None:
    first = page_xml("A", "x" * 262_100)
    for filling in range(0, 400, 7):
        data = (first + " " * filling + page_xml("B")).encode()
        assert [page.title for page in read(data)] == ["A", "B"]


@settings(derandomize=True, deadline=None, max_examples=50)
@given(st.lists(st.tuples(TEXTS.filter(lambda title: bool(title.replace("_", " ").split())), TEXTS), max_size=6))
def test_any_text_comes_through(pages: list[tuple[str, str]]) -> None:
    found = read(dump_xml(*(page_xml(title, "." + text) for title, text in pages)))
    assert [page.text for page in found] == ["." + text for _, text in pages]
    assert [page.title for page in found] == [" ".join(title.replace("_", " ").split()) for title, _ in pages]


def test_a_page_too_long_is_skipped_and_never_held(tmp_path: Path) -> None:
    path = tmp_path / "long.xml"
    with path.open("wb") as file:
        file.write(b"<mediawiki>" + page_xml("Before").encode())
        file.write(b"<page><title>Long</title><ns>0</ns><id>1</id><revision><text>")
        for _ in range(50):
            file.write(b"word " * ((1 << 20) // 5))
        file.write(b"</text></revision></page>" + page_xml("After").encode() + b"</mediawiki>")
    tracemalloc.start()
    pages = read_pages(path)
    assert [page.title for page in pages] == ["Before", "After"]
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert pages.skipped == {"too long": 1}
    assert peak < 3 * MAX_TEXT_CHARS, "50 MB of text are never whole in memory"


def test_memory_stays_flat(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    path.write_bytes(dump_xml(*(page_xml("T", "word " * 4000) for _ in range(800))))
    tracemalloc.start()
    with read_pages(path) as pages:
        count = sum(1 for _ in pages)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert count == 800
    assert peak < 12 << 20, "16 MB of XML are read in the read-ahead's few"


def test_it_can_be_left_early(tmp_path: Path) -> None:
    path = tmp_path / "big.xml"
    path.write_bytes(dump_xml(*(page_xml("T", "word " * 40_000) for _ in range(100))))
    with read_pages(path) as pages:
        next(pages)
        assert pages.bytes_read < path.stat().st_size, "the reader does not run away from its user"
    assert list(pages) == []
    stream = io.BytesIO(path.read_bytes())
    next(read_pages(stream))


@needs_dumps
def test_the_real_dumps_hold_what_they_are_said_to() -> None:
    def count(name: str) -> tuple[int, int, str, str]:
        pages = read_pages(SHARED_DUMPS / name)
        kinds = Counter(page.redirect is None for page in pages if page.ns == 0)
        assert not pages.skipped
        return kinds[True], kinds[False], pages.site.dbname, pages.site.language

    assert count("enwiki-106-articles.xml.bz2") == (106, 99, "enwiki", "en")
    assert count("enwiki-2025-tiny-schema-0.11.xml.bz2") == (6, 64, "", "")
    assert count("ltgwiki-full-small.xml.bz2") == (903, 147, "ltgwiki", "ltg")
    assert count("bgwiki-3-pages.xml.bz2") == (1, 0, "bgwiki", "bg")
    assert count("zhwiki-23-articles.xml.bz2") == (23, 0, "zhwiki", "zh")
