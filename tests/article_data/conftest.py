from __future__ import annotations

from pathlib import Path
from xml.sax.saxutils import escape

import pytest

from article_data.article import Article
from article_data.store.build import Build
from article_data.store.codec import decode_article
from article_data.store.manifest import read_current

SUBJECTS = ("Otter", "Beaver", "Heron", "Kingfisher", "Salamander", "Dragonfly")


def page(title: str, text: str = "", *, redirect: str = "") -> str:
    """One page of a dump."""
    mark = f'<redirect title="{escape(redirect)}" />' if redirect else ""
    text = text or f"#REDIRECT [[{redirect}]]"
    return (
        f"<page><title>{escape(title)}</title><ns>0</ns><id>1</id>{mark}"
        f"<revision><text>{escape(text)}</text></revision></page>"
    )


DETAILS = {
    "Otter": ("Rhine", "Basel", "1820", "trout", "whistling", "Linnaeus"),
    "Beaver": ("Danube", "Vienna", "1851", "willow bark", "slapping", "Buffon"),
    "Heron": ("Loire", "Nantes", "1793", "frogs", "croaking", "Audubon"),
    "Kingfisher": ("Ebro", "Zaragoza", "1904", "minnows", "rattling", "Gould"),
    "Salamander": ("Vistula", "Cracow", "1888", "earthworms", "squeaking", "Laurenti"),
    "Dragonfly": ("Volga", "Kazan", "1937", "mosquitoes", "buzzing", "Fabricius"),
}
"""What sets each subject apart: without it no clue would lead to one of them."""


def article(subject: str) -> str:
    """Wikitext of eight sentences that make clues."""
    river, city, year, food, sound, author = DETAILS.get(subject, DETAILS["Otter"])
    low = subject.lower()
    return (
        f"The '''{low}''' is an animal that lives beside the rivers of the old world. "
        f"It was described by {author}, who walked along the upper {river} in {year}. "
        f"Fishermen near {city} have hunted {low}s with nets since the early bronze age. "
        f"A young {low} leaves its parents in {city} after about fourteen months of {sound}.\n\n"
        "== Life ==\n"
        f"The {low} eats {food}, which it finds under the stones of the {river} at night. "
        f"Volunteers from {city} counted most {low}s of the wetlands during the survey of {year}.\n\n"
        "== Culture ==\n"
        f"The town hall of {city} shows a {low} on the coat of arms that {author} painted. "
        f"A postage stamp of {year} pictured the {low} with {food} and a {sound} child.\n"
    )


def articles_of(store: Path, language: str = "en") -> list[Article]:
    """All records of a language's current build, by their ids."""
    build = Build.open(store, read_current(store)[language], store / "cache")
    return [
        decode_article(build.records.unpack(build.records.read(place))) for place in range(build.info.article_count)
    ]


def write_dump(path: Path, *pages: str) -> Path:
    """Write a small dump."""
    path.write_text(f'<mediawiki xmlns="http://www.mediawiki.org/xml/export-0.11/">{"".join(pages)}</mediawiki>')
    return path


@pytest.fixture
def small_dump(tmp_path: Path) -> Path:
    """Six playable articles, and pages that are none."""
    return write_dump(
        tmp_path / "small.xml",
        *(page(subject, article(subject)) for subject in SUBJECTS),
        page("Lutra", redirect="Otter"),
        page("Lutrine", redirect="Lutra"),
        page("Otter (mammal)", redirect="Otter"),
        page("Otter hunting", "#REDIRECT [[Otter#Hunting]]", redirect="Otter"),
        page("Otter/History", redirect="Otter"),
        page("Otter den", "#REDIRECT [[Otter]] {{R from subtopic}}", redirect="Otter"),
        page("Loop one", redirect="Loop two"),
        page("Loop two", redirect="Loop one"),
        page("Newt (disambiguation)", "'''Newt''' may refer to:\n* [[Newt]]\n* [[Newt (ship)]]\n{{disambiguation}}"),
        page("List of otters", "Otters of the world.\n" + "".join(f"* [[Otter {n}]], a river\n" for n in range(12))),
        page("Stub", "A stub is short and says nothing of interest to anybody at all."),
    )
