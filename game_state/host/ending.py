"""Ending a round and a match: the reveal, the points, what comes next.

Owns what is told at the end and in which order: who won, what the game adds, the article with its link, then the next round or the
match's winner. Nothing of the answer is said before this. Pure.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from article_data.article import Article
from game_state.games.deeds import Scored, Solved
from game_state.games.needs import ById, ByTitle
from game_state.games.rounds import Games, Outdated, Secret, Unreachable
from game_state.host import words
from game_state.host.desk import END, Desk
from game_state.host.opening import IDLE, open_round, scene_of
from game_state.host.scores import day_of, with_points
from game_state.host.session import Last, Match, Round, with_match_points
from game_state.message import Kind
from languages.voice import Voice

NEXT: Final = "next"
NEXT_MS: Final = 5000
"""Between a reveal and the next round in a group: time to read."""
QUIET_LIMIT: Final = 2
"""After so many rounds in a row in which nobody spoke, a match ends itself."""
CLUE_CHARS: Final = 300
LONG_TITLE: Final = 77
"""Bytes from which on a title may have been cut to be kept."""
TIMERS: Final = ("round", "reveal", IDLE)


def reveal(desk: Desk, games: Games, current: Round, outcome: str, opening: str = "") -> str:
    """End the round with its answer. Needs no store: the round knows the title.

    However it ends, who named the article in time has won it, and that is told instead of `opening`.
    """
    if current.winners:
        opening = words.won(desk.voice, current.winners, private=desk.private)
    game, scene = games[current.game], scene_of(desk, current.number)
    subject = game.subject(current.secret, current.state)
    article = _found(desk, subject)
    try:
        closing = game.closing(scene, current.secret, current.state)
        clue = game.last_clue(scene, current.secret, current.state)
    except (Unreachable, Outdated):
        closing, clue = (), ""
    reward(desk, current)
    desk.say(words.ending((opening, *closing), article, subject.title), rank=END)
    desk.cancel(*TIMERS)
    match = desk.session.match
    assert match is not None
    points = current.winners[0].points if current.winners else 0
    # Skipping the only round asks for another one.
    another = outcome == "skipped" and match.total == 1 and not match.titles
    is_quiet = not current.tried and not current.winners and desk.message.kind is Kind.TIMER
    match = replace(
        match,
        played=match.played if another else match.played + 1,
        marks=(*match.marks, points) if match.titles else (),
        quiet=match.quiet + 1 if is_quiet else 0,
        warned=False,
    )
    desk.change(
        round=None,
        match=match,
        last=Last(
            game=current.game,
            title=current.secret.title,
            language=current.secret.language,
            article_id=current.secret.article_id,
            clue=clue[:CLUE_CHARS],
            topic=match.topic,
            difficulty=match.difficulty,
        ),
    )
    if outcome == "stopped" or match.played >= match.total:
        return _end(desk, match, outcome)
    if match.quiet >= QUIET_LIMIT:
        desk.say(desk.voice.say("It is quiet here, so I stop. Call me when you feel like playing!"))
        return _end(desk, match, "deserted")
    if desk.private:
        go_on(desk, games)
    else:
        desk.timer(NEXT, current.number, NEXT_MS)
    return outcome


def go_on(desk: Desk, games: Games) -> str:
    """Open the match's next round; without the store the match waits, and "play" goes on with it."""
    match = desk.session.match
    assert match is not None
    try:
        outcome = open_round(desk, games)
    except Unreachable:
        desk.say(words.unreachable(desk.voice), *words.buttons(desk.voice, "play"))
        return "unreachable"
    if desk.session.match is None and match.day:
        return _end(desk, replace(match, played=match.total), outcome)
    return outcome


def drop(desk: Desk, match: Match) -> None:
    """Put the match away; a daily challenge has had its one try."""
    if match.day:
        share = _shared(desk.voice, match, emoji=desk.session.settings.emoji)
        desk.change(daily=match.day, share=share)
    desk.change(match=None)
    desk.cancel(NEXT)


def _found(desk: Desk, subject: Secret) -> Article | None:
    """Return the article to tell of where it can be had."""
    title = subject.title
    article = desk.facts.article(ById(article_id=subject.article_id, language=subject.language))
    if article is None or article.title == title:
        return article
    if len(title.encode()) >= LONG_TITLE and article.title.startswith(title):
        return article
    return desk.facts.article(ByTitle(title=title, language=subject.language))


def reward(desk: Desk, current: Round) -> None:
    """Give the winners their points, and tell the books how all players fared."""
    secret = current.secret
    today = day_of(desk.now_ms)
    for winner in current.winners:
        if not winner.player:
            continue
        scores = with_points(desk.session.scores, winner.player, winner.name, winner.points, True, today)
        desk.change(scores=scores)
        if desk.session.match is not None:
            desk.change(match=with_match_points(desk.session.match, winner.player, winner.points))
        desk.note(
            Scored(player=winner.player, points=winner.points, won=True),
            _fared(winner.player, secret, winner.result),
        )
    right = {winner.player for winner in current.winners}
    desk.note(*(_fared(player, secret, 0.0) for player in sorted(set(current.tried_name) - right)))


def _fared(player: str, secret: Secret, result: float) -> Solved:
    return Solved(player=player, language=secret.language, title=secret.title, result=result, level=secret.level)


def _end(desk: Desk, match: Match, outcome: str) -> str:
    """End the match; one of several rounds has a winner and says so."""
    voice = desk.voice
    drop(desk, match)
    if match.day:
        desk.say(desk.session.share, *words.buttons(voice, "games", "scores"), rank=END)
    elif match.total > 1 and match.points:
        desk.say(_final(desk, match), *words.buttons(voice, "again", "scores"), rank=END)
    elif desk.speaks:
        report = ("report",) if desk.session.last is not None and desk.session.last.clue else ()
        desk.offer(*words.buttons(voice, "again", "scores", *report))
    return outcome


def _final(desk: Desk, match: Match) -> str:
    """Name the winner of a match and the points of all."""
    voice, scores = desk.voice, desk.session.scores
    lines = sorted(match.points.items(), key=lambda line: (-line[1], line[0]))
    best = [player for player, points in lines if points == lines[0][1]]
    names = {player: (scores[player].name if player in scores else "") or voice.say("Somebody") for player, _ in lines}
    won = voice.count("{n} point", "{n} points", lines[0][1])
    if desk.private:
        return voice.say("The match is over. You have {points}.", points=won)
    if len(best) > 1:
        told = voice.say(
            "The match is over, and it is a draw: {names} have {points} each.",
            names=words.joined(voice, [names[player] for player in best]),
            points=won,
        )
    else:
        told = voice.say("The match is over, and {name} wins it with {points}!", name=names[best[0]], points=won)
    others = [
        f"{place}. {names[player]}: " + voice.count("{n} point", "{n} points", points)
        for place, (player, points) in enumerate(lines[:10], start=1)
    ]
    return "\n".join([told, *others]) if len(others) > 1 else told


def _shared(voice: Voice, match: Match, *, emoji: bool) -> str:
    """Tell the result of a daily challenge, without a word of its answers."""
    marks = (*match.marks, *(0 for _ in range(match.total - len(match.marks))))
    right = sum(1 for points in marks if points)
    if emoji:
        shown = "".join("🟩" if points >= 6 else "🟨" if points else "⬛" for points in marks)
    else:
        shown = " ".join(str(points) if points else "-" for points in marks)
    head = voice.say("Daily challenge {day}: {right} of {total}", day=match.day, right=right, total=match.total)
    return f"{head}\n{shown}\n" + voice.count("{n} point", "{n} points", sum(marks))
