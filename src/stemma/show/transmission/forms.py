"""The forms in which utterances leave the archive, by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, get_args

from stemma.archive.views import Utterance
from stemma.errors import BadValue
from stemma.show.transmission.apparatus import apparatus
from stemma.show.transmission.sharing import Sharing
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
