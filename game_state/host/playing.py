"""Playing a round: what a game's step changes around it.

Owns the host's part of every act: who took part, points, the answer to a miss, the second in which right answers count alike, and
who may skip or stop. What ends a round goes on to `ending.py`. Pure.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from msgspec.structs import replace

from game_state.games.deeds import Scored
from game_state.games.rounds import Games, RoundGame, Scene, Secret, Step
from game_state.host import words
from game_state.host.desk import Desk
from game_state.host.ending import reveal
from game_state.host.opening import IDLE, IDLE_MS, scene_of
from game_state.host.scores import day_of, with_points
from game_state.host.session import PLAYERS_AT_ONCE, Round, Winner, with_latest, with_match_points
from game_state.message import Kind

REVEAL: Final = "reveal"
SECOND_MS: Final = 1000
"""Right answers written within so long after the first, by the platform's clock, are worth the same."""
TOUCH_MS: Final = 2 * 60_000
"""The idle timer is moved only when it was set longer ago than this, so that most turns write none."""
COOLDOWN_MS: Final = 1000
"""In a group a player's wrong tries count once in so long; those that come faster add up."""
FISHING_MS: Final = 4 * COOLDOWN_MS
"""Where so much has added up, the next one does not count even if it is right: names are tried one after the other."""

Move = Callable[[Scene, Secret, dict[str, object]], Step]
"""One of a game's methods, its own arguments filled in."""


def heard(desk: Desk, games: Games, current: Round, words: str) -> str:
    """Let the game hear words."""
    game = games[current.game]
    return move(desk, games, current, lambda scene, secret, state: game.hear(scene, secret, state, words))


def pressed(desk: Desk, games: Games, current: Round, value: str) -> str:
    """Let the game play one of its own buttons."""
    game = games[current.game]
    return move(desk, games, current, lambda scene, secret, state: game.press(scene, secret, state, value))


def move(desk: Desk, games: Games, current: Round, act: Move) -> str:
    """Let the round's game play an act."""
    return carry(desk, games, current, act(scene_of(desk, current.number), current.secret, current.state))


def carry(desk: Desk, games: Games, current: Round, step: Step) -> str:
    """Carry out what comes of an act."""
    game = games[current.game]
    if current.winners:
        return _second(desk, game, current, step)
    current, counts = _cooled(desk, current, step)
    if not counts:
        desk.change(round=current)
        return "ignored"
    current = replace(current, state=step.state)
    if step.active and desk.message.kind is not Kind.TIMER:
        if desk.player not in current.tried:
            current = replace(current, tried=with_latest(current.tried, desk.player, 0))
        if desk.player:
            desk.change(played_ms=with_latest(desk.session.played_ms, desk.player, desk.now_ms))
        current = _touched(desk, current)
    for award in step.awards:
        name = award.name or (desk.name if award.player == desk.player else "")
        give(desk, award.player, name, award.points, won=award.won)
    if step.after_ms is not None and not step.over:
        if step.after_ms:
            desk.timer("round", current.number, step.after_ms)
        else:
            desk.cancel("round")
    if step.solved:
        return _solve(desk, games, game, current)
    desk.change(round=current)
    desk.tell(step.says, current.number, current.game)
    if step.over:
        return reveal(desk, games, current, "over", desk.voice.say("The round is over."))
    if step.verdict:
        tried_name = tuple(dict.fromkeys((*current.tried_name, desk.player)))
        if desk.player and len(tried_name) <= PLAYERS_AT_ONCE:
            current = replace(current, tried_name=tried_name)
            desk.change(round=current)
        return _miss(desk, current, step)
    return step.outcome


def _cooled(desk: Desk, current: Round, step: Step) -> tuple[Round, bool]:
    """Add a try to the player's; say whether it counts. Goes by when it was written: a slow network may bring many at once."""
    if desk.private or not desk.player or not step.active or not (step.verdict or step.solved):
        return current, True
    written_ms = desk.message.sent_at_ms or desk.now_ms
    left_ms = current.tried.get(desk.player, 0) - written_ms
    if not 0 < left_ms <= FISHING_MS + COOLDOWN_MS:
        left_ms = 0  # also where the clock was set back
    until_ms = written_ms + min(left_ms, FISHING_MS) + COOLDOWN_MS
    after = replace(current, tried=with_latest(current.tried, desk.player, until_ms))
    return after, left_ms < (FISHING_MS if step.solved else 1)


def give(desk: Desk, player: str, name: str, points: int, *, won: bool) -> None:
    """Add points to the conversation's scores, the match and the books."""
    if not player or points <= 0:
        return
    session = desk.session
    desk.change(scores=with_points(session.scores, player, name, points, won, day_of(desk.now_ms)))
    if session.match is not None:
        desk.change(match=with_match_points(session.match, player, points))
    desk.note(Scored(player=player, points=points, won=won))


def _touched(desk: Desk, current: Round) -> Round:
    if desk.private or 0 <= desk.now_ms - current.touched_ms < TOUCH_MS:
        return current
    desk.timer(IDLE, current.number, IDLE_MS)
    return replace(current, touched_ms=desk.now_ms)


def _solve(desk: Desk, games: Games, game: RoundGame, current: Round) -> str:
    current = replace(current, solved_ms=desk.message.sent_at_ms or desk.now_ms, decided_ms=desk.now_ms)
    current = replace(current, winners=(_winner(desk, game, current),))
    desk.change(round=current)
    if desk.private:
        return reveal(desk, games, current, "correct")
    # Nothing is said in this second: silence tells nobody that somebody was right.
    desk.cancel("round")
    desk.timer(REVEAL, current.number, SECOND_MS)
    return "correct"


def _winner(desk: Desk, game: RoundGame, current: Round) -> Winner:
    scene = scene_of(desk, current.number)
    if current.decided_ms:
        scene = replace(scene, event=replace(scene.event, now_ms=current.decided_ms))
    points, result = game.worth(scene, current.secret, current.state)
    return Winner(desk.player, desk.name, points, result)


def _second(desk: Desk, game: RoundGame, current: Round, step: Step) -> str:
    """Somebody was right a moment ago: only who is right too within the second counts."""
    written_ms = desk.message.sent_at_ms or desk.now_ms
    is_new = desk.player not in {winner.player for winner in current.winners}
    if not step.solved or not is_new or written_ms - current.solved_ms > SECOND_MS:
        return "ignored"
    if len(current.winners) < PLAYERS_AT_ONCE:
        winner = _winner(desk, game, current)
        desk.change(round=replace(current, winners=(*current.winners, winner)))
    return "correct"


def _miss(desk: Desk, current: Round, step: Step) -> str:
    """Answer a wrong guess: a word in private, in a group silence unless it was nearly right or said to the bot."""
    voice = desk.voice
    if step.verdict == "close":
        if not desk.private:
            if desk.player in current.close or len(current.close) >= PLAYERS_AT_ONCE:
                return "close"
            desk.change(round=replace(current, close=tuple(dict.fromkeys((*current.close, desk.player)))))
        desk.say(voice.say("That is close!") if desk.private else voice.say("{name}, that is close!", name=desk.who))
        return "close"
    if desk.private and not step.says:
        desk.say(voice.say("Not quite. Try again, or take a hint?"), *words.buttons(voice, "hint", "giveup"))
    return "wrong"
