"""The checker: what was sent against what was answered. Pure; the load generator tells it, and the report asks it.

Every message carries a number of its chat, and its reply carries it back. A message is *missing* when the bot acknowledged
it and no reply came, *doubled* for every reply after the first. When its reply came after the reply to a later message of
the same chat it is *out of order* if it had been acknowledged before that later one was sent: the bot mixed them up. If it
had not, it is *crossed*: both were on their way at once, over connections of their own, and nobody knows which arrived first.
"""

from __future__ import annotations


class Ledger:
    """Counts of one run over chats `first_chat` to `first_chat + chats - 1`."""

    def __init__(self, first_chat: int, chats: int) -> None:
        self._open: dict[tuple[int, int], int] = {}
        self._done: set[tuple[int, int]] = set()
        self._refused: set[tuple[int, int]] = set()
        self._highest = dict.fromkeys(range(first_chat, first_chat + chats), -1)
        # A clock that counts sendings and acknowledgements.
        self._clock = 0
        self._sent_at: dict[tuple[int, int], int] = {}
        self._acknowledged_at: dict[tuple[int, int], int] = {}
        self.sent = 0
        self.answered = 0
        self.doubled = 0
        self.out_of_order = 0
        self.crossed = 0
        self.unknown = 0
        """Replies to nothing that was sent in this run."""

    @property
    def missing(self) -> int:
        """Messages without a reply, those refused excepted."""
        return len(self._open)

    def send(self, chat: int, number: int, at_ns: int) -> None:
        """A message goes out; `at_ns` is when its waiting begins."""
        self._open[chat, number] = at_ns
        self._sent_at[chat, number] = self._tick()
        self.sent += 1

    def acknowledge(self, chat: int, number: int) -> None:
        """The bot answered its webhook with a 2xx."""
        self._acknowledged_at[chat, number] = self._tick()

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
        highest = self._highest[chat]
        if number > highest:
            self._highest[chat] = number
        elif self._acknowledged_at.get(key, self._clock) < self._sent_at[chat, highest]:
            self.out_of_order += 1
        else:
            self.crossed += 1
        return at_ns - begun

    def _tick(self) -> int:
        self._clock += 1
        return self._clock
