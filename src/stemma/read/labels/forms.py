"""Forms of text that the line scorer does not know: transcripts of turns, and documents in numbered articles.

Both have lines that are too short, or too much like a list, to look like a story. Where the form is plain, all of it
is the story.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from stemma.read.labels.habits import match_habit

LEAST_TURNS = 3  #: lines that open like a speaker's turn from which on a page is a transcript
_LEAST_TOLD, _TOLD = 2, 0.4  #: turns that the line scorer must have told as story, and their share
_TURN_LOOK = 200  #: characters of a line that are looked at for the speaker
_MOST_BETWEEN = 12  #: lines from one turn's opening to the next
_ASKED = 0.6  #: share of the openings that end as questions where only the questions name who speaks
_ASIDE = re.compile(r"[(\[][^()\[\]]{2,80}[)\]]\.?$")
_LABEL_END = re.compile(r"[:：]|\s\(")
_QUESTION = re.compile(r"[?？؟][\"'”’»)]*$")
_SPEECH_END = re.compile(r"[.!?…。！？؟][\"'”’»)\]]*$")
_NUMBERED = re.compile(
    r"(?P<form>Article|ARTICLE|Art\.|Section|Статья|СТАТЬЯ|제|第)?\s?(?P<number>\d{1,3})(?P<mark>[.)]|\s*(?:조|条|條)|$)(?=\s|$)"
)
_NUMBERED_OPENS = frozenset("0123456789ASС제第")  #: first characters of what ``_NUMBERED`` matches
_DOCUMENT = re.compile(
    r"communiqu|joint (?:statement|declaration)|treaty|agreement|memorandum|declaration|protocol|resolution|charter"
    r"|коммюнике|заявление|договор|соглашение|декларация|공동성명|선언|조약|联合公报|联合声明|条约",
    re.IGNORECASE,
)
_CLOSES = re.compile(r"Done (?:at|in|on)\b|Signed (?:at|in|on)\b|For the \w+|Совершено в\b")
_NUMBERED_GAP = 20  #: lines from one number to the next
_TITLE_REACH = 5  #: lines above the story in which a document's kind is named


def opens_turn(text: str) -> str | None:
    """The last word of the speaker's label that the line opens with; None: it opens with none."""
    match = match_habit("turn", text[:_TURN_LOOK])
    if match is None:
        return None
    label = _LABEL_END.split(match.group(), maxsplit=1)[0].split()
    return label[-1].strip(".,").casefold() if label else None


def least_turns(lines: int) -> float:
    """Openings from which on a story of so many lines may be a transcript; below, "Word: words" is a habit of prose."""
    return max(LEAST_TURNS, 0.15 * lines)


def is_transcript(texts: Sequence[str], lines: int) -> bool:
    """Whether so many of these openings ``texts``, in a story of so many lines, make a transcript.

    A speaker comes back, or nearly all that name a speaker are questions.
    """
    speakers = [opens_turn(text) for text in texts]
    asked = sum(_QUESTION.search(text[-4:]) is not None for text in texts)
    again = len(set(speakers)) < len(speakers)
    return len(texts) >= least_turns(lines) and (again or asked >= _ASKED * len(texts))


def answers_unnamed(texts: Sequence[str]) -> bool:
    """Whether only questions name who speaks, so that a paragraph without a name after one is the answer."""
    asked = sum(_QUESTION.search(text[-4:]) is not None for text in texts)
    return bool(texts) and asked >= max(2, 0.9 * len(texts))


def is_aside(text: str) -> bool:
    """Whether the line is a stage direction: "(Laughter.)"."""
    return _ASIDE.match(text) is not None


def extend_transcript(
    texts: Sequence[str], body: list[bool], reasons: Mapping[int, str], may: Sequence[int] | None = None
) -> None:
    """What stands between the first and the last turn of a transcript is the story, if part of it was told as such.

    ``may`` are the lines that may open a turn; None: all of them.
    """
    first = next((number for number, chosen in enumerate(body) if chosen), len(body))
    lines = range(len(texts)) if may is None else may
    spoken = [n for n in lines if n not in reasons and _SPEECH_END.search(texts[n][-4:])]
    if len(spoken) < LEAST_TURNS:
        return
    openings = [(n, speaker) for n in spoken if (speaker := _speaks(texts[n]))]
    if len(openings) < LEAST_TURNS:
        return
    counts = Counter(speaker for _, speaker in openings)
    turns = [n for n, speaker in openings if counts[speaker] > 1 or _QUESTION.search(texts[n][-4:])]
    turns = _run_around(turns, first)
    told = sum(body[n] for n in turns)
    if told < max(_LEAST_TOLD, _TOLD * len(turns)) or not is_transcript([texts[n] for n in turns], len(turns)):
        return
    for number in range(turns[0], turns[-1] + 1):
        body[number] = number not in reasons


def _speaks(text: str) -> str | None:
    """As ``opens_turn``, of a line that names no picture."""
    speaker = opens_turn(text)
    return speaker if speaker and not match_habit("caption", text) else None


def _run_around(numbers: Sequence[int], first: int) -> list[int]:
    """The numbers that follow each other closely, in the run that holds or follows the story's first line."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number - runs[-1][-1] <= _MOST_BETWEEN:
            runs[-1].append(number)
        else:
            runs.append([number])
    return next((run for run in runs if run[-1] >= first), [])


def extend_articles(texts: Sequence[str], body: list[bool], reasons: Mapping[int, str]) -> None:
    """The numbered articles of a treaty or communique are the story, up to the place and day of signing."""
    first = next((number for number, chosen in enumerate(body) if chosen), len(body))
    chains = _chains(texts, first)
    heads = [text[:200] for text in texts[max(0, first - _TITLE_REACH) : first + 1]] if chains else []
    document = any(map(_DOCUMENT.search, heads))
    last = first
    for chain in chains:
        opens = body[chain[0]] or texts[chain[0] - 1].endswith((":", "："))
        if opens or (document and chain[0] - last <= _NUMBERED_GAP):
            heading = _NUMBERED.fullmatch(texts[chain[-1]]) is not None  # its words stand in the next line
            last = min(len(texts) - 1, chain[-1] + heading)
            _fill(body, reasons, chain[0], last)
    if document and last > first:
        _fill(body, reasons, first, last)
        _close(texts, body, reasons, last)


def _chains(texts: Sequence[str], first: int) -> list[list[int]]:
    """Lines numbered 1, 2, 3 ... in one form, from the story's first line on."""
    chains: dict[str, list[int]] = {}
    done: list[list[int]] = []
    for number in [n for n in range(first, len(texts)) if texts[n][0] in _NUMBERED_OPENS]:
        match = _NUMBERED.match(texts[number])
        if not match or not (match["form"] or match["mark"] in (".", ")")):
            continue
        form = f"{(match['form'] or '').casefold()} {match['mark'].strip()}"
        chain = chains.get(form, [])
        if int(match["number"]) == len(chain) + 1 and (not chain or number - chain[-1] <= _NUMBERED_GAP):
            chains[form] = [*chain, number]
        elif int(match["number"]) == 1:
            done.append(chain)
            chains[form] = [number]
    return sorted(chain for chain in (*done, *chains.values()) if len(chain) > 1)


def _fill(body: list[bool], reasons: Mapping[int, str], first: int, last: int) -> None:
    for number in range(first, last + 1):
        body[number] = number not in reasons


def _close(texts: Sequence[str], body: list[bool], reasons: Mapping[int, str], last: int) -> None:
    """Place and day of signing, and who signed for whom."""
    closing = [n for n in range(last + 1, min(len(texts), last + 6)) if _CLOSES.match(texts[n])]
    if closing:
        _fill(body, reasons, last + 1, closing[-1] + (closing[-1] + 1 < len(texts)))
