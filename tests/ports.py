"""Ports for servers that tests start as processes of their own: nobody else is given one between choosing and listening.

A port that is only looked for and let go may be anybody's a moment later: a connection's own end, another test's server. So
each stays bound, without listening, until the tests' process ends. The kernel gives it to nobody then, and lets a server that
sets SO_REUSEADDR (Tornado, Redis) listen on it; until one does, connections are refused.
"""

from __future__ import annotations

import socket
import sys


def free_port() -> int:
    """A port on 127.0.0.1 that nobody listens on."""
    return free_ports(1)


def free_ports(count: int) -> int:
    """The first of so many ports in a row that nobody listens on."""
    for _ in range(200):
        first = _bound(0)
        port: int = first.getsockname()[1]
        held = [first]
        try:
            held += [_bound(port + more) for more in range(1, count)]
        except (OSError, OverflowError):
            for one in held:
                one.close()
            continue
        for one in held:
            if sys.platform == "linux":
                one.detach()
            else:
                one.close()  # elsewhere nobody may listen beside it
        return port
    raise AssertionError("no free ports")


def _bound(port: int) -> socket.socket:
    made = socket.socket()
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(("127.0.0.1", port))
    except BaseException:
        made.close()
        raise
    return made
