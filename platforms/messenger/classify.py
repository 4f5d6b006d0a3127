"""Send API answers to outcomes, and profiles to names. Never raises, whatever the bytes.

Source: https://developers.facebook.com/docs/messenger-platform/reference/send-api/error-codes, read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from platforms import meta
from platforms.contract import Outcome, Refused, Response, Retry
from platforms.messenger.wire import Profile, Sent
from platforms.meta import Verdict
from platforms.reading import clean

CODES: Mapping[int, Verdict] = {
    2: Retry(reason="api_unavailable"),  # can also mean blocked: the attempts' limit ends it
    32: Retry(reason="rate_limited", scope="bot"),
    551: Refused(reason="unavailable"),
    613: Retry(reason="rate_limited", scope="bot"),
    1200: Retry(reason="send_failed"),
    80006: Retry(reason="rate_limited", scope="bot"),
}
SUBCODES: Mapping[int, Verdict] = {
    2018001: Refused(reason="chat_not_found"),
    2018278: Refused(reason="window_closed"),
}

_sent = msgspec.json.Decoder(Sent)
_profile = msgspec.json.Decoder(Profile)


def classify(response: Response) -> Outcome:
    """Say what the answer to a send means."""
    return meta.classify(response, CODES, SUBCODES, lambda body: (_sent.decode(body).message_id,))


def read_name(response: Response) -> str | None:
    """Return the name in a profile, or None where the profile is withheld."""
    if response.status != 200:
        return None
    try:
        profile = _profile.decode(response.body)
    except (ValueError, RecursionError):
        return None
    return clean(f"{profile.first_name} {profile.last_name}").strip() or clean(profile.name).strip() or None
