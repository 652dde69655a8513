"""The desk itself: its queues with what waits in them, and the next thing of one."""

from __future__ import annotations

from typing import NamedTuple, get_args

from starlette.requests import Request
from starlette.responses import Response

from stemma.archive.catalogue import Queue
from stemma.archive.views import Stone
from stemma.collect.clock import moment
from stemma.errors import NoSuchRecord
from stemma.notebook import review
from stemma.notebook.review import Score
from stemma.show.web.frame import Frame, asked_id
from stemma.show.web.screens.review.items import item_of
from stemma.show.web.sent.signing import catalogue_of

QUEUES: tuple[Queue, ...] = get_args(Queue)
TITLES: dict[str, str] = {
    "doubted": "Speakers in doubt", "unnamed": "Speakers not identified", "dates": "Unclear dates",
    "names": "Names that may be one", "furniture": "Suspected furniture", "failed": "Failed captures",
    "speaker": "The speaker of a statement", "date": "The date of a page",
}  # fmt: skip
MEANINGS: dict[str, str] = {
    "doubted": "somebody speaks, and the program is less than 75 % sure who",
    "unnamed": "the page leaves it open who speaks",
    "dates": "no day of publication is told, or only a month or year",
    "names": "the comparer could not tell whether two names mean one",
    "furniture": "parts of pages of which it is in doubt whether they are news",
    "failed": "what could not be read or had",
}
_NONE = Score(0, 0, 0, 0)


class Waiting(NamedTuple):
    """A queue on the desk."""

    queue: Queue
    number: int
    counts: str  #: what the number counts
    score: Score


def overview(frame: Frame, request: Request) -> Response:
    """All queues."""
    catalogue = catalogue_of(frame)
    queues = [Waiting(each, *catalogue.waiting(each), score_of(frame, request, each)) for each in QUEUES]
    return frame.html(request, "review/desk.html", queues=queues, titles=TITLES, meanings=MEANINGS)


def score_of(frame: Frame, request: Request, queue: str) -> Score:
    """How far a queue came, and how far this reader in this sitting."""
    if frame.notebook is None:
        return _NONE
    by = frame.signer(request)
    return review.score(frame.notebook, queue, by, review.began(frame.notebook, by, moment()))


def _passed(frame: Frame, request: Request, queue: str) -> set[str]:
    if frame.notebook is None:
        return set()
    by = frame.signer(request)
    return review.passed(frame.notebook, queue, by, review.began(frame.notebook, by, moment()))


def next_of(frame: Frame, request: Request) -> Response:
    """The next thing of a queue, from where ``on`` in the address says; what the reader passed comes no more."""
    queue = next((each for each in QUEUES if each == request.path_params["queue"]), None)
    if queue is None:
        raise NoSuchRecord(str(request.path_params["queue"]))
    start, passed = request.query_params.get("on", ""), _passed(frame, request, queue)
    found = catalogue_of(frame).seek(queue, int(start) if start.isascii() and start.isdecimal() else None, passed)
    if found.about is None:
        return frame.html(
            request, "review/none.html", queue=queue, titles=TITLES, found=found, score=score_of(frame, request, queue),
            began=bool(start),
        )  # fmt: skip
    return _shown(frame, request, (queue, found.about), str(found.on or ""))


def item(frame: Frame, request: Request) -> Response:
    """One thing by its id, whether it waits or not."""
    queue = request.url.path.split("/")[2]
    return _shown(frame, request, (queue, asked_id(request)), request.query_params.get("on", ""))


def _shown(frame: Frame, request: Request, place: tuple[str, str], on: str) -> Response:
    queue, about = place
    found = item_of(frame, queue, about)
    if isinstance(found, Stone):
        return frame.stone(request, found)
    return frame.html(
        request, "review/item.html", queue=queue, titles=TITLES, item=found, on=on,
        score=score_of(frame, request, queue), last=_last(frame, request),
        sameness=queue == "names", next=f"/review/{queue}" if queue in QUEUES else "",
    )  # fmt: skip


def _last(frame: Frame, request: Request) -> review.Decision | None:
    by = frame.signer(request)
    return review.last(frame.notebook, by) if frame.notebook and by else None
