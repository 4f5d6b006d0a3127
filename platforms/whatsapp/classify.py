"""Cloud API answers to outcomes: the error's code decides, not its subcode or the HTTP status. Never raises.

A good answer means accepted, not delivered: failures come later as statuses.
Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/support/error-codes, read 2026-11-22.
"""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from platforms import meta
from platforms.contract import Outcome, Refused, Response, Retry
from platforms.meta import Verdict
from platforms.whatsapp.wire import Sent

CODES: Mapping[int, Verdict] = {
    80007: Retry(reason="rate_limited", scope="bot"),
    130429: Retry(reason="rate_limited", scope="bot"),
    131000: Retry(reason="api_unknown"),
    131008: Refused(reason="bad_request"),
    131009: Refused(reason="bad_request"),
    131016: Retry(reason="api_unavailable"),
    131026: Refused(reason="undeliverable"),
    131030: Refused(reason="not_allowed"),
    131031: Refused(reason="account_locked"),
    131045: Refused(reason="unregistered"),
    131047: Refused(reason="window_closed"),
    131048: Retry(reason="spam_limited", scope="bot", after_s=600.0),  # lifts by quality, not by time: ask rarely
    131050: Refused(reason="opted_out"),
    131051: Refused(reason="unsupported"),
    131056: Retry(reason="rate_limited", after_s=6.0),  # one message in 6 s to the same person, after a burst of 45
    131057: Retry(reason="maintenance", scope="bot"),
}

_sent = msgspec.json.Decoder(Sent)


def classify(response: Response) -> Outcome:
    """Say what the answer to a send means."""
    return meta.classify(response, CODES, {}, lambda body: (_sent.decode(body).messages[0].id,))
