"""What a platform can show, as the rules see it: the one place where capabilities become a stage. Pure, knows no platform."""

from __future__ import annotations

from game_state.games.contract import Stage
from platforms.contract import Capabilities


def stage_of(capabilities: Capabilities) -> Stage:
    """Return the stage that a platform of these capabilities gives to the rules."""
    return Stage(
        buttons=capabilities.buttons,
        hidden_picks=capabilities.hidden_picks,
        edits=capabilities.edit,
        groups=capabilities.groups,
        admins=capabilities.admins,
    )
