"""To whom something was said, by the words around the cue: "told reporters", "asked the council to wait"."""

from __future__ import annotations

import re

from stemma.annotate.statements.circumstances.modes import modes
from stemma.annotate.statements.clauses import Draft
from stemma.annotate.statements.grammar.lines import Span

_PHRASE = (
    r"(?!(?:that|to|on|in|at|by|for|not|whether|if|how|what|why|when|about|as|of|so|it|this|nothing|and|but|out|or|who|whom"
    r"|whose|which|with|from|once|twice|again|each)\b)"
    r"(?:(?:the|a|an|his|her|its|their|our|all|both|several|some)\s)?"
    r"[\w’'-]+(?:\s(?!that\b|to\b|on\b|in\b|at\b|by\b|not\b|whether\b|if\b|how\b|what\b|why\b|when\b|about\b|after\b|during\b|as\b"
    r"|and\s(?:said|added|that|to)\b|for\b|who\b|which\b|before\b|earlier\b|later\b|yesterday\b|today\b"
    r"|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b)[\w’'-]+){0,6}"
)
#: Right after the verb: "told | reporters | that".
_OBJECT = re.compile(rf"\s({_PHRASE})")
_PREPOSED = re.compile(rf"\s(?:on|upon|to|with|at)\s({_PHRASE})")
#: At the head of a content that asks for a deed: "| the council | to wait".
_IN_CONTENT = re.compile(rf"({_PHRASE})\s(?:not\s)?to\s[a-z]")
#: "| those who have influence | to use it"; "| the president | good health"; "| the Emir | for his gift".
_THOSE = re.compile(
    r"((?:[Tt]hose|[Aa]ll|[Pp]eople|[Tt]he)\s(?!for\b)(?:[\w’'-]+\s){0,11}?(?!to\b)[\w’'-]+)\s(?:not\s)?to\s[a-z]"
)
_WISHES = re.compile(r"\b(?:wish|thank|congratulat)\w*$")
_WISHED = re.compile(
    r"((?:[Hh]im|[Hh]er|[Tt]hem|[Uu]s|[Mm]e|[Yy]ou|[Ee]veryone|all)\b"
    r"|(?!(?:to|for|that|he|she|it|they|I|we|not|no|some|nothing)\b)"
    r"(?:(?:[Tt]he|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Aa]ll)\s)?(?:[\w’'-]+\s){0,5}?[\w’'-]+)"
    r"(?=\s(?:[“\"„«]|for\b|on\b|upon\b|an?\s|good\b|great\b|success|happiness|health|peace|every\b|well\b|new\b|further\b|many\b|luck\b))"
)
_LISTENERS = (
    r"reporters|journalists|correspondents|newsmen|lawmakers|deputies|parliament|delegates"
    r"|the\s(?:press|media|audience|crowd|council|court|assembly)"
)
_TO_LISTENERS = re.compile(
    rf"\b(?:to|with|before|addressing|briefing|telling)\s((?:[\w’'-]+\s){{0,3}}?(?:{_LISTENERS})\b|{_LISTENERS}\b)"
)
_TO_OUTLET = re.compile(
    r"\b(?:[Ii]n (?:an|a|his|her) (?:\w+\s)?(?:interview|conversation) (?:with|to)|[Ss]peaking (?:to|with)"
    r"|[Tt]alking to)\s"
    rf"({_PHRASE})"
)
_VERB_TO = re.compile(rf"\s(?:to|with)\s({_PHRASE})")
#: Words for being told something: "was informed", "has been asked".
_PASSIVE = re.compile(
    r"(?:(?:has|have|had|is|are|was|were|be|being|been|not|also|then|never|once|twice|personally)\s)+"
    r"(?:told|asked|informed|urged|promised|assured|begged|forbidden|warned|instructed|ordered|advised|pressed|reminded"
    r"|invited|requested|challenged|encouraged|directed|notified|briefed|offered)\b"
)
_INNER = r"(?!(?:and|but|or|that|which|who|to|said|says|they|he|she|we|I|it|when|while|if)\b)[\w’'-]+"
#: Who is told: right before the passive.
_TOLD = re.compile(
    r"(?:^|(?<=\W))((?:[Hh]e|[Ss]he|[Tt]hey|I|[Ww]e|[Yy]ou)(?=\s$)"
    rf"|(?:[Tt]he|[Aa]n?|[Tt]his|[Hh]is|[Hh]er|[Ii]ts|[Tt]heir|[Oo]ur|[Mm]y)\s(?:{_INNER}\s){{0,4}}?{_INNER}"
    r"|(?!(?:It|This|That|There|What|Who|Nobody|Nothing)\b)[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,4})\s$"
)
#: "Asked whether there would be a deal, | Seitova |": who is asked follows the question.
_ASKED = re.compile(r"(?:when |being )?(?:asked|pressed|questioned|queried)\b", re.IGNORECASE)
_WHO = re.compile(
    r",\s((?:[Tt]he\s)?(?:[a-z]+\s){0,3}?[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*){0,3}|[Tt]he\s[a-z]+(?:\s[a-z]+)?|he|she|they)\s[a-z]"
)
#: What follows an addressee and tells when or by whom: "the board | last week", "the paper | through a lawyer".
_LATER = re.compile(
    r"\s(?:(?:only\s)?(?:last|next|this)\s(?:week|month|year|night|summer|winter|spring|autumn|morning|afternoon|evening"
    r"|\w+day)\b|through\s|via\s|over\s|instead\b|again\b|then\b).*",
    re.DOTALL,
)
_REACH = 80  #: characters before a passive in which its subject stands
_NEAR = 90  #: characters of the clause after the cue that are looked at


def addressee_of(text: str, draft: Draft, clauses: list[Span]) -> Span | None:
    """The words for whom it was said to; None where the clause tells nobody."""
    if draft.addressee:
        whole = _OBJECT.match(text, draft.addressee[0] - 1, draft.sentence[1])
        return (_trimmed(text, *whole.span(1)) or draft.addressee) if whole else draft.addressee
    if draft.kind is not None or not draft.cue:
        return None
    if not draft.source and (told := _told(text, draft)):
        return told
    end = draft.cue[-1][1]
    last = text[slice(*draft.cue[-1])].lower().split()[-1:] or [""]
    stop = min([draft.sentence[1], end + _NEAR, *(start for start, _ in draft.content if start >= end)])
    found = None
    if not modes()["telling"].isdisjoint(text[slice(*draft.cue[-1])].lower().split()):
        form = _PREPOSED if last[0] in {"call", "calls", "called", "calling", "appealed", "appeals"} else _OBJECT
        found = form.match(text, end, stop) or _in_content(text, draft, end)
    found = found or _VERB_TO.match(text, end, stop)
    for start, stop in clauses:
        found = found or _TO_LISTENERS.search(text, start, stop) or _TO_OUTLET.search(text, start, stop)
    told = _trimmed(text, *found.span(1)) if found else None
    return None if told and any(start < told[1] and told[0] < stop for start, stop in draft.source) else told


def _told(text: str, draft: Draft) -> Span | None:
    """Who is told or asked where nobody is said to tell: the subject of the passive, or who answers the question."""
    start, end = draft.cue[0]
    if _PASSIVE.match(text, start):
        found = _TOLD.search(text, max(draft.sentence[0], start - _REACH), start)
    elif _ASKED.match(text, start, end):
        found = _WHO.match(text, draft.content[-1][1])
    else:
        return None
    return _trimmed(text, *found.span(1)) if found else None


def _in_content(text: str, draft: Draft, end: int) -> re.Match[str] | None:
    start, stop = draft.content[0]
    if start - end > 2:
        return None
    if _WISHES.search(text[slice(*draft.cue[-1])]):
        return _WISHED.match(text, start, stop)
    return _IN_CONTENT.match(text, start, stop) or _THOSE.match(text, start, stop)


#: A pronoun is a whole addressee: what follows it tells how or what for.
_PRONOUN = re.compile(r"(?:me|him|us|them|you|her(?=\s(?:to|that|how|why|not)\b))\b")
#: Nouns behind a verb of telling that nobody is told: "the second time", "with a smile".
_NOBODY = re.compile(
    r"(?:.*\s)?(?:time|times|words?|smiles?|shrug|laugh|laughter|nod|grin|sigh|voice|tone|way|days?|weeks?|months?|years?"
    r"|minutes?|hours?|moment|end|beginning|today|yesterday|face|hands?|names?|tears?|sobs?|irony|satisfaction|regret"
    r"|pride|pleasure|anger|fury|sarcasm|caution|conviction|emotion|lines?|is|are|was|only)",
    re.DOTALL,
)


def _trimmed(text: str, start: int, end: int) -> Span | None:
    if pronoun := _PRONOUN.match(text, start, end):
        return pronoun.span()
    if late := _LATER.search(text, start, end):
        end = late.start()
    if _NOBODY.fullmatch(text, start, end):
        return None
    while end > start and text[end - 1] in " ’'-":
        end -= 1
    return start, end
