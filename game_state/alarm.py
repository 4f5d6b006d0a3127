"""An alarm over the rules: a rule that loops is caught, and its process goes on.

The alarm counts the process' own CPU time (ITIMER_VIRTUAL), not the clock on the wall: a machine that is busy or a process
that was stopped is no fault of the rule, and a rule waits for nothing. It ticks all the time, so that a turn costs no system
call: the turn that is still the same one at the second tick has had its time.
"""

from __future__ import annotations

import atexit
import signal
from collections.abc import Callable
from types import FrameType
from typing import Final, TypeVar

from game_state.errors import TurnTimeout

TURN_CPU_S: Final = 1.0
"""CPU seconds after which a turn is caught, at the latest; at the earliest after half. A usual one takes a ten-thousandth."""

Result = TypeVar("Result")


class _Alarm:
    """The process' one alarm: signals belong to processes."""

    def __init__(self) -> None:
        self.begun = 0
        self.running = False
        self._seen = 0

    def ring(self, _signal: int, _frame: FrameType | None) -> None:
        if self.running and self._seen == self.begun:
            self.running = False
            raise TurnTimeout
        self._seen = self.begun


_alarm: Final = _Alarm()


def arm(cpu_s: float = TURN_CPU_S) -> None:
    """Start the ticks, one each half of `cpu_s`. Once a process, from its main thread."""
    signal.signal(signal.SIGVTALRM, _alarm.ring)
    # A tick after Python has given its handlers up would kill the process in the middle of its exit.
    atexit.register(signal.setitimer, signal.ITIMER_VIRTUAL, 0)
    signal.setitimer(signal.ITIMER_VIRTUAL, cpu_s / 2, cpu_s / 2)


def under_alarm(call: Callable[[], Result]) -> Result:
    """Run `call`. Raises TurnTimeout out of it when it takes too long."""
    _alarm.begun += 1
    _alarm.running = True
    try:
        return call()
    finally:
        _alarm.running = False
