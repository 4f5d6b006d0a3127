"""Titles made the same wherever they are written, and their hashes, by which millions of them are matched.

Pure. A title in a link may have underscores and a small first letter; the page's own title has neither.
"""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import blake2b

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_BYTES = 8


def normal_title(title: str) -> str:
    """Write a title as its page does: spaces, single and none at the ends, and the first letter upper."""
    title = " ".join(title.replace("_", " ").split())
    # The title case, not the upper: Georgian has an upper case that no title begins with. And what would become two
    # letters (ß) stays as it is.
    first = title[:1].title()
    return first + title[1:] if len(first) == 1 and first != title[0] else title


def title_hash(title: str) -> int:
    """Return 64 bits that stand for the normal title in all processes and builds.

    Among 18 million titles any two are the same with a probability of 1 in 100,000.
    """
    return int.from_bytes(_digest(title), "little")


def title_hashes(titles: Iterable[str]) -> Hashes:
    """Return `title_hash` of each."""
    return np.frombuffer(b"".join(map(_digest, titles)), dtype="<u8")


def _digest(title: str) -> bytes:
    return blake2b(normal_title(title).encode("utf-8", "surrogatepass"), digest_size=_BYTES).digest()
