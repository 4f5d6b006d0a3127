from __future__ import annotations

import pytest

from article_data.dump.pages import DumpError, Site, check_language, read_pages
from article_data.dump.site import wiki_code
from tests.article_data.dump.written import ABSENT_DUMPS, SHARED_DUMPS, dump_xml, page_xml, reading


def site(dbname: str = "", language: str = "", base: str = "") -> Site:
    return Site(dbname=dbname, language=language, base=base)


@pytest.mark.parametrize(
    ("known", "language"),
    [
        (site("enwiki", "en"), "en"),
        (site("enwiki", "en"), "en-GB"),
        (site("zhwiki", "zh"), "zh-Hant"),
        (site("zhwiki", "zh"), "zh_TW"),
        (site("simplewiki", "en"), "simple"),
        (site("simplewiki", "en"), "en"),
        (site("zh_yuewiki", "yue"), "zh-yue"),
        (site("zh_yuewiki", "yue"), "yue"),
        (site("nowiki", "nb"), "no"),
        (site(language="bg"), "bg"),
        (site(), "en"),
        (site("commonswiki"), "de"),
    ],
)
def test_a_dump_of_this_language_or_of_none_passes(known: Site, language: str) -> None:
    check_language(known, language)


@pytest.mark.parametrize(
    ("known", "language", "told"),
    [
        (site("bgwiki", "bg"), "en", r"this is a dump of bgwiki \(bg\), not of 'en': pass --language bg"),
        (site("zh_yuewiki", "yue"), "zh", "pass --language zh-yue"),
        (site("zhwiki", "zh"), "zh-yue", "pass --language zh"),
        (site("enwiki", "en"), "simple", "pass --language en"),
        (site("simplewiki", "en"), "de", "pass --language simple"),
        (site(language="fr"), "en", "a wiki in 'fr', not of 'en': pass --language fr"),
    ],
)
def test_a_dump_of_another_wiki_is_refused_with_what_to_pass(known: Site, language: str, told: str) -> None:
    with pytest.raises(DumpError, match=told):
        check_language(known, language)


@pytest.mark.parametrize(
    ("siteinfo", "attributes", "language", "code"),
    [
        ("<dbname>zh_min_nanwiki</dbname>", "", "zh-min-nan", "zh-min-nan"),
        ("<dbname>simplewiki</dbname>", ' xml:lang="en"', "en", "simple"),
        ("<base>https://ltg.wikipedia.org/wiki/Suoku_puslopa</base>", "", "ltg", "ltg"),
        ("<base>https://wiki.example.org/wiki/Main_Page</base>", "", "", ""),
        ("<dbname>commonswiki</dbname>", "", "", ""),
    ],
)
def test_the_language_is_told_by_whatever_says_it(siteinfo: str, attributes: str, language: str, code: str) -> None:
    pages = reading(dump_xml(page_xml("A"), siteinfo=f"<siteinfo>{siteinfo}</siteinfo>", attributes=attributes))
    next(pages)
    assert (pages.site.language, wiki_code(pages.site)) == (language, code)


@pytest.mark.skipif(not SHARED_DUMPS.is_dir(), reason=ABSENT_DUMPS)
def test_a_real_dump_of_another_wiki_is_refused() -> None:
    with read_pages(SHARED_DUMPS / "bgwiki-3-pages.xml.bz2") as pages:
        next(pages)
        with pytest.raises(DumpError, match="bgwiki"):
            check_language(pages.site, "en")
        check_language(pages.site, "bg")
