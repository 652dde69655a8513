"""What each endpoint answers: views of the archive in the form of ``stemma ... --json``, and pages of them."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any, NamedTuple, TypeVar

import msgspec
from starlette.datastructures import QueryParams

from stemma.archive.views import Stone, Utterance
from stemma.errors import BadValue, NoSuchRecord
from stemma.records import Correction, Judgement, Snapshot
from stemma.show import Answers
from stemma.show.jsonform import json_form
from stemma.show.lines import tell
from stemma.show.people.log import entries
from stemma.show.transmission import carriers
from stemma.show.web.screens.search.asked import asked as asked_search

Form = dict[str, Any]
Item = TypeVar("Item")
#: A key by which a page goes on: numbers and words, in the order of the list.
Key = list[str | int]
_CARRIED = 10_000  #: utterances that a walk through them sees


class Asked(NamedTuple):
    """A request as it was read: the id in its path and the parameters in its query, each checked."""

    id: str
    given: Mapping[str, str]

    @property
    def limit(self) -> int:
        """How many of a list."""
        return int(self.given.get("limit", "25"))


def statements(archive: Answers, asked: Asked) -> Form:
    """Statements that fit, newest first."""
    query = replace(asked_search(QueryParams(asked.given)).query, limit=asked.limit + 1)
    found = list(archive.found(query))
    return {
        "total": archive.count(replace(query, after=None)),
        "items": [json_form(each.line) for each in found[: asked.limit]],
        "next": found[asked.limit - 1].after if len(found) > asked.limit else None,
    }


def statement(archive: Answers, asked: Asked) -> Form | Stone:
    """One statement."""
    return _or_stone(archive.line(asked.id))


def articles(archive: Answers, asked: Asked) -> Form:
    """Pages in the order of their ids, without their texts."""
    ids = archive.listing.documents(_text(_cursor(asked)), asked.limit + 1)
    found = [archive.article(each) for each in ids[: asked.limit]]
    return {"items": [_brief(each) for each in found], "next": _next(ids, asked.limit, lambda each: [each])}


def _brief(view: Any) -> Form:  # noqa: ANN401 (an Article or its Stone)
    if isinstance(view, Stone):
        return json_form(view)
    return {
        "id": view.document.id, "title": view.title, "outlet": view.outlet, "published": view.published,
        "published_basis": view.published_basis, "language": view.language, "statements": len(view.lines),
        "snapshot": msgspec.to_builtins(view.snapshot), "versions": list(view.versions),
    }  # fmt: skip


def article(archive: Answers, asked: Asked) -> Form | Stone:
    """One page with everything found in it."""
    return _or_stone(archive.article(asked.id))


def captures(archive: Answers, asked: Asked) -> Form:
    """Captures in the order of their ids: where, when and under which digest; stones of those that were withdrawn."""
    ids = archive.listing.snapshots(_text(_cursor(asked)), asked.limit + 1)
    found = [json_form(archive.record(each)) for each in ids[: asked.limit]]
    return {"items": found, "next": _next(ids, asked.limit, lambda each: [each])}


def capture(archive: Answers, asked: Asked) -> Form | Stone:
    """One capture, without its bytes."""
    found = archive.record(asked.id)
    if not isinstance(found, (Snapshot, Stone)):
        raise NoSuchRecord(asked.id)
    return _or_stone(found)


def persons(archive: Answers, asked: Asked) -> Form:
    """Whom any form of a name may mean."""
    return {"items": [json_form(each) for each in archive.persons(asked.given["name"])]}


def person(archive: Answers, asked: Asked) -> Form | Stone:
    """One person or organisation."""
    return _or_stone(archive.person(asked.id))


def utterances(archive: Answers, asked: Asked) -> Form:
    """Speech acts of several witnesses, the most carried first, each by its witnesses.

    How often something is carried grows while one walks: the cursor is the last one seen, wherever it stands by now.
    """
    found = iter(archive.utterances(_CARRIED))
    if after := _text(_cursor(asked)):
        next((each for each in found if each.id == after), None)
    some = list(islice(found, asked.limit + 1))
    return {
        "items": [_carried(each) for each in some[: asked.limit]],
        "next": _next(some, asked.limit, lambda each: [each.id]),
    }


def _carried(view: Utterance) -> Form:
    lines = [{"id": line.statement.id, "outlet": line.outlet, "line": tell(line)} for line in view.lines]
    return {"id": view.id, "witnesses": carriers(view.lines), "lines": lines}


def utterance(archive: Answers, asked: Asked) -> Form | Stone:
    """One speech act with tree and apparatus."""
    return _or_stone(archive.utterance(asked.id))


def problems(archive: Answers, asked: Asked) -> Form:
    """What could not be read."""
    return _page(archive.problems(), lambda each: [each.id], asked, json_form)


def outlets(archive: Answers, _: Asked) -> Form:
    """The carriers, the one with most pages first."""
    return {"items": [msgspec.to_builtins(each) for each in archive.outlets()]}


def stats(archive: Answers, _: Asked) -> Form:
    """What the archive holds and lacks, counted."""
    return json_form(archive.stats())


def corrections(archive: Answers, asked: Asked) -> Form:
    """What people said, newest first, in sentences: values said of what is withdrawn are left out."""
    said = {each.word.id: each for each in entries(archive.words(), archive)}
    order = sorted(archive.words(), key=_age)
    return _page(order, _age, asked, lambda word: _said(said[word.id].says, said[word.id].state, word))


def _age(word: Correction | Judgement) -> Key:
    turned = "".join(chr(0x10FFFF - ord(char)) for char in word.at or "")
    return [turned, word.id]


def _said(says: str, state: str, word: Correction | Judgement) -> Form:
    about = word.about if isinstance(word, Correction) else None
    reason = word.reason if isinstance(word, Correction) else "; ".join(word.reasons)
    return {
        "id": word.id, "about": about, "says": says, "by": word.by, "at": word.at, "reason": reason,
        "holds": not state, "state": state,
    }  # fmt: skip


def _or_stone(view: Any) -> Form | Stone:  # noqa: ANN401 (any view)
    return view if isinstance(view, Stone) else json_form(view)


def _page(found: Iterable[Item], key: Callable[[Item], Key], asked: Asked, form: Callable[[Item], Form]) -> Form:
    """A page of a sorted list: what stands behind the cursor, and the cursor of the next page."""
    after = _cursor(asked)
    rest = (each for each in found if after is None or _behind(key(each), after))
    some = list(islice(rest, asked.limit + 1))
    return {"items": [form(each) for each in some[: asked.limit]], "next": _next(some, asked.limit, key)}


def _behind(key: Key, after: Key) -> bool:
    try:
        return key > after
    except TypeError:
        raise BadValue("after", "", 'a cursor of this list, as "next" gave it') from None


def _next(some: Sequence[Item], limit: int, key: Callable[[Item], Key]) -> str | None:
    """The cursor behind the last shown one; ``None`` where nothing follows."""
    if len(some) <= limit:
        return None
    return urlsafe_b64encode(msgspec.json.encode(key(some[limit - 1]))).decode().rstrip("=")


def _cursor(asked: Asked) -> Key | None:
    """The key in ``after``. Raises ``BadValue`` for what no cursor is."""
    if not (shown := asked.given.get("after", "")):
        return None
    try:
        key = msgspec.json.decode(urlsafe_b64decode(shown + "=" * (-len(shown) % 4)), type=list[str | int])
    except (binascii.Error, ValueError, msgspec.MsgspecError):
        raise BadValue("after", shown, 'a cursor, as "next" of the page before gave it') from None
    return key


def _text(key: Key | None) -> str:
    """A cursor that is an id."""
    if key is None:
        return ""
    if len(key) == 1 and isinstance(key[0], str):
        return key[0]
    raise BadValue("after", str(key), 'a cursor of this list, as "next" gave it')
