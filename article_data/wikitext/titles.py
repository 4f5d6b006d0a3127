"""Where a wiki link leads: to an article, to a file or category, to another wiki, or nowhere.

Owns namespaces and the spelling of titles. Pure.
"""

# ruff: noqa: RUF001 - names in other scripts

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Literal

Leads = Literal["article", "file", "category", "language", "elsewhere"]

_FILES = (
    "file image media datei bild fichier archivo imagen immagine ficheiro imagem bestand afbeelding plik grafika fil fájl "
    "kép soubor súbor slika датотека слика файл изображение картинка зображення fișier imagine dosya resim tiedosto kuva "
    "αρχείο εικόνα ファイル 画像 文件 图像 檔案 圖像 파일 그림 ملف صورة پرونده تصویر קובץ תמונה चित्र ไฟล์ ภาพ "
    "tập_tin hình berkas gambar fitxer imatge fitxategi irudi ficheru attēls vaizdas pilt faili ფაილი պատկեր fails"
)
_CATEGORIES = (
    "category kategorie catégorie categoría categoria categorie kategoria kategori kategória kategorija категорија "
    "категория категорія luokka kategória κατηγορία カテゴリ 分类 分類 분류 تصنيف رده קטגוריה श्रेणी หมวดหมู่ "
    "thể_loại kategória kategoorija kategooria კატეგორია կատեգորիա kategoreja kategorio"
)
_ELSEWHERE = (
    "talk user user_talk wikipedia project template help portal draft module special mediawiki book timedtext wp wt "
    "wikt wiktionary w s wikisource q wikiquote b wikibooks n wikinews v wikiversity voy wikivoyage d wikidata species "
    "wikispecies c commons m meta mw mediawikiwiki wmf foundation phab bugzilla doi imdb imdbname imdbtitle arxiv pmid rfc "
    "google iarchive hdl isbn irc mailto simple"
)
_BUILT_IN: dict[str, Leads] = {
    **{name.replace("_", " "): "elsewhere" for name in _ELSEWHERE.split()},
    **{name.replace("_", " "): "file" for name in _FILES.split()},
    **{name.replace("_", " "): "category" for name in _CATEGORIES.split()},
}
_FILE_NAMESPACES = (-2, 6)
_CATEGORY_NAMESPACE = 14
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,}){0,2}")
_BRACKET = re.compile(r"\s*[(（][^()（）]*[)）]\s*$")
_SPACES = re.compile(r"[\s_]+")


class Namespaces:
    """Tells by a link's prefix what it leads to, in the words of one wiki."""

    def __init__(self, names: Mapping[int, str] | None = None) -> None:
        self._leads: dict[str, Leads] = dict(_BUILT_IN)
        for number, name in (names or {}).items():
            if number == 0 or not name:
                continue
            leads: Leads = "elsewhere"
            if number in _FILE_NAMESPACES:
                leads = "file"
            elif number == _CATEGORY_NAMESPACE:
                leads = "category"
            self._leads[name.lower().replace("_", " ")] = leads

    def leads(self, target: str) -> tuple[Leads, str]:
        """Tell what a target with a colon leads to, and its name without the prefix."""
        escaped = target.startswith(":")
        prefix, colon, rest = target.lstrip(": ").partition(":")
        if not colon:
            return "article", prefix
        key = _SPACES.sub(" ", prefix).strip()
        known = self._leads.get(key.lower())
        if known is None:
            if not _LANGUAGE.fullmatch(key):
                return "article", target.lstrip(": ")
            # Only in lower case is it a language: an article may be called "Fr: a story", but links write it so.
            known = "language"
        return ("elsewhere" if escaped else known), rest


@lru_cache(maxsize=64)
def _of_wiki(names: tuple[tuple[int, str], ...]) -> Namespaces:
    return Namespaces(dict(names))


def namespaces_of(names: Mapping[int, str] | None) -> Namespaces:
    """The namespaces of a wiki; made once for each, for a dump has one and millions of pages."""
    return _of_wiki(tuple((names or {}).items()))


def normal(target: str) -> str:
    """Spell a title as the wiki does: spaces, first letter upper, without a section; "" for a bare section."""
    if "#" in target:
        target = target.partition("#")[0]
    if "&" in target:
        target = html.unescape(target)
    if "_" in target or "  " in target or not target.isprintable():
        target = _SPACES.sub(" ", target)
    target = target.strip(" :")
    return target[:1].upper() + target[1:] if target[:1].islower() else target


def without_bracket(title: str) -> str:
    """A title as running text says it: "Mercury (planet)" is "Mercury"."""
    return _BRACKET.sub("", title)
