from __future__ import annotations

import pickle
from collections.abc import Iterable
from functools import reduce

import msgspec
import pytest

from article_data.article import Fact, Kind, Link
from article_data.dump import kinds
from article_data.dump.kinds import KindRules, KindStatistics
from article_data.dump.pages import Page, read_pages
from article_data.wikitext.extract import Extract, Paragraph
from tests.article_data.dump.rough_extract import rough_extract
from tests.article_data.dump.written import ABSENT_DUMPS, SHARED_DUMPS

needs_dumps = pytest.mark.skipif(not SHARED_DUMPS.is_dir(), reason=ABSENT_DUMPS)
Counted = tuple[str, Extract, int]


def prose(
    title: str, chars: int = 5000, *, templates: tuple[str, ...] = (), categories: tuple[str, ...] = ()
) -> Counted:
    extract = Extract(paragraphs=(Paragraph("", "x" * chars),), templates=templates, categories=categories)
    return title, extract, chars


def several(name: str, *, title: str = "", templates: tuple[str, ...] = (), links: tuple[str, ...] = ()) -> Counted:
    """A disambiguation page."""
    targets = links or (f"{name} (river)", f"{name} (film)", f"{name} County", "Elsewhere")
    extract = Extract(
        paragraphs=(Paragraph("", f"{name}:"),),
        links=tuple(Link(target, target) for target in targets),
        templates=templates,
        list_items=len(targets),
        leading_links=len(targets),
    )
    return title or name, extract, len(name) + 1


def enumeration(title: str, count: int = 30, *, categories: tuple[str, ...] = ()) -> Counted:
    """A list page."""
    links = tuple(Link(f"Thing {number}", "") for number in range(count))
    extract = Extract(paragraphs=(), links=links, categories=categories, list_items=count, leading_links=count)
    return title, extract, 0


def learned(pages: Iterable[Counted], templates: Iterable[Page] = ()) -> KindRules:
    statistics = KindStatistics()
    for page in pages:
        statistics.add(*page)
    for template in templates:
        statistics.add_template_page(template)
    return statistics.decide()


def kind_of(page: Counted, *others: Counted, templates: Iterable[Page] = ()) -> Kind:
    return learned([page, *others], templates).kind(*page)


def template(title: str, text: str = "", redirect: str | None = None) -> Page:
    return Page(page_id=1, title=title, ns=10, text=text, redirect=redirect)


def test_alone_a_page_is_told_by_its_shape() -> None:
    assert kind_of(several("Otter")) == "disambiguation"
    assert (
        kind_of(several("ABC", links=("American Broadcasting Company", "Audit Bureau of Circulations")))
        == "disambiguation"
    )
    assert kind_of(several("水獺", links=("水獺屬", "水獺 (電影)", "水獺河"))) == "disambiguation"
    assert kind_of(enumeration("Otters of the world")) == "list"
    assert kind_of(prose("Otter")) == "article"
    assert kind_of(prose("Otter", 300)) == "stub"


def test_a_short_article_with_links_of_its_name_is_not_several_things() -> None:
    assert kind_of(several("Puma concolor", links=("Puma concolor couguar", "Puma concolor cabrerae"))) == "stub"
    title, extract, chars = several("Puma")
    assert kind_of((title, extract, chars)) == "disambiguation"
    section = msgspec.structs.replace(extract, paragraphs=(*extract.paragraphs, Paragraph("Looks", "x" * 200)))
    assert kind_of((title, section, chars + 200)) == "stub"
    boxed = msgspec.structs.replace(extract, facts=(Fact("Family", "Felidae"),))
    assert kind_of((title, boxed, chars)) == "stub"
    in_bracket = several("Chile", links=("Arica (Chile)", "Maule (Chile)", "Aysén (Chile)"))
    assert kind_of(in_bracket) == "stub"


def test_a_chinese_sentence_says_as_much_as_three_times_its_length() -> None:
    extract = Extract(paragraphs=(Paragraph("", "水獺是一種動物。" * 40),))
    assert kind_of(("水獺", extract, 320)) == "article"


@pytest.mark.parametrize("name", ["Многозначность", "Begriffsklärung", "消歧義"])
def test_a_template_of_such_pages_tells_those_that_look_otherwise(name: str) -> None:
    plain = prose("Aa River", 900, templates=(name.lower(),))
    assert kind_of(plain) == "article"
    others = [several(f"Name{number}", templates=(name.lower(),)) for number in range(5)]
    assert kind_of(plain, *others) == "disambiguation"
    long = prose("Long", 9000, templates=(name.lower(),))
    assert kind_of(long, *others, *others) == "article", "what was learned does not take a long article away"


def test_a_template_that_articles_have_too_tells_nothing() -> None:
    page = prose("Otter", templates=("toc right",))
    assert (
        kind_of(page, *(several(f"N{number}", templates=("toc right",)) for number in range(5)), *([page] * 5))
        == "article"
    )


def test_mediawikis_own_sign_tells_without_learning() -> None:
    marked = ("Otter", Extract(paragraphs=(Paragraph("", "x" * 5000),), is_marked_disambiguation=True), 5000)
    assert kind_of(marked) == "disambiguation"
    assert kind_of(prose("Otter", templates=("disambiguation",))) == "disambiguation"
    uses = prose("Otter", templates=("bks",))
    sign = template("Vorlage:Begriffsklärung", "<includeonly>Dies ist __DISAMBIG__</includeonly>")
    short = template("Vorlage:BKS", redirect="Vorlage:Begriffsklärung")
    assert kind_of(uses, templates=[short, sign]) == "disambiguation"
    assert kind_of(uses, templates=[template("Vorlage:BKS", "<noinclude>like __DISAMBIG__</noinclude>")]) == "article"
    assert kind_of(uses, templates=[template("Vorlage:BKS/Doku", "__DISAMBIG__")]) == "article"


def test_a_bracket_of_such_titles_tells() -> None:
    others = [several(f"Видра{number}", title=f"Видра{number} (пояснение)") for number in range(6)]
    assert kind_of(prose("Бобър (пояснение)", 700), *others) == "disambiguation"
    assert kind_of(prose("Бобър (животно)", 700), *others) == "article"


@pytest.mark.parametrize(
    "titles",
    [
        ("Liste der {}", "Liste der Flüsse"),
        ("Список {}", "Список рек"),
        ("{} listesi", "Nehirler listesi"),
        ("{}列表", "河流列表"),
    ],
)
def test_titles_of_lists_tell_those_with_much_prose(titles: tuple[str, str]) -> None:
    pattern, title = titles
    others = [enumeration(pattern.format(name)) for name in ("甲乙", "Berge", "Seen", "Orte", "Inseln", "Moore")]
    assert kind_of(prose(title), *others, prose("Otter of the rivers"), prose("Lake Flüsse")) == "list"
    assert learned(others).kind(*prose("Otter")) == "article"


def test_two_lists_are_enough_where_they_are_filed_as_lists() -> None:
    one = enumeration("List of otters", categories=("Lists of mammals",))
    other = prose("List of rivers", categories=("Lists of places",))
    assert kind_of(other, one) == "list"
    assert kind_of(prose("History of rivers", categories=("History",)), one, other) == "article"


def test_a_category_of_lists_tells_the_shorter_ones() -> None:
    others = [enumeration(f"Otters{number}", categories=("Saroksti",)) for number in range(6)]
    assert kind_of(prose("Rivers", 900, categories=("Saroksti",)), *others) == "list"
    assert kind_of(prose("Rivers", 9000, categories=("Saroksti",)), *others) == "article"


def test_a_template_of_short_pages_tells_stubs_up_to_a_length() -> None:
    stubs = [prose(f"S{number}", 400, templates=("river-stub",)) for number in range(20)]
    articles = [prose(f"A{number}") for number in range(40)]
    assert kind_of(prose("Aa", 1000, templates=("river-stub",)), *stubs, *articles) == "stub"
    assert kind_of(prose("Aa", 1000), *stubs, *articles) == "article"
    assert kind_of(prose("Aa", 2000, templates=("river-stub",)), *stubs, *articles) == "article", "it has grown"
    small_wiki = kind_of(prose("Aa", 1000, templates=("river-stub",)), *stubs)
    assert small_wiki == "article", "where all pages are short the template says nothing"


def test_processes_count_apart_and_agree() -> None:
    pages = [several(f"N{number}", templates=("bks",)) for number in range(6)] + [
        prose(f"A{number}") for number in range(6)
    ]
    signs = [template("T:X", "__DISAMBIG__"), template("T:Y", redirect="T:X")]
    whole = learned(pages, signs)
    parts: list[KindStatistics] = []
    for part in range(3):
        statistics = KindStatistics()
        for page in pages[part::3]:
            statistics.add(*page)
        for sign in signs[part : part + 1]:
            statistics.add_template_page(sign)
        parts.append(pickle.loads(pickle.dumps(statistics)))

    def merged(one: KindStatistics, other: KindStatistics) -> KindStatistics:
        one.merge(other)
        return one

    assert reduce(merged, parts, KindStatistics()).decide() == whole
    sent = msgspec.msgpack.decode(msgspec.msgpack.encode(whole), type=KindRules)
    assert sent == whole
    assert "t:bks" in whole.disambiguation
    assert {"x", "y"} <= whole.known


def test_rare_marks_are_forgotten_before_memory_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kinds, "MAX_MARKS", 50)
    statistics = KindStatistics()
    for number in range(200):
        statistics.add(*several(f"N{number}", templates=("bks", f"once {number}")))
        assert len(statistics.marks) <= 50
    assert "t:bks" in statistics.decide().disambiguation


def kinds_in(name: str) -> dict[str, set[str]]:
    statistics = KindStatistics()
    counted: list[Counted] = []
    with read_pages(SHARED_DUMPS / name) as pages:
        for page in pages:
            if page.ns == 10:
                statistics.add_template_page(page)
            elif page.ns == 0 and page.redirect is None:
                counted.append((page.title, *rough_extract(page.text, pages.site.namespaces)))
                statistics.add(*counted[-1])
    rules = statistics.decide()
    found: dict[str, set[str]] = {}
    for one in counted:
        found.setdefault(rules.kind(*one), set()).add(one[0])
    return found


@needs_dumps
def test_the_english_dumps_disambiguation_and_list_pages_are_found() -> None:
    found = kinds_in("enwiki-106-articles.xml.bz2")
    named = {f"{name} (disambiguation)" for name in ("Aberdeen", "Animal", "Argument", "Asia Minor", "Austin")}
    assert found["disambiguation"] == named | {"Aa River", "Ada", "Alien"}
    assert found["list"] == {"List of Atlas Shrugged characters", "List of anthropologists"}


@needs_dumps
def test_a_small_wikis_own_templates_and_categories_are_learned() -> None:
    found = kinds_in("ltgwiki-full-small.xml.bz2")
    assert {"Process", "Roksts", "Rēzne (zeimeibu škiršona)", "Gersika (zeimeibu škieršona)"} <= found["disambiguation"]
    assert {"Eisynuojumu saroksts", "Latgolys upu saroksts", "Pasauļa vaļsteibu saroksts"} <= found["list"]
    assert "Varšova" not in found["list"], "a city's twin towns"
