"""What arrived at the simulator, in order, and waiting for it.

Owns the list of what was sent and its index by chat. May not judge calls: it keeps what it is given. Single-threaded:
one event loop adds, reads and waits.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from typing import Any

import msgspec

from ops.simulator.exchange import Answer, Buttons, Call, Draft, Effect
from ops.simulator.faults import Rule

KEPT_HEADERS = ("Content-Type", "User-Agent", "X-Line-Retry-Key", "Accept-Encoding")
"""Headers that are recorded; never Authorization."""

_NO_DRAFT = (Draft(),)


class Sent(msgspec.Struct, frozen=True, kw_only=True):
    """One message that a call wanted to show, or one call that shows none. A call with several messages makes several."""

    order: int
    """From 1, without holes, in the order of arrival; goes on after `clear`."""
    call: int
    """The number of its request, the same for the messages of one call."""
    at_monotonic: float
    """When the whole request had arrived, seconds of this process's monotonic clock."""
    platform: str
    account: str
    method: str
    chat: str
    """The address: a chat, channel, user or number; empty where the request names none."""
    text: str
    buttons: Buttons
    image: str | None
    effect: Effect
    headers: dict[str, str]
    body: dict[str, Any]
    message_id: str | None
    """The id that it was given, or that it changed."""
    status: int
    """What was answered; 0: the connection was cut."""
    delivered: bool
    """The players see something of it that they did not see before."""
    duplicate: bool
    """A repeat that the platform recognised."""
    error: str
    """The platform's error in a few words."""
    fault: str
    """The fault that hit it ("status", "cut", ...), empty for none."""


class _Waiter:
    """Someone who waits for a sent message."""

    def __init__(self, ready: Callable[[Sent], bool]) -> None:
        self.ready = ready
        self.future: asyncio.Future[None] = asyncio.get_running_loop().create_future()


class Record:
    """All that arrived."""

    def __init__(self, keep: int | None = None) -> None:
        """Keep the last `keep` to twice `keep` sent messages (for long runs); None keeps all."""
        self._keep = keep
        self._all: list[Sent] = []
        self._chats: dict[tuple[str, str], list[Sent]] = {}
        self._waiters: list[_Waiter] = []
        self._order = 0
        self._calls = 0

    @property
    def last(self) -> int:
        """The order of the last sent message; 0 before the first."""
        return self._order

    def add(self, call: Call, answer: Answer, rule: Rule | None, now: float) -> None:
        """Note a call and its answer, and wake those who waited for it."""
        self._calls += 1
        cut = rule is not None and rule.action == "cut"
        headers = {name: value for name in KEPT_HEADERS if (value := call.request.headers.get(name)) is not None}
        fresh: list[Sent] = []
        for position, draft in enumerate(call.drafts or _NO_DRAFT):
            self._order += 1
            given = answer.message_ids[position] if position < len(answer.message_ids) else call.target or None
            sent = Sent(
                order=self._order,
                call=self._calls,
                at_monotonic=now,
                platform=call.platform,
                account=call.account,
                method=call.method,
                chat=call.chat,
                text=draft.text,
                buttons=draft.buttons,
                image=draft.image,
                effect=call.effect,
                headers=headers,
                body=call.body,
                message_id=given,
                status=0 if cut else answer.status,
                delivered=answer.delivered,
                duplicate=answer.duplicate,
                error=answer.error,
                fault="" if rule is None else rule.action,
            )
            self._all.append(sent)
            self._chats.setdefault((sent.platform, sent.chat), []).append(sent)
            fresh.append(sent)
        if self._keep is not None and len(self._all) > 2 * self._keep:
            self._forget(self._all[-self._keep :])
        for sent in fresh if self._waiters else ():
            self._wake(sent)

    def calls(self, platform: str | None = None, method: str | None = None, chat: str | None = None) -> list[Sent]:
        """Return all that arrived, look-ups, typing and refused calls included, in order."""
        return [sent for sent in self._among(platform, chat) if method is None or sent.method == method]

    def messages(
        self, platform: str | None = None, chat: str | None = None, *, delivered: bool | None = None
    ) -> list[Sent]:
        """Return the attempts to show, change or take away a message, in order; `delivered` None: whatever came of them."""
        return [sent for sent in self._among(platform, chat) if _is_message(sent, delivered)]

    def after(self, order: int, limit: int = 1000) -> list[Sent]:
        """Return at most `limit` of what arrived after `order`, in order."""
        if not self._all:
            return []
        start = max(0, order + 1 - self._all[0].order)
        return self._all[start : start + limit]

    def visible(self, platform: str, chat: str) -> list[Sent]:
        """Return what stands in the chat now: delivered messages, the latest version of each, in the order shown."""
        shown: dict[str, Sent] = {}
        for sent in self._chats.get((platform, chat), ()):
            if not sent.delivered or sent.effect == "none":
                continue
            key = sent.message_id or f"#{sent.order}"
            if sent.effect == "delete":
                shown.pop(key, None)
            else:
                shown[key] = sent
        return list(shown.values())

    def seen(self, platform: str, chat: str) -> list[str]:
        """Return the texts that a player reads in the chat now, in the order shown."""
        return [sent.text for sent in self.visible(platform, chat)]

    async def wait(
        self,
        wanted: int | Callable[[Record], bool],
        timeout_s: float = 10.0,
        *,
        platform: str | None = None,
        chat: str | None = None,
        delivered: bool | None = True,
    ) -> list[Sent]:
        """Wait until that many messages of the platform and chat are there (or until the condition holds); return them.

        A condition is asked again after each arrival. Raises TimeoutError that says what has arrived instead.
        """
        waiter = self._waiter(wanted, platform, chat, delivered)
        if waiter is not None:
            self._waiters.append(waiter)
            try:
                async with asyncio.timeout(timeout_s):
                    await waiter.future
            except TimeoutError:
                raise TimeoutError(self._explain(wanted, platform, chat)) from None
            finally:
                self._waiters.remove(waiter)
        return self.messages(platform, chat, delivered=delivered)

    async def news(self, after: int, timeout_s: float) -> None:
        """Return when something arrived after `after`, or when the time is over."""
        if self._order > after:
            return
        waiter = _Waiter(lambda sent: sent.order > after)
        self._waiters.append(waiter)
        try:
            async with asyncio.timeout(timeout_s):
                await waiter.future
        except TimeoutError:
            return
        finally:
            self._waiters.remove(waiter)

    def clear(self) -> None:
        """Forget all that arrived; numbers go on, so that a reader with an old number sees only what is new."""
        self._forget([])

    def _waiter(
        self, wanted: int | Callable[[Record], bool], platform: str | None, chat: str | None, delivered: bool | None
    ) -> _Waiter | None:
        """Return a waiter, or None when there is nothing to wait for."""
        if not isinstance(wanted, int):
            return None if wanted(self) else _Waiter(lambda _: wanted(self))
        missing = wanted - len(self.messages(platform, chat, delivered=delivered))

        def ready(sent: Sent) -> bool:
            nonlocal missing
            here = platform in (None, sent.platform) and chat in (None, sent.chat)
            missing -= here and _is_message(sent, delivered)
            return missing <= 0

        return None if missing <= 0 else _Waiter(ready)

    def _among(self, platform: str | None, chat: str | None) -> Iterable[Sent]:
        if platform is not None and chat is not None:
            return self._chats.get((platform, chat), [])
        return (sent for sent in self._all if platform in (None, sent.platform) and chat in (None, sent.chat))

    def _wake(self, sent: Sent) -> None:
        for waiter in self._waiters:
            if not waiter.future.done() and waiter.ready(sent):
                waiter.future.set_result(None)

    def _forget(self, kept: list[Sent]) -> None:
        self._all = list(kept)
        self._chats = {}
        for sent in kept:
            self._chats.setdefault((sent.platform, sent.chat), []).append(sent)

    def _explain(self, wanted: object, platform: str | None, chat: str | None) -> str:
        lines = [
            f"{sent.order} {sent.platform} {sent.method} chat={sent.chat} status={sent.status} {sent.error} {sent.text!r}"
            for sent in self._all[-12:]
        ]
        where = f"platform={platform} chat={chat}"
        return "\n".join([f"waited for {wanted} ({where}) in vain; the last of {len(self._all)} that arrived:", *lines])


def _is_message(sent: Sent, delivered: bool | None) -> bool:
    return sent.effect != "none" and delivered in (None, sent.delivered)
