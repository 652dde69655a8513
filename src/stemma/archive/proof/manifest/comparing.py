"""An archive held against a manifest: everything that was there then must be there now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from hashlib import sha256

import msgspec

from stemma.archive.answers.lookup import record_of
from stemma.archive.corrections.access import withdrawn
from stemma.archive.pages.add import snapshot_row
from stemma.archive.pages.leaf import load_reading, snapshot_at
from stemma.archive.proof.manifest.state import FORM, Head, PageLine, WordLine, digest_of, manifest, newest_leaf
from stemma.archive.proof.telling import DAMAGE, reason, told
from stemma.archive.store.store import Store
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Problem

_READINGS = "SELECT row, document FROM reading WHERE snapshot = ? AND document IS NOT NULL ORDER BY row DESC"
_GONE = "Put the archive back from a copy of that time."
_CHANGED = "Put the manifest back from where it was kept safe."


@dataclass(slots=True)
class Outcome:
    """What became of what a manifest names, counted while it is read."""

    named: int = 0  #: pages
    held: int = 0  #: pages that are exactly as they were
    superseded: int = 0  #: pages that a later run read anew; the records of then can still be reached
    withdrawn: int = 0  #: pages that a person withdrew since
    words: int = 0  #: words of people
    exact: bool = False  #: the archive holds this and nothing else


def compare(store: Store, name: str, lines: Iterable[bytes], outcome: Outcome) -> Iterator[Problem]:
    """A Problem for everything that the manifest names and the archive no longer has as it was.

    ``name``: the file of the manifest. Raises ``BadValue`` for what is no manifest. ``outcome`` is filled meanwhile.
    """
    stream = iter(lines)
    head = _head(name, next(stream, b""))
    digest, followed = sha256(), False
    for line in stream:
        followed = True
        digest.update(line)
        yield from _compare_line(store, name, line, outcome)
    try:
        now = _head_of(store)
    except DAMAGE as error:
        yield told(name, f"what the archive holds cannot be compared ({reason(error)})", _GONE)
        return
    outcome.exact = _bare(now) == _bare(head)
    if followed and f"sha256:{digest.hexdigest()}" != head.lines:
        yield told(name, "its lines are not those that its first line was made with", _CHANGED)
    if not followed and not outcome.exact and head.pages + head.words:
        kinds = sorted(kind for kind in head.ids.keys() | now.ids.keys() if head.ids.get(kind) != now.ids.get(kind))
        message = f"the archive is not exactly this; kinds of record that differ: {', '.join(kinds) or 'none by id'}"
        yield told(name, message, "The whole manifest tells which; its first line alone cannot.")


def _head(name: str, line: bytes) -> Head:
    try:
        head = msgspec.json.decode(line, type=Head)
    except (msgspec.MsgspecError, UnicodeError):
        head = None
    if head is None or head.manifest != FORM:
        raise BadValue("manifest", name, f"a manifest of the form {FORM}, as stemma manifest writes it")
    return head


def _head_of(store: Store) -> Head:
    return msgspec.json.decode(next(manifest(store)), type=Head)


def _bare(head: Head) -> Head:
    """What must be equal for the same records: not who wrote it and when."""
    return msgspec.structs.replace(head, program="", at=None, schema=0)


def _compare_line(store: Store, name: str, line: bytes, outcome: Outcome) -> Iterator[Problem]:
    try:
        value = msgspec.json.decode(line)
        if "page" in value:
            yield from _page(store, msgspec.convert(value, PageLine), outcome)
        else:
            yield from _word(store, msgspec.convert(value, WordLine), outcome)
    except (msgspec.MsgspecError, UnicodeError, TypeError) as error:
        yield told(name, f"a line of it cannot be read ({reason(error)})", _CHANGED)


def _page(store: Store, then: PageLine, outcome: Outcome) -> Iterator[Problem]:
    outcome.named += 1
    try:
        row = snapshot_row(store, then.page)
        if row is None:
            yield told(then.page, "the manifest names this page, and the archive does not hold it", _GONE)
        elif (snapshot := snapshot_at(store, row)).digest != then.digest or snapshot.size != then.size:
            yield told(then.page, "its capture is not the one that the manifest names", _GONE)
        elif not _stands(store, row, then, outcome):
            yield told(then.page, "no reading of it gives the records that the manifest names", _GONE)
    except DAMAGE as error:
        yield told(then.page, f"it cannot be read ({reason(error)})", _GONE)


def _stands(store: Store, row: int, then: PageLine, outcome: Outcome) -> bool:
    """Whether the records of a page are those of then: in its newest reading, or in an earlier one."""
    word, newest = withdrawn(store, row), newest_leaf(store, row)
    outcome.withdrawn += word is not None and then.withdrawn is None
    if then.records is None or (newest and digest_of(newest.records) == then.records):
        outcome.held += 1
        return True
    for reading, document in store.all(_READINGS, row)[1:]:
        if digest_of(load_reading(store, document, reading).records) == then.records:
            outcome.superseded += 1
            return True
    return False


def _word(store: Store, then: WordLine, outcome: Outcome) -> Iterator[Problem]:
    outcome.words += 1
    try:
        if digest_of([record_of(store, then.word)]) != then.digest:
            yield told(then.word, "it is not the word that the manifest names", _GONE)
    except NoSuchRecord:
        yield told(then.word, "the manifest names this word of a person, and the archive does not hold it", _GONE)
    except DAMAGE as error:
        yield told(then.word, f"it cannot be read ({reason(error)})", _GONE)
