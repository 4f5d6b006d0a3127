"""What a platform can show, as the rules see it: the one place where capabilities become a stage. Pure, knows no platform."""

from __future__ import annotations

from game_state.games.contract import Stage
from platforms.contract import Capabilities


def stage_of(capabilities: Capabilities, *, group: bool) -> Stage:
    """Return the stage that a platform of these capabilities gives to the rules in a chat of this kind."""
    return Stage(
        buttons=capabilities.of(group=group).buttons,
        label=capabilities.button_label_limit,
        hears=capabilities.group_text,
        hidden_picks=capabilities.hidden_picks,
        edits=capabilities.edit,
        groups=capabilities.groups,
        admins=capabilities.admins,
    )
