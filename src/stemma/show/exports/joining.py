"""Exports without whole texts, joined with the captures of another holder: words put back as hashes prove them.

What is joined are lines of ``jsonl`` and of ``records``. By the SHA-256 of a capture the holder's own text is found, by
code points the words in it; they are put back only where they have the hash that the export gives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from hashlib import sha256
from typing import Any, Literal

from msgspec import DecodeError, json

from stemma.errors import BadValue
from stemma.records import Document, Evidence, Snapshot, Statement
from stemma.show.exports.asking import Source
from stemma.show.exports.entities import dump
from stemma.show.exports.entities.lines import VIEW
from stemma.show.exports.telling import KEPT_BACK, digest
from stemma.show.lines import GAP, content

Why = Literal["absent", "differs", "moved", "unplaced"]
#: What is told of words that are not put back.
WHYS: dict[Why, str] = {
    "absent": "no capture with these bytes is shown here",
    "differs": "other words stand at that place here: covered here or there",
    "moved": "the text was laid out by other rules here, and other words stand at that place",
    "unplaced": "the export tells no place of them",
}
_REMEMBERED = 16  #: captures whose texts are held in memory
_UNPLACED = ("role", "value", "reason")


@dataclass(slots=True)
class Outcome:
    """How many words were put back, and why others were not; ``examples``: a page or capture for each reason."""

    joined: int = 0
    left: Counter[Why] = field(default_factory=Counter)
    examples: dict[Why, str] = field(default_factory=dict)

    def leave(self, why: Why, example: str) -> None:
        """Count words that were not put back."""
        self.left[why] += 1
        self.examples.setdefault(why, example)


def joined(name: str, lines: Callable[[], Iterable[bytes]], holder: Source, outcome: Outcome) -> Iterator[bytes]:
    """The lines with the words put back; the file is read twice, since captures may stand behind what rests on them.

    Raises ``BadValue`` for a file of anything but lines of ``jsonl`` or ``records``.
    """
    join = _Join(holder, outcome, _captures(name, lines()))
    for line in lines():
        row = _row(name, line)
        try:
            told = join.row(row)
        except (KeyError, TypeError, ValueError, AttributeError) as error:  # a file of anybody's
            raise _unfit(name) from error
        yield (dump(told).encode() if "view" in told else json.encode(told)) + b"\n"


def _row(name: str, line: bytes) -> dict[str, Any]:
    try:
        row = json.decode(line)
    except DecodeError as error:
        raise _unfit(name) from error
    if not isinstance(row, dict) or ("record" not in row and row.get("view") != VIEW):
        raise _unfit(name)
    return row


def _unfit(name: str) -> BadValue:
    return BadValue("join", name, "lines of: stemma export --format jsonl, or --format records")


def _captures(name: str, lines: Iterable[bytes]) -> dict[str, tuple[str, str]]:
    """Digest and layout of each document of an export of records."""
    digests: dict[str, str] = {}
    documents: dict[str, tuple[str, str]] = {}
    for line in lines:
        if line.startswith((b'{"record":"document"', b'{"record":"snapshot"')):
            row = _row(name, line)
            try:
                if row["record"] == "snapshot":
                    digests[row["id"]] = row["digest"]
                else:
                    documents[row["id"]] = row["snapshot"], row["layout"]
            except KeyError as error:
                raise _unfit(name) from error
    return {each: (digests.get(snapshot, ""), layout) for each, (snapshot, layout) in documents.items()}


class _Join:
    """Puts words back into rows."""

    def __init__(self, holder: Source, outcome: Outcome, captures: dict[str, tuple[str, str]]) -> None:
        self._outcome, self._captures = outcome, captures
        self._texts = lru_cache(_REMEMBERED)(lambda digest: _held(holder, digest))

    def row(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with as many words as are here."""
        return self._statement(row) if row.get("view") == VIEW else self._record(row)

    # Lines of statements

    def _statement(self, row: dict[str, Any]) -> dict[str, Any]:
        page = row["article"]
        pieces = [self._piece(piece, page) for piece in row["pieces"]]
        told = row | {"pieces": pieces}
        content_ = [piece for piece in pieces if piece["part"] == "content"]
        if not all(map(_is_whole, content_)):
            return told
        said = _said(row, content_)
        words = GAP.join(content(said))
        return told | {"words": words, "line": _line(row, said)}

    def _piece(self, piece: dict[str, Any], page: dict[str, Any]) -> dict[str, Any]:
        if _is_whole(piece):
            return piece
        place = piece["start"], piece["end"], piece["sha256"]
        words = self._words((page["sha256"], page["layout"]), place, page["id"])
        return piece if words is None else piece | {"exact": words}

    # Records

    def _record(self, row: dict[str, Any]) -> dict[str, Any]:
        if row["record"] == "document" and "text_sha256" in row:
            place = 0, row["text_length"], row["text_sha256"]
            return self._put(row, "text", self._words(self._captures[row["id"]], place, row["id"]))
        found: dict[str, Any] = self._walked(row)
        return found

    def _walked(self, value: Any) -> Any:  # noqa: ANN401 (walks JSON of any form)
        if isinstance(value, list):
            return [self._walked(part) for part in value]
        if not isinstance(value, dict):
            return value
        whole = {key: self._walked(part) for key, part in value.items()}
        for key in _UNPLACED:
            if f"{key}_sha256" in whole:
                self._outcome.leave("unplaced", str(whole.get("id") or whole.get("document")))
        if "exact_sha256" not in whole:
            return whole
        place = whole["start"], whole["end"], whole["exact_sha256"]
        capture = self._captures.get(whole["document"], ("", ""))
        return self._put(whole, "exact", self._words(capture, place, whole["document"]))

    def _put(self, row: dict[str, Any], key: str, words: str | None) -> dict[str, Any]:
        if words is None:
            return row
        return {name: value for name, value in row.items() if name not in {f"{key}_length", f"{key}_sha256"}} | {
            key: words
        }

    # Words

    def _words(self, capture: tuple[str, str], place: tuple[int, int, str], about: str) -> str | None:
        """The words at a place of a capture's text, if they have that hash; else it is told why not."""
        (digest, layout), (start, end, wanted) = capture, place
        held = self._texts(digest)
        for _, document in held:
            words = document.text[start:end]
            if len(words) == end - start and sha256(words.encode()).hexdigest() == wanted:
                self._outcome.joined += 1
                return words
        moved = held and all(document.layout != layout for _, document in held)
        self._outcome.leave("moved" if moved else "differs" if held else "absent", about)
        return None


def _is_whole(piece: dict[str, Any]) -> bool:
    """Whether a piece has all of its words."""
    return piece["exact"] is not None and digest(piece["exact"]) == piece["sha256"]


def _held(holder: Source, digest: str) -> Sequence[tuple[Snapshot, Document]]:
    try:
        return holder.leaving.texts(digest)
    except ValueError:  # no digest
        return []


def _said(row: dict[str, Any], pieces: Iterable[dict[str, Any]]) -> Statement:
    """So much of the statement as its words are told by."""
    document = row["article"]["id"]
    evidence = tuple(
        Evidence(document=document, start=each["start"], end=each["end"], exact=each["exact"]) for each in pieces
    )
    return Statement(document=document, content=evidence, kind=row["kind"])


def _line(row: dict[str, Any], said: Statement) -> str:
    """The statement line with the whole words in it."""
    marks = '"' if row["kind"] in {"direct", "full-text", "transcript"} else ""
    whole = GAP.join(f"{marks}{piece}{marks}" for piece in content(said))
    cut = GAP.join(f"{marks}{piece}{marks}" for piece in row["words"].split(GAP)) if row["words"] else KEPT_BACK
    line: str = row["line"]
    return line.removesuffix(cut) + whole if line.endswith(cut) else line
