"""The checker: what was sent against what was answered. Pure; the load generator tells it, and the report asks it.

Every message carries a number of its chat, and its reply carries it back. A message is *missing* when the bot acknowledged
it and no reply came, *doubled* for every reply after the first, *out of order* when its reply came after the reply to a
later message of the same chat.
"""

from __future__ import annotations


class Ledger:
    """Counts of one run over chats `first_chat` to `first_chat + chats - 1`."""

    def __init__(self, first_chat: int, chats: int) -> None:
        self._open: dict[tuple[int, int], int] = {}
        self._done: set[tuple[int, int]] = set()
        self._refused: set[tuple[int, int]] = set()
        self._highest = dict.fromkeys(range(first_chat, first_chat + chats), -1)
        self.sent = 0
        self.answered = 0
        self.doubled = 0
        self.out_of_order = 0
        self.unknown = 0
        """Replies to nothing that was sent in this run."""

    @property
    def missing(self) -> int:
        """Messages without a reply, those refused excepted."""
        return len(self._open)

    def send(self, chat: int, number: int, at_ns: int) -> None:
        """A message goes out; `at_ns` is when its waiting begins."""
        self._open[chat, number] = at_ns
        self.sent += 1

    def refuse(self, chat: int, number: int) -> None:
        """The bot did not acknowledge it: nothing is owed for it, and a reply would be no fault."""
        if self._open.pop((chat, number), None) is not None:
            self._refused.add((chat, number))

    def reply(self, chat: int, number: int, at_ns: int) -> int | None:
        """A reply came in. Nanoseconds that its message waited, or None when it is not the first to it."""
        key = (chat, number)
        begun = self._open.pop(key, None)
        if begun is None:
            if key in self._done:
                self.doubled += 1
            elif key in self._refused:
                self._refused.remove(key)
                self._done.add(key)
            else:
                self.unknown += 1
            return None
        self._done.add(key)
        self.answered += 1
        if number < self._highest[chat]:
            self.out_of_order += 1
        else:
            self._highest[chat] = number
        return at_ns - begun
