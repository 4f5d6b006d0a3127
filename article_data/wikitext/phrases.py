"""Templates of words: foreign languages, names, links to other wikis, lists; what each shows of its arguments.

Pure; called by `templates` only.
"""

from __future__ import annotations

import re

from article_data.wikitext.arguments import Arguments
from article_data.wikitext.marks import BREAK

_CODE = re.compile(r"[a-z]{2,3}(?:-[a-z]{2,6}){0,2}")
"""The code of a language."""


def listed(arguments: Arguments) -> str:
    """A list is a block of its own, so breaks set it off from what stands beside it."""
    return f"{BREAK}{', '.join(text for text in arguments.all() if text)}{BREAK}"


def japanese(arguments: Arguments) -> str:
    """{{nihongo|health|元気|genki}}: "health (元気, genki)"."""
    english, *others = arguments.all() or [""]
    remark = ", ".join(text for text in others[:2] if text)
    if not english:
        return remark
    return f"{english} ({remark})" if remark else english


def chinese(arguments: Arguments) -> str:
    """{{zh|s=汉|t=漢|p=hàn}}: the scripts given, each once."""
    shown = [arguments.get(script) for script in ("c", "s", "t", "p", "hp", "w")]
    return ", ".join(dict.fromkeys(text for text in shown if text)) or arguments.at(1)


def other_wiki(arguments: Arguments) -> str:
    """{{ill|Title|de|Titel}}; in its old order {{ill|de|Titel|Title}}."""
    if text := arguments.get("lt", "display"):
        return text
    if _CODE.fullmatch(arguments.at(1)) and arguments.at(2):
        return arguments.at(3) or arguments.at(2)
    return arguments.at(1)


def other_wiki_chinese(arguments: Arguments) -> str:
    """{{tsl|en|Title|标题|shown}}."""
    return arguments.at(4) or arguments.at(3) or arguments.at(2)


def shown_second(arguments: Arguments) -> str:
    """{{нп5|Название|показано|en|Name}}."""
    return arguments.at(2) or arguments.at(1)


def ship(arguments: Arguments) -> str:
    """{{ship|MV|Doulos}}."""
    return f"{arguments.at(1)} {arguments.at(2)}".strip()


def ship_class(arguments: Arguments) -> str:
    """{{sclass|Nimitz|carrier|2}}: "Nimitz-class carrier"."""
    name, kind = arguments.at(1), arguments.at(2)
    return f"{name}-class {kind}".strip() if name else ""


def language_shown(arguments: Arguments) -> str:
    """{{lang-rus|text|transliteration}}."""
    return ", ".join(text for text in arguments.all()[:2] if text)


def etymology(arguments: Arguments) -> str:
    """{{literally|whiteness}}."""
    return f"lit. '{arguments.at(1)}'" if arguments.at(1) else ""


def section_link(arguments: Arguments) -> str:
    """{{section link|Rome|History}}: "Rome § History"."""
    page, section = arguments.at(1), arguments.at(2)
    return f"{page} § {section}".strip() if section else page


def angled(arguments: Arguments) -> str:
    """{{angbr|a}}: a letter as it is written."""
    return f"⟨{arguments.at(1)}⟩" if arguments.at(1) else ""


def bible(arguments: Arguments) -> str:
    """{{bibleref|Mark|3:25}}."""
    book, verse = arguments.at(1), arguments.at(2)
    return f"{book} {verse}" if book and verse else ""


def first(arguments: Arguments) -> str:
    """Templates that show their first argument in another style."""
    return arguments.at(1) or arguments.get("text", "content")


def last(arguments: Arguments) -> str:
    """{{transl|ar|DIN|ʿAbd}}: the last argument that is given."""
    return next((text for text in reversed(arguments.all()) if text), "")
