"""The sentences in the code: every English literal that a voice is told to say or count.

Owns finding them, and that each can be translated: a literal where the voice speaks, with exactly the parts that are given to it.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from pathlib import Path
from string import Formatter
from typing import Final

Sentence = str | tuple[str, str]
"""A sentence in English, or one in the singular and in the plural."""
_VOICES: Final = ("voice", "_voice")
"""What a voice is called in the code: `voice.say(...)`, `desk.voice.say(...)`."""


class Untranslatable(Exception):
    """A sentence that no catalog can hold; says where it is and why."""


def sentences(folders: Iterable[Path]) -> dict[str, Sentence]:
    """Return what is said in the folders' Python files, by its English (singular), sorted; raises Untranslatable."""
    found: dict[str, Sentence] = {}
    for file in sorted(path for folder in folders for path in folder.rglob("*.py")):
        for line, sentence in _said(file):
            key = sentence if isinstance(sentence, str) else sentence[0]
            if found.setdefault(key, sentence) != sentence:
                raise Untranslatable(f"{file}:{line}: {key!r} is said elsewhere with another plural")
    return dict(sorted(found.items()))


def parts_of(text: str) -> frozenset[str]:
    """Return the names of a text's `{parts}`; raises ValueError where its braces do not match."""
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)


def _said(file: Path) -> Iterator[tuple[int, Sentence]]:
    code = file.read_text(encoding="utf-8")
    if "say(" not in code and "count(" not in code:
        return
    for node in ast.walk(ast.parse(code)):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in ("say", "count"):
            where = f"{file}:{node.lineno}"
            if _is_voice(node.func.value):
                yield node.lineno, _sentence(node, where, plural=node.func.attr == "count")
            elif node.func.attr == "say" and node.args and isinstance(node.args[0], ast.Constant):
                raise Untranslatable(f"{where}: English that went past the voice: {node.args[0].value!r}")


def _is_voice(owner: ast.expr) -> bool:
    match owner:
        case ast.Name(id=name) | ast.Attribute(attr=name):
            return name in _VOICES
        case ast.Call(func=ast.Name(id=name)):
            return name == "voice_of"
    return False


def _sentence(call: ast.Call, where: str, *, plural: bool) -> Sentence:
    texts = [
        arg.value
        for arg in call.args[: 2 if plural else 1]
        if isinstance(arg, ast.Constant) and isinstance(arg.value, str) and arg.value
    ]
    if len(texts) != (2 if plural else 1) or len(call.args) != (3 if plural else 1):
        raise Untranslatable(f"{where}: a voice says literals only, and is given parts by name")
    given, wanted = {keyword.arg for keyword in call.keywords}, frozenset[str]().union(*map(parts_of, texts))
    if plural:
        given, wanted = given | {"n"}, wanted | {"n"}
    # Parts that are unpacked from a mapping (`**parts`) are not known here.
    if given != wanted and None not in given:
        raise Untranslatable(f"{where}: {texts[-1]!r} wants the parts {sorted(wanted)}")
    return (texts[0], texts[1]) if plural else texts[0]
