"""WhatsApp addresses: who or what a conversation is with, as one string, and back to the request's fields.

A group is "g:<group id>". A person is the business-scoped user id ("BR.9001") where WhatsApp tells it, else the phone
number: people with a user name have no phone number to tell. Pure.
Source: https://developers.facebook.com/documentation/business-messaging/whatsapp/business-scoped-user-ids,
read 2026-11-22.
"""

from __future__ import annotations

import re

GROUP_PREFIX = "g:"

_BSUID = re.compile(r"[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}")


def group_address(group_id: str) -> str:
    """Return the address of a group."""
    return GROUP_PREFIX + group_id


def recipient(address: str) -> dict[str, str]:
    """Return the fields of a send that say whom it is for."""
    if address.startswith(GROUP_PREFIX):
        return {"recipient_type": "group", "to": address.removeprefix(GROUP_PREFIX)}
    if _BSUID.fullmatch(address):
        return {"recipient_type": "individual", "recipient": address}
    return {"recipient_type": "individual", "to": address}
