"""What a Telegram text says to the bot: commands and mentions found, the bot's own name taken out.

Owns the reading of entities, whose offsets count UTF-16 code units. Pure.
"""

from __future__ import annotations

from collections.abc import Sequence

from platforms.telegram.wire import Entity

_MEANT = frozenset({"bot_command", "mention", "text_mention"})


def read_words(text: str, entities: Sequence[Entity], username: str) -> tuple[str, bool]:
    """Return the text without the bot's own name, and whether a command or mention in it is meant for the bot.

    `username` is the bot's own without "@", or "" where it is not known: then every command counts, and a mention whose
    name ends in "bot", as bots' names do. "/play@name" becomes "/play"; an unknown name is only cut at the beginning.
    """
    cuts: list[tuple[int, int]] = []
    addressed = False
    lead = 0
    for entity in entities:
        if entity.type not in _MEANT:
            continue
        start, end = _code_points(text, entity.offset), _code_points(text, entity.offset + entity.length)
        word = text[start:end]
        if entity.type == "bot_command":
            command, at, target = word.partition("@")
            if at and not _is_own(target, username, known_only=False):
                continue
            addressed = True
            if at:
                cuts.append((start + len(command), end))
            continue
        if entity.type == "mention":
            own = _is_own(word.removeprefix("@"), username, known_only=True)
        else:
            own = entity.user is not None and entity.user.is_bot and _is_own(entity.user.username, username)
        if own:
            addressed = True
            leading = not text[lead:start].strip()
            if leading or username:
                cuts.append((start, end))
            if leading:
                lead = end
    return _without(text, cuts, lead), addressed


def covers(text: str, entities: Sequence[Entity], kind: str) -> bool:
    """Say whether one entity of that kind is the whole text."""
    return any(
        entity.type == kind and not entity.offset and _code_points(text, entity.length) == len(text)
        for entity in entities
    )


def _is_own(name: str, username: str, *, known_only: bool = False) -> bool:
    name = name.lower()
    if username:
        return name == username.lower()
    return name.endswith("bot") if known_only else True


def _without(text: str, cuts: Sequence[tuple[int, int]], lead: int) -> str:
    if not cuts:
        return text
    kept: list[str] = []
    position = 0
    for start, end in sorted(cuts):
        before = text[position:start]
        kept.append(before)
        # A name inside the text leaves one space, not two.
        position = end + 1 if before.endswith(" ") and text[end : end + 1] == " " else max(end, position)
    kept.append(text[position:])
    words = "".join(kept).strip()
    return words.lstrip(",:").lstrip() if lead else words


def _code_points(text: str, units: int) -> int:
    """Turn an offset in UTF-16 code units into one in code points; what points outside is moved to the border."""
    units = max(units, 0)
    if text.isascii():
        return min(units, len(text))
    return len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le", "ignore"))
