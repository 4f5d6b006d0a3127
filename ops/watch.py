"""What the rooms tell the metrics, by names of their own; label children are bound once, for the hot path."""

from __future__ import annotations

from collections import Counter
from functools import cache

from article_data.reader.reading import Reader
from game_state.rows import QueueStat
from ops.metrics import Metrics


class Watch:
    """Fills the `Watch` seams of the doors, the worker and the outbox."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics
        self._received = cache(lambda platform, result: metrics.inbox_received.labels(platform, result).inc)
        self._acked = cache(lambda platform: metrics.inbox_ack_seconds.labels(platform).observe)
        self._requested = cache(
            lambda platform, method, status: metrics.platform_requests.labels(platform, method, status).inc
        )
        self._turned = metrics.turn_seconds.observe
        self._timed = cache(lambda tier: metrics.cache_seconds.labels(tier).observe)
        self._counted: Counter[tuple[str, str]] = Counter()
        self._read_bytes: Counter[str] = Counter()

    # The doors

    def received(self, platform: str, result: str, seconds: float) -> None:
        """A message came in."""
        self._received(platform, result)()
        self._acked(platform)(seconds)

    def refused(self, platform: str, reason: str) -> None:
        """A request was refused."""
        self._metrics.webhook_refused.labels(platform, reason).inc()

    def dropped(self, platform: str, kind: str) -> None:
        """An event was knowingly left out."""
        self._metrics.webhook_dropped.labels(platform, kind).inc()

    def quarantined(self, platform: str) -> None:
        """An event could not be read."""
        self._metrics.quarantined.labels(platform).inc()

    # The worker

    def turn(self, seconds: float) -> None:
        """A lease was played and committed."""
        self._turned(seconds)

    def turn_error(self, kind: str) -> None:
        """A turn failed."""
        self._metrics.turn_errors.labels(kind).inc()

    def fenced(self) -> None:
        """A commit was refused: the lease was lost."""
        self._metrics.fenced_writes.inc()

    def parked(self) -> None:
        """A message was set aside."""
        self._metrics.parked.inc()

    def taken_over(self, leases: int) -> None:
        """Leases of dead processes were freed."""
        if leases:
            self._metrics.lease_takeovers.inc(leases)

    # The outbox

    def request(self, platform: str, method: str, status: int) -> None:
        """A request to a platform's API ended; status 0: without an answer."""
        self._requested(platform, method, str(status) if status else "error")()

    def throttled(self, platform: str, seconds: float) -> None:
        """A platform asked for a pause."""
        self._metrics.platform_throttled_seconds.labels(platform).observe(seconds)

    def dead_letter(self, platform: str, reason: str) -> None:
        """A reply was given up."""
        self._metrics.dead_letters.labels(platform, reason).inc()

    def unknown(self, platform: str) -> None:
        """A send's outcome is unknown."""
        self._metrics.sends_unknown.labels(platform).inc()

    # The article tiers

    def article_read(self, tier: str, seconds: float) -> None:
        """A tier answered a read."""
        self._timed(tier)(seconds)

    # What is looked at now and then

    def queues(self, stats: list[QueueStat]) -> None:
        """What waits, and for how long."""
        self._metrics.queue_oldest_age_seconds.clear()
        self._metrics.outbox_oldest_age_seconds.clear()
        depth = 0
        for stat in stats:
            if stat.kind == "turns":
                depth += stat.depth
                self._metrics.queue_oldest_age_seconds.labels(stat.label).set(stat.oldest_s)
            elif stat.kind == "deliveries":
                self._metrics.outbox_oldest_age_seconds.labels(stat.label).set(stat.oldest_s)
            elif stat.kind == "deeds":
                self._metrics.deeds_depth.set(stat.depth)
                self._metrics.deeds_oldest_age_seconds.set(stat.oldest_s)
        self._metrics.queue_depth.set(depth)

    def articles(self, reader: Reader) -> None:
        """What the article tiers did so far, and how they are."""
        metrics, tally = self._metrics, reader.tally
        for key, count in tally.counts.items():
            metrics.cache_requests.labels(*key).inc(count - self._counted[key])
        self._counted = tally.counts.copy()
        for tier, size in tally.read_bytes.items():
            metrics.cache_read_bytes.labels(tier).inc(size - self._read_bytes[tier])
        self._read_bytes = tally.read_bytes.copy()
        metrics.cache_bytes.set(reader.memory.size_bytes)
        for tier, state in reader.breaker_states().items():
            metrics.cache_breaker.labels(tier).set(("closed", "half-open", "open").index(state))
        metrics.cache_hanging_threads.set(reader.hanging)
        metrics.article_builds.clear()
        for language, build_id in reader.builds().items():
            metrics.article_builds.labels(language, build_id).set(1)

    def sockets(self, count: int) -> None:
        """Open sockets of the web chat."""
        self._metrics.ws_clients.set(count)
