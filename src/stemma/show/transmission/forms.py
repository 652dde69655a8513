"""The forms in which utterances leave the archive, by name."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal, get_args

from stemma.archive.views import Article, Line, Query, Stone, Utterance
from stemma.errors import BadValue, NoSuchRecord, Withdrawn
from stemma.show import Answers, View, is_id, whole
from stemma.show.transmission.apparatus import apparatus
from stemma.show.transmission.sharing import Sharing, sharing
from stemma.show.transmission.tree import tree

Form = Literal["tei", "graphml", "csv", "svg"]
FORMS: tuple[Form, ...] = get_args(Form)
MEDIA = {"tei": "application/tei+xml", "graphml": "application/graphml+xml", "csv": "text/csv", "svg": "image/svg+xml"}
_SOME = 5  #: ids told where one is wanted and several were found

Shared = tuple[Utterance, Sharing]


def rendered(form: Form, found: Sequence[Shared], base: str = "") -> bytes:
    """The utterances in a form, as bytes of UTF-8.

    Raises ``BadValue`` for a picture or a base of several utterances, and for a base that is no witness.
    """
    if len(found) != 1 and (form == "svg" or base):
        some = ", ".join(view.id for view, _ in found[:_SOME])
        raise BadValue(
            "base" if base else "format", base or form, f"one utterance, by its id; found were: {some or 'none'}"
        )
    from stemma.show.transmission import drawing, edges, tei  # noqa: PLC0415 - load lxml, which most verbs do without

    match form:
        case "tei":
            return tei.tei((tree(view), apparatus(view, base), sharing) for view, sharing in found)
        case "graphml":
            return edges.graphml((tree(view), sharing) for view, sharing in found)
        case "csv":
            return edges.edges_csv((tree(view), sharing) for view, sharing in found).encode()
        case "svg":
            return drawing.svg(tree(found[0][0]), found[0][1])


def utterances(archive: Answers, what: Sequence[str]) -> list[Utterance]:
    """The utterances that an id means (of an utterance, statement or page), or that a query finds.

    A single one is given whatever it has; of several those that more than one page carries, each once. Raises
    ``AmbiguousId`` and ``BadQuery``, ``Withdrawn`` for what was withdrawn, ``BadValue`` for the id of anything else.
    """
    named = _named(archive, what[0]) if len(what) == 1 and is_id(what[0]) else None
    match named:
        case None:
            return _carried(archive, archive.find(Query(words=" ".join(what), limit=None)))
        case Utterance():
            return [named]
        case Line():
            return [_utterance(archive, named)]
        case Article():
            return _carried(archive, named.lines)
        case Stone():
            raise Withdrawn(named.id, named.when, named.ground, named.correction.id)
        case _:
            raise BadValue("export", what[0], "the id of an utterance, a statement or a page, or words to find")


def _named(archive: Answers, wanted: str) -> View | None:
    """What an id means; None where it is none, and so a word to find. Raises ``AmbiguousId``."""
    for ask in (archive.utterance, archive.record):
        with suppress(NoSuchRecord):
            return whole(archive, ask(wanted))
    return None


def _carried(archive: Answers, lines: Iterable[Line]) -> list[Utterance]:
    """The utterances of these statements that have several witnesses, each once, in the order of the statements."""
    several = (line for line in lines if line.witnesses > 1 and line.utterance)
    first = {line.utterance: line for line in several}
    return [_utterance(archive, line) for line in first.values()]


def _utterance(archive: Answers, line: Line) -> Utterance:
    """The utterance of a statement; one that stands alone has itself as its only witness."""
    found = archive.utterance(line.utterance) if line.utterance else None
    return found if isinstance(found, Utterance) else Utterance(line.statement.id, (line,), ())


@dataclass(frozen=True, slots=True)
class Wish:
    """A form, and what of the words goes with it."""

    form: Form
    base: str = ""  #: the witness that others are laid beside: siglum or id; "": the first
    bodies: bool = False  #: whole texts
    reserved: bool = False  #: also the words of pages that reserve them


def exported(archive: Answers, what: Sequence[str], wish: Wish) -> bytes:
    """What ``utterances`` finds in a form, cut and without reserved words unless asked for.

    Raises like both, and ``BadValue`` where nothing is found: a file of nothing would look like an answer.
    """
    if not (found := utterances(archive, what)):
        raise BadValue("export", " ".join(what), "words of something that several pages carry; stemma find shows them")
    shared = [(view, sharing(archive, view, bodies=wish.bodies, reserved=wish.reserved)) for view in found]
    return rendered(wish.form, shared, wish.base)
