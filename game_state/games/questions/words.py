"""Twenty, the words of questions: how a question begins, and the little words in it, in six languages.

Owns tables of plain grammar, folded as `record.tokens` folds. Pure.
"""

from __future__ import annotations

import re
from typing import Final

import msgspec

from game_state.games.questions.sentences import tokens


class Asking(msgspec.Struct, frozen=True, kw_only=True):
    """How one language asks."""

    opening: re.Pattern[str]
    """What a question whose predicate is "is a ..." begins with."""
    doing: re.Pattern[str]
    """What other yes/no questions begin with."""
    either: frozenset[str]
    """"or"."""
    little: frozenset[str]
    """Words that add nothing to a question."""
    articles: frozenset[str]
    negations: frozenset[str]


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_EN_IT: Final = (
    r"(?:it|this|that|he|she|they|there|one|its|(?:the |your )?(?:answer|article|thing|secret|person"
    r"|place|object|subject|animal|word))"
)
ASKING: Final[dict[str, Asking]] = {
    "en": Asking(
        opening=re.compile(
            rf"^(?:(?:is|was|are|were|isnt|wasnt|arent|werent)(?: not)? {_EN_IT}(?: not)?|(?:could|might|would"
            rf"|can|must) {_EN_IT}(?: not)? be"
            rf"|{_EN_IT} (?:is|was|are|were|s)(?: not|nt)?|its|hes|shes|theyre|is|was|are|were)(?: (?:a|an"
            rf"|the))?(?= |$)"
        ),
        doing=re.compile(
            rf"^(?:(?:does|did|do|has|have|had|can|could|will|would|doesnt|didnt|dont|hasnt|cant|couldnt|should)"
            rf"(?: (?:{_EN_IT}|i|you|we|people|humans|anyone|anybody|one|someone))?)(?= |$)"
        ),
        either=_words("or"),
        little=_words(
            "a an the it this that these those he she they him her his its their them there here i you we me my"
            " your our one of in at on from to"
            " for by with as is was were are be been being do does did has have had can could will would been"
            " kind type sort some any also still"
            " now currently today ever maybe actually really very quite just located situated found live lived"
            " lives living come comes came"
            " someone somebody something anything somewhere people person s t so and then than like please called"
            " known thing things born"
            " happen happened take took place use used uses located like specific particular certain single real"
            " own part time"
        ),
        articles=_words("a an the"),
        negations=_words("not nt no"),
    ),
    "de": Asking(
        opening=re.compile(
            r"^(?:ist|sind|war|waren|ware)(?: (?:es|das|er|sie|dies|da|die person|der ort))?(?: (?:ein|eine|einen"
            r"|der|die|das))?(?= |$)"
            r"|^(?:handelt es sich (?:um|dabei um))(?: (?:ein|eine|einen))?(?= |$)|^(?:es|er|sie|das) (?:ist"
            r"|war)(?: (?:ein|eine))?(?= |$)"
        ),
        doing=re.compile(
            r"^(?:hat|hatte|haben|kann|konnte|lebt|lebte|liegt|lag|wurde|wird|gibt|gab|kommt|kam|steht|gehort"
            r"|spielt|spielte|isst|fliegt|macht"
            r"|schrieb|gewann|starb|befindet|benutzt|braucht)(?: (?:es|er|sie|das|man|sich|ich))?(?= |$)"
        ),
        either=_words("oder"),
        little=_words(
            "ein eine einen einem einer der die das den dem des es er sie ihn man ich in im am an auf aus bei von"
            " vom zu zum zur mit um fur ist war"
            " sind waren hat hatte kann wurde wird lebt lebte leben liegt gibt noch schon jetzt heute dort da"
            " hier sich und so etwa denn eigentlich"
            " auch irgendwo art geboren worden gebaut kommt steht etwas jemand"
        ),
        articles=_words("ein eine einen einem einer der die das den dem"),
        negations=_words("nicht kein keine keiner"),
    ),
    "es": Asking(
        opening=re.compile(
            r"^(?:es|era|fue|son|eran|sera|seria|se trata de)(?: (?:el|la|un|una|esto|eso|algo))?(?= |$)"
        ),
        doing=re.compile(
            r"^(?:esta|estaba|estan|tiene|tenia|tienen|puede|pueden|vive|vivio|vivia|gano|nacio|murio|se|hay"
            r"|habia|sirve|existe|existio|ocurrio"
            r"|viene|hizo|fue|come|vuela|hablan|escribio|queda)(?= |$)"
        ),
        either=_words("o u"),
        little=_words(
            "un una unos unas el la los las lo de del en a al con por para se es era fue son esta estaba tiene"
            " puede vive vivio hay que y muy mas"
            " todavia aun ahora hoy alli ahi aqui algo alguien tipo clase nacio nacido nacida encuentra situado"
            " situada viene construido construida"
        ),
        articles=_words("un una el la los las"),
        negations=_words("no"),
    ),
    "fr": Asking(
        opening=re.compile(
            r"^(?:est ce que )?(?:c est|c etait|c|il est|elle est|il etait|elle etait|est ce|etait ce|est il|est"
            r" elle|etait il|etait elle"
            r"|s agit il d(?:e|u)?|sont ce|ce sont)(?: (?:un|une|des|le|la|l|d))?(?= |$)"
        ),
        doing=re.compile(
            r"^(?:est ce qu(?:e)? ?(?:il|elle|on|ca|c)?|(?:a t|vit|vivait|peut|se trouve t|se trouve|existe t|a"
            r"|vole t|mange t|parle t|y a t)"
            r"(?: (?:il|elle|on|ca))?|on peut|il a|elle a|ca se)(?= |$)"
        ),
        either=_words("ou"),
        little=_words(
            "un une des le la les l d de du en a au aux dans sur par pour avec se s est ce c que qu il elle on ca"
            " y t vit vivait peut trouve etait"
            " encore toujours maintenant aujourd hui et tres plus quelque quelqu chose sorte type ne nee situe"
            " situee construit construite a"
        ),
        articles=_words("un une le la les l des"),
        negations=_words("pas non"),
    ),
    "it": Asking(
        opening=re.compile(
            r"^(?:e|era|fu|sono|erano|si tratta di|sarebbe|puo essere)(?: (?:un|una|uno|il|lo|la|l|questo))?(?= |$)"
        ),
        doing=re.compile(
            r"^(?:si|ha|aveva|hanno|puo|possono|vive|viveva|visse|c|esiste|vola|mangia|e nat[oa]|nacque|mori|ha"
            r" vinto|sta|viene)(?= |$)"
        ),
        either=_words("o oppure"),
        little=_words(
            "un una uno il lo la i gli le l di del della in nel nella nell a al con per da dal si e era fu sono"
            " ha puo vive trova c che molto piu"
            " ancora adesso ora oggi li qui qualcosa qualcuno tipo nato nata viene costruito costruita situato"
            " situata"
        ),
        articles=_words("un una uno il lo la l i gli le"),
        negations=_words("non"),
    ),
    "pt": Asking(
        opening=re.compile(
            r"^(?:sera que )?(?:e|era|foi|sao|eram|seria|trata se de|isso e|isto e)(?: (?:um|uma|o|a|isso"
            r"|isto))?(?= |$)"
        ),
        doing=re.compile(
            r"^(?:sera que|fica|esta|estava|tem|tinha|pode|podem|vive|vivia|viveu|ganhou|nasceu|morreu|ha|existe"
            r"|existiu|voa|come|veio|vem|se|da para"
            r"|foi|falam)(?= |$)"
        ),
        either=_words("ou"),
        little=_words(
            "um uma o a os as de do da dos das em no na nos nas com por para se e era foi sao esta estava tem"
            " pode vive viveu ha que muito mais ainda"
            " agora hoje la ali aqui algo alguem tipo nasceu nascido nascida fica localizado localizada vem"
            " construido construida"
        ),
        articles=_words("um uma o a os as"),
        negations=_words("nao"),
    ),
}
FILLERS: Final = re.compile(
    r"^(?:(?:ok|okay|so|and|then|well|hmm?|um|uh|hey|oh|but|please|now|tell me|i wonder if|i ask|also|alright"
    r"|right|und|dann|also|na|na gut|ja"
    r"|entonces|pues|bueno|y|alors|bon|euh|et|donc|allora|quindi|dunque|entao|bem|question|my question)\s+)+"
)
TAGS: Final = re.compile(
    r"\s+(?:isnt it|wasnt it|is it|right|or not|i think|i guess|please|oder|oder nicht|nicht wahr|verdad|no|n est"
    r" ce pas|hein|vero|giusto|ne"
    r"|certo)$"
)
WOMAN: Final = re.compile(
    r"\b(?:woman|lady|female|girl|frau|weiblich|madchen|mujer|femme|feminin|donna|femmina|mulher)\b"
)
MAN: Final = re.compile(
    r"\b(?:man|guy|male|boy|gentleman|mann|mannlich|hombre|varon|homme|masculin|uomo|maschio|homem)\b"
)
DEAD: Final = re.compile(
    r"\b(?:dead|deceased|die|died|passed away|tot|gestorben|verstorben|muert[oa]|fallecid[oa]|mort[eoa]?|decedee?"
    r"|falecid[oa])\b"
)
ALIVE: Final = re.compile(
    r"\b(?:alive|still living|living today|living|am leben|lebt noch|lebt (?:er|sie|es) noch|lebt|(?:vive|vit|vit"
    r" il|vit elle) (?:todavia|aun|ainda|ancora|encore|toujours)|lebendig|viv[oa]|vivante?|en vie|in vita)\b"
)
BORN: Final = re.compile(r"\b(?:born|geboren|nacio|nacid[oa]|ne|nee|nat[oa]|nacque|nasceu|nascid[oa])\b")
MADE: Final = re.compile(
    r"\b(?:made|built|invented|created|discovered|founded|written|painted|published|released|composed|completed"
    r"|opened|constructed|established"
    r"|designed|start\w*|begin|began|gebaut|erfunden|erbaut|gegrundet|geschrieben|gemalt|construid[oa]"
    r"|inventad[oa]|fundad[oa]|escrit[oa]|construite?"
    r"|inventee?|fondee?|ecrite?|costruit[oa]|inventat[oa]|fondat[oa]|scritt[oa]|criad[oa])\b"
)
SPEAK: Final = re.compile(
    r"\b(?:speak\w*|spoken|language|languages|spricht|sprache|hablan?|idioma|lengua|parle\w*|langue|parlano?"
    r"|lingua|falam?)\b"
)
"""Names of peoples beside these are names of languages."""
_IT: Final = {
    "en": _words("it its he she they"),
    "de": _words("es er sie das"),
    "fr": _words("ce c il elle ca"),
}


def is_about_it(text: str, language: str) -> bool:
    """Say whether words of a group that are not meant for the bot ask about the article all the same: "is it alive?"."""
    words = tokens(text)[:5]
    pronouns = _IT.get(language)
    if pronouns is not None:
        return not pronouns.isdisjoint(words)
    asking = ASKING.get(language)
    return asking is not None and asking.opening.match(" ".join(words)) is not None


def is_open(text: str, language: str) -> bool:
    """Say whether a question cannot be answered with yes or no: "what is it?", "how many are left?"."""
    words = tokens(text)[:2]
    if not words or words[0] not in _OPEN.get(language, _OPEN["en"]):
        return False
    # "Was it built in 1900?" is asked in English, whatever the language.
    return words[1:] not in (("it",), ("he",), ("she",), ("they",)) or language == "en"


_OPEN: Final = {
    "en": _words("what whats who whos whom whose where when why how which"),
    "de": _words("was wer wen wem wessen wo woher wohin wann warum wieso weshalb wie welche welcher welches"),
    "es": _words("que quien quienes donde cuando por cual cuales como cuanto cuantos cuanta cuantas"),
    "fr": _words("que quoi qui ou quand pourquoi comment quel quelle quels quelles lequel combien"),
    "it": _words("che chi cosa dove quando perche quale quali come quanto quanti quanta quante"),
    "pt": _words("que quem onde quando por qual quais como quanto quantos quanta quantas"),
}
"""First words of open questions."""


def says_not(text: str, language: str) -> bool:
    """Say whether a question is put in the negative: "isn't it in France?"."""
    asking = ASKING.get(language, ASKING["en"])
    return any(word in asking.negations or (language == "en" and word in _EN_NOT) for word in tokens(text))


_EN_NOT: Final = _words("isnt wasnt arent werent doesnt didnt dont hasnt cant couldnt")
