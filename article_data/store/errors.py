"""The store's one error: raised by every module of the room, caught by the reader, the build and the command line."""

from __future__ import annotations


class StoreError(Exception):
    """The store cannot be used as it is: the message says what is wrong and what to do. The operator acts."""
