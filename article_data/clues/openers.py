"""Words that a sentence cannot open with, or hold, when it is read alone: they point at what stood before.

Tables of plain language knowledge, by language. Called by `dangling`. A language without a table gets the rules that
need none.
"""

# ruff: noqa: RUF001 - the tables hold letters of other scripts on purpose

from __future__ import annotations

from article_data.clues.ordinary import word_set

OWN_PRONOUNS = {
    "he": "he", "his": "he", "she": "she", "her": "she", "it": "it", "its": "it", "they": "they", "their": "they",
}  # fmt: skip
"""English: an opening that may mean the subject, and what the subject is then called."""

ENGLISH_OPENERS = word_set(
    """
    this these those that such another other others however therefore thus hence moreover furthermore additionally also but
    and or nor yet so then instead similarly nevertheless nonetheless meanwhile likewise consequently finally afterwards
    afterward here both neither either latter former one some again still see note according subsequently eventually besides
    conversely accordingly otherwise indeed who which him them i we you our my your too same second third secondly thirdly
    lastly who whose what why how when where perhaps there because not later soon today currently recently although though
    despite following earlier previously initially originally ultimately alternatively unfortunately fortunately namely
    specifically particularly essentially generally overall apart unlike like even rather hers theirs himself herself itself
    let if firstly first thereafter thereby simultaneously interestingly notably importantly nobody everyone someone anyone
    only regardless certain several many most few each all any none two three four five six seven eight nine ten various
    whether whatever once yes no or ie eg cf viz depending given considering assuming suppose note hereafter henceforth ironically
    supposedly admittedly allegedly reportedly surprisingly naturally obviously clearly
    """
)
"""English: what no clue may open with."""

ENGLISH_WITHIN = word_set(
    """
    this these however therefore thus hence moreover furthermore nevertheless nonetheless consequently accordingly latter
    aforementioned likewise similarly thereby thereafter herein thereof therein abovementioned i we us our you your my
    respectively
    """
)
"""English: what no clue may hold."""

ENGLISH_PHRASES = r"""
    (?: the[ ](?:latter|same|following|above|other|others|resulting|two|three|four|previous|preceding|next|second|third|remaining
        |rest|reason|reasons|result|results|answer|idea|problem|question|exception|former(?=[ ](?:is|was|are|were|had)\b|,))
    | for[ ](?:example|instance|this|these|that)
    | as[ ](?:such|a[ ]result|well|mentioned|noted|above|before|discussed|shown)
    | in[ ](?:addition|contrast|this|these|that|particular|such|other|turn|fact|both|each|some[ ]cases|most[ ]cases|all|reality
        |response|return|practice|general|comparison|conclusion|either|many|certain|any|his|her|their|its|it|doing|order)
    | on[ ](?:the[ ]other|the[ ]one|this|that|these|his|her|its|their)
    | at[ ](?:this|that|the[ ]same|the[ ]time|first|least|one[ ]point|it)
    | (?:because[ ]of|from|by|after|during|with|to|of|since|under|through|among|despite|along[ ]with)
        [ ](?:this|that|these|those|then|there|his|her|its|their|it|him|them|which|all|both|contrast|do|others?|the[ ]same)
    | of[ ]the
    | the[ ](?:[a-z]+[ ]){1,3}is[ ]that
    | (?:most|some|many|one|two|all|each|several|both|none|part|much)[ ]of[ ](?:these|them|those|this|the|his|her|its|their)
    | another[ ](?:of|example|reason|way)
    | an?[ ](?:similar|related|further|second|third|different|better|good|common|simple|typical|possible|more|number|few|year|month
        |day|week|decade)
    | more(?:over)?
    | over[ ](?:the[ ](?:next|following|course|years|last|past)|time) | an[ ]example | examples?[ ](?:is|are|of|include)
    | (?:that|the[ ]same)[ ](?:year|month|day|time|night|week)
    | (?:two|three|four|five|six|several|some|many|few)[ ](?:years|months|days|weeks|decades|hours|centuries)
        [ ](?:later|after|before|earlier)
    )\b
"""
"""English, as a verbose pattern: longer openings that point back."""

POINTING = word_set(
    """
    below above left right shows show follows follow see following article year time period day month moment point same other two
    three four second third first mentioned noted described discussed stated years months days weeks hours decades so citation
    example instance i e here hand words turn such former those viz
    """
)
"""English: words without one of which `ENGLISH_POINTERS` finds nothing (looking them up costs a tenth of it)."""

ENGLISH_POINTERS = r"""
    \b(?:diagram|table|figure|image|picture|map|listing|list|chart|cladogram|graph|section|article|box|example|page)s?\b.*
        \b(?:below|above|left|right|shows?|follows)\b
    | \bsee[ ](?:also|below|above)\b | \bas[ ]follows\b | \bthe[ ]following\b | \b(?:below|above)[.,)] | \bthis[ ]article\b
    | \b(?:that|the[ ]same)[ ](?:year|time|period|day|month|moment|point|location|place|site|spot|venue)\b(?![ ]as\b)
    | \bthe[ ](?:other|two|three|four|second|third|same|first)[,.]
    | \b(?:as|such)[ ](?:well[ ])?(?:mentioned|noted|described|discussed|stated)[ ]
    | \b(?:two|three|several|many|some|few|\d+)[ ](?:years|months|days|weeks|hours|decades)
        [ ](?:later|earlier|afterwards|before[,.]|after[,.])
    | \bdid[ ]so\b | \bdo(?:es|ing)?[ ]so\b | \bcitation\b | \bfor[ ](?:example|instance)[,:] | \bi\.e\. | \be\.g\. | \bviz\b
    | \bhere[,.] | \bother[ ](?:hand|words)\b | \bin[ ]turn\b | \bas[ ]such\b | \bsuch[ ](?:as[ ]this\b|(?!as\b|that\b))
    | \bthe[ ]former(?:[.,]|[ ](?:is|was|are|were|and|has|had)\b)
    | \bthose\b(?![ ](?:who|of|in|that|with|from|living|to|which|whose|for))
"""
"""English, as a verbose pattern: what points back, or at something on the page that a player does not see."""

THINGS = word_set(
    """
    film book album song novel team company group episode character man woman men women boy girl couple pair theory treaty
    agreement act bill attack battle ship report study authors author researchers researcher court case decision plan project
    event meeting term name word idea concept process method approach series play poem story work works painting building
    village incident article text letter speech work move crew soldiers troops victim victims child children parents marriage
    family trial proposal program programme show campaign effort rest latter new old resulting entire whole original
    final last next initial above current algorithm equation formula function problem proof example model system method
    procedure result difference reason answer question argument statement phrase expression argument image picture two
    brothers brother sister sisters son daughter wife husband mother father king queen general president army enemy
    fleet expedition mission pilot doctor teacher students student party government position title award prize statue temple
    move measure law rule rules test experiment experiments machine device tool ring color colors colour number numbers amount
    city town state capital announcement protocol screenplay script book novel manuscript poem statement document amendment
    discovery invention explosion accident ceremony tour match final tournament season performance recording version edition
    fort castle palace bridge tower station port harbour lake river mountain region area kingdom empire tribe clan
    journal magazine newspaper website institute museum school university college church monastery order
    """
)
"""English: nouns that, opening a sentence as "The film was ..." with nothing that says which, mean one named before."""

MONTHS_AND_NATIONS = word_set(
    """
    January February March April May June July August September October November December Monday Tuesday Wednesday
    Thursday Friday Saturday Sunday American British English French German Italian Spanish European Christmas
    """
)
"""English: words with a capital that name nobody and nothing in particular."""

SINGLED_OUT = word_set(
    """
    invasion announcement protocol screenplay script film book novel poem play album song project proposal committee
    agreement accident incident program programme meeting treaty commission bill trial campaign siege raid expedition
    voyage manuscript document report study survey speech episode series interview contract offer plan decision
    conference attack battle brigade regiment division troupe orchestra delegation procession conspiracy plot duel
    murder crash explosion fire storm operation offensive truce ceasefire settlement lawsuit verdict ruling motion
    petition painting sculpture portrait fresco statue exhibition concert ceremony award scandal affair scheme
    language dialect country city town region area state island village river mountain church castle temple school
    college university magazine newspaper journal deal purchase sale merger strike riot uprising revolt
    """
)
"""English: nouns of works and events, of which there are so many that "the screenplay" needs to be said which."""

OPENERS = {
    "de": word_set(
        """
        er sie es ihr ihre ihrem ihren sein seine seinem seinen dies diese dieser dieses diesen diesem jene jener jenes solche
        solcher dabei dadurch dafür dagegen daher dahin damals damit danach daneben dann daran darauf daraus darin darüber
        darum davon davor dazu jedoch aber und oder denn doch deshalb deswegen trotzdem außerdem zudem ferner weiterhin
        hierbei hier dort so somit auch allerdings andererseits einerseits ebenso ebenfalls sonst später zuvor schließlich
        letztere letzterer ersterer beide beides andere man wir ich der die das wer was wo wie warum
        """
    )
    - {"der", "die", "das"},
    "fr": word_set(
        """
        il elle ils elles ce cet cette ces cela ceci celui celle ceux celles son sa ses leur leurs mais et ou donc or ni car
        ainsi alors cependant toutefois pourtant néanmoins ensuite puis enfin aussi après dès là ici en on nous je tu vous
        dont qui que quoi où comme autre autres lors celui-ci celle-ci ceux-ci
        """
    ),
    "es": word_set(
        """
        él ella ellos ellas ello este esta estos estas esto ese esa esos esas eso aquel aquella aquellos su sus pero y e o u
        sino aunque además también así entonces luego después por sin embargo asimismo tras dicha dicho dichos dichas otro
        otra otros otras allí ahí aquí donde cuando como que quien cual nosotros yo tal tales ambos ambas
        """
    ),
    "it": word_set(
        """
        egli ella esso essa essi esse lui lei loro questo questa questi queste quello quella quelli quelle ciò suo sua suoi
        sue ma e o però tuttavia inoltre quindi dunque infine poi così anche perciò pertanto altro altra altri altre qui lì
        dove quando come che chi cui noi io tale tali entrambi entrambe successivamente
        """
    ),
    "pt": word_set(
        """
        ele ela eles elas este esta estes estas isto esse essa esses essas isso aquele aquela aqueles seu sua seus suas mas e
        ou porém contudo todavia entretanto assim então depois também além portanto logo outro outra outros outras aqui ali
        onde quando como que quem nós eu tal tais ambos ambas posteriormente
        """
    ),
    "nl": word_set(
        """
        hij zij ze het hun haar zijn dit dat deze die daar daarna daarom daardoor daarbij dan toen ook maar en of want dus echter
        bovendien verder hier er zo zulke andere beide later vervolgens tevens men wij ik
        """
    )
    - {"het", "er"},
    "ru": word_set(
        """
        он она оно они его её их ему ей им это этот эта эти этого такой такая такие такое тот та те также однако но и а или
        поэтому затем потом тогда здесь там так кроме при после другие другой другая оба далее например впрочем мы я вы
        """
    ),
    "bg": word_set(
        """
        той тя то те него нея неговият неговата неговите нейният нейната техният техните това тази този тези такъв такава
        такива също обаче но и а или затова след тогава тук там така освен при други другият другата двете двамата например
        впоследствие ние аз вие ето
        """
    ),
    "ltg": word_set(
        "jis jei jī juos jys jōs itys itei itī itōs tys tei tī tōs taids taida taidi ari bet i voi tod tai tamdieļ"
    ),
}
"""Other languages spelled with spaces: what no clue may open with."""

DENSE_OPENERS = tuple(
    sorted(
        word_set(
            """
    他 她 它 牠 祂 这 這 此 该 該 其 另 但 然而 因此 因而 所以 例如 比如 同时 同時 以下 以上
    而 并 並 且 也 又 还 還 则 則 如 由于此 由此 从此
    從此 之后 之後 后来 後來 于是 於是 不过 不過 虽然 雖然 那 上述 下列 前者
    后者 後者 我 你 您 与此 與此 除此 首先 其次 最后 最後 第二 第三
    これ それ この その 彼 また しかし そして 그 이 그러나 또한
    """
        )
    )
)
"""Languages without spaces: beginnings that point back."""

VERBS = word_set(
    """
    is are was were be been being has have had do does did can could may might will would shall should must became becomes
    become made makes make took takes take gave gives give won wins win lost loses held holds hold began begins begin led leads
    lead lies lie lay runs run ran rose rises fell falls grew grows grow wrote writes written known knew knows built builds found
    finds came comes come went goes go left leaves kept keeps met meets set sets put puts saw sees drew draws stood stands stand
    spread spreads spoke speaks flew flies flows flow lived lives live eats eat ate feeds feed contains contain consists consist
    includes include covers cover forms form uses use means mean remains remain appears appear occurs occur shows show said says
    say tells told tell plays play carries carry follows follow gets got brought brings bought buys taught teaches thought thinks
    sold sells felt feels drove drives broke breaks chose chooses fought fights sang sings swam swims wore wears shone hangs hung
    bears bore borne needs need sent sends spent spends cut cuts let hit shut burst cost costs turns turn moves move serves serve
    belongs belong calls call considers consider describes describe argues argue claims claim refers refer involves involve
    requires require produces produce provides provide allows allow creates create causes cause represents represent supports
    support exists exist begins ends starts start stops stop opens open closes borders border separates contributes rules rule
    defines define depicts features feature hosts shares share offers offer reaches reach receives receive seeks seek seems seem
    tends tend varies vary works work studies studied receives died dies born bred laid paid heard learned learnt sought caught
    shot sank sunk struck swept wound woven threw thrown withdrew understood undertook overthrew shook slept stole strove
    won beat bet bit bled blew dealt dug drank dwelt fled forbade forgot forgave froze hid hurt knelt lent lit proved rode rang
    shed shrank slid spun split sprang stuck stung swore tore woke wept believes believe holds stipulates states state
    """
)
"""English: finite forms that tell a sentence from a heap of words; regular past tenses are told by their ending."""
