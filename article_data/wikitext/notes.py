"""Templates that take nothing from the sentence they stand in: citations, notes, marks of editors, furniture.

A table of names cannot be whole, and need not be: `plain` knows most of them, in any language, by where they stand. Here are
those that stand with spaces around them or inside remarks, in the names that wikis share.
"""

# ruff: noqa: SIM905 - a table of words reads best as words

from __future__ import annotations

_CITATIONS = ("cite ", "citation/", "sfn", "harv", "vcite", "cit ", "vancite", "citeweb", "citace")
_CITATION_NAMES = frozenset(
    "citation cite ref refn rp r efn efn-ua efn-lr notetag sfnref harvid wayback webarchive "
    "dead_link reflist notelist references note_label ref_label #tag:ref isbn issn oclc doi pmid pmc arxiv bibcode jstor "
    "inflation-fn inflation/fn cref cref2 notefoot refbegin refend google_books gutenberg oetymd link_rot "
    "dead bots".split()
)
_EDITORS = frozenset(
    "cn fact citation_needed clarify clarification_needed who whom by_whom when where which why how dubious vague "
    "better_source better_source_needed failed_verification page_needed full full_citation_needed "
    "original_research_inline or disputed_inline disputed relevance_inline undue_inline update_inline update_after weasel_inline "
    "peacock_term according_to_whom attribution_needed verify_source verification_needed unreliable_source unreliable_source? "
    "nonspecific needs_update quantify qualify_evidence specify additional_citation_needed primary_source_inline "
    "non-primary_source_needed copyedit_inline example_needed examples "
    "expand_acronym neologism_inline pov-inline "
    "self-published_inline synthesis_inline tone_inline year_needed volume_needed time_needed medical_citation_needed".split()
)
"""What editors ask of each other; some wikis put the words that are asked about into them."""
_NOTES = frozenset(
    "anchor defaultsort toc tocleft tocright toc_limit toc_right notoc forcetoc clear clear_left clear_right - "
    "increase decrease steady increasepositive increasenegative decreasepositive decreasenegative increaseneutral up down "
    "flagicon flagdeco flag_icon flagicon_image shy wbr zwj zwnj zwsp zwnbsp word_joiner dot-separator "
    "crossreference crossref xref "
    "main further see_also broader spoken_wikipedia short_description use_dmy_dates use_mdy_dates displaytitle listen "
    "audio pronunciation bots nobots #tag:references italic_title".split()
)
_CITATION_NAMES |= {name.replace("_", " ") for name in _CITATION_NAMES}
_EDITORS |= {name.replace("_", " ") for name in _EDITORS}
_NOTES |= {name.replace("_", " ") for name in _NOTES} | _EDITORS
_INVISIBLE_FUNCTIONS = ("defaultsort:", "displaytitle:", "#seo:", "#invoke:cite", "anchor:", "__")


def is_citation(name: str) -> bool:
    """Whether a template gives a source; the name in lower case with spaces."""
    return name in _CITATION_NAMES or name.startswith(_CITATIONS)


def is_note(name: str) -> bool:
    """Whether a template shows nothing that belongs to the sentence; the name in lower case with spaces."""
    return name in _NOTES or name.startswith(_INVISIBLE_FUNCTIONS) or name.endswith((" icon", "-inline", " inline"))


def is_question(name: str) -> bool:
    """Whether a note is an editor's question, whose first argument may be the words of the sentence that it is about."""
    return name in _EDITORS
