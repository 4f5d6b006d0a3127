"""What the simulator is told to do wrong: a queue of rules, and rate limits per chat or bot.

Owns the choice of what happens to a call, not how a platform words it (that is `fail` in each platform's module).
Rules are tried in the order they were added; the first that matches is used. Rules `slow` add up and let the search go on.
"""

from __future__ import annotations

import random
from typing import Literal

import msgspec

from ops.simulator.exchange import Call

Action = Literal["status", "slow", "cut", "refuse", "garbage"]

Reason = Literal[
    "blocked",
    "chat_not_found",
    "kicked",
    "migrated",
    "window_closed",
    "unauthorized",
    "forbidden",
    "bad_request",
    "token_expired",
    "reply_not_found",
    "message_gone",
    "quota",
]
"""Permanent refusals; a platform that has no such error answers with its "bad_request"."""


class Rule(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One thing to do wrong, and to whom. Every condition that is None matches everything."""

    action: Action
    """status: an error that may pass (`status`); slow: answer `delay_s` late; cut: close the connection without an answer;
    refuse: an error for good (`reason`); garbage: a 200 whose body makes no sense."""
    platform: str | None = None
    method: str | None = None
    account: str | None = None
    chat: str | None = None
    contains: str | None = None
    """A part of the text that the call wants to show."""
    times: int | None = 1
    """How many calls it hits; None: no end."""
    for_s: float | None = None
    """It ends this long after its first hit, in seconds (a Retry-After that lies: `retry_after_s=1, for_s=5, times=None`)."""
    probability: float = 1.0
    status: int = 429
    """For `status`: 429 or a 5xx. The Meta platforms say a 429 with their own code and HTTP 400."""
    retry_after_s: float | None = 1.0
    """What a 429 promises, in seconds; None: it promises nothing."""
    whole_bot: bool = False
    """The 429 concerns the whole bot and not just the chat (Discord's `global`)."""
    delay_s: float = 0.0
    """For `slow`."""
    reason: Reason = "bad_request"
    """For `refuse`."""
    new_chat: str = "-1001"
    """For `refuse` with "migrated": where the chat went."""
    deliver: bool | None = None
    """Whether the call is carried out all the same; None: yes for `cut` and `garbage`, no for the others."""

    def delivers(self) -> bool:
        """Return whether the call is carried out although its answer is spoilt."""
        return self.action in ("cut", "garbage") if self.deliver is None else self.deliver

    def matches(self, call: Call) -> bool:
        """Return whether the call meets every condition."""
        return (
            (self.platform is None or self.platform == call.platform)
            and (self.method is None or self.method == call.method)
            and (self.account is None or self.account == call.account)
            and (self.chat is None or self.chat == call.chat)
            and (self.contains is None or any(self.contains in draft.text for draft in call.drafts))
        )


class Limit(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A hard rate limit on messages shown: one per `interval_s` after a burst."""

    platform: str
    interval_s: float
    burst: int = 1
    chat: str | None = None
    """Only this chat; None: each chat by itself."""
    whole_bot: bool = False
    """Counts all chats of a bot together."""


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """What shall happen to one call."""

    delay_s: float = 0.0
    rule: Rule | None = None
    """None: the call is treated as the platform would."""


_NOTHING = Verdict()


class _Standing:
    """A rule in the queue, with what is left of it."""

    def __init__(self, rule: Rule) -> None:
        self.rule = rule
        self.left = rule.times
        self.ends_at: float | None = None

    def spent(self, now: float) -> bool:
        return self.left == 0 or (self.ends_at is not None and now >= self.ends_at)

    def hit(self, now: float) -> None:
        if self.left is not None:
            self.left -= 1
        if self.ends_at is None and self.rule.for_s is not None:
            self.ends_at = now + self.rule.for_s


class Faults:
    """The rules and limits in force."""

    def __init__(self, seed: int = 1) -> None:
        self._random = random.Random(seed)
        self._rules: list[_Standing] = []
        self._limits: list[Limit] = []
        self._free_at: dict[tuple[str, str, str], float] = {}
        """By (platform, account, chat): when its burst is whole again, monotonic seconds."""

    def add(self, *rules: Rule) -> None:
        """Put the rules at the end of the queue."""
        self._rules.extend(_Standing(rule) for rule in rules)

    def limit(self, *limits: Limit) -> None:
        """Put the limits in force."""
        self._limits.extend(limits)

    def clear(self) -> None:
        """Forget all rules and limits."""
        self._rules.clear()
        self._limits.clear()
        self._free_at.clear()

    def pending(self) -> list[Rule]:
        """Return the rules that can still hit, in order."""
        return [standing.rule for standing in self._rules]

    def verdict(self, call: Call, now: float) -> Verdict:
        """Decide what happens to the call at `now` (monotonic seconds), and count the rules that hit."""
        if not self._rules and not self._limits:
            return _NOTHING
        delay_s = 0.0
        found: Rule | None = None
        for standing in self._rules:
            rule = standing.rule
            if standing.spent(now) or not rule.matches(call):
                continue
            if rule.probability < 1.0 and self._random.random() >= rule.probability:
                continue
            standing.hit(now)
            if rule.action != "slow":
                found = rule
                break
            delay_s += rule.delay_s
        self._rules = [standing for standing in self._rules if not standing.spent(now)]
        return Verdict(delay_s=delay_s, rule=found or self._over_limit(call, now))

    def _over_limit(self, call: Call, now: float) -> Rule | None:
        """Return a 429 when the call is too early for a limit; else count it."""
        if call.effect not in ("post", "edit"):
            return None
        for limit in self._limits:
            if limit.platform != call.platform or limit.chat not in (None, call.chat):
                continue
            key = (call.platform, call.account, "" if limit.whole_bot else call.chat)
            free_at = max(now, self._free_at.get(key, now))
            wait_s = free_at - now - (limit.burst - 1) * limit.interval_s
            if wait_s > 1e-9:
                return Rule(action="status", status=429, retry_after_s=wait_s, whole_bot=limit.whole_bot)
            self._free_at[key] = free_at + limit.interval_s
        return None
