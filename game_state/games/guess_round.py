"""The acts of "guess the article": start, hint, guess, give up, skip, stop, and the end of an idle round.

Owns what each act changes; who may act when is `guess.py`, the words are `guess_texts.py`. Pure, like all rules: an act
answers with a Turn, or with the articles that it needs first.
"""

from __future__ import annotations

import msgspec
from msgspec.structs import replace

from article_data.article import Article
from article_data.judge.judging import judge
from game_state.games import guess_state, guess_texts
from game_state.games.contract import (
    Articles,
    ById,
    ByTitle,
    CancelTimer,
    Event,
    Needs,
    SetTimer,
    TimerChange,
    Turn,
)
from game_state.games.guess_answer import answer_key, title_key
from game_state.games.guess_pick import pick
from game_state.games.guess_state import CLOSE_LIMIT, RECENT_LIMIT, Round, Table
from game_state.message import Reply

IDLE_TIMER = "idle"
IDLE_MS = 30 * 60_000
"""A round in which nothing happens for so long ends."""
TOUCH_MS = 10 * 60_000
"""A guess moves the idle timer only when it was set longer ago than this, so that most guesses write no timer."""


class Play(msgspec.Struct, frozen=True):
    """What an act looks at."""

    table: Table
    event: Event
    articles: Articles


def points_for(clue: int) -> int:
    """Return the points for the right answer after `clue` clues: max(1, 11 - clue).

    That is 10 after the first clue and one less for each more. An article has at most 12 clues; from the 10th on it
    is worth 1 point.
    """
    return max(1, 11 - clue)


def done(
    play: Play, outcome: str, *replies: Reply, table: Table | None = None, timers: tuple[TimerChange, ...] = ()
) -> Turn:
    """Make the turn; without `table` the state stays as it is."""
    return Turn(
        state=guess_state.encode(play.table if table is None else table),
        replies=replies,
        timers=timers,
        outcome=outcome,
    )


def start(play: Play) -> Turn | Needs:
    """Start a round, or repeat the clue of the one that is on."""
    if play.table.round is not None:
        return _repeat(play, play.table.round)
    picked = pick(play.event, play.articles, play.table.recent, ())
    if isinstance(picked, Needs):
        return picked
    if picked is None:
        return done(play, "unreachable", guess_texts.unreachable())
    return _open(play, picked, "started")


def hint(play: Play, current: Round) -> Turn | Needs:
    """Give the next clue."""
    article = _current(play, current)
    if not isinstance(article, Article):
        return article
    current = _moved(current, article)
    total = len(article.clues)
    if current.clue >= total:
        touched, timers = _touch(play, current)
        return done(play, "exhausted", guess_texts.no_more_clues(), table=touched, timers=timers)
    shown = replace(current, clue=current.clue + 1, close=(), touched_ms=play.event.now_ms)
    return done(
        play,
        "clue",
        guess_texts.next_clue(article.clues[shown.clue - 1], shown.clue, total),
        table=replace(play.table, round=shown),
        timers=(_idle_timer(current.number),),
    )


def guess(play: Play, current: Round, words: str) -> Turn | Needs:
    """Judge a guess."""
    article = _current(play, current)
    if not isinstance(article, Article):
        return _without_talk(play, current, words, article)
    current = _moved(current, article)
    verdict = judge(words, answer_key(article))
    if verdict.kind == "accept":
        return _win(play, current, article)
    player = guess_state.player_id(play.event.message.sender)
    if verdict.kind == "close" and player not in current.close and len(current.close) < CLOSE_LIMIT:
        touched, timers = _touch(play, replace(current, close=(*current.close, player)))
        name = _name(play.event) if play.event.message.group else ""
        return done(play, "close", guess_texts.close(name), table=touched, timers=timers)
    touched, timers = _touch(play, current)
    return done(play, "wrong", *_miss(play, current, article), table=touched, timers=timers)


def give_up(play: Play, current: Round) -> Turn | Needs:
    """Reveal the answer and end the round."""
    return _reveal(play, current, "gave_up", guess_texts.GAVE_UP)


def expire(play: Play, current: Round) -> Turn | Needs:
    """End a round that everybody has forgotten."""
    return _reveal(play, current, "idle", guess_texts.IDLE)


def stop(play: Play, current: Round) -> Turn | Needs:
    """Reveal the answer, end the game and show where everybody stands."""
    turn = _reveal(play, current, "stopped", guess_texts.STOPPED)
    if isinstance(turn, Needs) or not play.table.scores:
        return turn
    return replace(turn, replies=(*turn.replies, guess_texts.scoreboard(guess_state.ranking(play.table.scores))))


def skip(play: Play, current: Round) -> Turn | Needs:
    """Reveal the answer and start the next round at once; without another article the round goes on."""
    need = ById(article_id=current.article_id, language=current.language)
    picked = pick(play.event, play.articles, play.table.recent, (need,))
    if isinstance(picked, Needs):
        return picked
    if picked is None:
        return done(play, "unreachable", guess_texts.unreachable())
    article = _same(play.articles[need], current)
    title = current.title if article is None else article.title
    return _open(play, picked, "skipped", guess_texts.skipped(title, article))


def leave(play: Play) -> Turn:
    """Forget the round of a conversation that the bot has left; the scores stay."""
    if play.table.round is None:
        return done(play, "left")
    return done(play, "left", table=replace(play.table, round=None), timers=(CancelTimer(name=IDLE_TIMER),))


def _open(play: Play, article: Article, outcome: str, *before: Reply) -> Turn:
    """Open a round with `article`, which has a clue."""
    table, event = play.table, play.event
    opened = Round(
        number=table.rounds + 1,
        article_id=article.article_id,
        title=guess_state.short_title(article.title),
        language=event.language,
        started_by=guess_state.player_id(event.message.sender),
        touched_ms=event.now_ms,
    )
    recent = (*(known for known in table.recent if known != article.article_id), article.article_id)
    return done(
        play,
        outcome,
        *before,
        guess_texts.first_clue(article.clues[0], len(article.clues)),
        table=replace(table, rounds=opened.number, round=opened, recent=recent[-RECENT_LIMIT:]),
        timers=(_idle_timer(opened.number),),
    )


def _repeat(play: Play, current: Round) -> Turn | Needs:
    article = _current(play, current)
    if not isinstance(article, Article):
        return article
    number = max(1, min(current.clue, len(article.clues)))
    clue = article.clues[number - 1] if article.clues else ""
    return done(play, "repeated", guess_texts.already_on(clue, number, len(article.clues)))


def _win(play: Play, current: Round, article: Article) -> Turn:
    event = play.event
    points = points_for(current.clue)
    player = guess_state.player_id(event.message.sender)
    scores = guess_state.with_points(play.table.scores, player, _name(event), points)
    shown = (_name(event) or "Somebody") if event.message.group else "You"
    return done(
        play,
        "correct",
        guess_texts.correct(article, shown, points, current.clue),
        table=replace(play.table, round=None, scores=scores),
        timers=(CancelTimer(name=IDLE_TIMER),),
    )


def _miss(play: Play, current: Round, article: Article) -> tuple[Reply, ...]:
    """Answer a wrong guess: in a group only one that was said to the bot directly."""
    if not play.event.message.group:
        return (guess_texts.wrong_in_private(more_clues=current.clue < len(article.clues)),)
    return (guess_texts.wrong_in_group(),) if play.event.message.addressed else ()


def _without_talk(play: Play, current: Round, words: str, answer: Turn | Needs) -> Turn | Needs:
    """Say that the store is away only to those who may be right, lest every line of a group's talk be met with it."""
    message = play.event.message
    if isinstance(answer, Needs) or answer.outcome != "unreachable" or not message.group or message.addressed:
        return answer
    return answer if judge(words, title_key(current.title)).kind != "reject" else replace(answer, replies=())


def _reveal(play: Play, current: Round, outcome: str, opening: str) -> Turn | Needs:
    """End the round with its answer. Needs no store: the round knows the title."""
    article = _found(play, current)
    if isinstance(article, Needs):
        return article
    return _end(play, current, outcome, opening, _same(article, current))


def _end(play: Play, current: Round, outcome: str, opening: str, article: Article | None) -> Turn:
    return done(
        play,
        outcome,
        guess_texts.revealed(current.title, article, opening),
        table=replace(play.table, round=None),
        timers=(CancelTimer(name=IDLE_TIMER),),
    )


def _current(play: Play, current: Round) -> Article | Turn | Needs:
    """Return the round's article, or the turn or needs that stand in its way."""
    article = _found(play, current)
    if isinstance(article, Needs):
        return article
    if article is None:
        return done(play, "unreachable", guess_texts.unreachable())
    if _same(article, current) is None:
        return _end(play, current, "outdated", guess_texts.OUTDATED, None)
    return article


def _found(play: Play, current: Round) -> Article | Needs | None:
    """Return what is at the round's number, or what has its title: a new build of the store numbers its articles anew."""
    by_id = ById(article_id=current.article_id, language=current.language)
    if by_id not in play.articles:
        return Needs(articles=(by_id,))
    article = play.articles[by_id]
    if article is None or _same(article, current) is not None:
        return article
    by_title = ByTitle(title=current.title, language=current.language)
    if by_title not in play.articles:
        return Needs(articles=(by_id, by_title))
    return play.articles[by_title]


def _moved(current: Round, article: Article) -> Round:
    """Return the round with the number that its article has now, and no more clues shown than it has now."""
    if article.article_id == current.article_id and current.clue <= len(article.clues):
        return current
    return replace(current, article_id=article.article_id, clue=max(1, min(current.clue, len(article.clues))))


def _same(article: Article | None, current: Round) -> Article | None:
    """Return the article if it is the round's."""
    if article is None or guess_state.short_title(article.title) != current.title:
        return None
    return article


def _touch(play: Play, current: Round) -> tuple[Table, tuple[TimerChange, ...]]:
    """Keep `current`, and move its idle timer if that was set a while ago."""
    if play.event.now_ms - current.touched_ms < TOUCH_MS:
        return replace(play.table, round=current), ()
    touched = replace(current, touched_ms=play.event.now_ms)
    return replace(play.table, round=touched), (_idle_timer(current.number),)


def _idle_timer(number: int) -> SetTimer:
    return SetTimer(name=IDLE_TIMER, round=number, after_ms=IDLE_MS)


def _name(event: Event) -> str:
    return guess_state.short_name(event.name or event.message.sender_name or "")
