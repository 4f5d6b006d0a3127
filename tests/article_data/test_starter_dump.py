"""The articles that ship with Parlor: what a player may expect of articles/starter.xml.

Owns the promises of the content alone (enough subjects, enough fair clues, names that lead to one subject); how a dump
becomes a store is tested beside it. Reads the file with the standard library only, so that a fault of our own reader
cannot hide a fault of the text. All problems are listed at once: a writer mends them in one go.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from xml.etree import ElementTree

DUMP = Path(__file__).resolve().parents[2] / "articles" / "starter.xml"
NAMESPACE = "{http://www.mediawiki.org/xml/export-0.11/}"

SUBJECTS_MIN = 66
SENTENCES_MIN = 13
CLUES_MIN = 10
"""Sentences that can be shown as they are, because they betray nothing of the title."""
SENTENCE_CHARS = range(50, 201)
SECTIONS = range(2, 5)
"""Those with sentences, without "See also"."""
SEE_ALSO = "\n== See also ==\n"
SEE_ALSO_LINES = range(4, 8)
LINKS = range(4, 11)
"""Other subjects that an article links to: enough to choose from, and not all that there are."""
WAY_STEPS = range(2, 5)
"""Links from the start to a goal that is neither next door nor too far away."""
STARTS_MIN = 65
ALIASES = range(2, 6)
STEM_CHARS = 4
"""Two words that share so many first letters are taken for relatives (Egypt, Egyptian)."""
LITTLE_WORDS = frozenset({"a", "and", "da", "of", "the", "van"})


@dataclass(frozen=True, kw_only=True, slots=True)
class Page:
    """One page of the dump; `target` is the title that a redirect leads to, None for an article."""

    page_id: str
    title: str
    target: str | None
    text: str


def read_pages() -> list[Page]:
    """The pages in the order of the file. Raises ParseError when it is not well-formed XML."""
    pages = []
    for element in ElementTree.parse(DUMP).getroot().iter(f"{NAMESPACE}page"):
        redirect = element.find(f"{NAMESPACE}redirect")
        pages.append(
            Page(
                page_id=element.findtext(f"{NAMESPACE}id", ""),
                title=element.findtext(f"{NAMESPACE}title", ""),
                target=None if redirect is None else redirect.get("title", ""),
                text=element.findtext(f"{NAMESPACE}revision/{NAMESPACE}text", ""),
            )
        )
    return pages


def read_sentences(text: str) -> list[str]:
    """The sentences of an article's text without its markup, in reading order; "See also" has none."""
    plain = re.sub(r"\[\[Category:[^\]]*\]\]", "", text.partition(SEE_ALSO)[0])
    plain = re.sub(r"\[\[(?:[^\]|]*\|)?([^\]|]*)\]\]", r"\1", plain).replace("'''", "")
    paragraphs = [line for line in plain.split("\n") if line and not line.startswith("==")]
    return [sentence for line in paragraphs for sentence in re.split(r"(?<=[.!?])\s+", line.strip())]


def fold(text: str) -> str:
    """Lower case without accents."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", fold(text))


def betrays(sentence: str, title: str) -> bool:
    """Whether a word of the sentence is, or has the stem of, a word of the title."""
    said = words(sentence)
    for name in words(title):
        if name in LITTLE_WORDS or name == "s":
            continue
        if len(name) < STEM_CHARS:
            if name in said or f"{name}s" in said:
                return True
        elif any(word.startswith(name[:STEM_CHARS]) for word in said):
            return True
    return False


def contains_name(sentence: str, name: str) -> bool:
    """Whether the name stands in the sentence as a whole."""
    return f" {' '.join(words(name))} " in f" {' '.join(words(sentence))} "


def find_problems_of_article(page: Page, aliases: list[str]) -> list[str]:
    problems = []
    sentences = read_sentences(page.text)
    bold = re.match(r"(?:The )?'''(.+?)'''", page.text)
    if bold is None or fold(bold[1]) != fold(re.sub(r" \(.*\)$", "", page.title)):
        problems.append("does not begin with its own name in bold")
    if page.text.count("'''") != 2 or page.text.count("''") != 2:
        problems.append("has more apostrophe markup than the bold name")
    if page.text.count("[[") != page.text.count("]]") or re.search(r"[{}<>]", page.text):
        problems.append("has broken links or markup that we do not use")
    if "[[Category:" not in page.text.split("\n")[-1]:
        problems.append("does not end with a category")
    section_count = len(re.findall(r"^== .+ ==$", page.text.partition(SEE_ALSO)[0], re.MULTILINE))
    if section_count not in SECTIONS:
        problems.append(f"has {section_count} sections")
    if len(aliases) not in ALIASES:
        problems.append(f"has {len(aliases)} redirects")
    if len(sentences) < SENTENCES_MIN:
        problems.append(f"has only {len(sentences)} sentences")
    fair = [
        sentence
        for sentence in sentences
        if not betrays(sentence, page.title) and not any(contains_name(sentence, alias) for alias in aliases)
    ]
    if len(fair) < CLUES_MIN:
        problems.append(f"has only {len(fair)} sentences that do not betray it")
    for sentence in sentences:
        if len(sentence) not in SENTENCE_CHARS:
            problems.append(f"has a sentence of {len(sentence)} characters: {sentence}")
        if not sentence.endswith(".") or sentence.startswith("This "):
            problems.append(f"has a sentence that cannot stand alone: {sentence}")
    return [f"{page.title} {problem}" for problem in problems]


def read_links(text: str) -> list[str]:
    """The titles that a text links to, in reading order, as they stand in it but for the first letter's case."""
    targets = re.findall(r"\[\[(?!Category:)([^\]|]+)", text)
    return [target[0].upper() + target[1:] for target in targets]


def find_problems_of_links(page: Page, titles: set[str]) -> list[str]:
    problems = []
    prose, _, after = page.text.partition(SEE_ALSO)
    listed = after.partition("\n\n")[0].split("\n")
    links = read_links(page.text)
    known = [target for target in links if target in titles]
    if len(listed) not in SEE_ALSO_LINES:
        problems.append(f"has {len(listed)} lines of See also")
    problems += [
        f"has in See also what is no subject of ours or stands in its text: {line}"
        for line in listed
        if not (line.startswith("* [[") and line[4:-2] in titles and line[4:-2] not in read_links(prose))
    ]
    if len(set(links)) != len(links) or page.title in links:
        problems.append("links to a subject twice or to itself")
    if len(known) not in LINKS:
        problems.append(f"links to {len(known)} others of ours")
    return [f"{page.title} {problem}" for problem in problems]


def count_steps(start: str, links: dict[str, list[str]]) -> dict[str, int]:
    """For each title that can be reached by links, how many it takes at the least."""
    steps = {start: 0}
    queue = [start]
    for title in queue:
        for target in links[title]:
            if target not in steps:
                steps[target] = steps[title] + 1
                queue.append(target)
    return steps


def find_problems_of_names(pages: list[Page]) -> list[str]:
    problems = []
    articles = {page.title for page in pages if page.target is None}
    subjects_of_name: dict[str, set[str]] = defaultdict(set)
    pages_of_title: dict[str, int] = defaultdict(int)
    for page in pages:
        pages_of_title[page.title.casefold()] += 1
        subjects_of_name[" ".join(words(page.title.removeprefix("The ")))].add(page.target or page.title)
        if re.search(r"[\[\]{}|<>#_]", page.title) or page.title != page.title.strip() or not page.title:
            problems.append(f"{page.title!r} cannot be the title of a page")
        if page.target is not None:
            if page.target not in articles:
                problems.append(f"{page.title} leads to {page.target}, which is no article")
            if page.text != f"#REDIRECT [[{page.target}]]":
                problems.append(f"{page.title} says in its text where it leads differently from its redirect")
    problems += [f"{title} is the title of {count} pages" for title, count in pages_of_title.items() if count > 1]
    problems += [
        f"{name!r} could mean any of {sorted(subjects)}"
        for name, subjects in subjects_of_name.items()
        if len(subjects) > 1
    ]
    if len({page.page_id for page in pages}) != len(pages):
        problems.append("two pages have the same id")
    keys = [(fold(page.title), page.title) for page in pages]
    problems += [f"{after[1]} comes too late" for before, after in pairwise(keys) if before > after]
    return problems


def test_the_starter_articles_are_enough_and_fair_to_players() -> None:
    pages = read_pages()
    articles = [page for page in pages if page.target is None]
    aliases_of_title: dict[str, list[str]] = defaultdict(list)
    for page in pages:
        if page.target is not None:
            aliases_of_title[page.target].append(page.title)

    problems = find_problems_of_names(pages)
    if len(articles) < SUBJECTS_MIN:
        problems.append(f"only {len(articles)} subjects")
    titles_of_sentence: dict[str, list[str]] = defaultdict(list)
    for page in articles:
        problems += find_problems_of_article(page, aliases_of_title[page.title])
        for sentence in read_sentences(page.text):
            titles_of_sentence[" ".join(words(sentence))].append(page.title)
    problems += [f"{titles} share: {said}" for said, titles in titles_of_sentence.items() if len(titles) > 1]

    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems)


def test_there_is_a_way_by_links_from_one_starter_article_to_another() -> None:
    articles = [page for page in read_pages() if page.target is None]
    titles = {page.title for page in articles}
    problems = [problem for page in articles for problem in find_problems_of_links(page, titles)]
    links = {page.title: [target for target in read_links(page.text) if target in titles] for page in articles}
    steps = {title: count_steps(title, links) for title in titles}
    problems += [
        f"{title} leads to {len(found)} subjects only" for title, found in steps.items() if found.keys() != titles
    ]
    good_starts = [title for title, found in steps.items() if any(count in WAY_STEPS for count in found.values())]
    if len(good_starts) < STARTS_MIN:
        problems.append(f"only {len(good_starts)} subjects have a goal at a good distance")
    ways = [count for found in steps.values() for count in found.values() if count]
    good_share = sum(count in WAY_STEPS for count in ways) / len(ways)
    if good_share < 0.8:
        problems.append(f"only {good_share:.0%} of the ways have a good length")

    assert not problems, f"{len(problems)} problems\n" + "\n".join(problems)
