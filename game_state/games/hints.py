"""Who asked for help in a round, and what that leaves of its worth.

In a group help that comes by itself is at the cost of all, help that somebody asks for only at that player's. Alone there is
nobody else: all help is asked for, and counts as if it had come by itself. Owns that account. Pure.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from game_state.games.points import points_for
from game_state.games.rounds import Scene, Secret

ID_LENGTH: Final = 64
"""Characters of a player's id that are kept."""
_AT_THE_END: Final = 0.2
"""The result for ratings of who names it when all help was given: still far more than not at all."""
_PER_HINT: Final = 0.1

Asked = Mapping[str, int]
"""Hints that each player asked for. Bounded because every game bounds its hints."""


def with_hint(asked: Asked, scene: Scene) -> dict[str, int]:
    """Return the account after a hint for this player; alone it stays empty."""
    if scene.private:
        return dict(asked)
    player = scene.player[:ID_LENGTH]
    return {**asked, player: asked.get(player, 0) + 1}


def worth_of(scene: Scene, secret: Secret, asked: Asked, progress: float) -> tuple[int, float]:
    """Return the points and the result for this player, where `progress` (0 to 1) leaves out the help that was asked for."""
    hints = asked.get(scene.player[:ID_LENGTH], 0)
    shown = min(1.0, max(0.0, progress))
    result = 1 - (1 - _AT_THE_END) * shown - _PER_HINT * hints
    return points_for(shown, secret.level, hints), max(_AT_THE_END, round(result, 4))


def next_help_ms(scene: Scene) -> int | None:
    """Return when help comes by itself, for `Step.after_ms`; None: only on request."""
    return pace_ms(scene) if scene.paced and not scene.private else None


def pace_ms(scene: Scene) -> int:
    """Return the milliseconds between two helps in a group, at least one second."""
    return 1000 * max(1, scene.pace_s)


def waited(scene: Scene, since_ms: int) -> float:
    """Return how far the next help is on its way, 0 to 1; where it comes on request none is."""
    if scene.private or not scene.paced:
        return 0.0
    return min(1.0, max(0.0, (scene.event.now_ms - since_ms) / pace_ms(scene)))
