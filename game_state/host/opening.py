"""Opening a match and its rounds: which game, which articles, in which language; and the article drawn.

Owns the choice and the first words of a round. Pure.
"""

from __future__ import annotations

from typing import Final

from msgspec.structs import replace

from article_data.article import Article
from game_state.games.needs import GONE, ByTitle, Cursor, Draw, Drawn
from game_state.games.rounds import Games, RoundGame, Scene, Secret, Step, Unreachable, short_title
from game_state.host import words
from game_state.host.desk import BEGIN, Desk
from game_state.host.session import Match, Round, with_cursor
from game_state.message import Button
from languages.voice import voice_of

DRAWS: Final = 12
"""Articles tried before the host says that none suits the game."""
EXPLAIN_THEMSELVES: Final = ("path", "twenty")
"""Games whose first words say all that there is to say."""
IDLE: Final = "idle"
IDLE_MS: Final = 10 * 60_000
"""A round in a group in which nothing happens for so long ends. Alone, a round waits for days."""


def scene_of(desk: Desk, number: int, *, player: str | None = None) -> Scene:
    """Make what a game may look at."""
    session = desk.session
    return Scene(
        event=desk.event,
        facts=desk.facts,
        voice=desk.voice,
        player=desk.player if player is None else player,
        name=desk.name,
        private=desk.private,
        pace_s=session.settings.pace_s,
        paced=session.settings.paced,
        emoji=session.settings.emoji,
        number=number,
        adult=session.settings.adult,
    )


def articles_language(desk: Desk, wanted: str) -> str | None:
    """Return the language of the articles to play with; None after saying that there are none in the wanted one."""
    shelves = desk.facts.shelves()
    settings = desk.session.settings
    if wanted:
        if wanted in shelves or not shelves:
            return wanted
        # In the wanted language where the bot speaks it: who asks for Spanish reads Spanish.
        voice = voice_of(wanted) if voice_of(wanted).language == wanted else desk.voice
        offers = (settings.articles, desk.language, desk.event.language, *shelves)
        offered = next(language for language in offers if language in shelves)
        desk.say(
            voice.say("I have no articles in that language here, but I have some in others."),
            Button(label=f"{voice.say('Play')} ({offered})", value=f"play:{offered}"),
        )
        return None
    ours, bots = desk.language, desk.event.language
    for language in (settings.articles, ours, _primary(ours), bots, _primary(bots), *shelves):
        if language in shelves:
            if _primary(language) != _primary(ours) and not settings.articles and not desk.session.noted:
                desk.change(noted=True)
                desk.say(desk.voice.say("I have no articles in your language here, so the clues are in another."))
            return language
    return desk.event.language


def _primary(tag: str) -> str:
    """Return the language of an IETF tag: who speaks "pt-BR" reads "pt"."""
    return tag.partition("-")[0].casefold()


def open_match(desk: Desk, match: Match, games: Games) -> str:
    """Open the first round of a match."""
    desk.change(match=match)
    return open_round(desk, games)


def open_round(desk: Desk, games: Games) -> str:
    """Open the next round of the match; a match that finds no article ends."""
    match = desk.session.match
    assert match is not None
    game = games[match.game]
    number = desk.session.rounds + 1
    found = _titled(desk, match, game, number) if match.titles else _drawn(desk, match, game, number)
    if found is None:
        desk.change(match=None)
        desk.say(
            desk.voice.say("I have no article of that kind to play with. Try another topic or difficulty?"),
            *words.buttons(desk.voice, "games"),
        )
        return "empty"
    secret, step = found
    desk.change(
        rounds=number,
        round=Round(
            number=number,
            game=match.game,
            secret=secret,
            state=step.state,
            begun_ms=desk.now_ms,
            touched_ms=desk.now_ms,
            starter=match.starter,
        ),
    )
    if match.total > 1:
        place = desk.voice.say("Round {number} of {total}.", number=match.played + 1, total=match.total)
        first, *rest = step.says
        gap = "\n" if first.board else " "
        step = replace(step, says=(replace(first, text=f"{place}{gap}{first.text}"), *rest))
    if match.game not in (*desk.session.explained, *EXPLAIN_THEMSELVES):
        # Who plays it for the first time here reads how.
        desk.change(explained=(*desk.session.explained, match.game))
        first, *rest = step.says
        step = replace(step, says=(replace(first, text=f"{game.rules(desk.voice)}\n\n{first.text}"), *rest))
    desk.tell(step.says, number, match.game, rank=BEGIN)
    if step.after_ms:
        desk.timer("round", number, step.after_ms)
    if not desk.private:
        desk.timer(IDLE, number, IDLE_MS)
    return "started"


def _drawn(desk: Desk, match: Match, game: RoundGame, number: int) -> tuple[Secret, Step] | None:
    """Draw articles until one suits the game."""
    session = desk.session
    for _ in range(DRAWS):
        drawn = desk.facts.draw(
            Draw(
                key=session.key,
                language=match.language,
                topic=match.topic,
                difficulty=match.difficulty,
                adult=session.settings.adult,
                cursors=tuple(one for one in desk.session.cursors if one.language == match.language),
            )
        )
        if drawn is None:
            raise Unreachable
        if drawn.article is GONE or drawn.article.article_id < 0:
            return None
        desk.change(cursors=with_cursor(desk.session.cursors, drawn.cursor))
        opened = _opened(desk, game, drawn, number)
        if opened is not None:
            return opened
    return None


def _titled(desk: Desk, match: Match, game: RoundGame, number: int) -> tuple[Secret, Step] | None:
    """Take the match's next article, passing over those that the build has no more."""
    for title in match.titles[match.played :]:
        article = desk.facts.article(ByTitle(title=title, language=match.language))
        if article is None:
            raise Unreachable
        opened = None
        if article.article_id >= 0:
            opened = _opened(desk, game, _as_drawn(article, match), number)
        if opened is not None:
            return opened
        match = replace(match, played=match.played + 1, marks=(*match.marks, 0))
        desk.change(match=match)
    return None


def _as_drawn(article: Article, match: Match) -> Drawn:
    return Drawn(article=article, cursor=Cursor(match.language, "", "", 0), level=article.difficulty)


def _opened(desk: Desk, game: RoundGame, drawn: Drawn, number: int) -> tuple[Secret, Step] | None:
    secret = Secret(
        article_id=drawn.article.article_id,
        title=short_title(drawn.article.title),
        language=drawn.article.language,
        level=drawn.level,
    )
    step = game.open(scene_of(desk, number), secret, drawn.article)
    return None if step is None else (secret, step)
