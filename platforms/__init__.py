"""Every platform's room by name: the only list of platforms that there is.

The door, delivery and the configuration look a platform up here; nothing outside this package imports a room by name.
"""

from __future__ import annotations

from collections.abc import Mapping

from platforms.contract import Platform
from platforms.discord import PLATFORM as DISCORD
from platforms.line import PLATFORM as LINE
from platforms.messenger import PLATFORM as MESSENGER
from platforms.slack import PLATFORM as SLACK
from platforms.telegram import PLATFORM as TELEGRAM
from platforms.web import PLATFORM as WEB
from platforms.whatsapp import PLATFORM as WHATSAPP

PLATFORMS: Mapping[str, Platform] = {
    "telegram": TELEGRAM,
    "slack": SLACK,
    "discord": DISCORD,
    "messenger": MESSENGER,
    "line": LINE,
    "whatsapp": WHATSAPP,
    "web": WEB,
}
"""The names stand in webhook addresses and in the configuration."""
