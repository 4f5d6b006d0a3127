"""Probes and metrics: `/healthz` (the loop turns), `/readyz` (messages can be accepted), `/metrics` (Prometheus)."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Final

from tornado import web

from game_state.errors import StoreError
from ops.metrics import Metrics
from ops.migrate import SchemaError

PROBE_S: Final = 2.0
"""Seconds that a readiness probe waits for the database."""


class HealthHandler(web.RequestHandler):
    """Alive: answers as long as the process' loop turns, whatever else is down."""

    def get(self) -> None:
        """200, always."""
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("alive\n")


class ReadyHandler(web.RequestHandler):
    """Ready: the database takes writes, its schema is this release's, and the process is not draining."""

    def initialize(self, ready: Callable[[], Awaitable[str | None]]) -> None:
        """`ready` returns None, or why not."""
        self._ready = ready

    async def get(self) -> None:
        """200, or 503 with the reason."""
        try:
            async with asyncio.timeout(PROBE_S):
                reason = await self._ready()
        except SchemaError as error:
            reason = str(error)
        except (TimeoutError, StoreError) as error:
            reason = f"the database does not answer: {type(error).__name__}"
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        if reason is not None:
            self.set_status(503)
        self.finish(f"{reason or 'ready'}\n")


class MetricsHandler(web.RequestHandler):
    """The process' metrics."""

    def initialize(self, metrics: Metrics) -> None:
        """The metrics to show."""
        self._metrics = metrics

    def get(self) -> None:
        """The page that Prometheus reads."""
        content_type, page = self._metrics.render()
        self.set_header("Content-Type", content_type)
        self.finish(page)


class NotFoundHandler(web.RequestHandler):
    """Anything else."""

    def prepare(self) -> None:
        """404, in plain words."""
        self.set_status(404)
        self.set_header("Content-Type", "text/plain; charset=utf-8")
        self.finish("nothing here\n")
