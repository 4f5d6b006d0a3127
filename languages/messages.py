"""The catalogs' upkeep: `python -m languages.messages` brings them up to date with the code, `--check` tells what is missing.

Owns what a catalog looks like: every sentence that the code says and no other, sorted, with what was translated before; nothing of
the day or the machine. A translator fills in the empty `msgstr`s.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Mapping
from io import BytesIO
from pathlib import Path
from typing import Final

import click
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po, write_po

from languages.literals import Sentence, Untranslatable, parts_of, sentences
from languages.voice import CATALOGS, LANGUAGES, NAMES, SOURCE

SPEAKING: Final = tuple(CATALOGS.parents[1] / room for room in ("game_state", "handlers", "platforms"))
"""The folders whose code has the bot say something."""
TRANSLATED: Final = tuple(language for language in LANGUAGES if language != SOURCE)
PLURALS: Final = {"de": "n != 1", "es": "n != 1", "fr": "n > 1", "it": "n != 1", "pt": "n > 1"}
"""When the second plural form is said. French and the Portuguese of Brazil, which the bot speaks, have 0 in the singular."""
WIDTH: Final = 132
_HEADER: Final = """\
# What Parlor says in {name}. `make messages` keeps the sentences as they are in the code; the translations are written here.
msgid ""
msgstr ""
"Language: {language}\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=2; plural=({plural});\\n"

"""


def catalog_of(language: str, catalogs: Path = CATALOGS) -> Catalog:
    """Read a language's catalog; an empty one where there is none yet."""
    path = catalogs / f"{language}.po"
    if not path.exists():
        return Catalog()
    with path.open("rb") as file:
        return read_po(file)


def text_of(language: str, said: Mapping[str, Sentence], before: Catalog) -> str:
    """Return the language's catalog for what is said in the code, with the translations from before."""
    catalog = Catalog(locale=language)
    for key, sentence in said.items():
        old = before.get(key)
        if old is not None and _sentence(old) == sentence:
            catalog.add(sentence, old.string, flags=old.flags & {"fuzzy"}, user_comments=old.user_comments)
        else:
            catalog.add(sentence)
        # Babel takes a percent sign for one of Python's old formats.
        catalog[key].flags &= {"fuzzy"}
    body = BytesIO()
    write_po(body, catalog, width=WIDTH, no_location=True, omit_header=True, sort_output=True)
    header = _HEADER.format(name=NAMES[language], language=language, plural=PLURALS[language])
    return header + body.getvalue().decode().rstrip("\n") + "\n"


def faults(said: Mapping[str, Sentence], catalog: Catalog) -> list[str]:
    """Return what is wrong with a catalog, a line each: sentences that are missing, fuzzy, with other parts, or said no more."""
    told = []
    for key, sentence in said.items():
        message = catalog.get(key)
        if message is None or _sentence(message) != sentence or not all(_strings(message)):
            told.append(f"missing: {key}")
        elif message.fuzzy:
            told.append(f"fuzzy: {key}")
        elif not _same_parts(sentence, _strings(message)):
            told.append(f"other parts: {key}")
    told.extend(f"said no more: {_key(message)}" for message in catalog if message.id and _key(message) not in said)
    return told


def _sentence(message: Message) -> Sentence:
    return message.id if isinstance(message.id, str) else (message.id[0], message.id[1])


def _key(message: Message) -> str:
    return message.id if isinstance(message.id, str) else message.id[0]


def _strings(message: Message) -> tuple[str, ...]:
    """The translations, form by form: "" where one is missing."""
    return tuple(message.string or ("",)) if message.pluralizable else (str(message.string or ""),)


def _same_parts(sentence: Sentence, translated: Iterable[str]) -> bool:
    """Each form has the plural's parts; the singular may also have the English singular's ("a point" for "{n} points")."""
    one, many = (sentence, sentence) if isinstance(sentence, str) else sentence
    try:
        first, *others = map(parts_of, translated)
    except ValueError:
        return False
    return first in (parts_of(one), parts_of(many)) and all(parts == parts_of(many) for parts in others)


@click.command(help=__doc__)
@click.option("--check", is_flag=True, help="Write nothing; tell what is missing, and fail if anything is.")
def main(*, check: bool) -> None:
    try:
        said = sentences(SPEAKING)
    except Untranslatable as error:
        raise click.ClickException(str(error)) from error
    amiss = False
    for language in TRANSLATED:
        path = CATALOGS / f"{language}.po"
        before = catalog_of(language, CATALOGS)
        text = text_of(language, said, before)
        if not check:
            path.parent.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8")
            before = catalog_of(language, CATALOGS)
        found = faults(said, before)
        if not found and path.read_text(encoding="utf-8") != text:
            found.append("not as `make messages` writes it")
        for fault in found:
            click.echo(f"{language}: {fault}")
        amiss = amiss or bool(found)
    click.echo(f"{len(said)} sentences")
    sys.exit(1 if check and amiss else 0)


if __name__ == "__main__":
    main()
