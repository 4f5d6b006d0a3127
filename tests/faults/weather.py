"""A network file system's weather, made by the kernel: reads of the article store really hang, crawl or fail in a core.

The core asks the kernel to have its `openat` and `pread64` judged by somebody else (seccomp user notification); this is
who judges. Calls that touch the store are let through, held, or failed as the mood says, whichever thread makes them;
all others go on at once. So a call that hangs is a system call that does not return, as on a dead NFS server.
Source: seccomp(2), seccomp_unotify(2).
"""

from __future__ import annotations

import ctypes
import errno
import fcntl
import os
import platform
import select
import socket
import struct
import threading
import time
from pathlib import Path
from typing import Final, Literal, NamedTuple

Mood = Literal["fair", "slow", "dead", "remounted", "gone"]
"""All goes through; each call takes SLOW_S; no call returns; new calls go through and those that hung go on hanging (as
after a lazy unmount); calls fail at once, as on a file system that is not mounted any more."""
SLOW_S: Final = 0.2


class _Numbers(NamedTuple):
    seccomp: int
    openat: int
    pread: int


_NUMBERS: Final = {"x86_64": _Numbers(317, 257, 17), "aarch64": _Numbers(277, 56, 67)}[platform.machine()]
_NOTIFICATION: Final = struct.Struct("=QIIiIQ6Q")
_RESPONSE: Final = struct.Struct("=QqiI")
_RECEIVE: Final = 0xC0002100 | _NOTIFICATION.size << 16
_SEND: Final = 0xC0002101 | _RESPONSE.size << 16
_NO_NEW_PRIVILEGES: Final = 38
_SET_FILTER, _NEW_LISTENER, _CONTINUE = 1, 8, 1


class _Instruction(ctypes.Structure):
    _fields_ = (("code", ctypes.c_ushort), ("yes", ctypes.c_ubyte), ("no", ctypes.c_ubyte), ("value", ctypes.c_uint))


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.POINTER(_Instruction)))


def submit(channel: socket.socket) -> None:
    """In the core, before its threads are made: have the calls judged by whoever holds the channel's other end."""
    libc = ctypes.CDLL(None, use_errno=True)
    lines = (_Instruction * 5)(
        _Instruction(0x20, 0, 0, 0),  # the call's number
        _Instruction(0x15, 1, 0, _NUMBERS.openat),
        _Instruction(0x15, 0, 1, _NUMBERS.pread),
        _Instruction(0x06, 0, 0, 0x7FC00000),  # ask
        _Instruction(0x06, 0, 0, 0x7FFF0000),  # allow
    )
    program = _Program(len(lines), lines)
    libc.prctl(_NO_NEW_PRIVILEGES, 1, 0, 0, 0)
    listener = libc.syscall(_NUMBERS.seccomp, _SET_FILTER, _NEW_LISTENER, ctypes.byref(program))
    if listener < 0:
        raise OSError(ctypes.get_errno(), "the kernel offers no seccomp user notification")
    socket.send_fds(channel, [b"!"], [listener])
    os.close(listener)


class Weather:
    """The judge of one core's calls, on a thread of its own until the core ends."""

    def __init__(self, store: Path) -> None:
        self.mood: Mood = "fair"
        self.hanging = 0
        """Calls that are being held."""
        self._store = store
        self._mine, self.channel = socket.socketpair()
        self._thread = threading.Thread(target=self._judge, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """The core has ended."""
        self.mood = "fair"
        self.channel.close()
        self._thread.join(10)
        self._mine.close()

    def _judge(self) -> None:
        _, descriptors, _, _ = socket.recv_fds(self._mine, 1, 1)
        if not descriptors:
            return
        listener = descriptors[0]
        held: list[tuple[int, float]] = []
        poll = select.poll()
        poll.register(listener, select.POLLIN)
        while True:
            events = poll.poll(10)
            if events and events[0][1] & select.POLLHUP:
                break
            if events:
                self._receive(listener, held)
            mood, now = self.mood, time.monotonic()
            going = [
                id_ for id_, since in held if mood in {"fair", "gone"} or (mood == "slow" and now - since > SLOW_S)
            ]
            held = [one for one in held if one[0] not in going]
            for id_ in going:
                self._answer(listener, id_, mood)
            self.hanging = len(held)
        os.close(listener)

    def _receive(self, listener: int, held: list[tuple[int, float]]) -> None:
        buffer = bytearray(_NOTIFICATION.size)
        try:
            fcntl.ioctl(listener, _RECEIVE, buffer)
        except FileNotFoundError:
            return  # its thread was killed meanwhile
        id_, task, _, call, _, _, first, second, *_ = _NOTIFICATION.unpack(buffer)
        mood = self.mood
        if mood in {"slow", "dead"} and self._touches_store(task, call, first, second):
            held.append((id_, time.monotonic()))
        elif mood == "gone" and self._touches_store(task, call, first, second):
            self._answer(listener, id_, mood)
        else:
            self._answer(listener, id_, "fair")

    def _touches_store(self, task: int, call: int, first: int, second: int) -> bool:
        try:
            if call == _NUMBERS.pread:
                name = os.readlink(f"/proc/{task}/fd/{first}")
            else:
                with Path(f"/proc/{task}/mem").open("rb", buffering=0) as memory:
                    memory.seek(second)
                    name = os.fsdecode(memory.read(512).partition(b"\0")[0])
        except OSError:
            return False  # its thread was killed meanwhile
        return name.startswith(f"{self._store}/")

    def _answer(self, listener: int, id_: int, mood: Mood) -> None:
        failed = mood == "gone"
        answer = _RESPONSE.pack(id_, 0, -errno.ESTALE if failed else 0, 0 if failed else _CONTINUE)
        try:
            fcntl.ioctl(listener, _SEND, answer)
        except FileNotFoundError:
            return  # its thread was killed meanwhile
