"""Whether an article is about one person: then a surname may answer for the whole name. Called by topics and by answer keys."""

from __future__ import annotations

import re
from collections.abc import Sequence

from article_data.article import Date, Fact
from article_data.language.words import fold, word_set

_BIRTH = re.compile(
    r"\b(?:birth[ _]?(?:date|name|place|year)|born|geburtsdatum|geboren|naissance|date de naissance|nacimiento|"
    r"fecha ?de ?nacimiento|annonascita|giornonascita|luogonascita|nascita|nascimento|data ?de ?nascimento|nascimento_data|"
    r"дата рождения|рождения|место рождения|роден|出生|出生日期|geboortedatum|data urodzenia)\b",
    re.IGNORECASE,
)
_BOXES = word_set(
    """
    person biography biographie biografia biografie persona personne personendaten bio персона writer scientist philosopher
    officeholder actor politician royalty sportsperson cricketer footballer golfer boxer cyclist comedian astronaut criminal
    economist academic chef clergy saint monarch president judge senator swimmer gymnast wrestler athlete skier
    """
)
_NO_PERSONS = word_set("group band team club family list character mythology deity species show film book series")
"""Words in an infobox's name that make it one of no single human."""
_CATEGORIES = re.compile(
    r"^(?:living people|possibly living people|missing people|\d{1,4}s? (?:bc )?(?:births|deaths)|year of (?:birth|death) .*|"
    r"(?:geboren|gestorben) .*|mann|frau|naissance en .*|déc[eè]s en .*|nacidos en .*|fallecidos en .*|nati .*|morti .*|"
    r"nascidos em .*|mortos em .*|pessoas vivas|personas vivas|родившиеся .*|умершие .*|родени .*|починали .*|"
    r"народились .*|померли .*|urodzeni w .*|zmarli w .*|födda .*|avlidna .*|narození .*|úmrtí .*|syntyneet .*|fødsler i .*|"
    r"\d{1,4}-\w{2}n született személyek|\d{1,4} doğumlular|مواليد .*|وفيات .*|\d{1,4}\. gadā (?:dzimušie|mirušie)|"
    r"\d{1,4}年出生|\d{1,4}年逝世|在世人物|\d{1,4}年生|存命人物)$",
    re.IGNORECASE,
)
_HEADS = word_set(
    """
    actor actress singer songwriter musician composer rapper guitarist pianist violinist drummer conductor painter sculptor
    architect photographer artist writer author novelist poet playwright dramatist essayist journalist philosopher historian
    physicist chemist biologist mathematician astronomer scientist engineer inventor economist sociologist psychologist
    anthropologist linguist logician physician surgeon lawyer jurist politician statesman diplomat activist revolutionary
    businessman businesswoman entrepreneur industrialist filmmaker screenwriter footballer cricketer golfer boxer wrestler
    swimmer sprinter gymnast cyclist skier athlete sportsman sportswoman theologian explorer navigator aviator astronaut
    cosmonaut nun dancer choreographer comedian screenwriter poetess nobleman noblewoman botanist zoologist geologist
    physiker physikerin chemiker chemikerin schriftsteller schriftstellerin dichter dichterin maler malerin komponist
    komponistin politiker politikerin schauspieler schauspielerin sanger sangerin philosoph mathematiker physicien
    physicienne chimiste ecrivain ecrivaine poete peintre compositeur chanteur chanteuse acteur actrice philosophe
    mathematicien footballeur fisico escritor escritora poeta pintor pintora compositor cantante actor actriz filosofo
    futbolista matematico pittore scrittore scrittrice attore attrice calciatore compositore jogador ator atriz cantor
    cantora futebolista
    """
)


def is_person(
    *,
    dates: Sequence[Date] = (),
    infobox: str = "",
    categories: Sequence[str] = (),
    head: str = "",
    facts: Sequence[Fact] = (),
) -> bool:
    """Tell whether an article is about one human being who lives or lived (or is told of as such).

    A date of birth, an infobox for persons or a category of births or deaths is enough; the lead's noun alone is not when the
    page has an infobox of another kind. A band, a family or a fictional character is no person.
    """
    box = set(fold(infobox).replace("/", " ").replace("_", " ").split())
    if box & _NO_PERSONS:
        return False
    if any(_BIRTH.search(date.name) for date in dates) or any(_BIRTH.search(fact.name) for fact in facts):
        return True
    if box & _BOXES or any(_CATEGORIES.match(category.strip()) for category in categories):
        return True
    # An article on a trade is defined by the same nouns ("an astronomer is a scientist"): without birth or death they say nothing.
    return bool(dates) and fold(head) in _HEADS and not box
