"""A stand-in for the platforms' outgoing APIs: checks, answers, misbehaves on demand, and records what arrived.

Tests, demos and benchmarks point a bot's `api_base` at it. `Simulator` is the server, `Rule` and `Limit` say what to do
wrong, `Sent` is one thing that arrived, `webhooks` makes the signed requests that a platform would send to us.
Loopback only; no part of the running product.
"""

from __future__ import annotations

from ops.simulator.faults import Limit, Rule
from ops.simulator.record import Record, Sent
from ops.simulator.server import Simulator

__all__ = ["Limit", "Record", "Rule", "Sent", "Simulator"]
