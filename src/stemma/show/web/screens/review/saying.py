"""What is decided at the desk: a Correction or Judgement each, noted in the desk's log, and taken back by it."""

from __future__ import annotations

import msgspec
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.views import Stone
from stemma.errors import BadValue, NoSuchRecord
from stemma.notebook import review
from stemma.notebook.review import Decision, Deed
from stemma.records import Correction, CorrectionField
from stemma.show.web.frame import Frame, see, signed
from stemma.show.web.screens.people.judging import WHY, judge_pair, pair_asked, verdict_of
from stemma.show.web.screens.review.desk import QUEUES, TITLES
from stemma.show.web.screens.review.items import Item, item_of
from stemma.show.web.sent.signing import back, desk_of, notebook_of, signature, text

_ACCEPTED = "looked over at the desk: as it was read"
_CHANGED, _BACK = "looked over at the desk", "taken back at the desk"
_FIELDS: dict[str, CorrectionField] = {"speaker": "speaker", "published": "published", "role": "role"}


def saying(frame: Frame) -> list[BaseRoute]:
    """The addresses of the desk's forms."""

    async def say(request: Request, form: FormData) -> Response:
        return await _say(frame, request, form)

    async def undo(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _BACK)
        last = review.last(notebook_of(frame), word.by)
        if last is None:
            raise BadValue("undo", word.by, "a decision of yours that still holds; there is none")
        if last.word:
            await run_in_threadpool(desk_of(frame).undo, [last.word], word)
        review.take_back(notebook_of(frame), last.row)
        return signed(see(f"/review/{last.queue}/{last.about}"), word.by)

    return [frame.change("/review/say", say), frame.change("/review/undo", undo)]


async def _say(frame: Frame, request: Request, form: FormData) -> Response:
    queue, about = text(form, "queue"), text(form, "about")
    if queue not in TITLES:
        raise NoSuchRecord(queue)
    item = item_of(frame, queue, about)
    if isinstance(item, Stone):
        raise BadValue("about", about, "something that is not withdrawn")
    accepts = _deed(form) == "accept"
    word = signature(frame, request, form, _ACCEPTED if accepts else WHY.get(text(form, "verdict"), _CHANGED))
    deed, kept = await _kept(frame, form, item, word)
    review.decide(notebook_of(frame), Decision(0, queue, item.about, deed, kept, word.by, word.at))
    on = text(form, "on")
    onward = f"/review/{queue}{f'?on={on}' if on.isdecimal() else ''}" if queue in QUEUES else back(form, f"/s/{about}")
    return signed(see(onward), word.by)


async def _kept(frame: Frame, form: FormData, item: Item, word: Correction) -> tuple[Deed, str]:
    """Keep what a form says of a thing; what kind of deed that was, and the id of the word."""
    if text(form, "deed") == "pass":
        return "passed", ""
    if item.pair is not None:
        if verdict_of(form) == "same" and item.pair.kept_apart and not text(form, "sure"):
            raise BadValue("verdict", "same", "a look at who keeps them apart; judge them on the person's page")
        judged = await run_in_threadpool(judge_pair, frame, pair_asked(frame, form), verdict_of(form), word)
        return "changed", judged.id
    if item.problem is not None:
        return "seen", ""
    correction = _correction(form, item, word)
    known = await run_in_threadpool(desk_of(frame).correct, [correction])
    agrees = item.derived is not None and correction.field == item.field and correction.value == item.derived.value
    return ("accepted" if agrees else "changed"), known[0].id


def _correction(form: FormData, item: Item, word: Correction) -> Correction:
    """The word of a form: what was derived, another value, or a span."""
    match _deed(form):
        case "accept" if item.derived is not None:
            field, value, about = _FIELDS[item.field], item.derived.value, item.about
        case "set" | "other" as named:
            field, value, about = _FIELDS[item.field], text(form, named), item.about
        case "mark":
            field, value, about = _marked(form, item)
        case "nothing" if item.line is not None:
            field, value, about = "content", "", item.about
        case deed:
            raise BadValue("deed", deed, "one of the page's buttons")
    return msgspec.structs.replace(word, id="", about=about, field=field, value=value)


def _deed(form: FormData) -> str:
    """Which button was pressed; Enter in the field for another value presses the first one, and means that value."""
    if "set" in form:
        return "set"
    deed = text(form, "deed")
    return "other" if deed == "accept" and text(form, "other") else deed


def _marked(form: FormData, item: Item) -> tuple[CorrectionField, str, str]:
    """A span that was marked anew: of a statement its content, of a part of a page a stretch with its role."""
    first, last = text(form, "first"), text(form, "last")
    if not (first.isdecimal() and last.isdecimal() and int(first) < int(last)):
        raise BadValue("span", f"{first}-{last}", "a first word, and a last word that is the same or stands behind it")
    if item.label is not None:
        return "label", f"{first}-{last} {text(form, 'role') or item.label.role}", item.label.document
    if item.line is None:
        raise BadValue("span", f"{first}-{last}", "a statement or a part of a page, in which something is marked")
    spans = [(int(first), int(last))]
    if text(form, "adding"):
        spans += [(piece.start, piece.end) for piece in item.line.statement.content]
    return "content", " ".join(f"{start}-{end}" for start, end in _joined(spans)), item.about


def _joined(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch as one."""
    found = list[tuple[int, int]]()
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = found[-1][0], max(end, found[-1][1])
        else:
            found.append((start, end))
    return found
