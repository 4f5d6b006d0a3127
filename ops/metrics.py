"""The metrics: what a Parlor process counts, by the names that docs/metrics.md explains.

Owns names, labels and buckets. One `Metrics` for each process, handed to those who count; nothing global. Labels are
of low cardinality (platforms, lanes, outcomes), never a conversation, a bot or a person. On a hot path bind the child
once (`metrics.inbox_received.labels("telegram", "new")`) and keep it: `labels` costs twice what `inc` does.
"""

from __future__ import annotations

import platform
from typing import Final

import prometheus_client
from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector
from prometheus_client.exposition import CONTENT_TYPE_LATEST, generate_latest

_ACK_BUCKETS: Final = (0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds; the strictest platform wants its answer within 3."""
_TURN_BUCKETS: Final = (0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0, 5.0)
_CACHE_BUCKETS: Final = (0.000005, 0.00002, 0.0001, 0.0005, 0.001, 0.002, 0.005, 0.01, 0.05, 0.2, 1.0, 5.0)
"""Seconds; from a read of memory to the patience with the store."""
_THROTTLE_BUCKETS: Final = (1.0, 5.0, 30.0, 120.0, 600.0, 3600.0)


class Metrics:
    """All metrics of a process. Attributes are named as the metrics, without `parlor_` and `_total`."""

    def __init__(self, *, version: str) -> None:
        self.registry = registry = CollectorRegistry()
        # `_created` series double the page and nobody asks for them.
        prometheus_client.disable_created_metrics()  # type: ignore[no-untyped-call]

        def counter(name: str, meaning: str, *labels: str) -> Counter:
            return Counter(f"parlor_{name}", meaning, labels, registry=registry)

        def gauge(name: str, meaning: str, *labels: str) -> Gauge:
            return Gauge(f"parlor_{name}", meaning, labels, registry=registry)

        def histogram(name: str, meaning: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
            return Histogram(f"parlor_{name}", meaning, labels, registry=registry, buckets=buckets)

        self.inbox_received = counter(
            "inbox_received", "Messages that came in; result is new, duplicate or rejected.", "platform", "result"
        )
        self.inbox_ack_seconds = histogram(
            "inbox_ack_seconds", "From a webhook's last byte to its answer.", _ACK_BUCKETS, "platform"
        )
        self.webhook_refused = counter(
            "webhook_refused", "Webhook requests refused with 4xx, nothing stored.", "platform", "reason"
        )
        self.webhook_dropped = counter(
            "webhook_dropped", "Events acknowledged and knowingly left out.", "platform", "kind"
        )
        self.quarantined = counter("quarantined", "Events that could not be read, kept for doctor to list.", "platform")
        self.queue_oldest_age_seconds = gauge(
            "queue_oldest_age_seconds", "Age of the oldest message that waits to be played.", "lane"
        )
        self.queue_depth = gauge("queue_depth", "Messages that wait to be played.")
        self.turn_seconds = histogram(
            "turn_seconds", "Playing a lease's messages, from the lease to the commit.", _TURN_BUCKETS
        )
        self.turn_errors = counter("turn_errors", "Turns that failed.", "kind")
        self.parked = counter("parked", "Messages set aside after their last failed attempt.")
        self.lease_takeovers = counter("lease_takeovers", "Leases taken over from a process that let them expire.")
        self.fenced_writes = counter("fenced_writes", "Commits refused because the lease was lost.")
        self.outbox_oldest_age_seconds = gauge(
            "outbox_oldest_age_seconds", "Age of the oldest reply that waits to be delivered.", "platform"
        )
        self.deeds_depth = gauge("deeds_depth", "Deeds that wait to be booked.")
        self.deeds_oldest_age_seconds = gauge(
            "deeds_oldest_age_seconds", "Age of the oldest deed that waits to be booked."
        )
        self.platform_requests = counter(
            "platform_requests",
            'Requests to platforms; status is the HTTP status, or "error" without one.',
            "platform",
            "method",
            "status",
        )
        self.platform_throttled_seconds = histogram(
            "platform_throttled_seconds", "Pauses that platforms asked for.", _THROTTLE_BUCKETS, "platform"
        )
        self.sends_unknown = counter("sends_unknown", "Sends whose outcome nobody knows.", "platform")
        self.dead_letters = counter("dead_letters", "Replies given up.", "platform", "reason")
        self.cache_requests = counter(
            "cache_requests",
            "Article reads; tier is memory, redis or store, result is hit, miss, error or skipped.",
            "tier",
            "result",
        )
        self.cache_seconds = histogram("cache_seconds", "Reads that a tier answered.", _CACHE_BUCKETS, "tier")
        self.cache_bytes = gauge("cache_bytes", "Memory that decoded articles take.")
        self.cache_read_bytes = counter("cache_read_bytes", "Packed bytes read from a tier.", "tier")
        self.cache_breaker = gauge("cache_breaker", "0 in use, 1 being tried again, 2 left alone.", "tier")
        self.cache_hanging_threads = gauge("cache_hanging_threads", "Threads that a dead file system keeps.")
        self.article_builds = gauge("article_builds", "Always 1 for a build that is open.", "language", "build")
        self.ws_clients = gauge("ws_clients", "Open sockets of the web chat.")
        self.build_info = gauge("build_info", "Always 1.", "version", "python")
        self.build_info.labels(version, platform.python_version()).set(1)
        ProcessCollector(registry=registry)

    def render(self) -> tuple[str, bytes]:
        """The page that Prometheus reads: its content type and its bytes."""
        return CONTENT_TYPE_LATEST, generate_latest(self.registry)
