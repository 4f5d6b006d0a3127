"""What people put around a guess: "is it ...?", "I think it's ...", "... I guess".

Owns those phrases in six languages, and nothing else. Works on folded text (`naming.fold`): lower case, no accents, no
punctuation. English is heard in every wiki, since it is what many players write to a bot.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from article_data.word_lists import listed

_SUBJECTS = listed("it,this,that,he,she,they,we,the answer,the article,my guess,answer,guess", ",")
_VERBS = listed("is,was,are,were,must be,could be,might be,may be,has to be,should be", ",")
_OPENERS: dict[str, Sequence[str]] = {
    "en": [
        *(f"{verb} {subject}" for verb in ("is", "was", "are", "were") for subject in _SUBJECTS),
        *(f"{subject} {verb}" for subject in _SUBJECTS for verb in _VERBS),
        *listed("could it be,might it be,can it be,would it be,isnt it,what about,how about,what if its", ","),
        *listed("its,thats,hes,shes,theyre,itll be,gotta be,it got to be,is,or,and,then,yes,well", ","),
        *listed("i think,i believe,i guess,i say,i would say,id say,i bet,im sure,im guessing,i am guessing", ","),
        *listed("maybe,perhaps,probably,possibly,surely,definitely,obviously,ok,okay,so,oh,ah,hmm,hm,um,uh", ","),
        *listed("a wild guess,my answer is,my guess,guess,answer,is the answer,its got to be,has to be", ","),
        *listed("could this be,could that be,might be,could be,must be,id guess,i am sure,i know,you mean", ","),
        *listed("sounds like,who is,what is,wait,ooh,lol", ","),
    ],
    "de": [
        *listed("ist es,ist das,ist er,ist sie,sind es,sind das,war es,war das,war er,war sie,waren es", ","),
        *listed("es ist,das ist,er ist,sie ist,es sind,das sind,es war,das war,das muss,das konnte,es konnte", ","),
        *listed("konnte es,konnte das,ich glaube,ich glaube es ist,ich denke,ich denke es ist,ich tippe auf", ","),
        *listed("ich meine,ich rate,ich sage,vielleicht,wahrscheinlich,bestimmt,sicher,wohl,na,also,ja,oder,und", ","),
        *listed(
            "die antwort ist,antwort,die losung ist,losung,handelt es sich um,es handelt sich um,wie ware es mit", ","
        ),
        *listed("kann es,kann das,muss es,es muss,musste es,das musste,musste,konnte,etwa,doch,klar,meinst du", ","),
        *listed("ich wurde sagen,klingt nach", ","),
    ],
    "fr": [
        *listed(
            "est ce,est ce que cest,cest,ce sont,cetait,il sagit de,sagit il de,serait ce,ce serait,ca serait", ","
        ),
        *listed("je crois que cest,je pense que cest,je pense a,je crois,je pense,je dirais,je dis,a mon avis", ","),
        *listed("peut etre,probablement,surement,sans doute,euh,ben,bon,alors,oui,ou,et,la reponse est,reponse", ","),
        *listed("et si cetait,il est,elle est,est il,est elle,ce doit etre,ca doit etre", ","),
        *listed("ca pourrait etre,ce pourrait etre,ne serait ce pas,serait ce pas,ce serait pas,ce ne serait pas", ","),
        *listed("je suppose que cest,je suppose,forcement,on dirait", ","),
    ],
    "es": [
        *listed("es,son,era,eran,sera,fue,es el,es la,esto es,eso es,puede ser,podria ser,seria,debe ser", ","),
        *listed("creo que es,creo que,pienso que es,pienso que,yo digo,diria que es,diria,quizas,quiza,tal vez", ","),
        *listed(
            "a lo mejor,probablemente,seguro que es,seguro,pues,bueno,si,o,y,la respuesta es,respuesta,se trata de", ","
        ),
        *listed("puede que sea,quizas sea,quiza sea,tal vez sea,sea,no sera,no seria,debe de ser,tiene que ser", ","),
        *listed("me parece que es,me parece que,supongo que es,supongo que,yo diria,acaso,apuesto por", ","),
    ],
    "it": [
        *listed("e,sono,era,erano,sara,fu,potrebbe essere,puo essere,sarebbe,deve essere,dovrebbe essere", ","),
        *listed("credo sia,credo che sia,penso sia,penso che sia,credo,penso,direi,dico,secondo me e,secondo me", ","),
        *listed(
            "forse e,forse,probabilmente,sicuramente,magari,allora,beh,si,o,la risposta e,risposta,si tratta di", ","
        ),
        *listed("non sara,non sarebbe,devessere,mi sa che e,mi sa che,suppongo sia,suppongo che sia,per caso", ","),
        *listed("per me e,per me,boh,ma", ","),
    ],
    "pt": [
        *listed("e,sao,era,eram,sera,foi,pode ser,poderia ser,seria,deve ser,isso e,isto e,sera que e", ","),
        *listed(
            "acho que e,acho que,penso que e,penso que,creio que e,creio que,eu diria,diria,talvez seja,talvez", ","
        ),
        *listed("provavelmente,certamente,com certeza,entao,bom,sim,ou,a resposta e,resposta,trata se de", ","),
        *listed("nao sera,nao seria,eu acho que e,eu acho que,eu acho,acho,tem que ser,tem de ser,eu chuto,chuto", ","),
        *listed("meu palpite e,aposto em,aposto que e", ","),
    ],
}
_CLOSERS: dict[str, Sequence[str]] = {
    "en": listed(
        "i think,i guess,i believe,i suppose,maybe,perhaps,right,isnt it,is it,please,of course,for sure,or not,"
        "obviously,lol,haha,then",
        ",",
    ),
    "de": listed(
        "glaube ich,denke ich,vielleicht,oder,oder nicht,nicht wahr,wahrscheinlich,richtig,stimmts,bitte,sein", ","
    ),
    "fr": listed("je crois,je pense,peut etre,non,nest ce pas,je suppose,surement,svp,bien sur", ","),
    "es": listed("creo,creo yo,no,verdad,quizas,tal vez,supongo,por favor,seguro,o no", ","),
    "it": listed("credo,penso,forse,no,vero,giusto,suppongo,per favore,sicuro,o no", ","),
    "pt": listed("acho,acho eu,creio,nao,nao e,certo,talvez,suponho,por favor,ne", ","),
}
_NEGATIONS: dict[str, frozenset[str]] = {
    "en": frozenset(listed("not isnt arent never no cant cannot")),
    "de": frozenset(listed("nicht kein keine keiner nie nein")),
    "fr": frozenset(listed("pas jamais non aucun aucune ce nest")),
    "es": frozenset(listed("no nunca jamas ni tampoco")),
    "it": frozenset(listed("non no mai ne neppure")),
    "pt": frozenset(listed("nao nunca jamais nem")),
}
_ROUNDS = 4
"""Most openers taken off one after another: "ok so i think its" has four."""


def candidates(folded: str, language: str = "en") -> tuple[str, ...]:
    """Return the guess as written, then with one opener and closer after the other taken off: 1 to 6 texts."""
    opening, closing, _ = _phrases(language)
    found = [folded]
    text = folded
    for _ in range(_ROUNDS):
        opener = opening.match(text)
        if opener is None:
            break
        text = text[opener.end() :]
        found.append(text)
    closer = closing.search(text)
    if closer is not None:
        found.append(text[: closer.start()])
    return tuple(found)


def says_no(word: str, language: str = "en") -> bool:
    """Say whether a guess that begins with this folded word says what the answer is not."""
    return word in _phrases(language)[2]


@lru_cache(maxsize=32)
def _phrases(language: str) -> tuple[re.Pattern[str], re.Pattern[str], frozenset[str]]:
    own = language if language in _OPENERS else "en"
    # Longest first, so that "is it" is not taken for "is" with "it" left over.
    openers = sorted({*_OPENERS["en"], *_OPENERS[own]}, key=lambda opener: (-len(opener), opener))
    closers = sorted({*_CLOSERS["en"], *_CLOSERS[own]}, key=lambda closer: (-len(closer), closer))
    return (
        re.compile(f"(?:{'|'.join(openers)}) "),
        re.compile(f" (?:{'|'.join(closers)})$"),
        _NEGATIONS["en"] | _NEGATIONS[own],
    )
