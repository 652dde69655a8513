"""Whether two are one: same, different or undecided; forms moved out of one; all of it signed, and taken back."""

from __future__ import annotations

from typing import get_args

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute

from stemma.archive.catalogue.views import Pair
from stemma.errors import BadValue
from stemma.records import Correction, Judgement, Verdict
from stemma.show.web.frame import Frame, see, signed
from stemma.show.web.sent.signing import back, catalogue_of, desk_of, signature, text, texts

_VERDICTS: tuple[Verdict, ...] = get_args(Verdict)
WHY = {
    "same": "looked over: the names mean one", "different": "looked over: the names mean two",
    "unsure": "looked over: it stays open",
}  # fmt: skip
_MOVED, _UNDONE = "looked over: these names mean somebody else", "taken back on the page"


def routes(frame: Frame) -> list[BaseRoute]:
    """The addresses of these forms."""

    async def judge(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, WHY.get(text(form, "verdict"), ""))
        pair = pair_asked(frame, form)
        if text(form, "verdict") == "same" and pair.kept_apart and not text(form, "sure"):
            return frame.html(
                request, "person/contradiction.html", 409, pair=pair, back=back(form, "/people"), why=word.reason
            )
        await run_in_threadpool(judge_pair, frame, pair, verdict_of(form), word)
        return signed(see(back(form, "/people")), word.by)

    async def split(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _MOVED)
        pairs = catalogue_of(frame).parted(text(form, "person"), texts(form, "form"))
        await run_in_threadpool(desk_of(frame).keep_apart, pairs, word)
        return signed(see(f"/p/{text(form, 'person')}#log"), word.by)

    async def undo(request: Request, form: FormData) -> Response:
        word = signature(frame, request, form, _UNDONE)
        await run_in_threadpool(desk_of(frame).undo, text(form, "ids").split(), word)
        return signed(see(back(form, "/people")), word.by)

    changes = {"/people/judge": judge, "/people/split": split, "/people/undo": undo}
    return [frame.change(address, change) for address, change in changes.items()]


def verdict_of(form: FormData) -> Verdict:
    """The verdict of a form. Raises ``BadValue``."""
    wanted = text(form, "verdict")
    found = next((each for each in _VERDICTS if each == wanted), None)
    if found is None:
        raise BadValue("verdict", wanted, f"one of {', '.join(_VERDICTS)}")
    return found


def pair_asked(frame: Frame, form: FormData) -> Pair:
    """The pair that a form is about: of a judgement, else of two entities."""
    catalogue = catalogue_of(frame)
    if wanted := text(form, "judgement"):
        found = frame.archive.record(wanted)
        if not isinstance(found, Judgement):
            raise BadValue("judgement", wanted, "the id of a judgement")
        return catalogue.pair_of(found)
    return catalogue.pair_between(text(form, "left"), text(form, "right"))


def judge_pair(frame: Frame, pair: Pair, verdict: Verdict, word: Correction) -> Judgement:
    """Keep a verdict on a pair; one that joins two takes back what keeps them apart."""
    desk = desk_of(frame)
    if verdict == "same" and pair.kept_apart:
        desk.undo([each.id for each in pair.kept_apart], word)
    return desk.judge(*pair.ids, verdict, word)
