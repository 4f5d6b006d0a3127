"""Reading webhook bodies: bytes to typed structs, shape errors to Faults, signatures in constant time.

Shared by every platform's room. Owns no shapes of its own and raises nothing but Refusal. A signed body that is not
JSON is refused; a signed event of an unknown shape becomes a Fault that names the place and never the content.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import re
from functools import lru_cache
from typing import Any, TypeVar, cast

import msgspec

from platforms.contract import Fault, Refusal

T = TypeVar("T")

KEY_LIMIT = 200
"""Longest dedupe key, in characters."""

LONGEST_PAUSE_S = 3600.0
"""A platform that asks for a longer pause is asked again after this."""

_PLACE = re.compile(r" - at `(\$.*)`$", re.DOTALL)
_QUOTED = re.compile(r"'.*'", re.DOTALL)
_URL = re.compile(r"https?://\S+", re.IGNORECASE)


def load_json(body: bytes) -> msgspec.Raw:
    """Return the body as raw JSON that is known to be whole and UTF-8, to be decoded with `read_event`.

    Raises Refusal(400, "not_json"), also for invalid UTF-8, trailing bytes, and nesting too deep to read.
    """
    _check_utf8(body)
    try:
        return msgspec.json.decode(body, type=msgspec.Raw)
    except (msgspec.DecodeError, RecursionError):
        return msgspec.Raw(_mended(body))


def read_body(body: bytes, type_: type[T]) -> T | Fault:
    """Decode a whole body as `type_` in one pass. Raises Refusal(400, "not_json"); an unknown shape is a Fault."""
    _check_utf8(body)
    try:
        return cast(T, _decoder(cast(Any, type_)).decode(body))
    except msgspec.ValidationError as error:
        load_json(body)  # The decoder stops at the first wrong type: what follows it may be no JSON at all.
        return fault(error, body, "$")
    except (msgspec.DecodeError, RecursionError):
        return read_event(_mended(body), type_, "$")


def read_event(raw: bytes | msgspec.Raw, type_: type[T], path_prefix: str) -> T | Fault:
    """Decode one event of a body that `load_json` let through; an unknown shape is a Fault with its place in the body.

    `path_prefix` is the event's own place, as in "$.entry[0].messaging[1]".
    """
    try:
        return cast(T, _decoder(cast(Any, type_)).decode(raw))
    except (msgspec.DecodeError, RecursionError) as error:
        return fault(error, bytes(raw), path_prefix)


def fault(error: Exception, event: bytes, path_prefix: str) -> Fault:
    """Make the Fault for an event that did not decode; values that the message quotes are taken out."""
    text = str(error)
    place = _PLACE.search(text)
    path = path_prefix + place[1][1:] if place else path_prefix
    what = _PLACE.sub("", text)
    return Fault(path=path, error=_QUOTED.sub("a value", what) or "unreadable", event=event)


def clean(text: str) -> str:
    """Return `text` without NUL characters, which text and jsonb of the database refuse."""
    return text.replace("\0", "") if "\0" in text else text


def key(text: str) -> str:
    """Return a dedupe key made of `text`: cleaned, and hashed where it would be longer than 200 characters."""
    text = clean(text)
    if len(text) <= KEY_LIMIT:
        return text
    return "h:" + hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def is_link(text: str) -> bool:
    """Say whether the text is an http(s) address and nothing else."""
    return "://" in text and _URL.fullmatch(text.strip()) is not None


def signature_matches(expected: bytes | str, given: str | None) -> bool:
    """Compare a signature or shared secret in constant time. Missing is False; never raises."""
    if given is None:
        return False
    if isinstance(expected, str):
        expected = expected.encode("utf-8", "surrogatepass")
    return hmac.compare_digest(expected, given.encode("utf-8", "surrogatepass"))


def place(latitude: float, longitude: float) -> str:
    """Return the words of a location message: "latitude,longitude" in degrees, to about a metre."""
    return f"{latitude:.5f},{longitude:.5f}"


def retry_after_s(value: object) -> float | None:
    """Read a platform's word on how long to wait: seconds from 0 to an hour, or None where it is no such number."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return None
    try:
        seconds = float(value)
    except (ValueError, OverflowError):
        return None
    return min(seconds, LONGEST_PAUSE_S) if seconds >= 0 else None


def _check_utf8(body: bytes) -> None:
    # The JSON decoder skips over unknown fields without looking at their encoding.
    if body.isascii():
        return
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        raise Refusal(400, "not_json") from None


def _mended(body: bytes) -> bytes:
    """Take halves of surrogate pairs out of escapes: they are JSON all the same, and some platform cuts emoji in two.

    Raises Refusal(400, "not_json") for what is no JSON.
    """
    try:
        mended = json.dumps(json.loads(body.decode("utf-8")), ensure_ascii=False).encode("utf-8", "replace")
        msgspec.json.decode(mended, type=msgspec.Raw)
    except (ValueError, RecursionError, msgspec.DecodeError):
        raise Refusal(400, "not_json") from None
    return mended


@lru_cache(maxsize=256)
def _decoder(type_: Any) -> msgspec.json.Decoder[Any]:
    return msgspec.json.Decoder(type_)
