"""Abbreviations that every writer of a language knows: what Punkt starts from without a model, and what it gets wrong with one.

Tables of plain language knowledge, in lower case and without the final period. Read by `punkt_model` and `splitting`.
"""

# ruff: noqa: RUF001 - letters of other scripts on purpose

from __future__ import annotations

from article_data.language.words import word_set

ABBREVIATIONS: dict[str, frozenset[str]] = {
    "en": word_set(
        "mr mrs ms dr st ste prof rev hon gen col capt cmdr lt sgt gov sen rep jr sr vs etc e.g i.e c ca cf "
        "fl no nos vol "
        "vols pp p ed eds al approx bros co corp inc ltd mt ft est b d r u.s u.k u.n a.d b.c a.m p.m ph.d b.a "
        "m.a jan feb "
        "mar apr jun jul aug sep sept oct nov dec op lit trans dept univ ave blvd messrs ph lat long viz sq"
    ),
    "de": word_set(
        "z.b d.h u.a usw bzw ca vgl hrsg bd nr st dr prof jh jhd v.chr n.chr geb gest verh dt engl frz lat "
        "griech sog o.ä "
        "u.ä z.t i.d.r bspw evtl ggf inkl max min mio mrd tsd str abb aufl s f ff jan feb apr aug sept okt nov dez"
    ),
    "fr": word_set("m mm mme mlle dr pr st ste av apr j.-c env vol éd coll p pp cf ex etc art chap fig no nos n.b s.a"),
    "es": word_set(
        "sr sra srta dr dra prof d dª ud uds etc pág págs vol núm art av avda ee.uu a.c d.c p.ej cap ed s ss km"
    ),
    "it": word_set(
        "sig sigg dott prof ing avv s ss ecc es pag pagg vol n nn art ca a.c d.c cfr fig ed cap mons on p pp"
    ),
    "pt": word_set(
        "sr sra dr dra prof d s sta sto etc pág págs vol n núm art av ex a.c d.c séc p pp cap ed fig cf ltda"
    ),
    "nl": word_set(
        "dhr mevr mr dr prof ir ing drs st bijv bv enz o.a d.w.z m.b.t ca nr blz p pp red vert afb v.chr n.chr"
    ),
    "ru": word_set(
        "г гг в вв т.е т.д т.п т др пр см ср им ул д с стр тыс млн млрд руб н.э до проф акад св р род ум обл р-н"
    ),
    "bg": word_set(
        "г гг в вв напр т.е т.н т проф д-р инж акад ул бр стр вж ок св гр с р др пр н.е хил млн млрд чл т.нар"
    ),
    "uk": word_set("р рр ст т.д т.п ін див ім вул с стор тис млн млрд проф акад св н.е обл"),
    "pl": word_set("r w s ul np tzw m.in św dr prof inż mgr tys mln mld ok tj itd itp ur zm pow woj im"),
    "lv": word_set("g gs m.ē p.m.ē piem t.i u.c utt u.tml dz sk lpp nr prof dr sv"),
    "ltg": word_set("g gs m.e p.m.e pīm t.i i.t.t i.t.p dz ver nr prof dr sv"),
}
ABBREVIATIONS["simple"] = ABBREVIATIONS["en"]

NEVER_END: dict[str, frozenset[str]] = {
    "en": word_set(
        "mr mrs ms messrs dr prof rev gen col capt cmdr lt sgt gov sen rep adm maj cpl brig bvt gens hon mt "
        "ft ste vs fr "
        "bros e.g i.e cf viz lit"
    ),
    "de": word_set("dr prof hrsg st hl frhr z.b d.h vgl bzw sog insb bspw"),
    "fr": word_set("m mm mme mlle dr mgr st ste cf c.-à-d"),
    "es": word_set("sr sra srta dr dra prof gral p.ej"),
    "it": word_set("sig dott prof ing avv mons gen cfr"),
    "pt": word_set("sr sra dr dra prof gen cf"),
    "nl": word_set("dhr mevr dr prof drs ir bijv bv d.w.z m.b.t"),
    "ru": word_set("им ул проф акад св т.е напр см ср"),
    "bg": word_set("проф инж акад ул св д-р т.е напр вж"),
}
"""Titles, "e.g." and the like: something always follows, so that no sentence ends here."""
NEVER_END["simple"] = NEVER_END["en"]

BEFORE_NUMBERS: dict[str, frozenset[str]] = {
    "en": word_set("no nos c ca circa fl pp p vol vols op ed approx est b d r art fig ch chap sec col"),
    "de": word_set("nr ca bd s vgl abb um kap art"),
    "fr": word_set("no nos n env vol p pp art chap fig v"),
    "es": word_set("núm n vol pág págs art cap fig c"),
    "it": word_set("n nn vol pag pagg art ca fig cap c"),
    "pt": word_set("n núm vol pág págs art cap fig c"),
    "nl": word_set("nr ca blz p pp art"),
    "ru": word_set("ок род ум стр гл ст № т"),
    "bg": word_set("ок стр бр гл чл"),
}
"""A number follows these ("No. 5", "c. 1900"), and then no sentence ends here."""
BEFORE_NUMBERS["simple"] = BEFORE_NUMBERS["en"]
