"""Where the words of a statement stand: Web Annotations on the page, and links that mark them in it.

W3C Web Annotation Data Model (2017) and WICG Scroll to Text Fragment (draft of 2023).
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Sequence
from functools import lru_cache
from typing import Any
from urllib.parse import quote, urlsplit

from stemma.archive.views import Line
from stemma.records import Evidence
from stemma.show.citations.sources import Source
from stemma.show.lines import QUOTATION, is_withheld
from stemma.show.plain import one_line, sound

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32  #: characters of a prefix and a suffix, as annotation clients write them
_WHOLE = 80  #: characters of a quotation that a link names whole; of a longer one it names both ends
_FEWEST, _MOST = 3, 12  #: words of an end
_CONTEXT_WORDS = 3
_DIRECTIVE = ":~:"
_INNER = re.compile(r"\w(?:.*\w)?", re.DOTALL)  #: without the marks around it: a browser marks whole words
_NO_URL = re.compile(r"[\s\"<>\\^`{|}]")


def annotation(source: Source, line: Line | None = None, text: str = "") -> dict[str, Any]:
    """A Web Annotation; of a statement, with a target for each piece of its words in ``text``, the page's kept text.

    Positions count code points of that text, from 0, end exclusive. Of pieces longer than a quotation both ends are
    given in place of the whole. What stands around words whose speaker is withheld may name him: it is left out.
    """
    pieces = line.statement.content if line else ()
    around = "" if line and is_withheld(line) else text
    targets = [_target(source) | {"selector": _selectors(piece, around)} for piece in pieces] or [_target(source)]
    said = source.words or f"{source.kind} {source.about}"
    return {
        "@context": CONTEXT, "id": f"urn:stemma:{source.about}", "type": "Annotation", "motivation": "describing",
        "body": [{"type": "TextualBody", "value": one_line(said), "format": "text/plain", "purpose": "describing"}],
        "target": targets if len(targets) > 1 else targets[0],
    }  # fmt: skip


def _target(source: Source) -> dict[str, Any]:
    """The page as it was at the time of the capture, of which the hash tells the bytes (RFC 6920, "ni" addresses)."""
    snapshot = source.snapshot
    digits = b64encode(bytes.fromhex(snapshot.digest.removeprefix("sha256:")), b"-_").decode().rstrip("=")
    kept = [f"urn:stemma:{snapshot.id}", f"ni:///sha-256;{digits}"]
    state: dict[str, Any] = {"type": "TimeState", "cached": kept}
    if snapshot.fetched:
        state["sourceDate"] = one_line(snapshot.fetched)
    page = iri(snapshot.url) or f"urn:stemma:{snapshot.id}"
    return {"type": "SpecificResource", "source": page, "state": state}


def _selectors(piece: Evidence, text: str) -> list[dict[str, Any]]:
    position = {"type": "TextPositionSelector", "start": piece.start, "end": piece.end}
    before = sound(text[max(piece.start - AROUND, 0) : piece.start])
    after, exact = sound(text[piece.end : piece.end + AROUND]), sound(piece.exact)
    if len(exact) <= QUOTATION:
        return [position, {"type": "TextQuoteSelector", "exact": exact, "prefix": before, "suffix": after}]
    start = {"type": "TextQuoteSelector", "exact": exact[:AROUND], "prefix": before}
    end = {"type": "TextQuoteSelector", "exact": exact[-1:], "prefix": exact[-AROUND - 1 : -1], "suffix": after}
    return [position, {"type": "RangeSelector", "startSelector": start, "endSelector": end}]


def iri(url: str | None) -> str | None:
    """A web address as an identifier, with what no address holds in percent form; None for anything else."""
    plain = one_line(url or "")
    try:
        parts = urlsplit(plain)
    except ValueError:
        return None
    if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
        return None
    return _NO_URL.sub(lambda match: quote(match.group()), plain)


def fragment_link(line: Line, text: str) -> str | None:
    """The page's address with the words of a statement marked in it; None where there is no web address.

    A directive ``text=[prefix-,]start[,end][,-suffix]`` for each piece; prefix and suffix only where the words stand
    more than once in the kept text.
    """
    page = iri(line.snapshot.url)
    if not page or is_withheld(line):
        return None
    marks = [mark for piece in line.statement.content if (mark := _mark(piece, text))]
    where, hash_, fragment = page.partition("#")
    kept = fragment.partition(_DIRECTIVE)[0] if hash_ else ""
    return f"{where}#{kept}{_DIRECTIVE}{'&'.join(marks)}" if marks else None


def _mark(piece: Evidence, text: str) -> str:
    """The directive of one piece; nothing for a piece without words."""
    if not (inner := _INNER.search(piece.exact)):
        return ""
    words, place = inner.group().split(), (piece.start + inner.start(), piece.start + inner.end())
    around, whole = _folded(text), " ".join(words)
    if len(whole) <= _WHOLE or len(words) <= 2 * _FEWEST:
        return _directive(place, text, [whole], alone=around.count(whole.casefold()) < 2)
    start, end = (_end(words, around, last=last) for last in (False, True))
    return _directive(place, text, [start, end], alone=around.count(start.casefold()) < 2)


@lru_cache(maxsize=2)
def _folded(text: str) -> str:
    """A page's text on one line as a browser compares it; its statements are marked one after the other."""
    return " ".join(text.split()).casefold()


def _end(words: Sequence[str], around: str, *, last: bool) -> str:
    """The first or last words, as many as tell them from all others of the page."""
    for count in range(_FEWEST, min(_MOST, len(words) // 2) + 1):
        found = " ".join(words[-count:] if last else words[:count])
        if around.count(found.casefold()) < 2:
            return found
    return found


def _directive(place: tuple[int, int], text: str, words: Sequence[str], *, alone: bool) -> str:
    parts = [_encoded(each) for each in words]
    if not alone:
        before = text[: place[0]].rpartition("\n")[2].split()[-_CONTEXT_WORDS:]
        after = text[place[1] :].partition("\n")[0].split()[:_CONTEXT_WORDS]
        parts = [*([_encoded(" ".join(before)) + "-"] if before else []), *parts]
        parts += [f"-{_encoded(' '.join(after))}"] if after else []
    return "text=" + ",".join(parts)


def _encoded(words: str) -> str:
    """The words in percent form; a hyphen too, which would begin or end a context."""
    return quote(sound(words), safe="").replace("-", "%2D")
