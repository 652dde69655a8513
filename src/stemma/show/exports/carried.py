"""Utterances of several witnesses as TEI, GraphML, hops and pictures, one after the other; and what resembles them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stemma.archive.views import Line, Utterance
from stemma.errors import NoSuchRecord
from stemma.show.exports.asking import Asked, Source, Wish
from stemma.show.transmission import witnesses
from stemma.show.transmission.apparatus import apparatus
from stemma.show.transmission.forms import Form, rendered
from stemma.show.transmission.sharing import Sharing
from stemma.show.transmission.tree import tree

Shared = tuple[Utterance, Sharing]


def carried(archive: Source, asked: Asked, form: Form, wish: Wish) -> Iterator[bytes]:
    """The utterances of what is asked for in a form; ids of utterances are held in memory, nothing else.

    Raises ``BadValue`` like ``transmission.forms.rendered``: for a picture or a base of several.
    """
    from stemma.show.transmission import edges, tei  # noqa: PLC0415 - load lxml, which most verbs do without

    ids = list(dict.fromkeys(asked.utterances(archive)))
    if form == "svg" or wish.base or len(ids) == 1:
        yield rendered(form, list(_shared(archive, ids, wish)), wish.base)
        return
    match form:
        case "tei":
            yield from tei.tei_pieces(
                len(ids), lambda: ((tree(view), apparatus(view), held) for view, held in _shared(archive, ids, wish))
            )
        case "graphml":
            yield from edges.graphml_pieces((tree(view), held) for view, held in _shared(archive, ids, wish))
        case "csv":
            trees = ((tree(view), held) for view, held in _shared(archive, ids, wish))
            yield from (piece.encode() for piece in edges.csv_pieces(trees))


def likenesses(archive: Source, asked: Asked) -> Iterator[bytes]:
    """What resembles the utterances asked for, those of a single witness too; asks the archive anew for each."""
    from stemma.show.occasion import pairs  # noqa: PLC0415 - loads the aligner, which most verbs do without

    lines = () if asked.only else asked.lines(archive)
    ids = dict.fromkeys(asked.utterances(archive) if asked.only else (line.utterance or alone(line) for line in lines))
    views = filter(None, (speech_act(archive, each) for each in ids))
    yield from (piece.encode() for piece in pairs.pieces(archive, views))


def alone(line: Line) -> str:
    """The id of the utterance of a statement that stands alone."""
    return "w" + line.statement.id[1:]


def _shared(archive: Source, ids: Iterable[str], wish: Wish) -> Iterator[Shared]:
    for each in ids:
        view = speech_act(archive, each)
        if view:
            yield view, _sharing(archive, view, wish)


def speech_act(archive: Source, utterance_id: str) -> Utterance | None:
    """An utterance by id; None where it is not shown. A statement that stands alone is its only witness."""
    try:
        found = archive.utterance(utterance_id)
    except NoSuchRecord:
        line = archive.line("s" + utterance_id[1:])
        return Utterance(utterance_id, (line,), ()) if isinstance(line, Line) else None
    return found if isinstance(found, Utterance) else None


def _sharing(archive: Source, view: Utterance, wish: Wish) -> Sharing:
    documents = {line.statement.document for line in witnesses(view)}
    held = {each for each in documents if not wish.reserved and archive.leaving.sheet(each).reserved}
    return Sharing(wish.limit, frozenset(held))
