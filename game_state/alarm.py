"""An alarm over the rules: a rule that loops is caught, and its process goes on.

The alarm counts the process' own CPU time (ITIMER_VIRTUAL), not the clock on the wall: a machine that is busy or a process
that was stopped is no fault of the rule, and a rule waits for nothing.
"""

from __future__ import annotations

import signal
from collections.abc import Callable
from types import FrameType
from typing import Final, TypeVar

from game_state.errors import TurnTimeout

TURN_CPU_S: Final = 1.0
"""CPU seconds one advance may take; a usual one takes a ten-thousandth. Far shorter than a lease."""

Result = TypeVar("Result")


def arm() -> None:
    """Install the handler. Once a process, from its main thread."""
    signal.signal(signal.SIGVTALRM, _ring)


def under_alarm(call: Callable[[], Result], cpu_s: float = TURN_CPU_S) -> Result:
    """Run `call`. Raises TurnTimeout out of it when it takes longer than `cpu_s` of CPU time."""
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s)
    try:
        return call()
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)


def _ring(_signal: int, _frame: FrameType | None) -> None:
    raise TurnTimeout
