"""The small words by which a defining sentence is read: copulas, articles, and what ends a noun phrase, by language.

Tables of plain grammar, read by `head`. Everything is in lower case; elided articles ("l'", "un'") stand without the apostrophe.
"""

from __future__ import annotations

import msgspec

from article_data.language.words import word_set


class Grammar(msgspec.Struct, frozen=True, kw_only=True):
    """What `head` must know of a language."""

    copulas: frozenset[str]
    plural_copulas: frozenset[str] = frozenset()
    """Those that a noun phrase may follow without an article."""
    determiners: frozenset[str]
    """Articles and the like, which open a noun phrase."""
    links: frozenset[str]
    """"of": what joins a general noun to the telling one."""
    stops: frozenset[str]
    """Prepositions, conjunctions, relatives: none of them is in a noun phrase's core."""
    general: frozenset[str]
    """Nouns that are looked through when "of" follows: "species of rodent"."""
    counting: frozenset[str]
    """"one" and the like: looked through when "of" follows, no noun themselves."""
    passed: frozenset[str]
    """Adverbs between copula and article: "is also a"."""
    noun_first: bool = False
    """Whether adjectives mostly follow their noun, as in the Romance languages."""
    before_noun: frozenset[str] = frozenset()
    """Adjectives that may stand before the noun all the same."""
    not_before: frozenset[str] = frozenset()
    """Relatives: a copula right after one belongs to a side clause."""
    nouns_are_capital: bool = False


GRAMMARS: dict[str, Grammar] = {
    "en": Grammar(
        copulas=word_set("is was are were constitutes constitute refers"),
        plural_copulas=word_set("are were"),
        determiners=word_set("a an the any another every each his her its their some several various two three second"),
        links=word_set("of"),
        stops=word_set(
            """
            of who which that whose whom where when in on at from for by with to as into within between among during
            since until after before near under over about around through against across along without than but while
            and or also used known located situated based native found born able capable made written directed produced
            created published released founded built designed developed performed recorded composed composing containing
            consisting including comprising belonging having held given called named led played living using bordering
            spoken established inhabited characterized characterised defined considered originally currently
            typically usually often commonly generally mainly mostly primarily especially above below beyond
            toward towards onto off upon per via inside outside behind beneath beside besides amid throughout
            active taken sent concerning regarding involving featuring starring covering depicting describing
            responsible similar
            adjacent common endemic except because if so best well
            """
        ),
        general=word_set(
            """
            species subspecies genus genera family families type types kind kinds sort form forms class classes group
            groups variety breed subfamily suborder order superfamily tribe phylum clade name term branch subset piece
            category style
            """
        ),
        counting=word_set(
            "one any some all most many each two three four five six seven several largest smallest oldest"
        ),
        passed=word_set(
            "also now still often usually generally typically currently today commonly originally formally officially "
            "basically essentially primarily mainly historically not only perhaps probably both either considered "
            "regarded as once therefore thus to about around approximately roughly nearly almost over"
        ),
        not_before=word_set("which that who what it there this these those he she they"),
    ),
    "de": Grammar(
        copulas=word_set("ist war sind waren"),
        plural_copulas=word_set("sind waren"),
        determiners=word_set("ein eine einer eines einem einen der die das den dem des"),
        links=word_set("von der des"),
        stops=word_set(
            "von vom aus in im am an auf bei mit für zu zum zur nach und oder sowie der die das dessen deren "
            "welche welcher "
            "welches über unter zwischen durch um als seit bis vor hinter neben ohne gegen"
        ),
        general=word_set(
            "art arten gattung gattungen familie form gruppe klasse ordnung typ reihe bezeichnung name teil"
        ),
        counting=word_set("eine einer eines"),
        passed=word_set("auch heute oft meist meistens seit einst ehemals zugleich sowohl"),
        not_before=word_set("der die das welcher welche welches es dies"),
        nouns_are_capital=True,
    ),
    "fr": Grammar(
        copulas=word_set("est était fut sont étaient furent"),
        determiners=word_set("un une le la les l des"),
        links=word_set("de des du d"),
        stops=word_set(
            "de des du d à au aux en dans sur par pour et ou qui que dont où avec sans entre vers chez situé située"
        ),
        general=word_set(
            "espèce espèces genre genres famille type types sorte forme groupe classe ordre variété race nom ensemble"
        ),
        counting=word_set("un une"),
        passed=word_set("aussi également souvent aujourd hui généralement actuellement à la fois"),
        noun_first=True,
        before_noun=word_set(
            "grand grande petit petite ancien ancienne premier première célèbre jeune nouveau nouvelle vieux vieille "
            "important importante haut haute long longue plus seconde second deuxième dernier dernière vaste"
        ),
        not_before=word_set("qui que ce il elle"),
    ),
    "es": Grammar(
        copulas=word_set("es fue era son fueron eran"),
        determiners=word_set("un una unos unas el la los las lo"),
        links=word_set("de del"),
        stops=word_set(
            "de del a al en con por para y e o u que quien cuyo cuya donde entre sobre sin desde hasta situado situada"
        ),
        general=word_set(
            "especie especies género géneros familia tipo tipos clase forma grupo orden variedad raza nombre conjunto"
        ),
        counting=word_set("uno una"),
        passed=word_set("también actualmente generalmente además"),
        noun_first=True,
        before_noun=word_set(
            "gran grande pequeño pequeña antiguo antigua primer primera célebre famoso famosa joven nuevo "
            "nueva importante "
            "segundo segunda último última más reconocido reconocida destacado destacada"
        ),
        not_before=word_set("que quien"),
    ),
    "it": Grammar(
        copulas=word_set("è era fu sono erano furono"),
        determiners=word_set("un uno una il lo la i gli le l"),
        links=word_set("di del della dei degli delle dell dello d"),
        stops=word_set(
            "di del della dei degli delle dell dello d a ad al alla in nel nella con per da dal dalla e ed o "
            "che cui dove tra "
            "fra su sul sulla senza situato situata"
        ),
        general=word_set(
            "specie genere generi famiglia tipo tipi sorta forma gruppo classe ordine varietà razza nome insieme"
        ),
        counting=word_set("uno una"),
        passed=word_set("anche stato stata attualmente generalmente inoltre"),
        noun_first=True,
        before_noun=word_set(
            "grande gran piccolo piccola antico antica primo prima celebre famoso famosa giovane nuovo nuova "
            "importante "
            "secondo seconda ultimo ultima più"
        ),
        not_before=word_set("che cui"),
    ),
    "pt": Grammar(
        copulas=word_set("é foi era são foram eram"),
        determiners=word_set("um uma uns umas o a os as"),
        links=word_set("de do da dos das"),
        stops=word_set(
            "de do da dos das a ao à em no na nos nas com por para e ou que quem cujo cuja onde entre sobre "
            "sem situado situada"
        ),
        general=word_set(
            "espécie espécies gênero género família tipo tipos classe forma grupo ordem variedade raça nome conjunto"
        ),
        counting=word_set("um uma"),
        passed=word_set("também atualmente geralmente"),
        noun_first=True,
        before_noun=word_set(
            "grande pequeno pequena antigo antiga primeiro primeira célebre famoso famosa jovem novo nova "
            "importante segundo "
            "segunda último última mais"
        ),
        not_before=word_set("que quem"),
    ),
}
GRAMMARS["simple"] = GRAMMARS["en"]

ENGLISH_PLURALS = {
    "people": "person",
    "men": "man",
    "women": "woman",
    "children": "child",
    "mice": "mouse",
    "geese": "goose",
    "feet": "foot",
    "teeth": "tooth",
    "oxen": "ox",
    "wolves": "wolf",
    "leaves": "leaf",
    "knives": "knife",
    "lives": "life",
    "species": "species",
    "genera": "genus",
    "phenomena": "phenomenon",
    "criteria": "criterion",
    "bacteria": "bacterium",
    "fungi": "fungus",
    "algae": "alga",
    "larvae": "larva",
    "series": "series",
    "news": "news",
    "mathematics": "mathematics",
    "physics": "physics",
    "politics": "politics",
    "economics": "economics",
    "statistics": "statistics",
    "linguistics": "linguistics",
    "ethics": "ethics",
    "movies": "movie",
    "shoes": "shoe",
    "heroes": "hero",
    "potatoes": "potato",
    "headquarters": "headquarters",
    "means": "means",
    "lens": "lens",
    "gas": "gas",
    "bus": "bus",
}
"""Plurals that no rule makes singular, and words in s that are none."""

ENGLISH_ADJECTIVES = word_set(
    """
    first second third last largest smallest oldest highest former small large big great major minor main chief
    key early
    late new old ancient modern young single double short long high low open free public private popular
    important famous
    notable prominent american british english french german italian russian japanese chinese greek roman indian irish
    scottish welsh dutch swedish norwegian danish polish turkish spanish portuguese australian canadian african asian
    european soviet austrian hungarian persian egyptian arab jewish christian muslim islamic catholic black
    white red blue
    green yellow male female human wild domestic semi unusual simple complex formal broad diverse wide narrow
    dependent ancient different sovereign independent retired professional self-taught independent federal royal
    holy sticky heavy tiny easy wealthy healthy hairy bony woody
    fatty rocky sandy scaly salty
    """
)
"""Adjectives that no ending gives away: a comma or "and" after one does not end the noun phrase."""

ENGLISH_NOUNS_LIKE_ADJECTIVES = word_set(
    """
    historian musician politician physician magician mathematician statistician librarian comedian guardian
    veteran woman
    man human orphan titan ocean organ fan plan animal mammal capital metal mineral hospital festival journal musical
    novel criminal general admiral cardinal principal official professional individual material signal crystal terminal
    carnival cathedral portal canal journal total mural ritual manual rival trial tribunal arsenal interval chemical
    music critic mechanic republic fabric topic clinic academic comic classic logic magic arctic ceramic attic epidemic
    lyric mosaic mystic fish dish parish priest forest rainforest artist guest test contest harvest chest west east
    interest nest pest
    conquest quest protest request missionary library dictionary secretary diary salary boundary tributary territory
    estuary sanctuary military anniversary commentary documentary actuary luminary century country county city army
    deity university native detective executive representative objective archive olive motive hive drive dive relative
    table vegetable cable fable able constable variable vehicle article particle principle example temple title cycle
    vessel cheese chinese goose horse house course disease exercise universe purpose verse nurse pan van clan swan man
    christian musicians emotion pedestrian barbarian civilian technician reply assembly anomaly butterfly
    monopoly supply family
    building painting king ring being spring string wing sibling drawing recording writing meeting wedding
    reading pudding
    dressing dollar pillar scholar collar cellar ingredient patient client gradient
    bed seed weed deed feud breed reed shed sled creed speed watershed hundred clinician theologian thespian
    """
)
"""Nouns whose ending looks like an adjective's."""

ENGLISH_NOUNS_BEFORE_NOUNS = word_set(
    """
    film stage television theatre theater radio screen rock pop soul folk blues jazz funk punk music opera
    portrait landscape
    track field road church labour labor trade science sports football food street railway fantasy horror crime mystery
    romance action adventure comedy drama history art portrait data computer
    """
)
"""Nouns that in a row of kinds stand for the adjective: "a stage, film and television actor"."""

ENGLISH_MEASURES = word_set(
    """
    century time level class purpose size scale term range speed winning year part day week season story storey
    member hand
    end body world war air piece rate source access user player person shooter language tech budget profit
    """
)
"""Nouns that after a hyphen make an adjective: "a 19th-century composer"."""

ENGLISH_PREFIXES = word_set(
    "multi semi non pre post anti inter mid high low short long large small single double two three"
)
"""What before a hyphen makes an adjective where a comma follows: "a multi-paradigm, general-purpose language"."""

ENGLISH_LEADING = word_set("common similar native well best known active able")
"""Adjectives before a noun that end a noun phrase after one: "a common bird" and "a bird common in Asia"."""

ENGLISH_NOUNS_OR_PARTICIPLES = word_set("set cast cut split spread")
"""Participles without an ending: "a set of letters" and "a film set in Rome"."""
