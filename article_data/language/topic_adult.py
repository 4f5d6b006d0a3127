"""Which articles are for adults only: pornography, erotic works, sexual acts and the trade in them.

Owns the words of that one topic, by categories, infobox, description and head, in English, German, French, Spanish, Italian,
Portuguese and Russian. A chat may hold children and colleagues, so that games leave these out unless a chat says otherwise.
Only what is sexual counts: an encyclopedia has no instructions for taking drugs, and without war and death there is no history
to guess. Whole phrases are looked for, so that "sexual reproduction" leaves the flowers and "nude" the paintings of museums in
play. A phrase too many hides an article from games, one too few shows it to a child: so what is in doubt counts.
Called by `topics`. Pure.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from article_data.language.words import fold

# Folded words: no case, no accents. Stems end with \w*.
_PHRASES = (
    # In most languages alike.
    r"porno\w*|porns?|pornstars?|порно\w*|hentai|bdsm|sadomaso\w*|садомазо\w*|playboy playmates?|bukkake",
    r"erotic\w*|erotik\w*|erotique\w*|erotismo\w*|erotism\w*|эроти\w*|masturba\w*|мастурба\w*|onanis\w*|orgasm\w*|оргазм\w*",
    r"prostitu\w*|проститу\w*|bordel(?:s|l|le|lo|li|los)?|brothels?|burdel(?:es)?|публичн\w+ дом\w*",
    r"fellati\w*|cunniling\w*|paraphil\w*|parafil\w*",
    # English.
    r"sex(?:ual)? (?:acts?|positions?|intercourse|practices?|techniques?|toys?|fetish\w*|slang|arousal|stimulation|roleplay)",
    r"sex (?:industry|work|workers?|shops?|trade|tourism|manuals?)|(?:anal|oral|group|casual) sex|human sexual behaviou?r",
    r"sexual (?:abuse|assaults?|violence|offen[cd]\w+)|sex crimes?|(?:date|gang|child) rape",
    r"strip ?clubs?|stripteas\w*|adult (?:film|entertainment|video)\w*",
    r"adult (?:models?|magazines?|biography|websites?)|nude (?:photography|models?)",
    r"sex(?:ual)? (?:anatomy|organs?)|human (?:penis|vulva)",
    # German.
    r"sexual(?:praktik|verhalten|straftat)\w*|sex(?:spielzeug|shop|arbeit|industrie)\w*|geschlechts(?:verkehr|organ)\w*",
    r"sexuell\w* (?:gewalt|missbrauch|fetisch|praktik)\w*|vergewaltigung\w*",
    # French.
    r"(?:pratiques?|actes?|positions?|violences?|abus|jouets?|fantasmes?) sexuel\w*",
    r"agressions? sexuelles?|viols? (?:en|collectifs?)|affaires? de viols?",
    r"industrie du sexe|travail du sexe",
    # Spanish.
    r"(?:practicas?|actos?|posiciones|posturas?|abusos?|violencia|juguetes?|delitos?|fetichismo) sexual\w*|sexo (?:anal|oral)",
    r"industria del sexo|trabajo sexual|violacion sexual|violaciones sexuales|violadores",
    # Italian.
    r"(?:pratic\w+|atti|posizioni|violenza|abusi|giocattoli|feticismo) sessual\w*|sesso (?:anale|orale)|stupro|stupri",
    # Portuguese.
    r"(?:praticas?|atos?|posicoes|abusos?|violencia|brinquedos?|crimes?) sexua\w*|industria do sexo|estupro\w*",
    # Russian: combining marks are folded away, so that й is written и.
    r"сексуальн\w+ (?:практик|поз|насили|преступлени|игрушк|действи)\w*|половои акт|изнасилован\w*",
)
_ADULT = re.compile(rf"\b(?:{'|'.join(_PHRASES)})\b")


def is_adult(texts: Iterable[str]) -> bool:
    """Tell whether any of an article's categories, its infobox's name, its description or its head is a sexual one."""
    return _ADULT.search(fold("\n".join(texts)).replace("_", " ")) is not None
